"""Procedure: hardship, review and registration, read from a resolved policy (articles 3, 10, 12, 14)."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet

from policyhours.language.choices import read_choice
from policyhours.language.rules import (
    Channel,
    Fact,
    OriginOf,
    Registration,
    Relief,
    Remedy,
    Review,
)
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, flag_at, items_at, text_at, texts_at
from policyhours.text.finding import Refused
from policyhours.text.tree import Mapping, Node, Scalar

BLANK = re.compile(r"\{([^{}]*)\}")
"""A fact of the person in the name of an organ: ``{prefecture}``."""


def read_relief(node: Node | None, parameters: AbstractSet[str], origin_of: OriginOf) -> Relief | None:
    """What a decision on hardship can grant.

    Raises:
        Refused: where a remedy sets a value that decisions may not.
    """
    if node is None:
        return None
    remedies = {}
    for entry in entries_at(child(node, "remedies")):
        sets = child(entry.value, "sets")
        if isinstance(sets, Scalar) and sets.raw not in parameters:
            raise Refused((unknown("PH311", sets, sets.raw, dict.fromkeys(sorted(parameters))),))
        title, may = text_at(child(entry.value, "title")), flag_at(child(entry.value, "may"))
        remedies[entry.key] = Remedy(entry.key, title, text_at(sets) or None, may)
    grounds, certifiers = (_labels(child(node, key)) for key in ("grounds", "certified_by"))
    return Relief(grounds, certifiers, remedies, origin_of(node))


def read_review(node: Node | None, facts: ReadOnly[str, Fact], origin_of: OriginOf) -> Review | None:
    """Who reviews whom.

    Raises:
        Refused: where a route is named that is not described, or an organ is named after no fact of a person.
    """
    if node is None:
        return None
    persons = {fact.id: fact for fact in facts.values() if fact.of == "person"}
    for route in entries_at(child(node, "routes")):
        for organ in items_at(route.value):
            for blank in BLANK.finditer(text_at(organ)):
                if blank[1] not in persons and isinstance(organ, Scalar):
                    place = organ.place_at(blank.start(), len(blank[0]))
                    named = Scalar(blank[1], blank[1], False, place)
                    raise Refused((unknown("PH316", named, blank[1], persons),))
    routes = {entry.key: texts_at(entry.value) for entry in entries_at(child(node, "routes"))}

    def steps(leaf: Node) -> tuple[str, ...]:
        assert isinstance(leaf, Scalar)
        if leaf.raw not in routes:
            raise Refused((unknown("PH312", leaf, leaf.raw, routes),))
        return routes[leaf.raw]

    chosen = child(node, "route")
    assert chosen is not None
    return Review(read_choice(chosen, facts, steps), origin_of(node))


def read_registration(tree: Mapping, origin_of: OriginOf) -> Registration | None:
    """Registration, the certificate, and void items."""
    node, certificate, void = (tree.get(key) for key in ("registration", "certificate", "void"))
    if node is None or certificate is None or void is None:
        return None
    channels = {
        entry.key: Channel(
            id=entry.key,
            title=text_at(child(entry.value, "title")),
            evidence=flag_at(child(entry.value, "evidence")),
            may=flag_at(child(entry.value, "may")),
            remedy=text_at(child(entry.value, "remedy")),
        )
        for entry in entries_at(child(node, "channels"))
    }
    void_says = text_at(child(void, "otherwise"))
    return Registration(channels, origin_of(certificate), void_says, origin_of(void), origin_of(node))


def _labels(node: Node | None) -> dict[str, str]:
    return {entry.key: text_at(entry.value) for entry in entries_at(node)}
