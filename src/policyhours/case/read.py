"""Reading a case: from its tree to the model, every fact checked against the policy's vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from policyhours.case.base import Authority, base_facts
from policyhours.case.model import Activity, ByYear, Case, Decision, Review, Status
from policyhours.language.calculator import open_names
from policyhours.language.header import digest
from policyhours.language.library import Reference, parse_reference
from policyhours.language.number import Range, contains, meet
from policyhours.language.pattern import Given, Stated, Unknown, parse_range
from policyhours.language.rules import Entity, Fact, Rules, Standard
from policyhours.language.structure import check_case
from policyhours.language.vocabulary import RESERVED, WORKED_OUT, misfit, stated_value, unknown
from policyhours.language.words import child, date_at, entries_at, items_at, number_at, shown, text_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar

COMMON = frozenset({"title_level", "qualification_level", "prefecture", "industry", "in_scope"})
"""What every case may state of a person, whether or not the policy asks for it."""

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
        return {day.year for day in days if day is not None} | {_year(item) for item in dated}


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
    faults: list[Finding] = field(default_factory=list)

    def case(self) -> Case:
        tree = self.draft.tree
        year = min(self.draft.years, default=date.today().year)
        person = self._person(tree.get("person"), self.rules_for(year))
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

    # ── facts ──

    def _person(self, node: Node | None, rules: Rules) -> dict[str, Given | ByYear]:
        """What is stated of the person, for all years or year by year."""
        facts: dict[str, Given | ByYear] = {}
        facts |= self._facts(node, rules, "person", frozenset({"id"}))
        known = {f.id: f for f in rules.facts.values() if f.of == "person"}
        by_title = {f.title: f for f in known.values()}
        for entry in entries_at(node):
            fact = known.get(entry.key) or by_title.get(entry.key)
            if fact is not None and isinstance(entry.value, Mapping):
                facts[fact.id] = self._by_year(entry.value, fact)
        return facts

    def _by_year(self, node: Mapping, fact: Fact) -> ByYear:
        """A fact that is stated year by year; a year has one entry."""
        rows: list[tuple[Range, Given]] = []
        for entry in node.entries:
            value = self._value(entry.value, fact)
            years = parse_range(entry.key) or Range(int(entry.key), int(entry.key))
            for (other, _), earlier in zip(rows, node.entries, strict=False):
                if meet(years, other):
                    words = {"fact": fact.title, "first": earlier.key, "second": entry.key}
                    also = (("first", earlier.key_place),)
                    self.faults.append(Finding("PH823", entry.key_place, words, also))
            rows.append((years, value if value is not None else fact.domain()))
        return ByYear(tuple(rows))

    def _facts(
        self, node: Node | None, rules: Rules, of: Entity, reserved: frozenset[str]
    ) -> dict[str, Given]:
        """What is stated of an entity, by fact; labels have become ids."""
        by_name = {f.id: f for f in rules.facts.values() if f.of == of}
        by_title = {f.title: f for f in by_name.values()}
        facts: dict[str, Given] = {}
        seen: dict[str, Entry] = {}
        for entry in entries_at(node):
            if entry.key in reserved:
                continue
            fact = by_name.get(entry.key) or by_title.get(entry.key)
            if fact is None:
                if of == "activity" or (of == "person" and entry.key not in COMMON):
                    self.faults.append(unknown("PH804", entry, entry.key, {**by_name, **by_title}))
                continue
            if fact.id in seen:
                also = (("first", seen[fact.id].key_place),)
                self.faults.append(Finding("PH802", entry.key_place, {"fact": fact.title}, also))
                continue
            seen[fact.id] = entry
            if fact.id in WORKED_OUT:
                self.faults.append(Finding("PH822", entry.key_place, {"fact": fact.title}))
                continue
            if of == "person" and isinstance(entry.value, Mapping):
                continue
            value = self._value(entry.value, fact)
            if value is not None:
                facts[fact.id] = value
        self._one_way_only(seen, by_name)
        return facts

    def _value(self, node: Node, fact: Fact) -> Given | None:
        if not isinstance(node, Scalar):
            self.faults.append(misfit("PH805", Scalar("…", "…", False, node.place), fact))
            return None
        value = stated_value(node, fact)
        if value is None:
            code = "PH806" if fact.kind in ("integer", "number") else "PH805"
            self.faults.append(misfit(code, node, fact))
        elif value == "unknown" and fact.kind == "choice":
            options: frozenset[Stated] = frozenset(fact.options) - {"unknown"}
            return Unknown(options)
        return value

    def _one_way_only(self, seen: ReadOnly[str, Entry], by_name: ReadOnly[str, Fact]) -> None:
        """The same time stated in two ways would count twice."""
        for name, entry in seen.items():
            for other in by_name[name].instead_of:
                if other in seen:
                    words = {"first": by_name[other].title, "second": by_name[name].title}
                    also = (("first", seen[other].key_place),)
                    self.faults.append(Finding("PH807", entry.key_place, words, also))
                    return

    # ── activities ──

    def _activity(self, node: Mapping, bases: ReadOnly[str, Mapping]) -> Activity | None:
        day = date_at(node.get("date"))
        assert day is not None
        year = self.rules_for(day.year).year_of(day)
        rules = self.rules_for(year)
        before = len(self.faults)
        standard = self._standard(node.get("kind"), rules)
        facts = self._facts(node, rules, "activity", RESERVED)
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

    # ── bases ──

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
        return self._value(level, fact)

    # ── decisions and title review ──

    def _decision(self, node: Node) -> Decision | None:
        year = _year(node)
        relief = self.rules_for(year).relief
        remedy: Literal["defer", "reduce"] = text_at(child(node, "remedy"))  # type: ignore[assignment]
        asked = child(node, "remedy")
        if relief is None or remedy not in relief.remedies:
            assert asked is not None
            self.faults.append(Finding("PH810", asked.place, {"found": remedy}))
            return None
        for key, labels in (("ground", relief.grounds), ("certified_by", relief.certifiers)):
            said = child(node, key)
            assert isinstance(said, Scalar)
            if said.raw not in labels and said.raw not in labels.values():
                offered = ("、".join(labels.values()), f"one of: {', '.join(labels)}")
                near = hint(said.raw, [*labels.values(), *labels], offered)
                self.faults.append(Finding("PH811", said.place, {"found": said.raw, **near}))
        until, hours = child(node, "until"), child(node, "required_hours")
        if isinstance(until, Scalar) and isinstance(until.value, int) and until.value <= year:
            self.faults.append(Finding("PH815", until.place, {"found": until.raw, "year": str(year)}))
        sets = relief.remedies[remedy].sets
        if isinstance(hours, Scalar) and sets is not None:
            self._check_reduced(hours, sets, self.rules_for(year))
        return Decision(
            year=year,
            remedy=remedy,
            until=until.value if isinstance(until, Scalar) and isinstance(until.value, int) else None,
            hours=number_at(hours),
        )

    def _check_reduced(self, hours: Scalar, sets: str, rules: Rules) -> None:
        bounds = rules.decidable[sets]
        number = number_at(hours)
        if number is None or not contains(bounds, number):
            words = {"found": hours.raw, "low": shown(bounds.low or 0), "high": shown(bounds.high)}
            self.faults.append(Finding("PH816", hours.place, words))

    def _review(self, node: Node | None) -> Review | None:
        if not isinstance(node, Mapping):
            return None
        year = _year(node)
        return Review(year, self._facts(node, self.rules_for(year), "review", frozenset({"year"})))


def time_lacking(standard: Standard, facts: ReadOnly[str, Given], rules: Rules) -> AbstractSet[str]:
    """The facts of which one has to state a timed activity's time, where none does and it matters here."""
    if not standard.amounts or standard.amounts & facts.keys():
        return frozenset()
    given = {name: facts.get(name, rules.facts[name].domain()) for name in standard.reads}
    asked = {name for condition in standard.requires for name, _ in condition.patterns}
    for quantity in (standard.hours, *standard.measures.values()):
        asked |= open_names(quantity.expression, given) if quantity is not None else set()
    return standard.amounts if asked & standard.amounts else frozenset()


def _year(node: Node) -> int:
    year = child(node, "year")
    assert isinstance(year, Scalar) and isinstance(year.value, int)
    return year.value
