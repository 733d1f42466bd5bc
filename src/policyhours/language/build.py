"""From a resolved tree to `Rules`, under one choice of readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as ReadOnly
from functools import partial
from typing import Any, TypeVar

from policyhours.language.calculator import Quantity
from policyhours.language.chosen import Chosen
from policyhours.language.conditions import read_conditions
from policyhours.language.expression import Expression, Table, parts
from policyhours.language.limits import Limits, crossing
from policyhours.language.number import Range
from policyhours.language.procedure import read_registration, read_relief, read_review
from policyhours.language.rules import (
    Carrying,
    Ceiling,
    Conditions,
    Fact,
    Origin,
    OriginOf,
    Reading,
    Requirement,
    Rules,
    Standard,
    Subject,
)
from policyhours.language.standards import Standards
from policyhours.language.unit import parse_unit
from policyhours.language.values import OF_PERSON, Values
from policyhours.language.vocabulary import read_facts, same_titles, unknown
from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping, Node, Scalar

S = TypeVar("S")
T = TypeVar("T")


def build_rules(
    tree: Mapping,
    ref: str,
    readings: ReadOnly[str, Reading],
    chosen: ReadOnly[str, str],
    origin_of: OriginOf,
    memo: Memo,
) -> Rules:
    """The rules that a resolved policy says.

    Args:
        tree: the resolved policy, its structure checked.
        ref: ``id@version`` of the policy.
        readings: the contested readings of the policy.
        chosen: reading → option, for every one of them.
        origin_of: tells where the provision that a node states comes from.
        memo: elements built before under other choices, shared where the choices that shaped them agree.

    Raises:
        Refused: with every fault found: unknown names, units that do not fit, formulas outside the subset.
    """
    return _Builder(tree, ref, readings, chosen, origin_of, memo).rules()


def build_values(
    tree: Mapping,
    readings: ReadOnly[str, Reading],
    origin_of: OriginOf,
    memo: Memo,
) -> Values:
    """The values that a resolved policy says, under its adopted readings; see `build_rules`.

    Raises:
        Refused: for facts that are declared wrongly.
    """
    chosen = {name: reading.adopted for name, reading in readings.items()}
    return _Builder(tree, "", readings, chosen, origin_of, memo).values


Memo = dict[str, list[tuple[dict[str, str], Any]]]
"""By the name of an element: what it became, with the choices of readings that shaped it."""


class _Builder:
    def __init__(
        self,
        tree: Mapping,
        ref: str,
        readings: ReadOnly[str, Reading],
        chosen: ReadOnly[str, str],
        origin_of: OriginOf,
        memo: Memo,
    ) -> None:
        self._tree, self._ref, self._chosen, self._origin = tree, ref, chosen, origin_of
        self._faults: list[Finding] = []
        if "facts" not in memo:  # they are the same under every reading
            memo["facts"] = [({}, read_facts(_group(tree, "facts"), self._origin))]
        self._facts: dict[str, Fact] = memo["facts"][0][1]
        self._subjects = {
            e.key: Subject(e.key, text_at(child(e.value, "title")), self._origin(e.value))
            for e in entries_at(tree.get("subjects"))
        }
        named = {entry.key: entry for entry in entries_at(tree.get("values"))}
        self._unit = text_at(tree.get("unit"), "hour")
        unit = parse_unit(self._unit)
        self.values = Values(named, self._facts, self._subjects, Chosen(readings, chosen), unit)
        self._named, self._readings, self._memo = named, readings, memo
        self._faults += same_titles(tree.get("standards"))
        self._standards = Standards(tree, self._facts, self._subjects, self.values, self._origin, unit)
        kinds = self._standards.kinds
        self._limits = Limits(kinds, self._subjects, self._facts, self.values, unit, self._origin)

    def rules(self) -> Rules:
        tree, standard_of = self._tree, self._standards
        kinds = standard_of.kinds
        for name in self._named:
            self._try(partial(self.values.named, name))
        identities, once_readings = self.values.chosen.noting(
            lambda: {k: self._try(partial(standard_of.identities, k)) or () for k in kinds}
        )
        parameters = {
            n: q for n in sorted(self.values.parameters) if (q := self._try(partial(self.values.named, n)))
        }
        standards = {k: s for k in kinds if (s := self._element(f"standard {k}", standard_of.standard, k))}
        ceilings = [c for k in kinds if (c := self._element(f"ceiling {k}", self._own_ceiling, k))]
        ceilings += [
            c
            for n in items_at(tree.get("ceilings"))
            if (c := self._try(partial(self._limits.joint_ceiling, n)))
        ]
        required = [
            r
            for n in items_at(tree.get("requirement"))
            if (r := self._try(partial(self._limits.requirement, n)))
        ]
        carrying = self._try(self._carrying)
        completion, completion_readings = self.values.chosen.noting(lambda: self._completion_mode())
        sections: dict[str, Conditions | None] = {
            name: self._element(name, self._conditions, tree.get(name))
            for name in ("scope", "bases", "title_review")
        }
        parameter_names = self.values.parameters
        relief = self._try(lambda: read_relief(tree.get("relief"), parameter_names, self._origin))
        review = self._try(lambda: read_review(tree.get("review"), self._facts, self._origin))
        titles = {kind: standard.title for kind, standard in standards.items()}
        titles |= {name: subject.title for name, subject in self._subjects.items()}
        subject_of = {kind: standard.subject for kind, standard in standards.items()}
        self._faults += crossing(ceilings, subject_of, titles)
        self._try(self._check_filing)
        if self._faults:
            raise Refused(tuple(self._faults))
        limits: list[Ceiling | Requirement] = [*ceilings, *required]
        spans = [limit.over for limit in limits if limit.over is not None]
        quantities = [limit.hours for limit in limits]
        quantities += [end for span in spans for end in (span.first, span.last)]
        return Rules(
            ref=self._ref,
            unit=self._unit,
            keys=self._keys(standards.values(), quantities),
            year_from=self._year_from(),
            carrying=carrying,
            subjects=self._subjects,
            facts=self._facts,
            standards=standards,
            ceilings=tuple(ceilings),
            requirements=tuple(required),
            parameters=parameters,
            decidable={name: self._decidable(name) for name in parameters},
            completion="added" if completion == "added" else "at_least",
            completion_readings=completion_readings,
            relief=relief,
            review=review,
            registration=read_registration(tree, self._origin),
            validity=self._section_origin("validity"),
            once=self._section_origin("once_per"),
            identities=identities,
            once_readings=once_readings,
            readings=self._readings,
            term=self._section_origin("in_force"),
            chosen=self._chosen,
            scope=sections["scope"],
            bases=sections["bases"],
            title_review=sections["title_review"],
        )

    # ── helpers ──

    def _section_origin(self, name: str) -> Origin | None:
        node = self._tree.get(name)
        return None if node is None else self._origin(node)

    def _try(self, make: Callable[[], T]) -> T | None:
        """What `make` makes; a refusal is kept, so that all faults of a file are told at once."""
        try:
            return make()
        except Refused as refused:
            self._faults += [f for f in refused.findings if f not in self._faults]
            return None

    def _element(self, name: str, make: Callable[[S], T], what: S) -> T | None:
        """The element that `make` makes, shared and its refusal kept."""
        return self._try(partial(self._shared, name, partial(make, what)))

    def _shared(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes, or what was made of the same element under the same choices that matter."""
        for choices, known in self._memo.setdefault(name, []):
            if all(self._chosen[reading] == option for reading, option in choices.items()):
                shared: T = known
                return shared
        made, consulted = self.values.chosen.noting(make)
        self._memo[name].append(({reading: self._chosen[reading] for reading in consulted}, made))
        return made

    def _conditions(self, node: Node | None) -> Conditions | None:
        return read_conditions(node, self._facts, self.values, self._origin)

    def _keys(self, standards: Iterable[Standard], quantities: Iterable[Quantity]) -> dict[str, Fact]:
        """The facts, and the named values by which tables go or conditions match."""
        found: set[str] = set()
        waiting: list[Expression] = [quantity.expression for quantity in quantities]
        for standard in standards:
            found |= standard.measures.keys()
            ends = (standard.completes, standard.counts_in)
            parts_of = [end for span in ends if span for end in (span.first, span.last)]
            waiting += [q.expression for q in (standard.hours, *parts_of, *standard.measures.values()) if q]
        while waiting:
            here = waiting.pop()
            if isinstance(here, Table) and here.measure is not None:
                found.add(here.by)
            waiting += parts(here)
        measured = {name: fact for name in sorted(found) if (fact := self.values.measure(name))}
        return {**self._facts, **measured}

    # ── limits ──

    def _own_ceiling(self, kind: str) -> Ceiling | None:
        node = self._standards.said(kind, "ceiling")
        return None if node is None else self._limits.ceiling(node, {kind})

    def _carrying(self) -> Carrying | None:
        """How hours count in later years; none where they count in their own only."""
        node = self._tree.get("validity")
        last = items_at(child(node, "years"))[-1:]
        years = last[0].value if last and isinstance(last[0], Scalar) else 0
        if node is None or not isinstance(years, int) or years == 0:
            return None
        said = child(node, "at_most")
        unit = parse_unit(self._unit)
        most = None if said is None else self.values.quantity(said, unit, facts=OF_PERSON)
        return Carrying(years, most, self._origin(node))

    def _year_from(self) -> tuple[int, int]:
        """Month and day on which each year begins."""
        said = text_at(child(self._tree.get("validity"), "from"), "01-01")
        month, day = (int(part) for part in said.split("-"))
        return month, day

    def _decidable(self, name: str) -> Range:
        """Within what a decision may set the value."""
        stated = child(self._named[name].value, "decision_may")
        unit = self.values.named(name).unit
        low, high = (child(stated, key) for key in ("at_least", "at_most"))
        return Range(
            None if low is None else self.values.constant(low, unit),
            None if high is None else self.values.constant(high, unit),
        )

    def _check_filing(self) -> None:
        """What the document delegates to industries is one of its subjects."""
        subject = child(self._tree.get("filing"), "subject")
        if isinstance(subject, Scalar) and subject.raw not in self._subjects:
            raise Refused((unknown("PH309", subject, subject.raw, self._subjects),))

    def _completion_mode(self) -> str:
        node = self._tree.get("completion")
        return self.values.chosen.settled(node, text_at) if node is not None else "at_least"


def _group(tree: Mapping, key: str) -> Mapping:
    node = tree.get(key)
    return node if isinstance(node, Mapping) else Mapping((), tree.place)
