"""Advice: the least further hours that make a year's verdict *met*, exactly.

Advice names kinds of activity that count hour for hour without a ceiling, so it is never impossible, and it
is on the step in which hours are stated: one step less does not do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from policyhours.assess.claim import check
from policyhours.assess.result import Addition, RequirementResult, Verdict
from policyhours.language.calculator import Calculator
from policyhours.language.number import Rational, exact
from policyhours.language.pattern import Anything, Between, Given, OneOf, Pattern, Stated
from policyhours.language.rules import Fact, Rules, Standard
from policyhours.language.unit import parse_unit
from policyhours.language.values import TOTAL
from policyhours.language.vocabulary import WORKED_OUT

Judge = Callable[[Mapping[str, Rational]], tuple[Verdict, tuple[RequirementResult, ...]]]
"""The verdict of the year, were these hours by subject added to it."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A kind of activity whose hours count one for one: its `fact` states them, in steps, up to `most`."""

    standard: Standard
    step: Rational
    most: Rational


def advise(
    judge_with: Judge, rules: Rules, person: Mapping[str, Given], calculator: Calculator
) -> tuple[Addition, ...]:
    """What to add so that a year is met that is not yet; nothing where nothing would do."""
    _, results = judge_with({})
    carriers = _carriers(rules, person, calculator)
    shortfall: dict[str, Rational] = {}
    for result in results:
        shortfall[result.of] = max(shortfall.get(result.of, 0), result.shortfall.high or 0)
    # A subject whose requirement moves with the year's totals comes last: what is added before moves them.
    moving = {r.of for r in rules.requirements if r.hours.needs & {TOTAL, *rules.subjects}}
    unmet = dict.fromkeys(r.of for r in results if r.verdict != "met" and r.of != TOTAL)
    lacking = sorted(unmet, key=lambda s: s in moving)
    added: dict[str, Rational] = {}
    for subject in lacking:
        if subject not in carriers:
            return ()
        found = _least(carriers[subject], shortfall[subject], _meets(judge_with, added, subject, of=subject))
        if found is None:
            return ()
        added[subject] = found
    # What the total then still lacks, in the subject that takes the fewest hours; rather one than two kinds.
    fillers: list[tuple[Rational, int, str, Rational]] = []
    for subject in dict.fromkeys((*reversed(lacking), *carriers)):
        before = added.get(subject, 0)
        rest = before + shortfall.get(TOTAL, 0) - sum(added.values())
        found = _least(carriers[subject], max(rest, before), _meets(judge_with, added, subject))
        if found is not None:
            fillers.append((found - before, len(fillers), subject, found))
    if not fillers:
        return ()
    _, _, subject, found = min(fillers)
    added[subject] = found
    # Hours that move between years may do for two subjects: what came later may have made the earlier less.
    for subject, hours in added.items():
        least = _least(carriers[subject], hours, _meets(judge_with, added, subject))
        assert least is not None
        added[subject] = least
    return tuple(
        Addition(carriers[subject].standard.id, carriers[subject].standard.title, subject, hours)
        for subject, hours in added.items()
        if hours
    )


def _meets(
    judge_with: Judge, added: Mapping[str, Rational], subject: str, of: str | None = None
) -> Callable[[Rational], bool]:
    """Whether so many hours of the subject, besides those added already, meet the year or one requirement."""

    def meets(hours: Rational) -> bool:
        verdict, results = judge_with({**added, subject: hours})
        return verdict == "met" if of is None else all(r.verdict == "met" for r in results if r.of == of)

    return meets


def _least(carrier: Carrier, guess: Rational, meets: Callable[[Rational], bool]) -> Rational | None:
    """The least hours, in the carrier's steps, that meet; ``None`` where even its most do not."""
    steps = Fraction(guess) / carrier.step
    first = -(-steps.numerator // steps.denominator)
    if first and meets(first * carrier.step) and not meets((first - 1) * carrier.step):
        return exact(first * carrier.step)
    low, high = 0, int(carrier.most / carrier.step)
    if not meets(high * carrier.step):
        return None
    while low < high:
        middle = (low + high) // 2
        if meets(middle * carrier.step):
            high = middle
        else:
            low = middle + 1
    return exact(high * carrier.step)


def _carriers(rules: Rules, person: Mapping[str, Given], calculator: Calculator) -> dict[str, Carrier]:
    """By subject, the first kind that counts hour for hour without a ceiling."""
    found: dict[str, Carrier] = {}
    for standard in rules.standards.values():
        if standard.subject in found or any(standard.id in ceiling.of for ceiling in rules.ceilings):
            continue
        carrier = _carrier(standard, rules, person, calculator)
        if carrier is not None:
            found[standard.subject] = carrier
    return found


def _carrier(
    standard: Standard, rules: Rules, person: Mapping[str, Given], calculator: Calculator
) -> Carrier | None:
    facts = {name: person.get(name, rules.facts[name].domain()) for name in standard.reads}
    facts |= dict.fromkeys(standard.amounts, 0)
    if standard.measures or standard.counts_in or standard.then:
        return None  # what one more hour would come to depends on more than the hour
    for condition in standard.requires:
        for name, pattern in condition.patterns:
            if rules.facts[name].of == "activity" and name not in WORKED_OUT:
                facts[name] = _fulfilling(pattern, rules.facts[name])
        if check(condition, facts)[0] is not True:
            return None
    for name in sorted(standard.amounts):
        fact = rules.facts[name]
        if (
            fact.step is None
            or fact.at_most is None
            or parse_unit(fact.unit) != parse_unit(rules.unit)
            or standard.hours is None
        ):
            continue
        ends = (fact.step, fact.at_most)
        if all(calculator.value(standard.hours, {**facts, name: end}) == end for end in ends):
            return Carrier(standard, fact.step, fact.at_most)
    return None


def _fulfilling(pattern: Pattern, fact: Fact) -> Given:
    """A value of the fact that fits the pattern."""
    match pattern:
        case OneOf(values):
            ordered: list[Stated] = [option for option in fact.options if option in values]
            return (ordered or sorted(values, key=str))[0]
        case Between(span):
            return span.low if span.low is not None else span.high if span.high is not None else 0
        case Anything():
            return fact.domain()
