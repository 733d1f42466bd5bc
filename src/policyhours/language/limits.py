"""Limits: ceilings and requirements, read from a resolved policy (articles 5 and 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet

from policyhours.language.calculator import Quantity
from policyhours.language.rules import Ceiling, OriginOf, Subject
from policyhours.language.unit import HOUR
from policyhours.language.values import TOTAL, Values
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, items_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node, Scalar


def read_ceiling(node: Node, kinds: AbstractSet[str], values: Values, origin_of: OriginOf) -> Ceiling:
    """The ceiling that a node sets over the kinds.

    Raises:
        Refused: where its hours are no hours, or depend on a fact of an activity.
    """
    said = child(node, "hours") or child(node, "at_most")
    assert said is not None
    return Ceiling(frozenset(kinds), values.quantity(said, HOUR, facts=False), origin_of(node))


def read_joint_ceiling(
    node: Node, standards: ReadOnly[str, object], values: Values, origin_of: OriginOf
) -> Ceiling:
    """A ceiling over several kinds together.

    Raises:
        Refused: as `read_ceiling`, and where a kind is unknown.
    """
    kinds = [item for item in items_at(child(node, "of")) if isinstance(item, Scalar)]
    for item in kinds:
        if item.raw not in standards:
            raise Refused((unknown("PH308", item, item.raw, standards),))
    return read_ceiling(node, {item.raw for item in kinds}, values, origin_of)


def required_hours(node: Node, subjects: ReadOnly[str, Subject], values: Values) -> Quantity:
    """The least hours that a requirement asks for.

    Raises:
        Refused: where it is of no subject, or its hours are no hours.
    """
    of, said = child(node, "of"), child(node, "at_least")
    assert isinstance(of, Scalar) and said is not None
    if of.raw not in (*subjects, TOTAL):
        raise Refused((unknown("PH309", of, of.raw, {**subjects, TOTAL: None}),))
    return values.quantity(said, HOUR, totals=True)


def crossing(ceilings: Sequence[Ceiling], subject_of: ReadOnly[str, str]) -> Iterator[Finding]:
    """Ceilings are nested or disjoint, each within one subject; only then is trimming by date the best."""
    for number, ceiling in enumerate(ceilings):
        for other in ceilings[:number]:
            common = ceiling.of & other.of
            if common and common not in (ceiling.of, other.of):
                also = (("first", other.origin.place),)
                yield Finding("PH701", ceiling.origin.place, {"kinds": "、".join(sorted(common))}, also)
        subjects = {subject_of[kind] for kind in ceiling.of & subject_of.keys()}
        if len(subjects) > 1:
            yield Finding("PH702", ceiling.origin.place, {"subjects": "、".join(sorted(subjects))})
