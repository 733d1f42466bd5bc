"""Changed: what of a case comes out otherwise than before, year by year, as data.

Before is another policy (`impact`), or an earlier result (`since`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from policyhours.assess.result import (
    ActivityResult,
    Completed,
    Reason,
    RequirementResult,
    ReviewResult,
    Verdict,
    YearResult,
)
from policyhours.desk.changes.difference import Change
from policyhours.language.number import Range


@dataclass(frozen=True, slots=True)
class Pair:
    """Something before and after; ``None`` where it is not there."""

    before: Range | None
    after: Range | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.after

    @property
    def size(self) -> Fraction | None:
        """By how many hours they differ, at the end that differs more; ``None`` for no end."""
        before, after = self.before or Range(0, 0), self.after or Range(0, 0)
        if (before.high is None) != (after.high is None):
            return None
        ends = [(before.low, after.low), (before.high, after.high)]
        return max(abs(Fraction(b or 0) - Fraction(a or 0)) for b, a in ends)


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """An activity that counts otherwise.

    Attributes:
        was, now: the reasons that only one side has.
        whole: whether all that was claimed counts, before and after.
        untouched: whether nothing of its own is other than before, and it counts otherwise all the same.
    """

    id: str
    title: str
    hours: Pair
    was: tuple[Reason, ...]
    now: tuple[Reason, ...]
    whole: tuple[bool, bool]
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class YearChange:
    """A year of a case that comes out otherwise.

    Attributes:
        verdicts: before and after; ``None`` where the year is not there.
        hours: the ``total`` and the subjects that differ.
        required: the requirements that ask for other hours, by what they are of.
        completed: the subjects that other activities complete, with those before and after.
        behind: the changes of a policy that lie behind it, as far as that can be found.
        titles: the titles of subjects and activities.
    """

    case: str
    year: int
    verdicts: tuple[Verdict | None, Verdict | None]
    hours: tuple[tuple[str, Pair], ...]
    required: tuple[tuple[str, Pair], ...]
    completed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    activities: tuple[ActivityChange, ...]
    titles: dict[str, str]
    behind: tuple[Change, ...] = ()

    @property
    def flips(self) -> bool:
        """Whether the verdict is another."""
        return self.verdicts[0] != self.verdicts[1]

    @property
    def weight(self) -> tuple[bool, bool, Fraction, str, int]:
        """Its order: what flips first, then by hours."""
        sizes = [pair.size for _, pair in self.hours]
        endless = any(size is None for size in sizes)
        size = max((size for size in sizes if size is not None), default=Fraction(0))
        return (not self.flips, not endless, -size, self.case, self.year)


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A title review that gets another answer (article 9, second paragraph); ``None`` where there is none."""

    case: str
    year: int
    verdicts: tuple[str | None, str | None]


def year_changes(
    case: str, before: Mapping[int, YearResult], after: Mapping[int, YearResult], titles: dict[str, str]
) -> Iterator[YearChange]:
    """The years of a case of which any figure is other than before, in order.

    Args:
        case: its id.
        before: the results by year.
        after: likewise.
        titles: of subjects and activities.
    """
    for number in sorted(before.keys() | after.keys()):
        was, now = before.get(number), after.get(number)
        if was is None or now is None or _figures(was) != _figures(now):
            yield _year(case, number, was, now, titles)


def review_change(case: str, was: ReviewResult | None, now: ReviewResult | None) -> ReviewChange | None:
    """The change of the answer to a title review; ``None`` where it is the same."""
    verdicts = (was.verdict if was else None, now.verdict if now else None)
    asked = now or was
    if asked is None or verdicts[0] == verdicts[1]:
        return None
    return ReviewChange(case, asked.year, verdicts)


def _year(
    case: str, number: int, was: YearResult | None, now: YearResult | None, titles: dict[str, str]
) -> YearChange:
    hours = {"total": Pair(_total(was), _total(now))}
    for subject in _keys(_subjects(was), _subjects(now)):
        hours[subject] = Pair(_subjects(was).get(subject), _subjects(now).get(subject))
    required = {
        of: Pair(_required(was).get(of), _required(now).get(of))
        for of in _keys(_required(was), _required(now))
        if was is not None and now is not None
    }
    verdicts = (was.verdict if was else None, now.verdict if now else None)
    return YearChange(
        case,
        number,
        verdicts,
        tuple((of, pair) for of, pair in hours.items() if pair.differs),
        tuple((of, pair) for of, pair in required.items() if pair.differs),
        tuple(_completions(was, now)),
        tuple(_activities(was, now)) if "not_assessable" not in verdicts else (),
        titles,
    )


def _figures(year: YearResult) -> tuple[object, ...]:
    """Everything of a year that a person could rely on."""
    return (
        year.verdict,
        year.total,
        dict(year.subjects),
        [_asked(requirement) for requirement in year.requirements],
        [(done.subject, set(done.by), done.certain) for done in year.completed],
        {(cured.subject, cured.hours, cured.from_year, cured.to_year) for cured in year.cured},
        year.deferred_until,
        {activity.id: _counted(activity) for activity in year.activities},
    )


def _asked(requirement: RequirementResult) -> tuple[object, ...]:
    r = requirement
    return r.of, r.kinds, r.required, r.have, r.shortfall, r.verdict


def _counted(activity: ActivityResult | None) -> tuple[object, ...] | None:
    """What an activity is credited with, and what it lost by which clause."""
    if activity is None:
        return None
    losses = [(reason.code, reason.article, reason.hours) for reason in activity.because if reason.hours]
    return activity.claimed, activity.hours, activity.outcome, losses


def _activities(was: YearResult | None, now: YearResult | None) -> Iterator[ActivityChange]:
    before, after = ({a.id: a for a in year.activities} if year else {} for year in (was, now))
    for name in _keys(before, after):
        a, b = before.get(name), after.get(name)
        if _counted(a) == _counted(b):
            continue
        reasons = [_why(side) for side in (a, b)]
        there = b or a
        assert there is not None
        yield ActivityChange(
            name,
            there.title,
            Pair(a.hours if a else None, b.hours if b else None),
            tuple(r for r in reasons[0] if r not in reasons[1]),
            tuple(r for r in reasons[1] if r not in reasons[0]),
            (not reasons[0], not reasons[1]),
        )


def _why(activity: ActivityResult | None) -> tuple[Reason, ...]:
    return (*activity.because, *activity.unknown) if activity else ()


def _total(year: YearResult | None) -> Range | None:
    return year.total if year and year.verdict != "not_assessable" else None


def _subjects(year: YearResult | None) -> Mapping[str, Range]:
    return year.subjects if year and year.verdict != "not_assessable" else {}


def _required(year: YearResult | None) -> dict[str, Range]:
    return {r.of: r.required for r in year.requirements} if year else {}


def _completions(
    was: YearResult | None, now: YearResult | None
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    def sides(year: YearResult | None) -> dict[str, Completed]:
        return {done.subject: done for done in (year.completed if year else ())}

    before, after = sides(was), sides(now)
    for subject in _keys(before, after):
        a, b = (side[subject].by if subject in side else () for side in (before, after))
        if set(a) != set(b):
            yield subject, a, b


def _keys(*groups: Iterable[str]) -> list[str]:
    """The keys of all the groups, in their order."""
    return list(dict.fromkeys(key for group in groups for key in group))
