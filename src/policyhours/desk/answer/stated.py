"""What was stated: what a record keeps of a case, so that a later result can be compared with it.

Choices and numbers stand as they are. Of free text, such as what tells one paper from another, only a digest
is kept: whether it is another can be seen, what it says can't. A decision's ground is not kept at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from policyhours.case.model import Activity, ByYear, Decision
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.wording import exact_text
from policyhours.language.number import Range, as_range
from policyhours.language.pattern import Given, Unknown
from policyhours.language.rules import Fact

UNKNOWN: Final = "unknown"
"""How a fact is told that is not known."""

DIGEST: Final = "sha256:"
"""What the digest of a free text begins with."""

_DIGITS: Final = 16


def stated(evaluation: Evaluation) -> dict[str, Any]:
    """What the case states, as data that JSON can hold; every value is a text."""
    case, facts = evaluation.settled.case, facts_of(evaluation)
    review = case.review
    return {
        "person": _texts(case.person, facts),
        "activities": {activity.id: _activity(activity, facts) for activity in case.activities},
        "decisions": [_decision(decision) for decision in case.decisions],
        "title_review": None if review is None else {"year": str(review.year), **_texts(review.facts, facts)},
    }


def facts_of(evaluation: Evaluation) -> dict[str, Fact]:
    """Every fact that a case can state under the policies that took part; those of later years win."""
    return {name: fact for policy in evaluation.policies for name, fact in policy.rules().facts.items()}


def kind_titles(evaluation: Evaluation) -> dict[str, str]:
    """The titles of the kinds of activity under the policies that took part; those of later years win."""
    return {
        kind: standard.title
        for policy in evaluation.policies
        for kind, standard in policy.rules().standards.items()
    }


def _activity(activity: Activity, facts: Mapping[str, Fact]) -> dict[str, str]:
    return {
        "kind": activity.kind,
        "date": activity.day.isoformat(),
        "status": activity.status,
        "evidence": "complete" if activity.evidence else "missing",
        **_texts(activity.facts, facts),
        **_texts(activity.base or {}, facts),
    }


def _decision(decision: Decision) -> dict[str, str]:
    data = {"year": str(decision.year), "remedy": decision.remedy}
    if decision.until is not None:
        data["until"] = str(decision.until)
    if decision.hours is not None:
        data["required_hours"] = str(exact_text(decision.hours))
    return data


def _texts(given: Mapping[str, Given | ByYear], facts: Mapping[str, Fact]) -> dict[str, str]:
    """Each fact as a text, in the order of their names; what is worked out from the date is left out."""
    return {
        name: _by_year(value, facts[name]) if isinstance(value, ByYear) else _text(value, facts[name])
        for name, value in sorted(given.items())
        if name in facts and name != "month"
    }


def _by_year(value: ByYear, fact: Fact) -> str:
    return "; ".join(f"{_span(years)}: {_text(given, fact)}" for years, given in value.rows)


def _text(value: Given, fact: Fact) -> str:
    match value:
        case Unknown():
            return UNKNOWN
        case bool():
            return str(value).lower()
        case str():
            return value if fact.kind == "choice" else digested(value)
        case _:
            return _span(as_range(value))


def _span(value: Range) -> str:
    low, high = exact_text(value.low), exact_text(value.high)
    return str(low) if low == high else f"{low or ''}..{high or ''}"


def digested(text: str) -> str:
    """The digest by which a free text is told from another."""
    return DIGEST + sha256(text.encode("utf-8")).hexdigest()[:_DIGITS]
