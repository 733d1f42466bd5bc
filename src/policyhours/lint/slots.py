"""Slots: what the upper text leaves to the industry, and the filing has not filled or has filled in vain."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.number import Range, Rational
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.slots import cells, slots_of
from policyhours.language.unit import Unit, parse_unit, unit_title
from policyhours.language.words import child, shown, text_at, texts_at
from policyhours.lint.walk import survey
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node


def open_slots(policy: Policy, library: Library) -> Iterator[Finding]:
    """Slots that the filing leaves open: what they are worth then stays a range."""
    if policy.header.implements is None:
        return
    found = survey(policy)
    for address, slot in slots_of(policy.tree).items():
        if "open_to" not in slot.node:
            continue
        kind = slot.path[1]
        unit = parse_unit(found.rules.unit)
        low, high = (
            None if end is None else found.values.constant(end, unit)
            for end in (child(slot.node, "at_least"), child(slot.node, "at_most"))
        )
        ceiling = found.yearly(kind)
        ends = [end for end in (high, ceiling[1].high if ceiling else None) if end is not None]
        words = {
            "address": address,
            "title": found.rules.standards[kind].title,
            "article": "、".join(texts_at(child(slot.node, "article"))),
            **_range(low or 0, min(ends, default=None), unit),
        }
        also = (("upper", slot.node.place),)
        yield Finding("PH530", policy.header.place_of("implements"), words, also)


def _range(low: Rational, high: Rational | None, unit: Unit) -> dict[str, str]:
    """What stays undetermined, in words."""
    zh, en = unit_title(unit), unit_title(unit, "en")
    if high is None:
        return {"range": f"{shown(low)}{zh}以上", "range_en": f"{shown(low)} and more ({en})"}
    return {"range": f"{shown(low)}～{shown(high)}{zh}", "range_en": f"{shown(low)} to {shown(high)} ({en})"}


def idle_settings(policy: Policy, library: Library) -> Iterator[Finding]:
    """Values and ceilings that the filing sets to what they are anyhow."""
    if policy.header.implements is None:
        return
    try:
        upper = library.policy(parse_reference(policy.header.implements))
    except Refused:
        return
    for address, slot in slots_of(upper.tree).items():
        node: Node | None = policy.tree
        for key in slot.path:
            node = child(node, key)
        if node is None or policy.policy_of(node) != policy.ref or "open_to" in slot.node:
            continue
        set_to = _reach(policy, address)
        if set_to is not None and set_to.low == set_to.high and set_to == _reach(upper, address):
            words = {"address": address, "found": shown(set_to.low)}
            place = next(cells(node), node).place
            yield Finding("PH531", place, words, (("upper", slot.node.place),))


def _reach(policy: Policy, address: str) -> Range | None:
    """What a named value or the ceiling of a standard may come to."""
    found = survey(policy)
    kind, dot, _ = address.partition(".")
    if not dot:
        return found.reach(found.values.named(address))
    node = child(child(policy.tree.get("standards"), kind), "ceiling")
    own = [c for c in found.rules.ceilings if node is not None and c.origin.place == node.place]
    per = text_at(child(node, "per"))
    return found.reach(own[0].hours) if own and per == "year" else None
