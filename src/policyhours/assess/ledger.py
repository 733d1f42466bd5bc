"""The ledger: all years of a case, from claims to standing, before anything is put in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from policyhours.assess.ceiling import Cap
from policyhours.assess.claim import Claim, appraise, identities_of
from policyhours.assess.credit import UNBOUNDED, Credit, Spent, credit, spend
from policyhours.assess.result import Completed
from policyhours.assess.standing import Duty, World, duty, stand
from policyhours.assess.verdict import YearHours
from policyhours.case.model import Activity, Case
from policyhours.language.calculator import Calculator
from policyhours.language.number import Range, Rational, as_range, contains
from policyhours.language.pattern import Given
from policyhours.language.rules import Rules, RulesOfYears

Added = Mapping[int, Mapping[str, Rational]]
"""Hours by year and subject, put on top of what was credited."""


@dataclass(frozen=True, slots=True)
class Earned:
    """The hours of a year by subject as credited, in the low world and in the high one."""

    low: Mapping[str, Rational]
    high: Mapping[str, Rational]


@dataclass(frozen=True, slots=True)
class Standings:
    """The standing of all years in the two worlds, and in those in between that a deferral can make extreme.

    Which hours make up the rest of a deferred total depends on all subjects: with fewer hours in one, more of
    another move. So a subject's own extreme may lie where it is high and the others are low, or the reverse.
    """

    low: World
    high: World
    between: tuple[World, ...]

    def hours(self, year: int, done: Sequence[Completed]) -> YearHours:
        """The hours of a year that count, with what completes it."""
        worlds = [world.counted[year] for world in (self.low, self.high, *self.between)]
        subjects = list(worlds[0])
        ends = sorted(sum(world.counted[year].values()) for world in (self.low, self.high))
        return YearHours(
            {subject: min(world[subject] for world in worlds) for subject in subjects},
            {subject: max(world[subject] for world in worlds) for subject in subjects},
            (ends[0], ends[1]),
            frozenset(c.subject for c in done if c.certain),
            frozenset(c.subject for c in done),
        )


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything known of all years once they stand.

    Attributes:
        duties: what is owed, by year; only years that can be assessed.
        claims: what each activity claims, by year.
        credits: what each activity is credited with, by year.
        completed: what counts as completed, by year.
        earned: what the credits come to, by year.
    """

    case: Case
    duties: Mapping[int, Duty]
    claims: Mapping[int, Sequence[Claim]]
    credits: Mapping[int, Sequence[Credit]]
    completed: Mapping[int, tuple[Completed, ...]]
    earned: Mapping[int, Earned]


def keep(case: Case, rules_of: RulesOfYears, calculator: Calculator, before: Ledger | None = None) -> Ledger:
    """Assess all years of a case together.

    Args:
        case: what is stated.
        rules_of: the rules of every year that may matter.
        calculator: computes the quantities of the rules.
        before: the same case under other readings; its years are assessed as well, and what the other
            readings do not touch is taken over.

    Raises:
        TooManyWays: where deciding between claims on one matter would take too long.
    """
    claims = _claims(case, rules_of, calculator, before)
    credits = _credits(claims, rules_of, calculator, before)
    completed = _completed(claims, credits, rules_of)
    stated = {*(before.duties if before else ()), *(d.year for d in case.decisions)}
    years = sorted({*credits, *completed, *(year for year in stated if year in rules_of.whole)})
    duties = {
        year: duty(
            rules, person_facts(case, rules), [d for d in case.decisions if d.year == year], calculator
        )
        for year in years
        for rules in [rules_of.whole[year]]
    }
    earned = {year: _earned(credits.get(year, ()), owed.rules) for year, owed in duties.items()}
    return Ledger(case, duties, claims, credits, completed, earned)


def standings(ledger: Ledger, added: Added) -> Standings:
    """The standing of all years, with hours added to what was credited."""
    low = _stand(ledger, added, frozenset(), high=False)
    if _certain(ledger):
        return Standings(low, low, ())
    subjects = frozenset(s for owed in ledger.duties.values() for s in owed.rules.subjects)
    high = _stand(ledger, added, subjects, high=True)
    if not any(decision.remedy == "defer" for decision in ledger.case.decisions):
        return Standings(low, high, ())
    between = [
        _stand(ledger, added, raised, high=high_end)
        for subject in sorted(subjects)
        for raised, high_end in ((frozenset({subject}), True), (subjects - {subject}, False))
    ]
    return Standings(low, high, tuple(between))


def _certain(ledger: Ledger) -> bool:
    """Whether the two worlds are one."""
    return (
        all(earned.low == earned.high for earned in ledger.earned.values())
        and all(done.certain for completed in ledger.completed.values() for done in completed)
        and all(owed.certain for owed in ledger.duties.values())
    )


def _stand(ledger: Ledger, added: Added, raised: frozenset[str], *, high: bool) -> World:
    """The standing of all years where the subjects `raised` are at their greatest, the others least."""
    hours = {
        year: {
            subject: (earned.high if subject in raised else earned.low)[subject]
            + added.get(year, {}).get(subject, 0)
            for subject in earned.low
        }
        for year, earned in ledger.earned.items()
    }
    completed = {
        year: frozenset(c.subject for c in done if c.certain or c.subject in raised)
        for year, done in ledger.completed.items()
    }
    return stand(hours, completed, ledger.duties, ledger.case.decisions, high=high)


def _earned(credits: Sequence[Credit], rules: Rules) -> Earned:
    """What the credits of a year come to, by subject.

    Where claims of different subjects are one matter and something is uncertain, more hours in one subject
    can mean fewer in the other; then each subject's own least and greatest are taken, an outer bound.
    """
    crossing = _crossing(credits)
    low: dict[str, Rational] = dict.fromkeys(rules.subjects, 0)
    high: dict[str, Rational] = dict.fromkeys(rules.subjects, 0)
    for item in credits:
        subject, ends = item.claim.standard.subject, item.hours
        if item.claim.id in crossing:
            ends = Range(0, 0 if item.claim.refused else item.claim.worth.high)
        low[subject] += UNBOUNDED if ends.low is None else ends.low
        high[subject] += UNBOUNDED if ends.high is None else ends.high
    return Earned(low, high)


def _crossing(credits: Sequence[Credit]) -> frozenset[str]:
    """The claims that are one matter with a claim of another subject, where the year is not certain."""
    if all(item.claim.certain for item in credits):
        return frozenset()
    of: dict[object, set[str]] = {}
    for item in credits:
        for identity in item.claim.identities if not item.claim.refused else ():
            of.setdefault(identity, set()).add(item.claim.standard.subject)
    return frozenset(
        item.claim.id for item in credits if any(len(of.get(i, ())) > 1 for i in item.claim.identities)
    )


def person_facts(case: Case, rules: Rules) -> dict[str, Given]:
    """Every fact of the person: stated, attested, or all that it may be."""
    facts: dict[str, Given] = {}
    for fact in rules.facts.values():
        if fact.of == "person":
            unsaid = fact.domain() if fact.attested is None else fact.attested
            facts[fact.id] = case.person.get(fact.id, unsaid)
    return facts


def caps_of(rules: Rules, calculator: Calculator) -> list[Cap]:
    """The ceilings as numbers, inner ones before those that hold them."""
    return [
        Cap(ceiling.of, hours, ceiling.origin.article)
        for ceiling in sorted(rules.ceilings, key=lambda ceiling: len(ceiling.of))
        if (hours := as_range(calculator.value(ceiling.hours, {})).high) is not None
    ]


def _claims(
    case: Case, rules_of: RulesOfYears, calculator: Calculator, before: Ledger | None
) -> dict[int, list[Claim]]:
    """What each activity claims, by year; a claim by the very same standard is taken over."""
    claims: dict[int, list[Claim]] = {}
    for year in sorted({activity.year for activity in case.activities}):
        rules = rules_of.of(year)
        if rules is None:
            continue
        known: dict[str, Claim] = {}
        if (
            before is not None
            and year in before.duties
            and year in before.claims
            and before.duties[year].rules.bases is rules.bases
        ):
            known = {claim.id: claim for claim in before.claims[year]}
        person = person_facts(case, rules)
        claims[year] = [
            _again(claim, a, rules)
            if (claim := known.get(a.id)) and claim.standard is rules.standards[a.kind]
            else appraise(a, person, rules, calculator)
            for a in case.activities
            if a.year == year
        ]
    return claims


def _again(claim: Claim, activity: Activity, rules: Rules) -> Claim:
    """A claim by the same standard, where only what is one matter may be read differently."""
    identities = identities_of(activity, rules)
    return claim if identities == claim.identities else replace(claim, identities=identities)


def _credits(
    claims: Mapping[int, Sequence[Claim]],
    rules_of: RulesOfYears,
    calculator: Calculator,
    before: Ledger | None,
) -> dict[int, Sequence[Credit]]:
    """What counts of each year's claims; years in order, for what is spent is spent."""
    credits: dict[int, Sequence[Credit]] = {}
    spent = Spent({})
    untouched = before
    for number, (year, claimed) in enumerate(claims.items(), start=1):
        rules = rules_of.whole.get(year)
        if rules is None:
            continue
        caps = caps_of(rules, calculator)
        if untouched is not None and not _same(untouched, year, claimed, rules):
            untouched = None
        credits[year] = untouched.credits[year] if untouched else credit(claimed, caps, spent, rules)
        if number < len(claims):
            spent = spend(credits[year], caps, spent, year)
    return credits


def _same(before: Ledger, year: int, claims: Sequence[Claim], rules: Rules) -> bool:
    """Whether the claims and the ceilings of the year are the very same as before."""
    ceilings = before.duties[year].rules.ceilings
    return (
        all(a is b for a, b in zip(claims, before.claims[year], strict=True))
        and len(ceilings) == len(rules.ceilings)
        and all(a is b for a, b in zip(ceilings, rules.ceilings, strict=True))
    )


def _completed(
    claims: Mapping[int, Sequence[Claim]],
    credits: Mapping[int, Sequence[Credit]],
    rules_of: RulesOfYears,
) -> dict[int, tuple[Completed, ...]]:
    """What counts as completed, by year; only in years that can be assessed."""
    found: dict[int, dict[str, list[tuple[str, bool, tuple[str, ...]]]]] = {}
    for year, claimed in claims.items():
        for claim in (item.claim for item in credits[year]) if year in credits else claimed:
            done = claim.completes
            if done is None or claim.refused:
                continue
            for other in rules_of.whole:
                if contains(Range(done.first.low, done.last.high), other - year):
                    surely = contains(Range(done.first.high, done.last.low), other - year)
                    entry = (claim.id, done.surely and surely, done.article)
                    found.setdefault(other, {}).setdefault(done.subject, []).append(entry)
    return {
        year: tuple(
            Completed(subject, tuple(i for i, _, _ in by), any(sure for _, sure, _ in by), by[0][2])
            for subject, by in subjects.items()
        )
        for year, subjects in found.items()
    }
