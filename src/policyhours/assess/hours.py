"""Hours: what counts in a year, or in several together, from the least to the greatest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyhours.assess.bounds import Amounts, Bounds
from policyhours.assess.duty import UNBOUNDED, most_of
from policyhours.assess.result import Completed
from policyhours.assess.standing import World
from policyhours.language.number import Range, Rational, contains
from policyhours.language.values import TOTAL


@dataclass(frozen=True, slots=True)
class KindHours:
    """The hours that count by kind, from the least to the greatest."""

    by_kind: Mapping[str, Range]

    def low(self, *kinds: str) -> Rational:
        """The least hours of the kinds together."""
        return sum(self.by_kind[kind].low or 0 for kind in kinds if kind in self.by_kind)

    def high(self, *kinds: str) -> Rational:
        """The greatest hours of the kinds together."""
        return sum(most_of(self.by_kind[kind]) for kind in kinds if kind in self.by_kind)


@dataclass(frozen=True, slots=True)
class YearHours:
    """The hours that count in a year or in several, by subject, in the low world and in the high one.

    Attributes:
        totals: of all subjects together, in the two worlds; the subjects' extremes need not come together.
        complete: the subjects, or the total, that surely count as completed.
        may_be_complete: those that may.
    """

    low: Mapping[str, Rational]
    high: Mapping[str, Rational]
    totals: tuple[Rational, Rational]
    kinds: KindHours
    complete: frozenset[str] = frozenset()
    may_be_complete: frozenset[str] = frozenset()

    def of(self, subject: str) -> Range:
        """The hours of a subject or of the total."""
        low, high = self.totals if subject == TOTAL else (self.low[subject], self.high[subject])
        return extent(low, high)


def extent(low: Rational, high: Rational) -> Range:
    """The range between two ends, whichever is the lower; what is unbounded has no end."""
    low, high = min(low, high), max(low, high)
    return Range(low, None if high >= UNBOUNDED // 2 else high)


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of all years in the two worlds.

    Attributes:
        bounds: of the years whose hours may lie outside both, because something uncertain moves them.
    """

    low: World
    high: World
    bounds: Mapping[int, Bounds]
    kinds: Mapping[int, Mapping[str, Range]]
    completed: Mapping[int, tuple[Completed, ...]]

    def hours(self, year: int) -> YearHours:
        """The hours of a year that count, with what completes it."""
        done = self.completed.get(year, ())
        complete = frozenset(c.subject for c in done if c.certain)
        return self._hours([year], complete, frozenset(c.subject for c in done))

    def over(self, year: int, first: Range, last: Range) -> YearHours:
        """The hours of several years together, from `first` to `last` relative to the year."""
        surely, possibly = [
            [y for y in self.low.counted if contains(Range(start, end), y - year)]
            for start, end in ((first.high, last.low), (first.low, last.high))
        ]
        least, most = (self._hours(years, frozenset(), frozenset()) for years in (surely, possibly))
        kinds = {k: Range(least.kinds.low(k), most.kinds.high(k)) for k in most.kinds.by_kind}
        low = {subject: least.low.get(subject, 0) for subject in most.high}
        return YearHours(low, most.high, (least.totals[0], most.totals[1]), KindHours(kinds))

    def _hours(
        self, years: Sequence[int], complete: frozenset[str], may_be_complete: frozenset[str]
    ) -> YearHours:
        ends = [self._ends(year) for year in years]
        low, high = (_together([by_name[end] for by_name in ends]) for end in (0, 1))
        totals = (low.pop(TOTAL, 0), high.pop(TOTAL, 0))
        if not self.bounds.keys().isdisjoint(years):
            low, high = _within_total(low, high, *totals)
        kinds: dict[str, Range] = {}
        for year in years:
            for kind, hours in self.kinds.get(year, {}).items():
                kinds[kind] = kinds.get(kind, Range(0, 0)) + hours
        return YearHours(low, high, totals, KindHours(kinds), complete, may_be_complete)

    def _ends(self, year: int) -> tuple[Amounts, Amounts]:
        """The least and the greatest of a year, by subject and in total."""
        if (known := self.bounds.get(year)) is not None:
            return known.least, known.greatest
        low = _with_total(self.low.counted[year])
        if self.low is self.high:
            return low, low
        high = _with_total(self.high.counted[year])
        return {n: min(low[n], high[n]) for n in low}, {n: max(low[n], high[n]) for n in low}


def _with_total(by_subject: Mapping[str, Rational]) -> dict[str, Rational]:
    return {**by_subject, TOTAL: sum(by_subject.values())}


def _together(years: Sequence[Mapping[str, Rational]]) -> dict[str, Rational]:
    """The hours of several years, by subject and in total."""
    if len(years) == 1:
        return dict(years[0])
    sums: dict[str, Rational] = {}
    for by_name in years:
        for name, hours in by_name.items():
            sums[name] = sums.get(name, 0) + hours
    return sums


def _within_total(
    low: Mapping[str, Rational], high: Mapping[str, Rational], least: Rational, most: Rational
) -> tuple[dict[str, Rational], dict[str, Rational]]:
    """Bounds of the subjects, as far as the total leaves room for them."""
    return (
        {s: max(end, least - (sum(high.values()) - high[s])) for s, end in low.items()},
        {s: min(end, most - (sum(low.values()) - low[s])) for s, end in high.items()},
    )
