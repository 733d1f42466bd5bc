"""An assessment: a case in, every year's standing out, with its trace.

Start reading here. For each activity `claim` says what it is worth by its standard; `credit` says what of it
counts, `once` having decided between claims on one matter and `ceiling` trimmed the rest; `standing` adds
completions and decisions; `verdict` compares with what is required. `ledger` does so for all years in order,
`trace` explains, `advice` says what would close a gap. Nothing here knows of files, layers or dates in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from policyhours.assess import trace
from policyhours.assess.advice import advise
from policyhours.assess.claim import check
from policyhours.assess.hours import Standings
from policyhours.assess.ledger import Ledger, keep, person_facts, standings
from policyhours.assess.result import (
    Addition,
    ReadingEffect,
    Reason,
    RequirementResult,
    Result,
    ReviewResult,
    Verdict,
    YearResult,
)
from policyhours.assess.verdict import judge
from policyhours.case.model import Case
from policyhours.case.years import RulesOfYears
from policyhours.language.calculator import Calculator
from policyhours.language.number import Range, Rational
from policyhours.language.pattern import Given
from policyhours.language.rules import Conditions, Rules
from policyhours.language.values import TOTAL

UnderReadings = Callable[[Mapping[str, str]], RulesOfYears]
"""The rules of the same years with some readings switched (reading → option)."""


def assess(case: Case, rules_of: RulesOfYears, under: UnderReadings | None = None) -> Result:
    """Assess a case.

    Args:
        case: what is stated, dates settled.
        rules_of: the rules of every year that may matter.
        under: where given, every reading that the run consulted is switched in turn, to say which verdicts
            hang on it.

    Raises:
        TooManyWays: where deciding between claims on one matter would take too long.
    """
    calculator = Calculator()
    ledger = keep(case, rules_of, calculator)
    standing = standings(ledger, {})
    stated = {*(a.year for a in case.activities), *(d.year for d in case.decisions)}
    shown = sorted({*ledger.duties, *stated})
    consulted = _consulted(case, rules_of)
    hangs_on = _hangs_on(ledger, standing, consulted, under, calculator) if under else {}
    results = {}
    for year in shown:
        if year not in ledger.duties:
            results[year] = _without_policy(year, case)
        else:
            found = _year(ledger, standing, year)
            advice = _advice(ledger, found, calculator)
            results[year] = replace(found, depends_on=hangs_on.get(year, ()), advice=advice)
    return Result(results, _review(case, rules_of), {name: option for name, (option, _) in consulted.items()})


def assess_year(case: Case, rules_of: RulesOfYears, year: int) -> YearResult:
    """Assess one year of a case, even where the case states nothing of it; without advice.

    Raises:
        TooManyWays: where deciding between claims on one matter would take too long.
    """
    ledger = keep(case, rules_of, Calculator(), years=(year,))
    if year not in ledger.duties:
        return _without_policy(year, case)
    return _year(ledger, standings(ledger, {}), year)


def verdict_of(
    ledger: Ledger, standing: Standings, year: int
) -> tuple[Verdict, tuple[RequirementResult, ...], Reason | None]:
    """The verdict of a year, of its requirements, and why it is not theirs alone, if so (article 2)."""
    owed = ledger.duties[year]
    verdict, requirements = judge(standing.hours(year), partial(standing.over, year), owed)
    inside, reason = _conditions(owed.rules.scope, person_facts(ledger.case, owed.rules, year), owed.rules)
    if inside is False:
        return "not_assessable", requirements, reason
    return ("undetermined" if inside is None else verdict), requirements, reason


def _year(ledger: Ledger, standing: Standings, year: int) -> YearResult:
    """A year of which it is not said what its verdict hangs on, nor what would mend it."""
    owed, case = ledger.duties[year], ledger.case
    rules = owed.rules
    done = ledger.completed.get(year, ())
    verdict, requirements, why = verdict_of(ledger, standing, year)
    hours = standing.hours(year)
    activities = tuple(trace.explain(item) for item in ledger.credits.get(year, ()))
    steps, missing = trace.route(case, rules, year)
    blocked = () if verdict == "met" else trace.blockers(requirements, activities, rules)
    deferred = [d.until for d in case.decisions if d.year == year and d.until is not None]
    return YearResult(
        year=year,
        policy=rules.ref,
        verdict=verdict,
        why=why,
        subjects={subject: hours.of(subject) for subject in rules.subjects},
        total=hours.of(TOTAL),
        requirements=tuple(r for r in requirements if r.required != Range(0, 0)),
        activities=activities,
        completed=done,
        cured=trace.cures(standing, rules, year),
        deferred_until=max(deferred) if deferred and verdict == "not_met" else None,
        decided=trace.decided(case, rules, year),
        depends_on=(),
        route=steps,
        route_missing=missing,
        blockers=(*((why,) if why else ()), *blocked),
        advice=(),
    )


def _advice(ledger: Ledger, found: YearResult, calculator: Calculator) -> tuple[Addition, ...]:
    """What would make a year *met*; nothing where hours alone would not."""
    if found.why or found.verdict == "met":
        return ()
    year, owed = found.year, ledger.duties[found.year]

    def judge_with(added: Mapping[str, Rational]) -> tuple[Verdict, tuple[RequirementResult, ...]]:
        stood = standings(ledger, {year: added})
        return judge(stood.hours(year), partial(stood.over, year), owed)

    return advise(judge_with, owed.rules, person_facts(ledger.case, owed.rules, year), calculator)


def _without_policy(year: int, case: Case) -> YearResult:
    """The year cannot be assessed: no policy is in force on its last day."""
    unknown = Range(0, None)
    return YearResult(
        year=year,
        policy=None,
        verdict="not_assessable",
        why=Reason("no_policy", words={"day": f"{year}-12-31"}),
        subjects={},
        total=unknown,
        requirements=(),
        activities=tuple(trace.unassessed(a) for a in case.activities if a.year == year),
        completed=(),
        cured=(),
        deferred_until=None,
        decided=(),
        depends_on=(),
        route=(),
        route_missing=(),
        blockers=(Reason("no_policy", words={"day": f"{year}-12-31"}),),
        advice=(),
    )


def _conditions(
    said: Conditions | None, facts: Mapping[str, Given], rules: Rules
) -> tuple[bool | None, Reason | None]:
    """Whether all conditions hold, and the first that fails or is open."""
    for condition in said.requires if said else ():
        holds, open_facts, _ = check(condition, facts)
        if holds is False:
            return False, Reason(
                "condition", condition.origin.cited, words={"otherwise": condition.otherwise}
            )
        if holds is None:
            titles = "、".join(rules.facts[name].title for name in open_facts)
            return None, Reason("fact", condition.origin.cited, words={"fact": titles})
    return True, None


def _review(case: Case, rules_of: RulesOfYears) -> ReviewResult | None:
    """Whether the title review may take the requirement as met (article 9, second paragraph)."""
    asked = case.review
    if asked is None:
        return None
    rules = rules_of.whole.get(asked.year)
    if rules is None or rules.title_review is None:
        missing = Reason("no_policy", words={"day": f"{asked.year}-12-31"})
        return ReviewResult(asked.year, None, "undetermined", missing)
    facts = {f.id: asked.facts.get(f.id, f.domain()) for f in rules.facts.values() if f.of == "review"}
    holds, reason = _conditions(rules.title_review, facts, rules)
    if reason is None:
        reason = Reason("deemed", rules.title_review.origin.cited)
    return ReviewResult(
        asked.year, rules.ref, "undetermined" if holds is None else "met" if holds else "not_covered", reason
    )


# ── readings ──

Consulted = dict[str, tuple[str, tuple[str, ...]]]
"""Reading → the option chosen, and the article that is read so or so."""


def _consulted(case: Case, rules_of: RulesOfYears) -> Consulted:
    """The readings that shape what this case comes to."""
    found: Consulted = {}
    for rules in rules_of.all():
        names: set[str] = set()
        for requirement in rules.requirements:
            names |= requirement.readings
        for activity in case.activities:
            standard = rules.standards.get(activity.kind)
            if standard is None:
                continue
            names |= standard.readings
            names |= rules.completion_readings if standard.completes else set()
            names |= rules.bases.readings if rules.bases and activity.base is not None else set()
            if any(name in activity.facts for identity in rules.identities[standard.id] for name in identity):
                names |= rules.once_readings
        for name in rules.readings:
            if name in names:
                found[name] = (rules.chosen[name], rules.readings[name].origin.cited)
    return found


def _hangs_on(
    ledger: Ledger, standing: Standings, consulted: Consulted, under: UnderReadings, calculator: Calculator
) -> dict[int, tuple[ReadingEffect, ...]]:
    """The readings that would change a year's verdict, one switched at a time."""
    found: dict[int, list[ReadingEffect]] = {}
    case = ledger.case
    verdicts = {year: verdict_of(ledger, standing, year)[0] for year in ledger.duties}
    readings = {n: r for owed in ledger.duties.values() for n, r in owed.rules.readings.items()}
    for name, (chosen, article) in consulted.items():
        for option in readings[name].options if name in readings else ():
            if option == chosen:
                continue
            other = keep(case, under({name: option}), calculator, before=ledger)
            stood = standings(other, {})
            for year in verdicts:
                verdict = verdict_of(other, stood, year)[0]
                if verdict != verdicts[year]:
                    found.setdefault(year, []).append(ReadingEffect(name, option, verdict, article))
    return {year: tuple(effects) for year, effects in found.items()}
