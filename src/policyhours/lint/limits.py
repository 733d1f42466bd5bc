"""Limits: ceilings that never bind, ceilings over nothing, and requirements that nobody can meet."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.number import Rational
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.rules import Ceiling, Requirement
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.values import TOTAL
from policyhours.language.words import shown
from policyhours.lint.survey import Survey
from policyhours.lint.walk import survey
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place


def never_binding(policy: Policy, library: Library) -> Iterator[Finding]:
    """Yearly ceilings that others make idle: a tighter one over all their kinds, or several that add up."""
    found = survey(policy)
    every = [ceiling for ceiling in found.rules.ceilings if _yearly(ceiling)]
    for number, ceiling in enumerate(every):
        low = found.limit(ceiling).low
        if ceiling.origin.policy != policy.ref or low is None:
            continue
        others = _tighter(found, every, number, low)
        if others:
            words = {"found": shown(low), **_why(found, ceiling, others)}
            place = others[0].origin.place
            yield Finding("PH720", ceiling.origin.place, words, ((found.label(place), place),))


def _why(found: Survey, ceiling: Ceiling, others: list[Ceiling]) -> dict[str, str]:
    """Why others make a ceiling idle: one holds all that it holds, or they do together."""
    highs = [found.limit(other).high for other in others]
    if ceiling.of <= others[0].of:
        return {
            "why": f"更严的上限（{shown(highs[0])}）已包括{_titles(found, ceiling)}",
            "why_en": f"a tighter one ({shown(highs[0])}) holds all its kinds",
        }
    most = shown(sum((high for high in highs if high is not None), start=0))
    zh, en = ("＋".join(map(shown, highs)), " + ".join(map(shown, highs)))
    return {
        "why": f"{_titles(found, ceiling)}各自的上限合计只有{zh}＝{most}",
        "why_en": f"the ceilings of its kinds are only {en} = {most} together",
    }


def _tighter(found: Survey, every: list[Ceiling], number: int, low: Rational) -> list[Ceiling]:
    """The ceiling that makes one of them idle, or several that add up; none where nothing does."""
    ceiling = every[number]
    inner: dict[str, tuple[Rational, Ceiling]] = {}
    for other_number, other in enumerate(every):
        high = found.limit(other).high
        if other is ceiling or high is None:
            continue
        if ceiling.of <= other.of and high <= low:
            twins = ceiling.of == other.of and high == low
            if not twins or other_number < number:
                return [other]
        elif other.of < ceiling.of and len(other.of) == 1:
            (kind,) = other.of
            inner[kind] = min(inner.get(kind, (high, other)), (high, other), key=lambda pair: pair[0])
    if inner.keys() == ceiling.of and sum(high for high, _ in inner.values()) <= low:
        return [inner[kind][1] for kind in found.rules.standards if kind in inner]
    return []


def over_nothing(policy: Policy, library: Library) -> Iterator[Finding]:
    """Ceilings over kinds that count no hours, for they only complete."""
    found = survey(policy)
    for ceiling in found.rules.ceilings:
        kinds = [found.rules.standards[kind] for kind in ceiling.of if kind in found.rules.standards]
        if ceiling.origin.policy == policy.ref and all(kind.hours is None for kind in kinds):
            yield Finding("PH722", ceiling.origin.place, {"kinds": _titles(found, ceiling)})


def out_of_reach(policy: Policy, library: Library) -> Iterator[Finding]:
    """Yearly requirements that all ceilings together keep out of everybody's reach."""
    found = survey(policy)
    for requirement in found.rules.requirements:
        most = _most(found, requirement)
        least = found.reach(requirement.hours).low
        if most is None or least is None or least <= most:
            continue
        place = _cause(policy, library, requirement)
        if place is None:
            continue
        unit = parse_unit(found.rules.unit)
        words = {"of": _named(found, requirement), "least": shown(least), "most": shown(most)}
        words |= {"unit": unit_title(unit), "unit_en": unit_title(unit, "en")}
        here = requirement.origin.place
        also = () if place is here else ((found.label(here), here),)
        yield Finding("PH721", place, words, also)


def _cause(policy: Policy, library: Library, requirement: Requirement) -> Place | None:
    """Where the file makes a requirement impossible; ``None`` where its upper text does so already."""
    if requirement.origin.policy == policy.ref or policy.header.implements is None:
        return requirement.origin.place
    try:
        upper = survey(library.policy(parse_reference(policy.header.implements)))
    except Refused:
        return None
    for theirs in upper.rules.requirements:
        most, least = _most(upper, theirs), upper.reach(theirs.hours).low
        if theirs.origin.place == requirement.origin.place and most is not None and least is not None:
            return policy.header.place_of("implements") if least <= most else None
    own = [c.origin.place for c in survey(policy).rules.ceilings if c.origin.policy == policy.ref]
    return own[0] if own else policy.header.place_of("implements")


def _most(found: Survey, requirement: Requirement) -> Rational | None:
    """The most that a year can have towards a requirement; ``None`` where nothing limits it, or who knows."""
    rules = found.rules
    if requirement.over is not None or rules.carrying is not None:
        return None
    total: Rational = 0
    for standard in rules.standards.values():
        subjects = (standard.subject, *standard.then)
        if requirement.kinds:
            counts = standard.id in requirement.kinds
        else:
            counts = requirement.of == TOTAL or requirement.of in subjects
        done = standard.completes.subject if standard.completes is not None else None
        if done is not None and (requirement.of in (done, TOTAL) or done == TOTAL):
            return None
        if not counts or standard.hours is None or found.reach(standard.hours).high == 0:
            continue
        ceiling = found.yearly(standard.id)
        if ceiling is None or ceiling[1].high is None or standard.counts_in is not None:
            return None
        total += ceiling[1].high
    return total


def _named(found: Survey, requirement: Requirement) -> str:
    rules = found.rules
    if requirement.kinds:
        return "、".join(s.title for s in rules.standards.values() if s.id in requirement.kinds)
    return "总学时" if requirement.of == TOTAL else rules.subjects[requirement.of].title


def _titles(found: Survey, ceiling: Ceiling) -> str:
    return "、".join(s.title for s in found.rules.standards.values() if s.id in ceiling.of)


def _yearly(ceiling: Ceiling) -> bool:
    return ceiling.over is None and not ceiling.per
