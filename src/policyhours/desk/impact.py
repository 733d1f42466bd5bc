"""Impact: for whom a change of the policy matters, and which change lies behind it.

Every case is evaluated under both policies. Where a verdict or the hours of a year differ, the year is told,
with the activities that changed and why. Of a person nothing is told but the case's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policyhours.assess.result import ActivityResult, Reason, Verdict, YearResult
from policyhours.case.read import Draft
from policyhours.desk.difference import Change, Difference
from policyhours.desk.evaluation import Evaluation, evaluate
from policyhours.desk.record import titles_of
from policyhours.desk.statements import sheet
from policyhours.language.expression import names_in
from policyhours.language.library import Library, parse_reference
from policyhours.language.number import Range
from policyhours.language.policy import Policy
from policyhours.language.words import child, text_at
from policyhours.text.finding import Finding, Refused

Owner = tuple[str, str, str]
"""A section of a policy, what stands in it, and which part of that."""


_PARTS: Final = ("hours", "ceiling", "completes", "requires", "channel", "title", "article")
_CONDITIONS: Final = {"condition", "fact"}
_TELLING_KINDS: Final = ("citation", "wording", "bounds")
_TELLING: Final = ("title", "because", "question", "may", "document", "issuers")


@dataclass(frozen=True, slots=True)
class Pair:
    """Something under the old policy and under the new one; ``None`` where it is not there."""

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
    """

    id: str
    title: str
    hours: Pair
    was: tuple[Reason, ...]
    now: tuple[Reason, ...]
    whole: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class YearChange:
    """A year of a case that comes out otherwise.

    Attributes:
        verdicts: before and after; ``None`` where the year is not there.
        hours: the ``total`` and the subjects that differ.
        required: the requirements that differ, by what they are of.
        completed: the subjects that other activities complete, with those before and after.
        behind: the changes of the policy that lie behind it, as far as that can be found.
        titles: the titles of subjects and activities.
    """

    case: str
    year: int
    verdicts: tuple[Verdict | None, Verdict | None]
    hours: tuple[tuple[str, Pair], ...]
    required: tuple[tuple[str, Pair], ...]
    completed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    activities: tuple[ActivityChange, ...]
    behind: tuple[Change, ...]
    titles: dict[str, str]

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
    links = _Links(found)
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
            otherwise = list(_years(draft.id, sides[0], sides[-1], links))
            answers = [e.result.review for e in (sides[0], sides[-1])]
            said = [answer.verdict if answer else None for answer in answers]
            if said[0] != said[1]:
                asked = next(answer for answer in answers if answer)
                reviews.append(ReviewChange(draft.id, asked.year, (said[0], said[1])))
            changed += bool(otherwise) or said[0] != said[1]
            years += otherwise
    ordered = tuple(sorted(years, key=lambda year: year.weight))
    return Impact(compared, changed, ordered, tuple(reviews), tuple(incomparable))


def _years(case: str, before: Evaluation, after: Evaluation, links: _Links) -> Iterator[YearChange]:
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
        behind = links.behind(_touched(activities, was, now, kinds), differing, activities, was, now)
        yield YearChange(
            case,
            number,
            verdicts,
            tuple((of, pair) for of, pair in hours.items() if pair.differs),
            tuple((of, pair) for of, pair in required.items() if pair.differs),
            tuple(_completions(was, now)),
            activities,
            tuple(behind if compared else links.of_term()),
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


def _completing(year: YearResult | None) -> set[str]:
    return {name for done in (year.completed if year else ()) for name in done.by}


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


class _Links:
    """Finds the changes of a policy that lie behind a change of a result."""

    def __init__(self, found: Difference) -> None:
        self._policies, self._changes = (found.old, found.new), found.changes
        users = self._users()
        self._working = [
            (change, frozenset(_reached(_owner(change.said.key), users)))
            for change in found.changes
            if change.said.kind not in _TELLING_KINDS and change.said.key[-1] not in _TELLING
        ]

    def of_term(self) -> list[Change]:
        """The changes of the time in force."""
        return [change for change in self._changes if "in_force" in change.said.key]

    def behind(
        self,
        touched: set[tuple[str, str]],
        required: set[str],
        activities: Iterable[ActivityChange],
        was: YearResult | None,
        now: YearResult | None,
    ) -> Iterator[Change]:
        """The changes behind a year in which parts of standards and some requirements work otherwise."""
        codes = {reason.code for a in activities for reason in (*a.was, *a.now)}
        done = bool(_completing(was) | _completing(now))
        once = bool(codes & {"elsewhere", "spent", "may_be_spent"})
        whole = any(year is None or year.verdict == "not_assessable" for year in (was, now))
        decided = any(year and year.decided for year in (was, now))
        kinds = {kind for kind, _ in touched}
        models = {(model, part) for kind, part in touched for model in self._models(kind)}
        readings = self._readings(kinds, required, once=once, done=done)
        facts = {fact for kind in kinds for policy in self._policies for fact in _facts(policy, kind)}

        def matters(owner: Owner) -> bool:
            section, name, part = owner
            match section:
                case "standards":
                    other = part not in _PARTS and any(model == name for model, _ in models)
                    return (name, part) in models or other
                case "ceilings":
                    of = name.partition(".")[0].split("+")
                    return any(kind in of for kind, touch in touched if touch == "ceiling")
                case "requirement":
                    return name.partition(".")[0] in required
                case "facts":
                    return name in facts
                case "readings":
                    return name in readings
                case "scope":
                    return whole
                case "header":
                    return whole or "no_basis" in codes
                case "bases":
                    return bool(codes & {"base", "base_unknown"})
                case "once_per":
                    return once
                case "completion":
                    return done
                case _:
                    return section == "relief" and decided

        for change, owners in self._working:
            if len(self._working) == 1 or any(matters(owner) for owner in owners):
                yield change

    def _users(self) -> dict[str, set[Owner]]:
        """By named value, what uses it, other values included."""
        users: dict[str, set[Owner]] = {}
        for policy in self._policies:
            for statement in sheet(policy).statements.values():
                for amount, sense in statement.amounts:
                    if sense == 0 and not statement.of_value:
                        continue
                    for name in names_in(amount):
                        users.setdefault(name, set()).add(_owner(statement.key))
        return users

    def _models(self, kind: str) -> Iterator[str]:
        """The standard, and those that it is like."""
        for policy in self._policies:
            at, seen = kind, set[str]()
            while at and at not in seen:
                seen.add(at)
                yield at
                at = text_at(child(child(policy.tree.get("standards"), at), "like"))

    def _readings(self, kinds: set[str], required: set[str], *, once: bool, done: bool) -> set[str]:
        """The readings that shape what works otherwise."""
        found: set[str] = set()
        for policy in self._policies:
            rules = policy.rules()
            found |= {r for kind in kinds if (s := rules.standards.get(kind)) for r in s.readings}
            found |= {r for q in rules.requirements if q.of in required for r in q.readings}
            found |= rules.once_readings if once else set()
            found |= rules.completion_readings if done else set()
        return found


def _touched(
    activities: Iterable[ActivityChange],
    was: YearResult | None,
    now: YearResult | None,
    kinds: Mapping[str, str],
) -> set[tuple[str, str]]:
    """The standards whose activities count otherwise, each with the part of it that may be why."""
    found = {(kinds[name], "completes") for name in _completing(was) ^ _completing(now) if name in kinds}
    before, after = ({a.id: a for a in year.activities} if year else {} for year in (was, now))
    for activity in activities:
        kind, codes = kinds[activity.id], {reason.code for reason in (*activity.was, *activity.now)}
        a, b = before.get(activity.id), after.get(activity.id)
        if codes & _CONDITIONS:
            found.add((kind, "requires"))
        elif a is None or b is None or a.claimed != b.claimed:
            found |= {(kind, "hours"), (kind, "ceiling"), (kind, "completes")}
        if "ceiling" in codes:
            found.add((kind, "ceiling"))
        if a is not None and b is not None and "completes" in (a.outcome, b.outcome):
            found.add((kind, "completes"))
    return found


def _owner(key: tuple[object, ...]) -> Owner:
    section, name, part = (*(str(step) for step in key[:3]), "", "")[:3]
    return section, name, part


def _reached(owner: Owner, users: dict[str, set[Owner]]) -> Iterator[Owner]:
    """The owner, and all that uses it where it is a named value."""
    found, ahead = {owner}, [owner]
    while ahead:
        here = ahead.pop()
        yield here
        for user in users.get(here[1], ()) if here[0] == "values" else ():
            if user not in found:
                found.add(user)
                ahead.append(user)


def _facts(policy: Policy, kind: str) -> frozenset[str]:
    """The facts that matter to a standard."""
    standard = policy.rules().standards.get(kind)
    return standard.matters if standard else frozenset()
