"""Since: which years of a case came out otherwise since an earlier result, and why.

The causes are what was stated otherwise (activities, decisions, the person), other policies, other readings,
another release. Each touches the years that it is about; a year that none is about changed because of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from policyhours.assess.result import YearResult
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.record import record, titles_of
from policyhours.desk.answer.stated import kind_titles
from policyhours.desk.before.earlier import Earlier, result_of
from policyhours.desk.changes.changed import ReviewChange, YearChange, review_change, year_changes

Kind = Literal[
    "activity", "person", "decision", "title_review", "policy", "content", "layers", "reading", "program",
    "case", "unexplained",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Other:
    """Something stated that is other than before; ``None`` where it was not, or is not, stated."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why results are other than before.

    Attributes:
        kind: what is other: an ``activity``, the ``person``, a ``decision``, the ``title_review``; the
            ``policy`` of years, the ``content`` of a policy of the same version, the ``layers`` under it; a
            ``reading``, the ``program``; something in the ``case`` of which a record keeps nothing. What has
            no cause at all is ``unexplained``.
        of: which one: the activity's id, the decision's year, the policy's ``id@version``, the reading.
        title: what kind of activity it is, in words.
        change: whether it came, went or is another.
        what: what is other about it, or was stated of what came or went.
        years: the years that it is about; ``None`` for all of them.
    """

    kind: Kind
    of: str = ""
    title: str = ""
    change: Literal["new", "gone", "other"] = "other"
    what: tuple[Other, ...] = ()
    years: frozenset[int] | None = None

    def touches(self, year: int) -> bool:
        """Whether it is about a year."""
        return self.years is None or year in self.years


@dataclass(frozen=True, slots=True)
class YearSince:
    """A year that came out otherwise.

    Attributes:
        causes: why; never empty.
        elsewhere: whether they are about other years only, whose changes reach this one.
    """

    change: YearChange
    causes: tuple[Cause, ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier result.

    Attributes:
        causes: all that is other than before, whether it matters or not.
        official: whether the results are official, before and after.
    """

    case: str
    years: tuple[YearSince, ...]
    review: ReviewChange | None
    causes: tuple[Cause, ...]
    official: tuple[bool, bool]

    @property
    def same(self) -> bool:
        """Whether no result changed."""
        return not self.years and self.review is None and self.official[0] == self.official[1]


def since(earlier: Earlier, evaluation: Evaluation, lang: str = "zh") -> Since:
    """What changed since an earlier result of the same case."""
    now = result_of(record(evaluation, lang))
    kinds = kind_titles(evaluation)
    causes = list(_causes(earlier, now, kinds))
    touched = {cause.of for cause in causes if cause.kind == "activity"}
    changes = [
        _named(change, kinds, touched)
        for change in year_changes(now.case, earlier.years, now.years, titles_of(evaluation))
    ]
    review = review_change(now.case, earlier.review, now.review)
    official = (earlier.official, now.official)
    if not causes and (changes or review or official[0] != official[1]):
        causes.append(Cause("case" if earlier.digest != now.digest else "unexplained"))
    years = []
    for change in changes:
        own = tuple(cause for cause in causes if cause.touches(change.year))
        years.append(YearSince(change, own or tuple(causes), not own))
    return Since(now.case, tuple(years), review, tuple(causes), official)


def _named(change: YearChange, kinds: Mapping[str, str], touched: Iterable[str]) -> YearChange:
    """The change with its activities by their titles, those of which nothing of their own is other marked."""
    activities = tuple(
        replace(
            activity, title=kinds.get(activity.title, activity.title), untouched=activity.id not in touched
        )
        for activity in change.activities
    )
    return replace(change, activities=activities)


# ── causes ──


def _causes(was: Earlier, now: Earlier, kinds: Mapping[str, str]) -> Iterator[Cause]:
    if was.digest != now.digest:
        yield from _activities(was, now, kinds)
        yield from _person(was, now)
        yield from _decisions(was.stated["decisions"], now.stated["decisions"])
        yield from _review(was.stated["title_review"], now.stated["title_review"])
    yield from _policies(was, now)
    for name in sorted(was.readings.keys() & now.readings.keys()):
        before, after = was.readings[name], now.readings[name]
        if before != after:
            yield Cause("reading", name, what=(Other(name, before, after),))
    if was.program != now.program:
        yield Cause("program", what=(Other("policyhours", was.program, now.program),))


def _person(was: Earlier, now: Earlier) -> Iterator[Cause]:
    what = _others(was.stated["person"], now.stated["person"])
    if what:
        yield Cause("person", what=what)


def _activities(was: Earlier, now: Earlier, kinds: Mapping[str, str]) -> Iterator[Cause]:
    before, after = was.stated["activities"], now.stated["activities"]
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        what = _others(old or {}, new or {})
        if not what:
            continue
        kind = (new or old)["kind"]
        years = frozenset(_years_of(name, was.years) | _years_of(name, now.years))
        change = _came(old, new)
        yield Cause("activity", name, kinds.get(kind, kind), change, what, years)


def _years_of(name: str, years: Mapping[int, YearResult]) -> set[int]:
    """The years in which an activity counts, or which it completes."""
    return {
        number
        for number, year in years.items()
        if any(activity.id == name for activity in year.activities)
        or any(name in done.by for done in year.completed)
    }


def _decisions(was: list[dict[str, str]], now: list[dict[str, str]]) -> Iterator[Cause]:
    """Decisions by their year; of several about one year, those that both hold are the same."""
    gone = [decision for decision in was if decision not in now]
    came = [decision for decision in now if decision not in was]
    for year in sorted({decision["year"] for decision in (*gone, *came)}):
        old, new = (next((d for d in side if d["year"] == year), None) for side in (gone, came))
        years = frozenset({int(year)})
        yield Cause("decision", year, "", _came(old, new), _others(old or {}, new or {}), years)


def _review(was: dict[str, str] | None, now: dict[str, str] | None) -> Iterator[Cause]:
    what = _others(was or {}, now or {})
    if what:
        yield Cause("title_review", change=_came(was, now), what=what, years=frozenset())


def _policies(was: Earlier, now: Earlier) -> Iterator[Cause]:
    moved: dict[Other, set[int]] = {}
    for year in sorted(was.years.keys() & now.years.keys()):
        before, after = was.years[year].policy, now.years[year].policy
        if before != after:
            moved.setdefault(Other("policy", before, after), set()).add(year)
    for move, years in moved.items():
        yield Cause("policy", move.after or move.before or "", what=(move,), years=frozenset(years))
    for ref in sorted(was.policies.keys() & now.policies.keys()):
        if was.policies[ref] != now.policies[ref]:
            yield Cause("content", ref)
    told = {ref for move in moved for ref in (move.before, move.after)}
    told |= {year.policy for side in (was, now) for year in _alone(side, was, now)}
    layers = _others(
        dict.fromkeys(was.policies.keys() - told, "yes"), dict.fromkeys(now.policies.keys() - told, "yes")
    )
    if layers:
        yield Cause("layers", what=layers)


def _alone(side: Earlier, was: Earlier, now: Earlier) -> Iterator[YearResult]:
    """The years of one side that the other does not have; what they were assessed under is nothing new."""
    both = was.years.keys() & now.years.keys()
    return (year for number, year in side.years.items() if number not in both)


def _others(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Other, ...]:
    """What is stated otherwise, in the order in which it is stated."""
    return tuple(
        Other(key, before.get(key), after.get(key))
        for key in dict.fromkeys((*after, *before))
        if before.get(key) != after.get(key)
    )


def _came(was: object, now: object) -> Literal["new", "gone", "other"]:
    if was is None:
        return "new"
    return "gone" if now is None else "other"
