"""Impact: for whom a change of the policy matters, and which change lies behind it.

Every case is evaluated under both policies. Where a verdict or the hours of a year differ, the year is told,
with the activities that changed and why. Of a person nothing is told but the case's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policyhours.assess.result import ActivityResult, Reason, Verdict, YearResult
from policyhours.case.read import Draft
from policyhours.desk.causes import Causes, touched
from policyhours.desk.changed import ActivityChange, Pair, ReviewChange, YearChange
from policyhours.desk.difference import Difference
from policyhours.desk.evaluation import Evaluation, evaluate
from policyhours.desk.record import titles_of
from policyhours.language.library import Library
from policyhours.language.number import Range
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused


@dataclass(frozen=True, slots=True)
class Incomparable:
    """A case that could not be evaluated under a policy, and why.

    Attributes:
        name: the case's id, or its file where even that can't be read.
        policy: under which it could not; ``None`` where it can't be read at all.
    """

    name: str
    policy: str | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a difference means for some cases.

    Attributes:
        compared: how many cases could be evaluated under both policies.
        changed: how many of them come out otherwise.
        years: the years that do, the largest changes first.
        reviews: the title reviews that do.
    """

    compared: int
    changed: int
    years: tuple[YearChange, ...]
    reviews: tuple[ReviewChange, ...]
    incomparable: tuple[Incomparable, ...]

    @property
    def flips(self) -> dict[tuple[Verdict | None, Verdict | None], int]:
        """How many verdicts of a year changed, by what they were and are."""
        found: dict[tuple[Verdict | None, Verdict | None], int] = {}
        for year in self.years:
            if year.flips:
                found[year.verdicts] = found.get(year.verdicts, 0) + 1
        return dict(sorted(found.items(), key=str))


def impact(
    found: Difference, drafts: Iterable[Draft], library: Library, unread: Iterable[Incomparable] = ()
) -> Impact:
    """What a difference means for the cases.

    Args:
        found: the difference; both policies stand in `library`.
        drafts: the cases as written; the policy that they name is not used.
        library: where policies are.
        unread: what could not even be read.
    """
    causes = Causes(found)
    compared = changed = 0
    years: list[YearChange] = []
    reviews: list[ReviewChange] = []
    incomparable = list(unread)
    for draft in drafts:
        sides: list[Evaluation] = []
        for ref in dict.fromkeys((found.old.ref, found.new.ref)):
            try:
                sides.append(evaluate(draft, library, policy=parse_reference(ref), try_readings=False))
            except Refused as refused:
                incomparable.append(Incomparable(draft.id, ref, refused.findings))
                break
        else:
            compared += 1
            otherwise = list(_years(draft.id, sides[0], sides[-1], causes))
            answers = [e.result.review for e in (sides[0], sides[-1])]
            said = [answer.verdict if answer else None for answer in answers]
            if said[0] != said[1]:
                asked = next(answer for answer in answers if answer)
                reviews.append(ReviewChange(draft.id, asked.year, (said[0], said[1])))
            changed += bool(otherwise) or said[0] != said[1]
            years += otherwise
    ordered = tuple(sorted(years, key=lambda year: year.weight))
    return Impact(compared, changed, ordered, tuple(reviews), tuple(incomparable))


def _years(case: str, before: Evaluation, after: Evaluation, causes: Causes) -> Iterator[YearChange]:
    titles = titles_of(before) | titles_of(after)
    sides = (*before.result.years.values(), *after.result.years.values())
    kinds = {activity.id: activity.kind for year in sides for activity in year.activities}
    for number in sorted(before.result.years.keys() | after.result.years.keys()):
        was, now = before.result.years.get(number), after.result.years.get(number)
        hours = {"total": Pair(_total(was), _total(now))}
        for subject in _keys(_subjects(was), _subjects(now)):
            hours[subject] = Pair(_subjects(was).get(subject), _subjects(now).get(subject))
        verdicts = (was.verdict if was else None, now.verdict if now else None)
        if verdicts[0] == verdicts[1] and not any(pair.differs for pair in hours.values()):
            continue
        required = {
            of: Pair(_required(was).get(of), _required(now).get(of))
            for of in _keys(_required(was), _required(now))
        }
        compared = "not_assessable" not in verdicts
        activities = tuple(_activities(was, now)) if compared else ()
        differing = {of for of, pair in required.items() if pair.differs}
        behind = causes.behind(touched(activities, was, now, kinds), differing, activities, was, now)
        yield YearChange(
            case,
            number,
            verdicts,
            tuple((of, pair) for of, pair in hours.items() if pair.differs),
            tuple((of, pair) for of, pair in required.items() if pair.differs),
            tuple(_completions(was, now)),
            activities,
            tuple(behind if compared else causes.of_term()),
            titles,
        )


def _activities(was: YearResult | None, now: YearResult | None) -> Iterator[ActivityChange]:
    before, after = ({a.id: a for a in year.activities} if year else {} for year in (was, now))
    for name in _keys(before, after):
        a, b = before.get(name), after.get(name)
        reasons = [_why(side) for side in (a, b)]
        if (a and a.hours) == (b and b.hours) and (a and a.outcome) == (b and b.outcome):
            continue
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
    sides = [{done.subject: done.by for done in (year.completed if year else ())} for year in (was, now)]
    for subject in _keys(*sides):
        before, after = (side.get(subject, ()) for side in sides)
        if set(before) != set(after):
            yield subject, before, after


def _keys(*groups: Iterable[str]) -> list[str]:
    """The keys of all the groups, in their order."""
    return list(dict.fromkeys(key for group in groups for key in group))
