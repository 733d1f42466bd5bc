"""Impact: for whom a change of the policy matters, and which change lies behind it.

Every case is evaluated under both policies. Where a verdict or the hours of a year differ, the year is told,
with the activities that changed and why. Of a person nothing is told but the case's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from policyhours.assess.result import Verdict
from policyhours.case.read import Draft
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.desk.answer.record import titles_of
from policyhours.desk.changes.causes import Causes, touched
from policyhours.desk.changes.changed import ReviewChange, YearChange, review_change, year_changes
from policyhours.desk.changes.difference import Difference
from policyhours.language.library import Library
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
            review = review_change(draft.id, *(e.result.review for e in (sides[0], sides[-1])))
            reviews += [review] if review else []
            changed += bool(otherwise or review)
            years += otherwise
    ordered = tuple(sorted(years, key=lambda year: year.weight))
    return Impact(compared, changed, ordered, tuple(reviews), tuple(incomparable))


def _years(case: str, before: Evaluation, after: Evaluation, causes: Causes) -> Iterator[YearChange]:
    """The years whose verdict or hours are other than before, each with the changes that lie behind it."""
    sides = before.result.years, after.result.years
    kinds = {a.id: a.kind for side in sides for year in side.values() for a in year.activities}
    for change in year_changes(case, *sides, titles_of(before) | titles_of(after)):
        if not (change.flips or change.hours):
            continue
        was, now = (side.get(change.year) for side in sides)
        required = {of for of, _ in change.required}
        parts = touched(change.activities, was, now, kinds)
        yield replace(
            change,
            behind=tuple(
                causes.of_term()
                if "not_assessable" in change.verdicts
                else causes.behind(parts, required, change.activities, was, now)
            ),
        )
