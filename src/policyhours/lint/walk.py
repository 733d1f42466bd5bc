"""The walk that makes a survey of a policy's tables.

It follows formulas to the named values that they use, and narrows each fact by the conditions of the standard
and by the rows passed on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policyhours.language.addresses import said
from policyhours.language.expression import names_in
from policyhours.language.formula import parse
from policyhours.language.pattern import Anything, fits, narrowed
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact
from policyhours.language.vocabulary import key_pattern, read_pattern
from policyhours.language.words import are_rows, child, entries_at, items_at, matches_at, number_at, text_at
from policyhours.lint.domain import Domain, can_fit, left_by
from policyhours.lint.survey import Cell, Contradiction, Known, Root, Survey, Visit, row_name
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

_MOST: Final = 20_000
"""The steps of a survey; a text in which more are needed is not surveyed to the end, and nothing is said."""


@lru_cache(maxsize=8)
def survey(policy: Policy) -> Survey:
    """The survey of a policy, made once for all rules that ask for it."""
    rules, values = policy.rules(), policy.values()
    found = Survey(policy, rules, values)
    _Walker(found).walk()
    return found


@dataclass(slots=True)
class _Walker:
    found: Survey
    steps: int = 0

    def walk(self) -> None:
        tree, rules = self.found.policy.tree, self.found.rules
        for kind, standard in rules.standards.items():
            known = self._conditions(kind)
            hours = said(tree, kind, "hours")
            if hours is not None:
                self._from(Root(standard.title, kind, standard.hours, hours), known)
            for part in (said(tree, kind, "years"), child(said(tree, kind, "completes"), "years")):
                if part is not None:
                    self._from(Root(standard.title, None, None, part), known)
        nothing = Known({}, {})
        for requirement in items_at(tree.get("requirement")):
            self._limit(requirement, "at_least", "年度要求", nothing)
        for ceiling in items_at(tree.get("ceilings")):
            self._limit(ceiling, "at_most", "上限", nothing)
        for entry in entries_at(tree.get("standards")):
            title = text_at(child(entry.value, "title"), entry.key)
            own = child(entry.value, "ceiling")
            if own is not None:
                self._limit(own, "hours", f"{title}的上限", nothing)

    def _limit(self, node: Node, key: str, title: str, known: Known) -> None:
        for part in (child(node, key), child(child(node, "per"), "years")):
            if part is not None:
                self._from(Root(title, None, None, part), known)

    def _from(self, root: Root, known: Known) -> None:
        self.found.roots.append((root, known))
        self._value(root.node, known, root, ())

    def _conditions(self, kind: str) -> Known:
        """What the conditions of a standard leave of each fact, whatever the readings are."""
        domains: dict[str, Domain] = {}
        because: dict[str, Place] = {}
        for item in items_at(said(self.found.policy.tree, kind, "requires")):
            for entry in matches_at(item):
                if isinstance(entry.value, Mapping):
                    continue
                fact = self._fact(entry.key)
                assert fact is not None
                pattern = read_pattern(entry.value, fact)
                domain = domains.get(entry.key, fact.domain())
                if entry.key in because and fits(pattern, domain) is False:
                    taken = self.found.contradictions
                    if all(other.entry is not entry for other in taken):
                        taken.append(Contradiction(kind, entry, fact, because[entry.key]))
                    continue
                domains[entry.key] = narrowed(domain, pattern)
                because[entry.key] = entry.key_place
        return Known(domains, because)

    def _fact(self, name: str) -> Fact | None:
        rules = self.found.rules
        return rules.facts.get(name) or rules.keys.get(name) or self.found.values.measure(name)

    def _value(self, node: Node, known: Known, root: Root, names: tuple[str, ...]) -> None:
        self.steps += 1
        if self.steps > _MOST:
            self.found.whole = False
            return
        if isinstance(node, Scalar):
            if number_at(node) is None and isinstance(node.value, str):
                for name in dict.fromkeys(names_in(parse(node.raw))):
                    self._named(name, known, root, names)
        elif isinstance(node, Sequence):
            for item in node.items:
                self._value(item, known, root, names)
        elif "by" in node and "values" in node:
            self._table(node, known, root, names)
        else:
            for key in ("is", "at_least", "at_most") if "is" in node else ():
                inner = node.get(key)
                if inner is not None:
                    self._value(inner, known, root, names)

    def _named(self, name: str, known: Known, root: Root, names: tuple[str, ...]) -> None:
        node = child(self.found.policy.tree.get("values"), name)
        if node is not None and name not in names:
            self._value(node, known, root, (*names, name))

    def _table(self, table: Mapping, known: Known, root: Root, names: tuple[str, ...]) -> None:
        by, rows, otherwise = table.get("by"), table.get("values"), table.get("otherwise")
        assert by is not None
        keys = [text_at(item) for item in items_at(by) or (by,)]
        left = self._level(table, by.place, keys, rows, known, root, names)
        if left and otherwise is not None:
            self._value(otherwise, known, root, names)

    def _level(
        self,
        table: Mapping,
        place: Place,
        by: list[str],
        rows: Node | None,
        known: Known,
        root: Root,
        names: tuple[str, ...],
    ) -> bool:
        """One level of a table; whether something is left for what holds otherwise."""
        assert isinstance(rows, Mapping)
        if by[0] in self.found.policy.readings:
            below = [self._leaf(table, by[1:], entry, known, root, names) for entry in rows.entries]
            return any(below)
        fact = self._fact(by[0])
        assert fact is not None
        measured = by[0] not in self.found.rules.facts
        if measured:
            self._named(by[0], known, root, names)
        domain = known.domains.get(by[0], fact.domain())
        patterns = [key_pattern(entry, fact) for entry in rows.entries]
        rest = left_by([p for p in patterns if not isinstance(p, Anything)], domain, fact)
        cells, open_below = [], False
        for entry, pattern in zip(rows.entries, patterns, strict=True):
            anything = isinstance(pattern, Anything)
            here = rest if anything else domain
            matches = here is not None and can_fit(pattern, here, fact)
            trail = (*known.trail, f"{fact.title} {row_name(entry, pattern, fact)}")
            inside = known
            if matches and here is not None:
                within = here if anything else narrowed(here, pattern)
                inside = Known({**known.domains, by[0]: within}, known.because, trail)
            else:
                inside = Known(known.domains, known.because, trail)
            cells.append(Cell(entry, pattern, matches, inside))
            if matches:
                open_below = self._leaf(table, by[1:], entry, inside, root, names) or open_below
        left = None if any(isinstance(p, Anything) for p in patterns) else rest
        self.found.visits.append(
            Visit(
                root, table, rows, place, fact, measured, domain, known,
                tuple(cells), left, table.get("otherwise") is not None,
            )
        )  # fmt: skip
        return open_below or left is not None

    def _leaf(
        self, table: Mapping, by: list[str], entry: Entry, known: Known, root: Root, names: tuple[str, ...]
    ) -> bool:
        node = entry.value
        if by and are_rows(node):
            return self._level(table, entry.key_place, by, node, known, root, names)
        self._value(node, known, root, names)
        return False
