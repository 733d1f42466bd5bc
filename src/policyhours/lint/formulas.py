"""Formulas: values whose unit is not said, and parts of formulas that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyhours.language.calculator import quantity
from policyhours.language.expression import Call, Expression, names_in, parts
from policyhours.language.formula import parse
from policyhours.language.library import Library
from policyhours.language.number import Range, meet
from policyhours.language.policy import Policy
from policyhours.language.unit import ANY, parse_unit, unit_title
from policyhours.language.words import are_rows, child, entries_at, items_at, number_at, shown, text_at
from policyhours.lint.survey import Survey
from policyhours.lint.walk import survey
from policyhours.text.finding import Finding
from policyhours.text.tree import Mapping, Node, Scalar, Sequence

_COUNTED: Final = {
    "天数": "day", "分钟数": "minute", "学时": "hour", "学时数": "hour", "学分": "credit", "学分数": "credit",
    "月数": "month", "字数": "char", "科目数": "subject", "门数": "item", "年数": "year",
}  # fmt: skip
"""What a title that ends with these words counts."""


def unit_not_said(policy: Policy, library: Library) -> Iterator[Finding]:
    """Named values that come to something with a unit, and do not say which."""
    found = survey(policy)
    for entry in entries_at(policy.tree.get("values")):
        if not found.own(entry.value) or child(entry.value, "unit") is not None:
            continue
        unit = found.values.named(entry.key).unit
        if unit:
            words = {"found": entry.key, "unit": unit_title(unit), "unit_en": _written(unit)}
            yield Finding("PH450", entry.key_place, words)


def unit_against_title(policy: Policy, library: Library) -> Iterator[Finding]:
    """Facts whose title says what they count, and whose unit is another."""
    for entry in entries_at(policy.tree.get("facts")):
        unit, title = child(entry.value, "unit"), text_at(child(entry.value, "title"))
        if unit is None or policy.policy_of(entry.value) != policy.ref:
            continue
        counted = [name for word, name in _COUNTED.items() if title.endswith(word)]
        if counted and text_at(unit) != counted[0]:
            of, expected = parse_unit(text_at(unit)), parse_unit(counted[0])
            words = {"title": title, "found": unit_title(of), "expected": unit_title(expected)}
            words |= {"found_en": text_at(unit), "expected_en": counted[0]}
            yield Finding("PH453", unit.place, words)


def negative_numbers(policy: Policy, library: Library) -> Iterator[Finding]:
    """Numbers below zero in values, limits and standards.

    Years may count backwards: of those, only where other rows of the same value count forwards.
    """
    for section in ("values", "requirement", "ceilings", "standards"):
        for node in _parts(policy.tree.get(section)):
            amounts = [(scalar, n) for scalar in _amounts(node) if (n := number_at(scalar)) is not None]
            backwards = text_at(child(node, "unit")) == "year" and all(n <= 0 for _, n in amounts)
            for scalar, number in amounts:
                if number < 0 and not backwards and policy.policy_of(scalar) == policy.ref:
                    yield Finding("PH454", scalar.place, {"found": scalar.raw})


def _parts(node: Node | None) -> Iterator[Node]:
    yield from items_at(node)
    yield from (entry.value for entry in entries_at(node))


def _amounts(node: Node) -> Iterator[Scalar]:
    """Every scalar that may state an amount: all but the ends of spans."""
    if isinstance(node, Scalar):
        yield node
    for item in items_at(node):
        yield from _amounts(item)
    for entry in entries_at(node):
        if entry.key != "years":
            yield from _amounts(entry.value)


def _written(unit: tuple[tuple[str, int], ...]) -> str:
    return unit_title(unit, "en")


def idle_arguments(policy: Policy, library: Library) -> Iterator[Finding]:
    """Arguments of ``min`` and ``max`` that never decide, whatever the facts are."""
    found = survey(policy)
    for scalar in _formulas(policy):
        for call in _calls(parse(scalar.raw)):
            spans = [_reach(found, argument) for argument in call.arguments]
            if any(span is None for span in spans):
                continue
            for number, span in enumerate(spans):
                others = [other for other in (*spans[:number], *spans[number + 1 :]) if other is not None]
                if span is not None and any(_idle(call.function, span, other) for other in others):
                    place = scalar.place_at(call.offset, len(call.function))
                    words = {"function": call.function, "found": scalar.raw, "number": str(number + 1)}
                    yield Finding("PH451", place, words)
                    break


def _idle(function: str, span: Range, other: Range) -> bool:
    """Whether an argument can never be the least (the greatest) where the other is there."""
    if function == "min":
        return span.low is not None and other.high is not None and span.low >= other.high
    return span.high is not None and other.low is not None and span.high <= other.low


def never_recognised(policy: Policy, library: Library) -> Iterator[Finding]:
    """Values within bounds of their own that never lie within them: nothing would be recognised."""
    found = survey(policy)
    for entry in entries_at(policy.tree.get("values")):
        inner = child(entry.value, "is")
        ends = [child(entry.value, key) for key in ("at_least", "at_most")]
        if not found.own(entry.value) or not isinstance(inner, Scalar) or ends == [None, None]:
            continue
        value = _of(found, inner)
        low, high = (None if end is None else _of(found, end) for end in ends)
        bounds = Range(low.low if low else None, high.high if high else None)
        if value is not None and not meet(value, bounds):
            words = {"found": entry.key, "value": _said(value), "expected": _said(bounds)}
            yield Finding("PH452", entry.key_place, words)


def _said(span: Range) -> str:
    return (
        shown(span.low)
        if span.low == span.high
        else f"{shown(span.low) if span.low is not None else ''}～{shown(span.high)}"
    )


def _of(found: Survey, node: Node) -> Range | None:
    """What a number or a formula may come to; ``None`` for what is neither."""
    if not isinstance(node, Scalar):
        return None
    number = number_at(node)
    return Range(number, number) if number is not None else _reach(found, parse(node.raw))


def _reach(found: Survey, stated: Expression) -> Range | None:
    """What a stated expression may come to; ``None`` where it needs more than is known of names."""
    known = dict(_names(found, stated))
    if set(names_in(stated)) - known.keys() - {*found.rules.facts, *found.rules.subjects, "total"}:
        return None
    try:
        return found.reach(quantity(stated, stated, ANY), known)
    except ZeroDivisionError:  # of two names that hang together, each taken by itself
        return None


def _names(found: Survey, stated: Expression) -> Iterator[tuple[str, Range]]:
    """What every named value in a stated expression may come to."""
    named = {entry.key for entry in entries_at(found.policy.tree.get("values"))}
    for name in set(names_in(stated)) & named:
        yield name, found.reach(found.values.named(name))


def _calls(expression: Expression) -> Iterator[Call]:
    if isinstance(expression, Call) and expression.function in ("min", "max"):
        yield expression
    for part in parts(expression):
        yield from _calls(part)


def _formulas(policy: Policy) -> Iterator[Scalar]:
    """Every formula of the values and standards that the policy's own file states."""
    for entry in entries_at(policy.tree.get("values")):
        yield from _in_value(policy, entry.value)
    for entry in entries_at(policy.tree.get("standards")):
        for part in ("hours", "ceiling"):
            node = child(entry.value, part)
            if node is not None:
                yield from _in_value(policy, node)


def _in_value(policy: Policy, node: Node) -> Iterator[Scalar]:
    """The formulas of a value: itself, what it is, its rows."""
    if isinstance(node, Scalar):
        if "(" in node.raw and number_at(node) is None and policy.policy_of(node) == policy.ref:
            yield node
    elif isinstance(node, Mapping):
        for key in ("is", "otherwise", "hours", "at_least", "at_most", "values"):
            inner = node.get(key)
            if inner is None or (key == "values" and "by" not in node):
                continue
            yield from _cells(policy, inner) if key == "values" else _in_value(policy, inner)


def _cells(policy: Policy, node: Node) -> Iterator[Scalar]:
    if are_rows(node):
        for entry in node.entries:
            yield from _cells(policy, entry.value)
    elif not isinstance(node, Sequence):
        yield from _in_value(policy, node)
