"""Bounds: what may be of hours that move between years, where something is uncertain.

Which hours move depends on what every year has and lacks, in every subject. So where they can move and not
all is certain, a subject's extreme, and what lies beyond a requirement, need not lie in the low or the high
world. Here are bounds that hold whatever the case turns out to be, for the years that uncertainty can reach.
What a year requires they never miss: a year that meets its requirement in the low world meets it in all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policyhours.assess.duty import Duty, most_of
from policyhours.assess.standing import World
from policyhours.case.model import Decision
from policyhours.language.number import Rational
from policyhours.language.values import TOTAL

Amounts = Mapping[str, Rational]
"""Hours by subject; the total among them."""


@dataclass(frozen=True, slots=True)
class Moving:
    """All years in the worlds that bounds are made of.

    Attributes:
        low, high: the two worlds.
        low_still, high_still: the same where nothing moves.
        certain: whether it is known exactly what a year earned and owes.
    """

    low: World
    high: World
    low_still: World
    high_still: World
    duties: Mapping[int, Duty]
    deferrals: Sequence[Decision]
    certain: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest that a year may come to, by subject and in total."""

    least: Amounts
    greatest: Amounts


def bounds(moving: Moving) -> dict[int, Bounds]:
    """The bounds of every year that uncertainty can reach through moving hours."""
    taken = {decision.year: _takes(moving, decision.year) for decision in moving.deferrals}
    handed: dict[int, Rational] = {}
    for year in moving.duties:
        handed[year] = _hands_on(moving, year, taken, handed)
    ties = [*_made_up(moving), *_carried(moving, handed)]
    reached = {year for year in moving.duties if not moving.certain(year)}
    while more := {year for tie in ties if not reached.isdisjoint(tie) for year in tie} - reached:
        reached |= more
    return {
        year: _bounds(moving, year, taken, handed, ties)
        for year in reached & {year for tie in ties for year in tie}
    }


def _bounds(
    moving: Moving,
    year: int,
    taken: Mapping[int, Rational],
    handed: Mapping[int, Rational],
    ties: Sequence[tuple[int, int]],
) -> Bounds:
    owed = moving.duties[year]
    low, still, most = (_amounts(w, year) for w in (moving.low, moving.low_still, moving.high_still))
    given = sum(taken[target] for source, target in ties if source == year and target < year)
    carried = sum(handed[source] for source, target in ties if source < target == year)
    quotas = {name: most_of(owed.quota(name)) for name in still}
    least: dict[str, Rational] = {}
    greatest: dict[str, Rational] = {}
    for name, quota in quotas.items():
        kept = max(0, still[name] - given)
        if handed[year]:
            kept = min(kept, max(min(still[name], quota), still[name] - handed[year]))
        least[name] = min(low[name], quota) if year in taken else min(kept, low[name])
        greatest[name] = most[name] + carried + min(taken.get(year, 0), _to_take(moving, year, name))
    if not moving.deferrals:
        # What is only carried never lifts a total beyond what is required, nor lowers it below.
        ends = sorted(_amounts(world, year)[TOTAL] for world in (moving.low, moving.high))
        least[TOTAL], greatest[TOTAL] = ends
    elif year in taken:
        lacks = sum(max(0, quotas[name] - still[name]) for name in quotas if name != TOTAL)
        greatest[TOTAL] = min(greatest[TOTAL], max(most[TOTAL], quotas[TOTAL] + lacks) + carried)
    return Bounds(least, greatest)


def _to_take(moving: Moving, year: int, name: str) -> Rational:
    """The most that later years have for a deferred one."""
    later = {source for source, target in _made_up(moving) if target == year}
    return sum(_amounts(moving.high_still, source)[name] for source in later)


def _amounts(world: World, year: int) -> dict[str, Rational]:
    by_subject = world.counted[year]
    return {**by_subject, TOTAL: sum(by_subject.values())}


def _takes(moving: Moving, year: int) -> Rational:
    """The most that a deferred year may take from later ones: its total, and what its subjects lack."""
    if year not in moving.duties:
        return 0
    have, owed = _amounts(moving.low_still, year), moving.duties[year]
    lacks = {name: max(0, most_of(owed.quota(name)) - hours) for name, hours in have.items()}
    total = lacks.pop(TOTAL)
    later = [source for source, target in _made_up(moving) if target == year]
    # Made up from one year, subjects come first and the total takes only what is left to it.
    return max(total, sum(lacks.values())) if len(later) <= 1 else total + sum(lacks.values())


def _hands_on(
    moving: Moving, year: int, taken: Mapping[int, Rational], handed: Mapping[int, Rational]
) -> Rational:
    """The most that a year may carry to later ones, what it receives itself included in its surplus."""
    owed, own = moving.duties[year], _amounts(moving.high_still, year)[TOTAL]
    received = taken.get(year, 0) + sum(handed[s] for s in handed if _reaches(moving.duties[s], s, year))
    surplus = max(0, own + received - (owed.quota(TOTAL).low or 0))
    return min(end for end in (surplus, own, owed.handed_on.high) if end is not None)


def _reaches(owed: Duty, source: int, year: int) -> bool:
    """Whether hours of the source may be carried to the year."""
    carrying = owed.rules.carrying
    return carrying is not None and source < year <= source + carrying.years


def _made_up(moving: Moving) -> Iterator[tuple[int, int]]:
    """Every later year with the deferred year that it may make up."""
    for decision in moving.deferrals:
        for later in moving.duties:
            if decision.year in moving.duties and decision.year < later <= (decision.until or decision.year):
                yield later, decision.year


def _carried(moving: Moving, handed: Mapping[int, Rational]) -> Iterator[tuple[int, int]]:
    """Every year with a later one to which it may carry hours."""
    for source, owed in moving.duties.items():
        for year, target in moving.duties.items():
            if handed[source] and _reaches(owed, source, year):
                have = _amounts(moving.low_still, year)
                if any(most_of(target.quota(name)) > hours for name, hours in have.items()):
                    yield source, year
