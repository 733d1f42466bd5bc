"""A survey of a policy's tables: every row that can be reached, from where, and with what the facts then are.

So it knows which rows never match, and what no row covers; `walk` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field

from policyhours.language.calculator import Calculator, Quantity
from policyhours.language.number import Range, as_range
from policyhours.language.pattern import Given, OneOf, Pattern
from policyhours.language.policy import Policy
from policyhours.language.rules import Ceiling, Fact, Rules
from policyhours.language.values import TOTAL, Values
from policyhours.lint.domain import Domain
from policyhours.text.finding import Refused
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node


@dataclass(frozen=True, slots=True)
class Root:
    """Where a survey starts: something that a year or an activity comes to.

    Attributes:
        title: what it is, in Chinese.
        kind: the standard, where it is the value of one.
        quantity: what it comes to, where it is the value of a standard.
        node: as written.
    """

    title: str
    kind: str | None
    quantity: Quantity | None
    node: Node


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts may be somewhere.

    Attributes:
        domains: by fact or named value, where it is narrower than what is declared.
        because: the conditions that narrowed it, by the same names.
        trail: the rows passed on the way, in words.
    """

    domains: ReadOnly[str, Domain]
    because: ReadOnly[str, Place]
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of a table as it was reached: whether it can match, and what is known there."""

    entry: Entry
    pattern: Pattern
    matches: bool
    known: Known


@dataclass(frozen=True, slots=True)
class Visit:
    """A table, or an inner level of one, as it was reached.

    Attributes:
        table: the whole table.
        rows: the rows of this level.
        place: where the level begins.
        measured: `fact` is a named value, and its domain wider than it may be.
        known: what is known before any row is chosen.
        left: what the rows leave of the domain; ``None`` where they leave nothing.
        otherwise: whether the table says what holds otherwise.
    """

    root: Root
    table: Mapping
    rows: Mapping
    place: Place
    fact: Fact
    measured: bool
    domain: Domain
    known: Known
    cells: tuple[Cell, ...]
    left: Domain | None
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A condition that cannot hold where an earlier one does."""

    kind: str
    entry: Entry
    fact: Fact
    first: Place


@dataclass(slots=True)
class Survey:
    """What a survey found.

    Attributes:
        whole: it came to its end; where it did not, nothing follows from what was not visited.
    """

    policy: Policy
    rules: Rules
    values: Values
    visits: list[Visit] = field(default_factory=list)
    roots: list[tuple[Root, Known]] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    whole: bool = True
    _limits: dict[int, Range] = field(default_factory=dict)
    _calculator: Calculator = field(default_factory=Calculator)

    def own(self, node: Node) -> bool:
        """Whether the node stands in the policy's own file."""
        return self.policy.policy_of(node) == self.policy.ref

    def label(self, place: Place) -> str:
        """What another place is called: ``first`` in the policy's own file, ``upper`` in one above."""
        above = (header.place.source for header in self.policy.layers[1:])
        return "upper" if any(place.source is source for source in above) else "first"

    def reach(self, what: Quantity, domains: ReadOnly[str, Domain] | None = None) -> Range:
        """Everything that a quantity may come to, over what the facts may be; an outer bound."""
        facts, given = self.rules.facts, dict[str, Domain](domains or {})
        given |= {name: facts[name].domain() for name in what.needs - given.keys() if name in facts}
        given |= {name: Range(0, None) for name in (*self.rules.subjects, TOTAL)}
        given |= {name: self._decidable(name) for name in what.needs & self.values.parameters}
        try:
            return as_range(self._calculator.value(what, given))
        finally:
            self._calculator.gaps.clear()
            self._calculator.outside.clear()

    def _decidable(self, name: str) -> Given:
        """What a value that a decision may replace comes to without one."""
        try:
            return self.values.constant_named(name)
        except Refused:
            return self.reach(self.values.named(name))

    def limit(self, ceiling: Ceiling) -> Range:
        """What a ceiling may be, for one person or another."""
        if id(ceiling) not in self._limits:
            self._limits[id(ceiling)] = self.reach(ceiling.hours)
        return self._limits[id(ceiling)]

    def yearly(self, kind: str) -> tuple[Ceiling, Range] | None:
        """The tightest yearly ceiling of a kind, and what it may be for one person or another."""
        found = [
            (ceiling, self.limit(ceiling))
            for ceiling in self.rules.ceilings
            if kind in ceiling.of and ceiling.over is None and not ceiling.per
        ]
        bounded = [(ceiling, span) for ceiling, span in found if span.high is not None]
        return min(bounded, key=lambda pair: pair[1].high or 0, default=None)


def row_name(entry: Entry, pattern: Pattern, fact: Fact) -> str:
    """The key of a row as people know it: the label of an option, a number or range as written."""
    if isinstance(pattern, OneOf) and len(pattern.values) == 1:
        (value,) = pattern.values
        if isinstance(value, bool):
            return "是" if value else "否"
        return fact.options.get(str(value), entry.key)
    return entry.key
