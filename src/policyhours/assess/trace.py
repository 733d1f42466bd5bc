"""The trace: every activity explained, who reviews, and what blocks the certificate."""

from __future__ import annotations

from collections.abc import Sequence

from policyhours.assess.claim import pick
from policyhours.assess.credit import Credit
from policyhours.assess.hours import Standings, extent
from policyhours.assess.ledger import person_facts
from policyhours.assess.result import (
    ActivityResult,
    Cured,
    Outcome,
    Reason,
    RequirementResult,
)
from policyhours.assess.standing import Transfer
from policyhours.case.model import Activity, Case
from policyhours.language.number import Range, Rational
from policyhours.language.pattern import Unknown
from policyhours.language.procedure import BLANK
from policyhours.language.rules import Rules
from policyhours.language.words import shown


def explain(item: Credit) -> ActivityResult:
    """What one activity is credited with, and why not more."""
    claim, hours = item.claim, item.hours
    ends = [end for end in (hours.low, hours.high) if end is not None]
    return ActivityResult(
        id=claim.id,
        kind=claim.standard.id,
        title=claim.standard.title,
        day=claim.day,
        claimed=claim.worth,
        hours=Range(min(ends), None if hours.high is None else max(ends)),
        outcome=_outcome(item),
        because=item.losses,
        unknown=claim.unknown,
        notes=claim.notes,
    )


def _outcome(item: Credit) -> Outcome:
    claim, hours = item.claim, item.hours
    if claim.refused:
        named: dict[str, Outcome] = {
            "void": "void",
            "voided": "void",
            "no_basis": "no_basis",
            "spent": "counted_elsewhere",
        }
        return named.get(claim.refused.code, "not_counted")
    if claim.unknown or hours.low != hours.high:
        return "uncertain"
    if claim.completes:
        return "completes"
    if any(reason.code == "elsewhere" for reason in item.losses):
        return "counted_elsewhere"
    if hours.low == 0:
        return "not_counted"
    return "partly_counted" if item.losses else "counted"


def unassessed(activity: Activity) -> ActivityResult:
    """An activity of a year that no policy covers."""
    open_range = Range(0, None)
    return ActivityResult(
        activity.id,
        activity.kind,
        activity.kind,
        activity.day,
        open_range,
        open_range,
        "not_assessed",
        (),
        (),
        (),
    )


def cures(standing: Standings, rules: Rules, year: int) -> tuple[Cured, ...]:
    """The hours that moved to or from the year: made up for an earlier one (article 10), or carried over."""
    made_up = rules.relief.origin.cited if rules.relief else ()
    carried = rules.carrying.origin.cited if rules.carrying else ()
    worlds = (standing.low, standing.high)
    moved = [_moved(world.transfers, year) for world in worlds]
    return tuple(
        Cured(
            key[0],
            extent(min(amounts), max(amounts)),
            key[1],
            key[2],
            made_up if key[1] > key[2] else carried,
        )
        for key in sorted({key for world in moved for key in world})
        if (amounts := [world.get(key, 0) for world in moved])
    )


def _moved(transfers: Sequence[Transfer], year: int) -> dict[tuple[str, int, int], Rational]:
    moved: dict[tuple[str, int, int], Rational] = {}
    for t in transfers:
        if year in (t.from_year, t.to_year):
            key = (t.subject, t.from_year, t.to_year)
            moved[key] = moved.get(key, 0) + t.hours
    return moved


def decided(case: Case, rules: Rules, year: int) -> tuple[Reason, ...]:
    """The decisions for the year; the ground is never repeated."""
    reasons = []
    for decision in case.decisions:
        if decision.year == year and rules.relief is not None:
            remedy = rules.relief.remedies[decision.remedy]
            words = {"remedy": remedy.title}
            if decision.until is not None:
                words["until"] = str(decision.until)
            if decision.hours is not None:
                words["hours"] = shown(decision.hours)
            reasons.append(Reason(decision.remedy, rules.relief.origin.cited, words=words))
    return tuple(reasons)


def route(case: Case, rules: Rules, year: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The organs that review, in order, and the facts that are missing to name them (article 3)."""
    if rules.review is None:
        return (), ()
    person = person_facts(case, rules, year)
    routes = pick(rules.review.route, person, rules)
    missing: list[str] = []
    if len(routes) != 1:
        missing = [rules.facts[n].title for n in rules.review.route.by if isinstance(person[n], Unknown)]
    steps = []
    for step in routes[0] if len(routes) == 1 else ():
        for name in BLANK.findall(step):
            value = person.get(name)
            title = rules.facts[name].title if name in rules.facts else name
            known = isinstance(value, str)
            if not known and title not in missing:
                missing.append(title)
            step = step.replace("{" + name + "}", str(value) if known else f"〔{title}〕")
        steps.append(step)
    return tuple(steps), tuple(missing)


def blockers(
    requirements: Sequence[RequirementResult], activities: Sequence[ActivityResult], rules: Rules
) -> tuple[Reason, ...]:
    """What keeps the certificate from being issued (article 12, second paragraph)."""
    found = []
    for result in requirements:
        if result.verdict != "met":
            words = {"of": result.of, "hours": shown(result.shortfall.high)}
            found.append(Reason("short_years" if result.over else "short", result.article, words=words))
    for activity in activities:
        found += [
            Reason(r.code, r.article, words=r.words, ids=(activity.id, *r.ids)) for r in activity.unknown
        ]
    if rules.registration is None:
        return tuple(found)
    return tuple(
        r if r.article else Reason(r.code, rules.registration.certificate.cited, r.hours, r.words, r.ids)
        for r in found
    )
