"""Causes: why a person's year is as it is, each as one short code that plan and evaluator share.

``condition:第七条第四项`` is a condition of that article that surely failed, ``fact:assessment`` a fact that
is not stated, ``ceiling:paper+book`` a ceiling that cut hours, ``short:total`` a requirement not surely met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from policyhours.assess.result import Reason, YearResult
from policyhours.language.rules import Ceiling, Condition, Requirement, Rules

PENDING: Final = "pending"
EVIDENCE: Final = "evidence"
UNFILED: Final = "unfiled"
BASE: Final = "base"
BASE_UNKNOWN: Final = "base_unknown"
NO_BASIS: Final = "no_basis"
VOID: Final = "void"
ELSEWHERE: Final = "elsewhere"
COMPLETES: Final = "completes"
NO_POLICY: Final = "no_policy"
REJECTED: Final = "rejected"
TOO_MANY: Final = "too_many"

_CEILINGS: Final = frozenset({"ceiling", "ceiling_years", "ceiling_matter", "ceiling_day"})
_SHORT: Final = frozenset({"short", "short_years"})


def of_condition(condition: Condition) -> str:
    """A condition that surely fails."""
    return f"condition:{'、'.join(condition.origin.cited)}"


def of_fact(name: str) -> str:
    """A fact that is not stated."""
    return f"fact:{name}"


def of_ceiling(ceiling: Ceiling) -> str:
    """A ceiling that cuts hours."""
    return f"ceiling:{'+'.join(sorted(ceiling.of))}"


def of_requirement(requirement: Requirement) -> str:
    """A requirement that is not surely met."""
    return f"short:{requirement.of}"


def causes_of(year: YearResult, rules: Rules | None) -> tuple[str, ...]:
    """The causes in a year's result, each once, in order of their codes.

    Args:
        year: what the evaluator found.
        rules: of the year; ``None`` where no policy is in force.
    """
    if rules is None:
        return (NO_POLICY,)
    found = set(_short(year))
    if year.why is not None:
        found |= set(_told(year.why, rules))
    for activity in year.activities:
        for reason in (*activity.because, *activity.unknown):
            found |= set(_told(reason, rules))
    if year.completed:
        found.add(COMPLETES)
    if year.cured:
        found.add("cured")
    found |= {reason.code for reason in year.decided}
    return in_order(found)


def causes_of_activity(reasons: Iterable[Reason], rules: Rules) -> tuple[str, ...]:
    """The causes in an activity's reasons, each once, in order of their codes."""
    return in_order({cause for reason in reasons for cause in _told(reason, rules)})


def in_order(causes: Iterable[str]) -> tuple[str, ...]:
    """Causes in the one order in which they are written."""
    return tuple(sorted(causes))


def _short(year: YearResult) -> Iterator[str]:
    for requirement in year.requirements:
        if requirement.verdict != "met":
            yield f"short:{requirement.of}"


def _told(reason: Reason, rules: Rules) -> Iterator[str]:
    """The causes that one reason speaks of."""
    if reason.code in _CEILINGS:
        titles = {standard.title: standard.id for standard in rules.standards.values()}
        yield f"ceiling:{'+'.join(sorted(titles[title] for title in reason.words['kinds'].split(chr(10))))}"
    elif reason.code == "condition":
        yield f"condition:{'、'.join(reason.article)}"
    elif reason.code == "fact":
        ids = _ids(rules)
        for title in reason.words["fact"].split("、"):
            yield of_fact(ids.get(title, title))
    elif reason.code in _SHORT:
        yield f"short:{reason.words['of']}"
    else:
        yield VOID if reason.code == "voided" else reason.code


def _ids(rules: Rules) -> Mapping[str, str]:
    return {fact.title: fact.id for fact in rules.facts.values()}
