"""The standing of a person's year as a row of the result: exact hours, the verdict, the causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from policyhours.assess.result import ActivityResult, YearResult
from policyhours.language.number import Range, Rational
from policyhours.language.rules import Rules
from policyhours.language.values import TOTAL
from policyhours.roster.causes import causes_of, causes_of_activity

Ends = tuple[Rational | None, Rational | None]
"""The least and the greatest; ``None`` where there is no upper end, or nothing can be said."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Of what the result has hours: subjects, requirements, kinds."""

    subjects: Sequence[str]
    asked: Sequence[str]
    kinds: Sequence[str]

    def columns(self) -> Iterator[str]:
        """The columns of hours, each with a ``_low`` and a ``_high``."""
        yield from (*self.subjects, TOTAL)
        yield from (f"short_{of}" for of in self.asked)
        yield from (f"kind_{kind}" for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the result."""

    policy: str | None
    verdict: str
    hours: Mapping[str, Ends]
    causes: tuple[str, ...]

    @property
    def grid(self) -> int:
        """The least number of parts of an hour of which all hours are multiples."""
        ends = [end for pair in self.hours.values() for end in pair if end is not None]
        return lcm(1, *(Fraction(end).denominator for end in ends))


def standing_of(year: YearResult, rules: Rules | None, hours: Hours) -> Standing:
    """A year's result as a row.

    Args:
        year: what the evaluator found.
        rules: of the year; ``None`` where no policy is in force, and then no hours can be told.
        hours: of what there are columns.
    """
    causes = causes_of(year, rules)
    if rules is None:
        nothing: Ends = (None, None)
        return Standing(None, year.verdict, dict.fromkeys(hours.columns(), nothing), causes)
    found: dict[str, Ends] = {TOTAL: _ends(year.total)}
    for subject in hours.subjects:
        found[subject] = _ends(year.subjects[subject]) if subject in year.subjects else (0, 0)
    for of in hours.asked:
        lacking = [r.shortfall for r in year.requirements if r.of == of]
        low = max((r.low or 0 for r in lacking), default=0)
        found[f"short_{of}"] = (low, max((r.high or 0 for r in lacking), default=0))
    for kind in hours.kinds:
        found[f"kind_{kind}"] = _together([a.hours for a in year.activities if a.kind == kind])
    return Standing(year.policy, year.verdict, found, causes)


def activity_causes(activity: ActivityResult, rules: Rules) -> tuple[str, ...]:
    """The causes of what an activity counts."""
    return causes_of_activity((*activity.because, *activity.unknown), rules)


def _ends(hours: Range) -> Ends:
    return hours.low, hours.high


def _together(hours: Sequence[Range]) -> Ends:
    low = sum(h.low or 0 for h in hours)
    return low, None if any(h.high is None for h in hours) else sum(h.high or 0 for h in hours)
