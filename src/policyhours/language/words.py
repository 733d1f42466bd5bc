"""Small readings of a tree whose structure has been checked: texts, numbers, articles.

What the schemas guarantee is not checked again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, TypeGuard

from policyhours.language.number import Rational, exact
from policyhours.text.scalar import read_scalar
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

_NUMBER = re.compile(r"-?\d{1,18}(/[1-9]\d{0,17})?|-?\d{1,18}\.\d{1,18}")


_FORMS: Final = ("is", "by", "open_to")
"""The keys of which a value that is written as a group has one."""

OF_CONDITION: Final = frozenset({"article", "otherwise", "may"})
"""The keys by which a condition says something of itself; every other one names what has to fit."""


def are_rows(node: Node | None) -> TypeGuard[Mapping]:
    """Whether the node is the rows of a table within a table, and no value itself."""
    return isinstance(node, Mapping) and not any(form in node for form in _FORMS)


def text_at(node: Node | None, default: str = "") -> str:
    """The text of a scalar as it is written; `default` where there is none."""
    return node.raw if isinstance(node, Scalar) else default


def flag_at(node: Node | None) -> bool:
    """Whether the node says ``true``."""
    return isinstance(node, Scalar) and node.value is True


def number_at(node: Node | None) -> Rational | None:
    """The number that a scalar states, as ``3``, ``0.5``, ``2/3`` or quoted ``"181/3"``; else ``None``."""
    if not isinstance(node, Scalar) or isinstance(node.value, bool):
        return None
    if isinstance(node.value, int | Fraction):
        return exact(node.value)
    if node.quoted and _NUMBER.fullmatch(node.raw):
        return exact(Fraction(node.raw))
    return None


def date_at(node: Node | None) -> date | None:
    """The day that a scalar states, quoted or not.

    Raises:
        Refused: for a day that does not exist.
    """
    if not isinstance(node, Scalar):
        return None
    value = node.value if isinstance(node.value, date) else read_scalar(node.raw, node.place)
    return value if isinstance(value, date) else None


def texts_at(node: Node | None) -> tuple[str, ...]:
    """The texts of a list, or the one text that stands in place of a list."""
    if isinstance(node, Sequence):
        return tuple(text_at(item) for item in node.items)
    return (text_at(node),) if node is not None else ()


def items_at(node: Node | None) -> tuple[Node, ...]:
    """The items of a list; none where there is no list."""
    return node.items if isinstance(node, Sequence) else ()


def entries_at(node: Node | None) -> tuple[Entry, ...]:
    """The entries of a mapping; none where there is no mapping."""
    return node.entries if isinstance(node, Mapping) else ()


def matches_at(node: Node | None) -> list[Entry]:
    """The entries of a condition that name what has to fit, a fact or a named value."""
    return [entry for entry in entries_at(node) if entry.key not in OF_CONDITION]


def entries_within(node: Node) -> Iterator[Entry]:
    """Every entry below a node, at whatever depth; in no order that says anything."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        waiting += items_at(here)
        for entry in entries_at(here):
            yield entry
            waiting.append(entry.value)


def child(node: Node | None, key: str) -> Node | None:
    """What stands under the key, if the node is a mapping that has it."""
    return node.get(key) if isinstance(node, Mapping) else None


def as_circle(names: list[str], written: list[str]) -> tuple[str, str]:
    """Where a circle of references begins, and the circle in words, alike wherever it was entered.

    Args:
        names: those in the circle, each once, in the order in which they refer to each other.
        written: all names in the order of the file.
    """
    start = min(range(len(names)), key=lambda at: written.index(names[at]))
    turned = [*names[start:], *names[: start + 1]]
    return turned[0], " → ".join(turned)


def shown(value: Rational | None) -> str:
    """A number as people write it: ``20``, ``0.5``, ``181/3``."""
    if value is None:
        return "∞"
    value = exact(value)
    if isinstance(value, int):
        return str(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = 1
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
