"""Limits: ceilings and requirements, read from a resolved policy (articles 5 and 8).

A limit is over a subject, the total or some kinds; it holds for a year, for several, or for each matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from policyhours.language.calculator import Quantity
from policyhours.language.rules import Ceiling, Fact, OriginOf, Requirement, Span, Subject
from policyhours.language.unit import YEAR, Unit
from policyhours.language.values import OF_PERSON, TOTAL, Values
from policyhours.language.vocabulary import identity_facts, unknown
from policyhours.language.words import child, items_at, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node, Scalar

_THIS_YEAR = "year"


@dataclass(frozen=True, slots=True)
class Limits:
    """Reads the limits of a policy.

    Attributes:
        kinds: the standards of the policy.
        unit: what hours are counted in.
    """

    kinds: ReadOnly[str, object]
    subjects: ReadOnly[str, Subject]
    facts: ReadOnly[str, Fact]
    values: Values
    unit: Unit
    origin_of: OriginOf

    def ceiling(self, node: Node, kinds: AbstractSet[str]) -> Ceiling:
        """The ceiling that a node sets over the kinds.

        Raises:
            Refused: where its hours are no hours or depend on a fact of an activity, or it is for no years.
        """
        said, per = child(node, "hours") or child(node, "at_most"), child(node, "per")
        assert said is not None
        hours = self.values.quantity(said, self.unit, facts=OF_PERSON)
        over = self._over(per)
        matters: tuple[str, ...] = ()
        if over is None and per is not None and text_at(per) != _THIS_YEAR:
            matters = identity_facts(per, self.facts, ("date",))
        return Ceiling(frozenset(kinds), hours, matters, over, self.origin_of(node))

    def joint_ceiling(self, node: Node) -> Ceiling:
        """A ceiling over several kinds together.

        Raises:
            Refused: as `ceiling`, and where a kind is unknown.
        """
        return self.ceiling(node, self._kinds(child(node, "of")))

    def requirement(self, node: Node) -> Requirement:
        """A requirement.

        Raises:
            Refused: where it is of nothing that counts hours, its hours are no hours, or it is for no years.
        """
        of, said = child(node, "of"), child(node, "at_least")
        assert of is not None and said is not None
        kinds: frozenset[str] = frozenset()
        if not isinstance(of, Scalar) or of.raw in self.kinds:
            kinds = self._kinds(of)
        elif of.raw not in (*self.subjects, TOTAL):
            raise Refused((unknown("PH309", of, of.raw, {**self.subjects, TOTAL: None, **self.kinds}),))

        (hours, over), readings = self.values.chosen.noting(
            lambda: (
                self.values.quantity(said, self.unit, totals=True, facts=OF_PERSON),
                self._over(child(node, "per")),
            )
        )
        name = "+".join(sorted(kinds)) if kinds else text_at(of)
        return Requirement(name, kinds, hours, over, readings, self.origin_of(node))

    def _kinds(self, node: Node | None) -> frozenset[str]:
        named = [item for item in (items_at(node) or (node,)) if isinstance(item, Scalar)]
        for item in named:
            if item.raw not in self.kinds:
                raise Refused((unknown("PH308", item, item.raw, self.kinds),))
        return frozenset(item.raw for item in named)

    def _over(self, per: Node | None) -> Span | None:
        """The years for which a limit holds together."""
        years = child(per, "years")
        if years is None:
            return None
        ends: list[Quantity] = []
        for said in items_at(years):
            ends.append(self.values.quantity(said, YEAR, facts=OF_PERSON))
            reach = self.values.reach(ends[-1])
            if reach.high is None or reach.high > 0:
                raise Refused((Finding("PH704", said.place),))
        first, last = ends
        return Span(first, last)


def crossing(
    ceilings: Sequence[Ceiling], subject_of: ReadOnly[str, str], titles: ReadOnly[str, str]
) -> Iterator[Finding]:
    """Ceilings are nested or disjoint, each within one subject; only then is trimming by date the best.

    Args:
        ceilings: all ceilings of a policy.
        subject_of: the subject of each standard.
        titles: of the standards and the subjects.
    """
    for number, ceiling in enumerate(ceilings):
        for other in ceilings[:number]:
            common = ceiling.of & other.of
            if common and not _inside(ceiling, other) and not _inside(other, ceiling):
                also = (("first", other.origin.place),)
                yield Finding("PH701", ceiling.origin.place, _listed("kinds", common, titles), also)
        subjects = {subject_of[kind] for kind in ceiling.of & subject_of.keys()}
        if len(subjects) > 1:
            yield Finding("PH702", ceiling.origin.place, _listed("subjects", subjects, titles))


def _listed(word: str, names: AbstractSet[str], titles: ReadOnly[str, str]) -> dict[str, str]:
    """The titles as a word of a finding, in Chinese and in English."""
    told = [titles.get(name, name) for name in sorted(names)]
    return {word: "、".join(told), f"{word}_en": ", ".join(told)}


def _inside(inner: Ceiling, outer: Ceiling) -> bool:
    """Whether all that one ceiling holds together is held together by the other, too."""
    return inner.of <= outer.of and set(outer.per) <= set(inner.per)
