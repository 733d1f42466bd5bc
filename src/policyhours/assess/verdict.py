"""Verdict: each requirement at its own worst and best corner (step 7).

What a requirement asks for may itself depend on the hours (two thirds of what was earned, under one reading
of article 5). Its worst corner has the least of its own subject and the most of the others, its best corner
the reverse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyhours.assess.credit import UNBOUNDED
from policyhours.assess.result import RequirementResult, Verdict
from policyhours.assess.standing import Duty
from policyhours.language.number import Range, Rational
from policyhours.language.rules import Requirement
from policyhours.language.values import TOTAL


@dataclass(frozen=True, slots=True)
class YearHours:
    """The hours of a year that count, by subject, in the low world and in the high one.

    Attributes:
        totals: of all subjects together, in the two worlds; the subjects' extremes need not come together.
        complete: the subjects that surely count as completed.
        may_be_complete: those that may.
    """

    low: Mapping[str, Rational]
    high: Mapping[str, Rational]
    totals: tuple[Rational, Rational]
    complete: frozenset[str] = frozenset()
    may_be_complete: frozenset[str] = frozenset()

    def of(self, subject: str) -> Range:
        """The hours of a subject or of the total."""
        low, high = self.totals if subject == TOTAL else (self.low[subject], self.high[subject])
        return extent(low, high)


def extent(low: Rational, high: Rational) -> Range:
    """The range between two ends, whichever is the lower; what is unbounded has no end."""
    low, high = min(low, high), max(low, high)
    return Range(low, None if high >= UNBOUNDED // 2 else high)


def judge(hours: YearHours, owed: Duty) -> tuple[Verdict, tuple[RequirementResult, ...]]:
    """The verdict of a year, and of each of its requirements."""
    results = tuple(_judge(requirement, hours, owed) for requirement in owed.rules.requirements)
    verdicts = {result.verdict for result in results}
    if "not_met" in verdicts:
        return "not_met", results
    return ("undetermined" if "undetermined" in verdicts else "met"), results


def _judge(requirement: Requirement, hours: YearHours, owed: Duty) -> RequirementResult:
    of = requirement.of
    worst = _corner(of, hours.low, hours.high, hours.totals[0])
    best = _corner(of, hours.high, hours.low, hours.totals[1])
    asked_worst, asked_best = owed.required(requirement, worst), owed.required(requirement, best)
    need, least_need = asked_worst.high or 0, asked_best.low or 0
    short = Range(max(0, least_need - best[of]), max(0, need - worst[of]))
    if of in hours.complete:
        short = Range(0, 0)
    elif of in hours.may_be_complete:
        short = Range(0, short.high)
    verdict: Verdict = "met" if short.high == 0 else "not_met" if short.low else "undetermined"
    return RequirementResult(
        of=of,
        required=extent(least_need, need),
        have=hours.of(of),
        shortfall=short,
        verdict=verdict,
        article=requirement.origin.article,
    )


def _corner(
    of: str, own: Mapping[str, Rational], others: Mapping[str, Rational], total: Rational
) -> dict[str, Rational]:
    """The totals of a year with one subject from one world and the others from the other."""
    if of == TOTAL:
        return {**own, TOTAL: total}
    by_subject = {subject: (own if of == subject else others)[subject] for subject in own}
    return {**by_subject, TOTAL: sum(by_subject.values())}
