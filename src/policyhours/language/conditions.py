"""Conditions: what must hold, read from a resolved policy; each fact beside what it may be."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from functools import partial

from policyhours.language.rules import Condition, Conditions, Fact, OriginOf
from policyhours.language.values import Values
from policyhours.language.vocabulary import read_pattern, unknown
from policyhours.language.words import child, flag_at, items_at, matches_at, text_at
from policyhours.text.finding import Refused
from policyhours.text.tree import Node


def read_condition(
    node: Node, facts: ReadOnly[str, Fact], values: Values, origin_of: OriginOf, *, measured: bool = True
) -> Condition:
    """One condition.

    Args:
        node: the condition as written.
        facts: what it may be about.
        values: the named values; `measured` says whether it may be about them, too.
        origin_of: tells where it comes from.
        measured: see `values`.

    Raises:
        Refused: for an unknown name, or a pattern that the fact or the value cannot fit.
    """
    patterns = []
    measures = {}
    for entry in matches_at(node):
        fact = facts.get(entry.key)
        if fact is None and measured and (fact := values.measure(entry.key)) is not None:
            measures[entry.key] = values.named(entry.key)
        if fact is None:
            raise Refused((unknown("PH304", entry, entry.key, facts),))
        pattern = values.chosen.settled(entry.value, partial(read_pattern, fact=fact))
        patterns.append((entry.key, pattern))
    otherwise, may = text_at(child(node, "otherwise")), flag_at(child(node, "may"))
    return Condition(tuple(patterns), measures, otherwise, may, origin_of(node))


def read_conditions(
    node: Node | None, facts: ReadOnly[str, Fact], values: Values, origin_of: OriginOf
) -> Conditions | None:
    """The conditions of a section, such as the scope; none where the policy has no such section.

    Raises:
        Refused: as `read_condition`.
    """
    if node is None:
        return None
    said = items_at(child(node, "requires"))
    requires, readings = values.chosen.noting(
        lambda: tuple(read_condition(item, facts, values, origin_of, measured=False) for item in said)
    )
    otherwise, may = text_at(child(node, "otherwise")), flag_at(child(node, "may"))
    return Conditions(requires, otherwise, may, readings, origin_of(node))
