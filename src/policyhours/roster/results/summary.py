"""The summary: what a run comes to, in numbers of people only.

It may be passed on, so no group is so small that it tells one person's verdict: groups of fewer than
`SMALLEST` people are put together with others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from policyhours.language.number import Rational
from policyhours.roster.quoting import quoted
from policyhours.roster.results.compare import Changes
from policyhours.roster.results.histogram import Histogram, histogram_of
from policyhours.roster.results.shown import names_of
from policyhours.roster.results.wording import family, is_doubt, is_refusal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SMALLEST: Final = 3
"""A group of fewer people is not shown by itself."""
MOST_GROUPS: Final = 24
"""So many groups are shown; the smallest beyond them are put together."""
GROUPED_BY: Final = ("industry", "title_level", "prefecture")
"""The facts by which people are grouped, where the input has them."""
VERDICTS_IN_ORDER: Final = ("met", "not_met", "undetermined", "not_assessable")

Counted = tuple[tuple[str, int], ...]
"""Causes with the number of people whom each concerns, most first."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have which verdict."""

    met: int = 0
    not_met: int = 0
    undetermined: int = 0
    not_assessable: int = 0

    @property
    def people(self) -> int:
        """All of them."""
        return sum(self.by_verdict.values())

    @property
    def by_verdict(self) -> dict[str, int]:
        """The numbers by verdict, in the order in which they are told."""
        return {verdict: getattr(self, verdict) for verdict in VERDICTS_IN_ORDER}

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            *(a + b for a, b in zip(self.by_verdict.values(), other.by_verdict.values(), strict=True))
        )


@dataclass(frozen=True, slots=True)
class Group:
    """People who have a fact in common.

    Attributes:
        value: of the fact; ``None`` where it is not stated, or where several groups are put together.
        together: how many groups are put together here; 0 for a group by itself.
    """

    value: str | None
    tally: Tally
    together: int = 0


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One reported year.

    Attributes:
        doubts: what keeps a verdict undetermined.
        lacking: which requirements those who don't meet fall short of.
        refusals: why activities do not count at all.
        ceilings: which ceilings cut hours.
        policies: under which policies people are assessed.
        groups: by fact.
        hours: how the total hours are spread, at their least.
        evaluated: how many people were assessed one by one.
        touched: how many are concerned by rejected rows.
    """

    year: int
    tally: Tally
    doubts: Counted
    lacking: Counted
    refusals: Counted
    ceilings: Counted
    policies: Counted
    groups: Mapping[str, tuple[Group, ...]]
    hours: Histogram
    evaluated: int
    touched: int

    @property
    def causes(self) -> tuple[tuple[str, Counted, int], ...]:
        """The causes by what they are causes of, each with the number of people of whom they are told."""
        return (
            ("doubts", self.doubts, self.tally.undetermined),
            ("lacking", self.lacking, self.tally.not_met),
            ("ceilings", self.ceilings, self.tally.people),
            ("refusals", self.refusals, self.tally.people),
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the input: ``given = assessed + rejected``.

    Attributes:
        left_out: beside them, rows that hold nothing to assess: sums, empty rows.
    """

    given: int
    assessed: int
    rejected: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to.

    Attributes:
        rows: of the input, where they were counted.
        changes: since an earlier run, where one was compared.
        trial: why the result is a trial only, in words; empty where it is official.
    """

    years: tuple[YearSummary, ...]
    rows: Rows | None = None
    changes: Changes | None = None
    trial: tuple[str, ...] = ()


def summarise(
    con: DuckDBPyConnection,
    *,
    required: Mapping[int, Rational] | None = None,
    rows: Rows | None = None,
    changes: Changes | None = None,
    trial: tuple[str, ...] = (),
) -> Summary:
    """Sum up the table ``result``.

    Args:
        con: where the table is.
        required: by year, the total hours that the policy requires of most people.
        rows: of the input.
        changes: since an earlier run.
        trial: why the result is a trial only.
    """
    wanted = required or {}
    present = names_of(con, "result")
    facts = [fact for fact in GROUPED_BY if fact in present]
    tallies = _tallies(con, "NULL")
    grouped = {fact: _tallies(con, quoted(fact)) for fact in facts}
    causes = _causes(con)
    policies = _people(con, "policy")
    hours = _hours(con)
    singly, touched = (_people(con, f"CASE WHEN {name} THEN '' END") for name in ("evaluated", "touched"))
    years = tuple(
        YearSummary(
            year,
            tallies[year][None],
            *causes[year],
            _ranked(policies[year]),
            {fact: not_too_small(grouped[fact][year]) for fact in facts},
            histogram_of(hours[year], wanted.get(year)),
            singly[year][""],
            touched[year][""],
        )
        for year in sorted(tallies)
    )
    return Summary(years, rows, changes, trial)


def not_too_small(tallies: Mapping[str | None, Tally]) -> tuple[Group, ...]:
    """The groups, largest first; the small ones together, and with them as many as hide each of them.

    With one small group alone, what it holds could be worked out from the sum of the others.
    """
    by_size = sorted(tallies.items(), key=lambda item: (-item[1].people, item[0] is None, item[0] or ""))
    shown = [item for item in by_size if item[1].people >= SMALLEST]
    rest = by_size[len(shown) :]
    while shown and (len(shown) + bool(rest) > MOST_GROUPS or 0 < _all(rest).people < SMALLEST):
        rest.append(shown.pop())
    groups = [Group(value, tally) for value, tally in shown]
    together = _all(rest)
    if together.people >= SMALLEST:
        groups.append(Group(None, together, len(rest)))
    return tuple(groups)


def _all(groups: Iterable[tuple[str | None, Tally]]) -> Tally:
    return sum((tally for _, tally in groups), Tally())


def _tallies(con: DuckDBPyConnection, by: str) -> dict[int, dict[str | None, Tally]]:
    """By year and value, the verdicts."""
    found: dict[int, dict[str | None, dict[str, int]]] = {}
    for year, value, verdict, people in _rows(
        con, f"SELECT year, CAST({by} AS VARCHAR), verdict, count(*) FROM result GROUP BY ALL"
    ):
        found.setdefault(year, {}).setdefault(value, {})[verdict] = people
    return {
        year: {value: Tally(**verdicts) for value, verdicts in values.items()}
        for year, values in found.items()
    }


def _causes(con: DuckDBPyConnection) -> dict[int, tuple[Counted, Counted, Counted, Counted]]:
    """By year: doubts, what is lacking, refusals, ceilings; each person counts once for each cause."""
    found: dict[int, tuple[Counter[str], ...]] = {}
    for year, verdict, causes, people in _rows(
        con, "SELECT year, verdict, coalesce(reasons, ''), count(*) FROM result GROUP BY ALL"
    ):
        doubts, lacking, refusals, ceilings = found.setdefault(year, tuple(Counter() for _ in range(4)))
        for cause in set(causes.split()):
            if verdict == "undetermined" and is_doubt(cause):
                doubts[cause] += people
            if verdict == "not_met" and family(cause) == "short":
                lacking[cause] += people
            if is_refusal(cause):
                refusals[cause] += people
            if family(cause) == "ceiling":
                ceilings[cause] += people
    return {
        year: (_ranked(doubts), _ranked(lacking), _ranked(refusals), _ranked(ceilings))
        for year, (doubts, lacking, refusals, ceilings) in found.items()
    }


def _hours(con: DuckDBPyConnection) -> dict[int, Counter[Fraction]]:
    """By year, how many people have so many hours in total, at their least."""
    found: dict[int, Counter[Fraction]] = {}
    for year, low, grid, people in _rows(
        con, "SELECT year, total_low, grid, count(*) FROM result GROUP BY ALL"
    ):
        hours = found.setdefault(year, Counter())
        if low is not None:
            hours[Fraction(low, grid)] += people
    return found


def _people(con: DuckDBPyConnection, by: str) -> dict[int, Counter[str]]:
    """By year, how many people have which value; those without one are left out."""
    found: dict[int, Counter[str]] = {}
    for year, value, people in _rows(con, f"SELECT year, {by}, count(*) FROM result GROUP BY ALL"):
        counter = found.setdefault(year, Counter())
        if value is not None:
            counter[value] += people
    return found


def _ranked(counter: Mapping[str, int]) -> Counted:
    return tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _rows(con: DuckDBPyConnection, query: str) -> list[Any]:
    return con.execute(query).fetchall()
