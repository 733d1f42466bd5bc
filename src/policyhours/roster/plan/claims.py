"""Claims: everything that the plan says of single activities, before it is a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Final

from sqlglot import exp

from policyhours.language.rules import Rules
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import LOOK, Bits, done, maybe, without_end
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.standards import Ruling, ruling_of
from policyhours.roster.plan.tables import Columns
from policyhours.roster.plan.term import WIDEST, Beyond, unknown
from policyhours.roster.schemes import Scheme

MOST_ROWS: Final = 2**27
"""More activities than one person may have."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the plan says of single activities.

    Attributes:
        schemes: in order; the number of a scheme is its place here. All of one year.
        present: the columns that the table of activities has.
        kinds: every kind of some scheme; the number of a kind is its place here, from 1.
        rulings: by scheme and kind.
        grid: in how many equal parts an hour is counted.
        shares: sums of hours are whole multiples of this many parts, so that shares of them are exact.
        most: no sum of hours can be more.
    """

    schemes: Sequence[Scheme]
    present: Columns
    kinds: Sequence[str]
    rulings: Sequence[Mapping[str, Ruling]]
    bits: Bits
    grid: int
    shares: int
    most: int

    @property
    def year(self) -> int:
        """The year reported."""
        return self.schemes[0].year

    def number(self, kind: str) -> int:
        """The number of a kind."""
        return self.kinds.index(kind) + 1

    def some(self, holds: Callable[[Ruling], bool]) -> list[str]:
        """The kinds of which something holds under some scheme."""
        return [k for k in self.kinds if any(k in rulings and holds(rulings[k]) for rulings in self.rulings)]

    @property
    def completing(self) -> list[str]:
        """The kinds that complete something."""
        return self.some(lambda ruling: ruling.first is not None)

    @property
    def counted(self) -> list[str]:
        """The kinds that may be worth hours, as far as the plan can value them."""
        return self.some(lambda ruling: bool(ruling.worth.high) or ruling.endless)

    @property
    def endless(self) -> list[str]:
        """The kinds whose hours have no upper end."""
        return self.some(lambda ruling: ruling.endless)

    @property
    def completed(self) -> list[str]:
        """The subjects that some kind completes."""
        kinds = self.completing
        subjects = (rulings[kind].subject for kind in kinds for rulings in self.rulings if kind in rulings)
        return list(dict.fromkeys(subject for subject in subjects if subject))

    def subject_of(self, kind: str) -> str:
        """The subject of a kind."""
        rules = next(rules_of(s) for s in self.schemes if kind in rules_of(s).standards)
        return rules.standards[kind].subject

    def by_scheme(self, said: Callable[[int], Sql]) -> Sql:
        """A piece of SQL by the number of the person's scheme; nothing to choose where all say the same."""
        nodes = [said(number) for number in range(len(self.schemes))]
        if len(nodes) == 1 or len({*nodes}) == 1:
            return nodes[0]
        scheme = sql.column("scheme")
        whens: list[tuple[Truth, Sql]] = [
            (sql.compare(scheme, exp.EQ, sql.whole(number)), node) for number, node in enumerate(nodes[:-1])
        ]
        return sql.case(whens, nodes[-1])

    def truth_by_scheme(self, said: Callable[[Scheme], Truth]) -> Truth:
        """A truth by the person's scheme; settled where all schemes settle it alike."""
        found = [said(scheme) for scheme in self.schemes]
        if all(isinstance(truth, bool) for truth in found) and len(set(found)) == 1:
            return found[0]
        return self.by_scheme(lambda number: sql.as_sql(found[number]))

    def by_kind(self, said: Callable[[Ruling], Sql], otherwise: Sql) -> Sql:
        """A piece of SQL by the activity's kind; kinds of which the same is said share a branch."""

        def of(number: int) -> Sql:
            branches: dict[Sql, list[Sql]] = {}
            for kind, ruling in self.rulings[number].items():
                branches.setdefault(said(ruling), []).append(sql.whole(self.number(kind)))
            code = sql.column("code")
            return sql.case(
                [(sql.one_of(code, numbers), node) for node, numbers in branches.items()], otherwise
            )

        return self.by_scheme(of)


def claims_of(schemes: Sequence[Scheme], present: Columns, parts: int, shares: int) -> Claims:
    """What the plan says of single activities.

    Args:
        schemes: those with rules, in order.
        present: the columns that the table of activities has.
        parts: of an hour, of which ceilings and requirements are whole numbers.
        shares: of the hours earned, of which requirements are whole numbers.

    Raises:
        Beyond: where the bounds of the facts don't prove that sums of hours fit 64 bits, or there are more
            kinds and requirements than a number has bits.
    """
    rulings = [
        {kind: ruling_of(rules_of(scheme), kind, present) for kind in rules_of(scheme).standards}
        for scheme in schemes
    ]
    every = [ruling for by_kind in rulings for ruling in by_kind.values()]
    grid = lcm(parts, *(ruling.worth.parts for ruling in every)) * shares
    most = max((int(ruling.worth.high) + 1 for ruling in every), default=1) * MOST_ROWS
    if most * grid > WIDEST:
        raise Beyond("wide")
    kinds = list(dict.fromkeys(kind for by_kind in rulings for kind in by_kind))
    _one_subject(schemes, rulings)
    claims = Claims(schemes, present, kinds, rulings, Bits(), grid, shares, most)
    _reserve(claims)
    return claims


def _reserve(claims: Claims) -> None:
    """Give what anybody may have its bit before the many conditions of single kinds get theirs."""
    bits = claims.bits
    flags = [LOOK, *(without_end(kind) for kind in claims.endless)]
    flags += [of(subject) for subject in claims.completed for of in (done, maybe)]
    for name in flags:
        bits.flag(name)
    rules = [rules_of(scheme) for scheme in claims.schemes]
    asked = [causes.of_requirement(r) for each in rules for r in each.requirements]
    cuts = [causes.of_ceiling(c) for each in rules for c in each.ceilings if len(c.of) == 1]
    for cause in (*asked, *cuts, causes.COMPLETES, causes.ELSEWHERE):
        bits.other(cause)


def rules_of(scheme: Scheme) -> Rules:
    """The rules of a scheme that has some."""
    assert scheme.rules is not None
    return scheme.rules


def _one_subject(schemes: Sequence[Scheme], rulings: Sequence[dict[str, Ruling]]) -> None:
    """A kind whose subject another scheme has otherwise is beyond the plan there."""
    first: dict[str, str] = {}
    for scheme, by_kind in zip(schemes, rulings, strict=True):
        for kind, standard in rules_of(scheme).standards.items():
            if first.setdefault(kind, standard.subject) != standard.subject:
                ruling = by_kind[kind]
                by_kind[kind] = Ruling(
                    unknown(),
                    False,
                    (),
                    (),
                    ruling.silent,
                    ruling.first,
                    ruling.last,
                    ruling.subject,
                    "subject",
                )
