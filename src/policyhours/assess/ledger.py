"""The ledger: all years of a case, from claims to standing, before anything is put in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policyhours.assess.ceiling import Cap
from policyhours.assess.claim import appraise
from policyhours.assess.credit import UNBOUNDED, Credit, Spent, credit, spend
from policyhours.assess.result import Completed
from policyhours.assess.standing import Duty, World, duty, stand
from policyhours.assess.verdict import YearHours
from policyhours.case.model import Case
from policyhours.language.calculator import Calculator
from policyhours.language.number import Range, Rational, as_range, contains
from policyhours.language.pattern import Given
from policyhours.language.rules import Rules

RulesOfYears = Mapping[int, Rules | None]
"""The rules under which each year is assessed; ``None`` where no policy is in force on its last day."""

Added = Mapping[int, Mapping[str, Rational]]
"""Hours by year and subject, put on top of what was credited."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything known of all years once they stand.

    Attributes:
        duties: what is owed, by year; only years that can be assessed.
        credits: what each activity is credited with, by year.
        completed: what counts as completed, by year.
        low, high: the standing of all years in the two worlds.
    """

    case: Case
    duties: Mapping[int, Duty]
    credits: Mapping[int, Sequence[Credit]]
    completed: Mapping[int, tuple[Completed, ...]]
    low: World
    high: World

    def hours(self, year: int) -> YearHours:
        """The hours of a year that count, with what completes it."""
        done = self.completed.get(year, ())
        sure = frozenset(c.subject for c in done if c.certain)
        return YearHours(
            self.low.counted[year], self.high.counted[year], sure, frozenset(c.subject for c in done)
        )


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
    credits = _credits(case, rules_of, calculator, before)
    completed = _completed(credits, rules_of)
    stated = {*(before.duties if before else ()), *(d.year for d in case.decisions)}
    years = sorted({*credits, *completed, *(year for year in stated if rules_of.get(year))})
    duties = {
        year: duty(
            rules, person_facts(case, rules), [d for d in case.decisions if d.year == year], calculator
        )
        for year in years
        if (rules := rules_of[year])
    }
    ledger = Ledger(case, duties, credits, completed, _NOWHERE, _NOWHERE)
    low, high = worlds(ledger, {})
    return Ledger(case, duties, credits, completed, low, high)


_NOWHERE = World({}, ())


def worlds(ledger: Ledger, added: Added) -> tuple[World, World]:
    """The standing of all years in both worlds, with hours added to what was credited."""
    return _stand(ledger, added, high=False), _stand(ledger, added, high=True)


def _stand(ledger: Ledger, added: Added, *, high: bool) -> World:
    hours = {
        year: {
            subject: amount + added.get(year, {}).get(subject, 0)
            for subject, amount in _by_subject(ledger.credits.get(year, ()), owed.rules, high=high).items()
        }
        for year, owed in ledger.duties.items()
    }
    completed = {
        year: frozenset(c.subject for c in done if high or c.certain)
        for year, done in ledger.completed.items()
    }
    return stand(hours, completed, ledger.duties, ledger.case.decisions, high=high)


def _by_subject(credits: Sequence[Credit], rules: Rules, *, high: bool) -> dict[str, Rational]:
    """The hours of a year by subject, in one world.

    Where claims of different subjects are one matter and something is uncertain, more hours in one subject
    can mean fewer in the other; then each subject's own least and greatest are taken, an outer bound.
    """
    crossing = _crossing(credits)
    hours: dict[str, Rational] = dict.fromkeys(rules.subjects, 0)
    for item in credits:
        end = item.hours.high if high else item.hours.low
        if item.claim.id in crossing:
            end = (item.claim.worth.high if high else 0) if not item.claim.refused else 0
        hours[item.claim.standard.subject] += UNBOUNDED if end is None else end
    return hours


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


def _credits(
    case: Case, rules_of: RulesOfYears, calculator: Calculator, before: Ledger | None
) -> Mapping[int, Sequence[Credit]]:
    """What counts of each year's activities; years in order, for what is spent is spent."""
    if before is not None and all(
        rules_of[year] and _same_standards(case, year, owed.rules, rules_of[year])
        for year, owed in before.duties.items()
    ):
        return before.credits
    credits: dict[int, Sequence[Credit]] = {}
    spent = Spent({})
    for year in sorted({activity.year for activity in case.activities}):
        rules = rules_of.get(year)
        if rules is None:
            continue
        person, caps = person_facts(case, rules), caps_of(rules, calculator)
        claims = [appraise(a, person, rules, calculator) for a in case.activities if a.year == year]
        credits[year] = credit(claims, caps, spent, rules)
        spent = spend(credits[year], caps, spent, year)
    return credits


def _same_standards(case: Case, year: int, one: Rules, other: Rules | None) -> bool:
    """Whether two rules credit the year's activities by the very same standards and ceilings."""
    kinds = {activity.kind for activity in case.activities if activity.year == year}
    return (
        other is not None
        and all(one.standards[kind] is other.standards[kind] for kind in kinds)
        and len(one.ceilings) == len(other.ceilings)
        and all(a is b for a, b in zip(one.ceilings, other.ceilings, strict=True))
        and one.bases is other.bases
    )


def _completed(
    credits: Mapping[int, Iterable[Credit]], rules_of: RulesOfYears
) -> dict[int, tuple[Completed, ...]]:
    """What counts as completed, by year; only in years that can be assessed."""
    found: dict[int, dict[str, list[tuple[str, bool, tuple[str, ...]]]]] = {}
    for year, items in credits.items():
        for claim in (item.claim for item in items):
            done = claim.completes
            if done is None or claim.refused:
                continue
            for other, rules in rules_of.items():
                if rules is not None and contains(Range(done.first.low, done.last.high), other - year):
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
