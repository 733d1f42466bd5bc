"""Verdict: each requirement at its own worst and best corner (step 7).

What a requirement asks for may itself depend on the hours (two thirds of what was earned, under one reading
of article 5). Its worst corner has the least of its own subject and the most of the others, its best corner
the reverse.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policyhours.assess.duty import Duty, most_of
from policyhours.assess.hours import YearHours, extent
from policyhours.assess.result import RequirementResult, Verdict
from policyhours.language.number import Range, Rational
from policyhours.language.rules import Requirement
from policyhours.language.values import TOTAL

HoursOver = Callable[[Range, Range], YearHours]
"""The hours of several years together, from a first to a last year relative to the one judged."""


def judge(hours: YearHours, over: HoursOver, owed: Duty) -> tuple[Verdict, tuple[RequirementResult, ...]]:
    """The verdict of a year, and of each of its requirements.

    Args:
        hours: what counts in the year.
        over: what counts in several years, for requirements over several.
        owed: what is asked for.
    """
    results = tuple(_judge(requirement, hours, over, owed) for requirement in owed.rules.requirements)
    verdicts = {result.verdict for result in results}
    if "not_met" in verdicts:
        return "not_met", results
    return ("undetermined" if "undetermined" in verdicts else "met"), results


def _judge(requirement: Requirement, hours: YearHours, over: HoursOver, owed: Duty) -> RequirementResult:
    years = None
    if requirement.over is not None:
        years = owed.years(requirement.over)
        hours = over(*years)
    of, kinds = requirement.of, requirement.kinds
    if kinds:
        worst, best = (
            _corner(TOTAL, hours.high, {}, hours.totals[1]),
            _corner(TOTAL, hours.low, {}, hours.totals[0]),
        )
        have_worst, have_best = hours.kinds.low(*kinds), hours.kinds.high(*kinds)
    else:
        worst = _corner(of, hours.low, hours.high, hours.totals[0])
        best = _corner(of, hours.high, hours.low, hours.totals[1])
        have_worst, have_best = worst[of], best[of]
    asked_worst, asked_best = owed.required(requirement, worst), owed.required(requirement, best)
    need, least_need = most_of(asked_worst), asked_best.low or 0
    short = Range(max(0, least_need - have_best), max(0, need - have_worst))
    if not hours.complete.isdisjoint((of, TOTAL)):
        short = Range(0, 0)
    elif not hours.may_be_complete.isdisjoint((of, TOTAL)):
        short = Range(0, short.high)
    verdict: Verdict = "met" if short.high == 0 else "not_met" if short.low else "undetermined"
    return RequirementResult(
        of=of,
        kinds=tuple(sorted(kinds)),
        over=years,
        required=extent(least_need, need),
        have=extent(have_worst, have_best) if kinds else hours.of(of),
        shortfall=short,
        verdict=verdict,
        article=requirement.origin.cited,
    )


def _corner(
    of: str, own: Mapping[str, Rational], others: Mapping[str, Rational], total: Rational
) -> dict[str, Rational]:
    """The totals of a year with one subject from one world and the others from the other."""
    if of == TOTAL:
        return {**own, TOTAL: total}
    by_subject = {subject: (own if of == subject else others)[subject] for subject in own}
    return {**by_subject, TOTAL: sum(by_subject.values())}
