"""Meanings: what a scalar, a formula or a pattern of a policy says, in a form that can be compared.

However it is written, what says the same is equal: ``0.5`` and ``1/2``, ``a + b`` and ``b + a``, an option
and its Chinese label.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from policyhours.desk.wording import number_text
from policyhours.language.expression import Call, Constant, Expression, Name, Negation, Operation
from policyhours.language.number import Range, exact, within
from policyhours.language.pattern import Anything, Between, OneOf, Pattern, Stated, parse_range
from policyhours.language.rules import Fact
from policyhours.language.vocabulary import stated_value
from policyhours.language.words import items_at, number_at
from policyhours.text.tree import Node, Scalar, Sequence


def normal(expression: Expression) -> Hashable:
    """The expression with sums, products, least and greatest in a fixed order."""
    match expression:
        case Constant(value):
            return ("number", exact(value))
        case Name(id=name):
            return ("name", name)
        case Operation("+" | "-" | "*" as sign, _, _):
            joined = _joined(expression, "*" if sign == "*" else "+")
            return ("*" if sign == "*" else "+", tuple(sorted(joined, key=repr)))
        case Negation(operand):
            return ("minus", normal(operand))
        case Operation(sign, left, right):
            return (sign, normal(left), normal(right))
        case Call("min" | "max" as function, arguments):
            return (function, frozenset(normal(part) for part in arguments))
        case Call(function, arguments):
            return (function, tuple(normal(part) for part in arguments))
        case _:
            return expression


def _joined(expression: Expression, sign: str) -> list[Hashable]:
    """The terms of a sum, or the factors of a product."""
    match expression:
        case Operation("*", left, right) if sign == "*":
            return _joined(left, sign) + _joined(right, sign)
        case Operation("+", left, right) if sign == "+":
            return _joined(left, sign) + _joined(right, sign)
        case Operation("-", left, right) if sign == "+":
            return _joined(left, sign) + [("minus", term) for term in _joined(right, sign)]
        case _:
            return [normal(expression)]


def pattern_of(node: Node, fact: Fact | None) -> Pattern:
    """The pattern that a checked node writes over a fact, or over a named value, which is no fact."""
    if isinstance(node, Sequence):
        return OneOf(frozenset(_stated(item, fact) for item in items_at(node) if isinstance(item, Scalar)))
    assert isinstance(node, Scalar)
    if node.raw == "any":
        return Anything()
    numeric = fact is None or fact.kind in ("integer", "number")
    span = parse_range(node.raw) if numeric else None
    if span is None:
        return OneOf(frozenset({_stated(node, fact)}))
    return OneOf(frozenset({span.low})) if span.low is not None and span.low == span.high else Between(span)


def _stated(node: Scalar, fact: Fact | None) -> Stated:
    value = None if fact is None else stated_value(node, fact)
    number = number_at(node) if value is None else None
    return value if value is not None else node.raw if number is None else number


def comparable(pattern: Pattern) -> Hashable:
    """The pattern, its numbers apart from its truth values."""
    if isinstance(pattern, OneOf):
        return frozenset((isinstance(value, bool), value) for value in pattern.values)
    return pattern


def narrower(inner: Pattern, outer: Pattern, fact: Fact | None) -> bool:
    """Whether whatever fits `inner` surely fits `outer`."""
    match inner, outer:
        case _, Anything():
            return True
        case OneOf(few), OneOf(many):
            return few <= many
        case OneOf(few), Between(span):
            numbers = [value for value in few if not isinstance(value, str | bool)]
            return len(numbers) == len(few) and all(within(Range(n, n), span) for n in numbers)
        case Between(tight), Between(wide):
            return within(tight, wide)
        case Anything(), OneOf(many):
            return fact is not None and fact.kind == "choice" and set(fact.options) <= many
        case _:
            return False


def pattern_text(pattern: Pattern, fact: Fact | None) -> str:
    """What may be, in words."""
    match pattern:
        case Anything():
            return "不限"
        case OneOf(values):
            options: Mapping[str, str] = fact.options if fact else {}
            ordered = [label for option, label in options.items() if option in values]
            rest = sorted((v for v in values if v not in options), key=str, reverse=True)
            return "或".join([*ordered, *(_said(value) for value in rest)])
        case Between(span):
            return span_text(span)


def span_text(span: Range) -> str:
    """A range of numbers, in words."""
    if span.low is not None and span.high is not None:
        return f"{number_text(span.low)}至{number_text(span.high)}"
    if span.low is not None:
        return f"不少于{number_text(span.low)}"
    return f"不超过{number_text(span.high)}" if span.high is not None else "不限"


def _said(value: Stated) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else number_text(value)
