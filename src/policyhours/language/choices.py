"""Choices: what is picked by facts rather than computed, such as a review route or a channel."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from typing import TypeVar

from policyhours.language.pattern import Anything, Pattern
from policyhours.language.rules import Choice, Fact
from policyhours.language.vocabulary import key_pattern, unknown
from policyhours.language.words import child, entries_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping, Node, Scalar, Sequence

T = TypeVar("T")


def read_choice(node: Node, facts: ReadOnly[str, Fact], leaf: Callable[[Node], T]) -> Choice[T]:
    """A choice by facts, written as a table; a plain entry is a choice without alternatives.

    Raises:
        Refused: where the table goes by what is no fact or is too deep, or `leaf` refuses an entry.
    """
    by_node = child(node, "by")
    if by_node is None:
        return Choice((), (((), leaf(node)),))
    by = texts_at(by_node)
    for name in by:
        if name not in facts:
            raise Refused((unknown("PH305", named_in(by_node, name), name, facts),))
    rows: list[tuple[tuple[Pattern, ...], T]] = []

    def walk(inner: Node | None, keys: tuple[Pattern, ...]) -> None:
        for entry in entries_at(inner):
            here = (*keys, key_pattern(entry, facts[by[len(keys)]]))
            if isinstance(entry.value, Mapping) and len(here) < len(by):
                walk(entry.value, here)
            elif isinstance(entry.value, Mapping):
                raise Refused((Finding("PH602", entry.value.place),))
            else:
                padding = (Anything(),) * (len(by) - len(here))
                rows.append(((*here, *padding), leaf(entry.value)))

    walk(child(node, "values"), ())
    return Choice(by, tuple(rows))


def named_in(node: Node, raw: str) -> Scalar:
    """The scalar `raw` in a list or in place of one, so that a finding has its place."""
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar) and item.raw == raw:
            return item
    return Scalar(raw, raw, False, node.place)
