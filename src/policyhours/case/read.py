"""Reading a case: from its tree to the model, every fact checked against the policy's vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from policyhours.case.base import Authority, base_facts
from policyhours.case.decision import read_decision, year_named
from policyhours.case.facts import FactReader
from policyhours.case.model import Activity, Case, Decision, Review, Status
from policyhours.language.calculator import open_names
from policyhours.language.header import digest
from policyhours.language.pattern import Given
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.rules import Rules, Standard
from policyhours.language.structure import check_case
from policyhours.language.vocabulary import RESERVED, unknown
from policyhours.language.words import child, date_at, entries_at, items_at, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, Scalar

_STATUSES: Final[ReadOnly[Status, str]] = {"registered": "已登记", "pending": "待登记", "void": "已作废"}

InTerm = Callable[[date], bool]
"""Whether the policy of a day's year was in force on that day."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as it is written, its structure checked: what has to be known before its facts can be read.

    Attributes:
        policy: the policy that the case names, if any, and where it does.
        readings: the readings that the case switches.
        digest: of the canonical content.
    """

    id: str
    title: str
    policy: Reference | None
    policy_place: Place | None
    readings: ReadOnly[str, str]
    tree: Mapping
    digest: str

    @property
    def years(self) -> set[int]:
        """The years that the case speaks of."""
        days = [date_at(child(item, "date")) for item in items_at(self.tree.get("activities"))]
        review = self.tree.get("title_review")
        dated = (*items_at(self.tree.get("decisions")), *((review,) if review is not None else ()))
        return {day.year for day in days if day is not None} | {year_named(item) for item in dated}


def read_draft(tree: Node) -> Draft:
    """The case as written.

    Raises:
        Refused: where its structure is faulty.
    """
    check_case(tree)
    assert isinstance(tree, Mapping)
    named = tree.get("policy")
    return Draft(
        id=text_at(tree.get("case")),
        title=text_at(tree.get("title")),
        policy=parse_reference(text_at(named), named.place) if named is not None else None,
        policy_place=named.place if named is not None else None,
        readings={e.key: text_at(e.value) for e in entries_at(tree.get("readings"))},
        tree=tree,
        digest=digest(tree),
    )


def read_case(draft: Draft, rules_for: Callable[[int], Rules], in_term: InTerm) -> Case:
    """The case, its facts checked and its dates settled.

    Args:
        draft: the case as written.
        rules_for: the vocabulary by which a year's facts are read.
        in_term: whether the policy was in force on a day.

    Raises:
        Refused: with every fault: unknown kinds, facts, labels; values out of bounds or off their step;
            hours beside days; a timed activity without time; an id that stands twice.
    """
    return _Reader(draft, rules_for, in_term).case()


@dataclass(slots=True)
class _Reader:
    draft: Draft
    rules_for: Callable[[int], Rules]
    in_term: InTerm
    facts: FactReader = field(default_factory=FactReader)

    @property
    def faults(self) -> list[Finding]:
        return self.facts.faults

    def case(self) -> Case:
        tree = self.draft.tree
        year = min(self.draft.years, default=date.today().year)
        person = self.facts.person(tree.get("person"), self.rules_for(year))
        bases = self._unique("bases")
        for base in bases.values():
            self._level(base, self.rules_for(year))
        activities = [self._activity(node, bases) for node in self._unique("activities").values()]
        decisions = [self._decision(node) for node in items_at(tree.get("decisions"))]
        review = self._review(tree.get("title_review"))
        if self.faults:
            raise Refused(tuple(self.faults))
        return Case(
            self.draft.id,
            self.draft.title,
            person,
            tuple(a for a in activities if a is not None),
            tuple(d for d in decisions if d is not None),
            review,
        )

    def _unique(self, section: str) -> dict[str, Mapping]:
        """The items of a list by their id; an id that stands twice is a fault."""
        found: dict[str, Mapping] = {}
        for node in items_at(self.draft.tree.get(section)):
            assert isinstance(node, Mapping)
            named = node.get("id")
            assert named is not None
            if text_at(named) in found:
                first = found[text_at(named)].get("id")
                also = (("first", first.place),) if first is not None else ()
                self.faults.append(Finding("PH801", named.place, {"found": text_at(named)}, also))
            found[text_at(named)] = node
        return found

    def _activity(self, node: Mapping, bases: ReadOnly[str, Mapping]) -> Activity | None:
        day = date_at(node.get("date"))
        assert day is not None
        year = self.rules_for(day.year).year_of(day)
        rules = self.rules_for(year)
        before = len(self.faults)
        standard = self._standard(node.get("kind"), rules)
        facts = self.facts.stated(node, rules, "activity", RESERVED)
        if "month" in rules.facts:
            facts["month"] = day.month
        sound = len(self.faults) == before
        status: Status = text_at(node.get("status"), "registered")  # type: ignore[assignment]
        if "void" in node and status != "void":
            entry = node.entry("void")
            assert entry is not None
            words = {"found": _STATUSES[status], "found_en": status}
            self.faults.append(Finding("PH813", entry.key_place, words))
        self._check_dates(node, day)
        if standard is None:
            return None
        if sound and (lacking := time_lacking(standard, facts, rules)):
            titles = "、".join(rules.facts[name].title for name in sorted(lacking))
            named = node.get("id")
            assert named is not None
            words = {"found": text_at(named), "kind": standard.title, "expected": titles}
            words["expected_en"] = titles.replace("、", ", ")
            self.faults.append(Finding("PH808", named.place, words))
        return Activity(
            id=text_at(node.get("id")),
            kind=standard.id,
            day=day,
            year=year,
            in_term=self.in_term(day),
            status=status,
            evidence=text_at(node.get("evidence"), "complete") == "complete",
            facts=facts,
            base=self._base(node, bases, rules),
        )

    def _standard(self, node: Node | None, rules: Rules) -> Standard | None:
        assert isinstance(node, Scalar)
        by_title = {standard.title: standard for standard in rules.standards.values()}
        standard = rules.standards.get(node.raw) or by_title.get(node.raw)
        if standard is None:
            known = {**by_title, **rules.standards}
            self.faults.append(unknown("PH803", node, node.raw, known, policy=rules.ref))
        return standard

    def _check_dates(self, node: Mapping, day: date) -> None:
        said = node.get("from")
        start = date_at(said)
        if said is not None and start is not None and start > day:
            words = {"found": start.isoformat(), "expected": day.isoformat()}
            self.faults.append(Finding("PH814", said.place, words))

    def _base(self, node: Mapping, bases: ReadOnly[str, Mapping], rules: Rules) -> dict[str, Given] | None:
        """The facts of the base that recognised an activity, at the day of recognition."""
        by = node.get("recognised_by")
        if not isinstance(by, Scalar):
            if (stray := node.entry("recognised_on")) is not None:
                self.faults.append(Finding("PH812", stray.key_place))
            return None
        base = bases.get(by.raw)
        if base is None:
            self.faults.append(unknown("PH809", by, by.raw, bases))
            return None
        days = (date_at(base.get(key)) for key in ("authorised_from", "authorised_until", "revoked_on"))
        return base_facts(
            rules, self._level(base, rules), Authority(*days), date_at(node.get("recognised_on"))
        )

    def _level(self, base: Mapping, rules: Rules) -> Given | None:
        """The level of a base; what it cannot be is told once, however many activities name the base."""
        level, fact = base.get("level"), rules.facts.get("base_level")
        if not isinstance(level, Scalar) or fact is None or any(f.place == level.place for f in self.faults):
            return None
        return self.facts.value(level, fact)

    def _decision(self, node: Node) -> Decision | None:
        return read_decision(node, self.rules_for(year_named(node)), self.faults)

    def _review(self, node: Node | None) -> Review | None:
        if not isinstance(node, Mapping):
            return None
        year = year_named(node)
        return Review(year, self.facts.stated(node, self.rules_for(year), "review", frozenset({"year"})))


def time_lacking(standard: Standard, facts: ReadOnly[str, Given], rules: Rules) -> AbstractSet[str]:
    """The facts of which one has to state a timed activity's time, where none does and it matters here."""
    if not standard.amounts or standard.amounts & facts.keys():
        return frozenset()
    given = {name: facts.get(name, rules.facts[name].domain()) for name in standard.reads}
    asked = {name for condition in standard.requires for name, _ in condition.patterns}
    for quantity in (standard.hours, *standard.measures.values()):
        asked |= open_names(quantity.expression, given) if quantity is not None else set()
    return standard.amounts if asked & standard.amounts else frozenset()
