"""The ledger: all years of a case, from claims to standing, before anything is put in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from policyhours.assess.bounds import Moving, bounds
from policyhours.assess.ceiling import Whole
from policyhours.assess.claim import Claim, appraise, identities_of
from policyhours.assess.credit import Credit, Matter, Spent, caps_of, concerns, credit, spend
from policyhours.assess.duty import UNBOUNDED, Duty, duty
from policyhours.assess.hours import Standings
from policyhours.assess.result import Completed
from policyhours.assess.spread import spread
from policyhours.assess.standing import Chain, Credited, World, stand
from policyhours.case.model import Activity, Case
from policyhours.case.years import RulesOfYears
from policyhours.language.calculator import Calculator
from policyhours.language.number import Range, Rational, contains
from policyhours.language.pattern import Given
from policyhours.language.rules import Ceiling, Rules

Added = Mapping[int, Mapping[str, Rational]]
"""Hours by year and subject, put on top of what was credited."""


@dataclass(frozen=True, slots=True)
class Earned:
    """The hours of a year by subject as credited, in the low world and in the high one.

    Attributes:
        kinds: the same by kind, of the kinds that some requirement asks for.
    """

    low: Credited
    high: Credited
    kinds: Mapping[str, Range]


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


def keep(
    case: Case,
    rules_of: RulesOfYears,
    calculator: Calculator,
    before: Ledger | None = None,
    years: Collection[int] = (),
) -> Ledger:
    """Assess all years of a case together.

    Args:
        case: what is stated.
        rules_of: the rules of every year that may matter.
        calculator: computes the quantities of the rules.
        before: the same case under other readings; its years are assessed as well, and what the other
            readings do not touch is taken over.
        years: to be assessed even where the case states nothing of them.

    Raises:
        TooManyWays: where deciding between claims on one matter would take too long.
    """
    claims = _claims(case, rules_of, calculator, before)
    owed: dict[int, Duty] = {}

    def owe(year: int) -> Duty:
        if year not in owed:
            rules, decisions = rules_of.whole[year], [d for d in case.decisions if d.year == year]
            owed[year] = duty(rules, person_facts(case, rules, year), decisions, calculator)
        return owed[year]

    credits = _credits(claims, {year: owe(year) for year in claims if year in rules_of.whole}, before)
    completed = _completed(claims, credits, rules_of)
    stated = {*(before.duties if before else ()), *(a.year for a in case.activities), *years}
    stated |= {decision.year for decision in case.decisions}
    kept = sorted({*credits, *completed, *(year for year in stated if year in rules_of.whole)})
    duties = {year: owe(year) for year in kept}
    asked = frozenset(kind for owed in duties.values() for r in owed.rules.requirements for kind in r.kinds)
    earned = {year: _earned(credits.get(year, ()), owed.rules, asked) for year, owed in duties.items()}
    return Ledger(case, duties, claims, credits, completed, earned)


def standings(ledger: Ledger, added: Added) -> Standings:
    """The standing of all years, with hours added to what was credited."""
    kinds = {year: earned.kinds for year, earned in ledger.earned.items()}
    low = _stand(ledger, added, high=False)
    if all(_is_certain(ledger, year) for year in ledger.duties):
        return Standings(low, low, {}, kinds, ledger.completed)
    high = _stand(ledger, added, high=True)
    deferrals = [decision for decision in ledger.case.decisions if decision.remedy == "defer"]
    if not deferrals and not any(owed.rules.carrying for owed in ledger.duties.values()):
        return Standings(low, high, {}, kinds, ledger.completed)
    moving = Moving(
        low,
        high,
        _stand(ledger, added, high=False, still=True),
        _stand(ledger, added, high=True, still=True),
        ledger.duties,
        deferrals,
        partial(_is_certain, ledger),
    )
    return Standings(low, high, bounds(moving), kinds, ledger.completed)


def _is_certain(ledger: Ledger, year: int) -> bool:
    """Whether it is known exactly what a year earned, what completes it and what it owes."""
    earned = ledger.earned[year]
    return (
        earned.low == earned.high
        and all(done.certain for done in ledger.completed.get(year, ()))
        and ledger.duties[year].certain
    )


def _stand(ledger: Ledger, added: Added, *, high: bool, still: bool = False) -> World:
    """The standing of all years in the high world or in the low one."""
    hours = {}
    for year, earned in ledger.earned.items():
        end, more = (earned.high if high else earned.low), added.get(year, {})
        by_subject = {subject: amount + more.get(subject, 0) for subject, amount in end.by_subject.items()}
        hours[year] = Credited(by_subject, end.by_chain)
    completed = {
        year: frozenset(c.subject for c in done if c.certain or high)
        for year, done in ledger.completed.items()
    }
    return stand(hours, completed, ledger.duties, ledger.case.decisions, high=high, still=still)


def _earned(credits: Sequence[Credit], rules: Rules, asked: frozenset[str]) -> Earned:
    """What the credits of a year come to, by subject.

    Where claims of different subjects are one matter and something is uncertain, more hours in one subject
    can mean fewer in the other; then each subject's own least and greatest are taken, an outer bound.
    """
    crossing = _crossing(credits)
    low: dict[str, Rational] = dict.fromkeys(rules.subjects, 0)
    high: dict[str, Rational] = dict.fromkeys(rules.subjects, 0)
    chains: dict[Chain, list[Rational]] = {}
    kinds: dict[str, Range] = {}
    for item in credits:
        standard, ends = item.claim.standard, item.hours
        if item.claim.id in crossing:
            ends = Range(0, 0 if item.claim.refused else item.claim.worth.high)
        least, most = (UNBOUNDED if end is None else end for end in (ends.low, ends.high))
        low[standard.subject] += least
        high[standard.subject] += most
        if standard.then:
            passing = chains.setdefault((standard.subject, *standard.then), [0, 0])
            passing[0] += least
            passing[1] += most
        if standard.id in asked:
            span = Range(min(least, most), max(least, most))
            kinds[standard.id] = kinds.get(standard.id, Range(0, 0)) + span
    return Earned(
        Credited(low, {chain: ends[0] for chain, ends in chains.items()}),
        Credited(high, {chain: ends[1] for chain, ends in chains.items()}),
        kinds,
    )


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


def person_facts(case: Case, rules: Rules, year: int) -> dict[str, Given]:
    """Every fact of the person in a year: stated, attested, or all that it may be."""
    stated: dict[str, Given] = {**case.person_in(year), "year": year}
    facts: dict[str, Given] = {}
    for fact in rules.facts.values():
        if fact.of == "person":
            unsaid = fact.domain() if fact.attested is None else fact.attested
            facts[fact.id] = stated.get(fact.id, unsaid)
    return facts


def _claims(
    case: Case, rules_of: RulesOfYears, calculator: Calculator, before: Ledger | None
) -> dict[int, list[Claim]]:
    """What each activity claims, by year; a claim by the very same standard is taken over."""
    claims: dict[int, list[Claim]] = {}
    by_matter = [c for rules in rules_of.all() for c in rules.ceilings if c.per]
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
            known = {claim.id: claim for claim in before.claims[year] if claim.counts_in is None}
        person = person_facts(case, rules, year)
        for activity in (a for a in case.activities if a.year == year):
            claim, own = known.get(activity.id), rules_of.own.get(activity.id)
            if own is not None:
                claim = appraise(activity, person_facts(case, own, year), own, calculator, by_matter)
            elif claim is not None and claim.standard is rules.standards[activity.kind]:
                claim = _again(claim, activity, rules)
            else:
                claim = appraise(activity, person, rules, calculator, by_matter)
            for counted_in, part in spread(claim, year, rules_of.whole):
                claims.setdefault(counted_in, []).append(part)
    return dict(sorted(claims.items()))


def _again(claim: Claim, activity: Activity, rules: Rules) -> Claim:
    """A claim by the same standard, where only what is one matter may be read differently."""
    identities = identities_of(activity, rules)
    return claim if identities == claim.identities else replace(claim, identities=identities)


def _credits(
    claims: Mapping[int, Sequence[Claim]], duties: Mapping[int, Duty], before: Ledger | None
) -> dict[int, Sequence[Credit]]:
    """What counts of each year's claims; years in order, for what is spent is spent."""
    credits: dict[int, Sequence[Credit]] = {}
    spent = Spent({})
    untouched = before
    for number, (year, claimed) in enumerate(claims.items(), start=1):
        owed = duties.get(year)
        if owed is None:
            continue
        room = partial(_room, year=year, owed=owed, credits=credits)
        caps = caps_of(owed.rules.ceilings, claimed, room, partial(_whole, year=year, owed=owed))
        if untouched is not None and not _same(untouched, year, claimed, owed.rules):
            untouched = None
        credits[year] = untouched.credits[year] if untouched else credit(claimed, caps, spent, owed.rules)
        if number < len(claims):
            spent = spend(credits[year], caps, spent, year)
    return credits


def _whole(ceiling: Ceiling, year: int, owed: Duty) -> Whole:
    """What a ceiling comes to before earlier years used of it, and which years share it."""
    most = owed.number(ceiling.hours)
    hours = most.high if most.low == most.high else None
    if ceiling.over is None:
        return Whole(hours, None)
    first, last = owed.years(ceiling.over)
    if first.low is None or first.low != first.high or last.low is None or last.low != last.high:
        return Whole(hours, None)
    return Whole(hours, (year + int(first.low), year + int(last.low)))


def _room(
    ceiling: Ceiling, matter: Matter, year: int, owed: Duty, credits: Mapping[int, Sequence[Credit]]
) -> Range:
    """The hours that a ceiling leaves to a year: of one over several years what earlier ones did not use.

    A ceiling for each matter is shared by all years in which the matter counts.
    """
    most = owed.number(ceiling.hours)
    if ceiling.over is None and not ceiling.per:
        return most
    ever = (Range(None, None), Range(0, 0))
    first, last = ever if ceiling.over is None else owed.years(ceiling.over)
    low, high = most.low or 0, most.high
    for earlier, credited in credits.items():
        used = [item.hours for item in credited if concerns(ceiling, matter, item.claim)]
        pairs = [[UNBOUNDED if end is None else end for end in (h.low, h.high)] for h in used]
        if contains(Range(first.low, last.high), earlier - year):
            low -= sum(max(pair) for pair in pairs)
        if high is not None and contains(Range(first.high, last.low), earlier - year):
            high -= sum(min(pair) for pair in pairs)
    return Range(max(0, low), None if high is None else max(0, high))


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
