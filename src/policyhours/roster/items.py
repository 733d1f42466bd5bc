"""Items: what became of each activity of a person's year, as rows of the table ``detail``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm

from policyhours.assess.result import ActivityResult, YearResult
from policyhours.language.number import Range, Rational
from policyhours.language.rules import Rules
from policyhours.roster.standing import Ends, activity_causes

_UNTOLD: Ends = (None, None)


@dataclass(frozen=True, slots=True)
class Item:
    """An activity of a reported year.

    Attributes:
        grid: in how many parts an hour is counted; `ends` are whole numbers of these.
        ends: what was claimed, what counts, and what was lost, each at least and at most; ``None`` where
            there is no upper end, or nothing can be said.
        article: of what decides.
    """

    person: str
    year: int
    id: str
    kind: str
    day: date
    grid: int
    ends: tuple[int | None, ...]
    outcome: str
    article: str
    causes: tuple[str, ...]


def items_of(person: str, year: int, found: YearResult, rules: Rules | None) -> Iterator[Item]:
    """The activities of a person's year, in the order of the result."""
    for activity in found.activities:
        told = rules is not None and activity.outcome != "not_assessed"
        pairs = (_ends(activity.claimed), _ends(activity.hours), _lost(activity)) if told else (_UNTOLD,) * 3
        flat = [end for pair in pairs for end in pair]
        grid = lcm(1, *(Fraction(end).denominator for end in flat if end is not None))
        yield Item(
            person,
            year,
            activity.id,
            activity.kind,
            activity.day,
            grid,
            tuple(None if end is None else int(end * grid) for end in flat),
            activity.outcome,
            _article(activity, rules),
            () if rules is None else activity_causes(activity, rules),
        )


def _ends(hours: Range) -> Ends:
    return hours.low, hours.high


def _lost(activity: ActivityResult) -> Ends:
    """What the reasons explain: claimed is what counts and this, in either world."""
    worlds = [reason.hours for reason in activity.because if reason.hours is not None]
    low = _sum([hours.low for hours in worlds])
    high = _sum([hours.high for hours in worlds])
    if low is None or high is None:
        return min(end for end in (low or 0, high or 0)), None
    return min(low, high), max(low, high)


def _sum(ends: list[Rational | None]) -> Rational | None:
    return None if None in ends else sum((end for end in ends if end is not None), start=0)


def _article(activity: ActivityResult, rules: Rules | None) -> str:
    """The articles of what decides; where nothing is lost or open, of the standard."""
    cited = [clause for reason in (*activity.because, *activity.unknown) for clause in reason.article]
    if not cited and rules is not None and activity.kind in rules.standards:
        cited = list(rules.standards[activity.kind].worth.cited)
    return "、".join(dict.fromkeys(cited))
