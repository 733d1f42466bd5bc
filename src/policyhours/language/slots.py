"""Slots: the places of a text that it leaves to industries, and the bounds within which they may set them.

A slot is open (``open_to``) or may be varied (``industry_may``); everything else is fixed. What is set is
held against the bounds over everything that the facts may be, and under every reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from policyhours.language.addresses import Path, node_at
from policyhours.language.number import Range, Rational, within
from policyhours.language.policy import Policy
from policyhours.language.unit import ANY, Unit, parse_unit
from policyhours.language.values import OF_PERSON, Values
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, shown, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar

_STATING: Final = ("is", "at_least", "at_most", "hours", "values", "otherwise")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of the upper text that a filing may set: where it is, and what stands there."""

    address: str
    path: Path
    node: Mapping


def slots_of(tree: Mapping) -> dict[str, Slot]:
    """Every slot of a text that an industry may set, by its address (``paper.hours``)."""
    found = {}
    for value in entries_at(tree.get("values")):
        if isinstance(value.value, Mapping) and "industry_may" in value.value:
            found[value.key] = Slot(value.key, ("values", value.key), value.value)
    for standard in entries_at(tree.get("standards")):
        for part in ("hours", "ceiling"):
            node = child(standard.value, part)
            if isinstance(node, Mapping) and ("open_to" in node or "industry_may" in node):
                address = f"{standard.key}.{part}"
                found[address] = Slot(address, ("standards", standard.key, part), node)
    return found


def not_open(entry: Entry, upper: Mapping, slots: dict[str, Slot]) -> Finding:
    """The finding for an address that is fixed in the upper text, or is no address at all."""
    path = ("standards", *entry.key.split(".")) if "." in entry.key else ("values", entry.key)
    fixed: Node | None = upper
    for key in path:
        fixed = child(fixed, key)
    if fixed is None:
        return unknown("PH503", entry, entry.key, slots)
    return Finding("PH501", entry.key_place, {"address": entry.key}, (("upper", fixed.place),))


def bounds_of(slot: Slot, text: Policy) -> Range:
    """Within what a slot of the text may be set, under the adopted readings; in its own unit."""
    return _bounds(slot, text.values(), _counted(text))


def overstepping(entry: Entry, slot: Slot, upper: Policy, laid: Policy) -> list[Finding]:
    """The finding that what is set leaves the bounds of its slot, under whatever reading."""
    unit = _counted(upper)
    bounds = list(_under_each_reading(upper, lambda values: _bounds(slot, values, unit)))
    node = node_at(laid.tree, slot.path)
    try:
        reached = list(_under_each_reading(laid, lambda values: _reached(slot, node, values, unit)))
    except Refused:
        return []  # what is no value at all is told with all such faults, when the rules are built
    found = _beyond(reached, bounds)
    if found is None:
        return []
    for cell in cells(entry.value):
        if (narrower := _beyond(_each_reach(laid, cell), bounds)) is not None:
            return [_overstepped(cell.place, slot, *narrower)]
    return [_overstepped(next(cells(entry.value), entry.value).place, slot, *found)]


def cells(node: Node) -> Iterator[Scalar]:
    """The numbers and formulas of which a value consists: itself, or those of its rows, as written."""
    if isinstance(node, Scalar):
        yield node
        return
    stated = [one for key in _STATING if (one := child(node, key)) is not None]
    for one in stated or [entry.value for entry in entries_at(node)]:
        yield from cells(one)


def _each_reach(laid: Policy, cell: Scalar) -> list[Range]:
    """Everything that one cell can come to, under each reading; nothing where it is no value by itself."""
    try:
        return list(_under_each_reading(laid, lambda values: values.reach(values.quantity(cell, ANY))))
    except Refused:
        return []


def _beyond(reached: list[Range], bounds: list[Range]) -> tuple[Range, Range] | None:
    """The first reach that leaves bounds, and the bounds."""
    return next(((r, b) for b in bounds for r in reached if not within(r, b)), None)


def _counted(text: Policy) -> Unit:
    """What the hours of the text count."""
    return parse_unit(text_at(text.tree.get("unit"), "hour"))


def _under_each_reading(policy: Policy, ask: Callable[[Values], Range]) -> Iterator[Range]:
    """The answers under every choice of the readings that matter to them."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        chosen = waiting.pop()
        values = policy.values(chosen)
        answer, consulted = values.chosen.noting(lambda: ask(values))  # noqa: B023  asked at once
        further = sorted(consulted - chosen.keys())
        if not further:
            yield answer
            continue
        name = further[0]
        waiting += [{**chosen, name: option} for option in policy.readings[name].options]


def _bounds(slot: Slot, upper: Values, counted: Unit) -> Range:
    """Within what the slot may be set, in its own unit; `counted` is what the hours of the text count."""
    if slot.path[-1] == "ceiling":
        stands = child(slot.node, "hours")
        assert stands is not None
        return Range(0, upper.reach(upper.quantity(stands, counted, facts=OF_PERSON)).low)
    unit = counted if slot.path[0] == "standards" else upper.named(slot.address).unit
    stated = slot.node if "open_to" in slot.node else child(slot.node, "industry_may")
    low, high = (child(stated, key) for key in ("at_least", "at_most"))
    return Range(
        None if low is None else upper.constant(low, unit),
        None if high is None else upper.constant(high, unit),
    )


def _reached(slot: Slot, node: Node, laid: Values, counted: Unit) -> Range:
    """Everything that the slot, as set, can come to."""
    if slot.path[-1] == "ceiling":
        stands = child(node, "hours")
        assert stands is not None
        return laid.reach(laid.quantity(stands, counted, facts=OF_PERSON))
    if slot.path[0] == "values":
        return laid.reach(laid.named(slot.address))
    return laid.reach(laid.quantity(node, counted))


def _overstepped(place: Place, slot: Slot, reached: Range, bounds: Range) -> Finding:
    ends = (reached.low, reached.high, bounds.low, bounds.high)
    fractions = any("/" in shown(end) for end in ends)
    words = {
        "address": slot.address,
        "article": text_at(child(slot.node, "article")),
        "found": _span(reached, fractions),
        "found_en": _span(reached, fractions, "en"),
        "expected": _span(bounds, fractions),
        "expected_en": _span(bounds, fractions, "en"),
    }
    return Finding("PH502", place, words, (("upper", slot.node.place),))


def _span(span: Range, fractions: bool, lang: str = "zh") -> str:
    """A span in words; with `fractions` one half is 1/2, so that all its numbers are of one kind."""
    low, high = (_number(end, fractions) for end in (span.low, span.high))
    zh = lang == "zh"
    if span.low is None:
        return f"{'不高于' if zh else 'at most '}{high}"
    if span.high is None:
        return f"{'不低于' if zh else 'at least '}{low}"
    return low if low == high else f"{low}{'～' if zh else ' to '}{high}"


def _number(end: Rational | None, fractions: bool) -> str:
    return str(end) if fractions and end is not None else shown(end)
