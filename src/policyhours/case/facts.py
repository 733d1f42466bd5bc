"""Facts: what a case states of person, activity and title review, read by the policy's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from policyhours.case.model import ByYear
from policyhours.language.number import Range, meet
from policyhours.language.pattern import Given, Stated, Unknown, parse_range
from policyhours.language.rules import Entity, Fact, Rules
from policyhours.language.vocabulary import WORKED_OUT, misfit, stated_value, unknown
from policyhours.language.words import entries_at
from policyhours.text.finding import Finding
from policyhours.text.tree import Entry, Mapping, Node, Scalar

COMMON = frozenset({"title_level", "qualification_level", "prefecture", "industry", "in_scope"})
"""What every case may state of a person, whether or not the policy asks for it."""


@dataclass(slots=True)
class FactReader:
    """Reads facts; what is wrong with them is gathered in `faults`."""

    faults: list[Finding] = field(default_factory=list)

    def person(self, node: Node | None, rules: Rules) -> dict[str, Given | ByYear]:
        """What is stated of the person, for all years or year by year."""
        facts: dict[str, Given | ByYear] = {}
        facts |= self.stated(node, rules, "person", frozenset({"id"}))
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
            value = self.value(entry.value, fact)
            years = parse_range(entry.key) or Range(int(entry.key), int(entry.key))
            for (other, _), earlier in zip(rows, node.entries, strict=False):
                if meet(years, other):
                    words = {"fact": fact.title, "first": earlier.key, "second": entry.key}
                    also = (("first", earlier.key_place),)
                    self.faults.append(Finding("PH823", entry.key_place, words, also))
            rows.append((years, value if value is not None else fact.domain()))
        return ByYear(tuple(rows))

    def stated(
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
            value = self.value(entry.value, fact)
            if value is not None:
                facts[fact.id] = value
        self._one_way_only(seen, by_name)
        return facts

    def value(self, node: Node, fact: Fact) -> Given | None:
        """The value that is stated of a fact; ``None`` where it cannot be that, which is a fault."""
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
