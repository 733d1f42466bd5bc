"""The record: an evaluation as plain data, in the form of ``result.schema.json``.

Numbers are exact texts; the same case, policies and program give the same bytes. No name, no full id and no
health ground is ever in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policyhours.assess.result import ActivityResult, Reason, RequirementResult, YearResult
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.stated import stated
from policyhours.desk.wording import Speech, articles, exact_text, number_text, unit_word
from policyhours.language.number import Range
from policyhours.version import VERSION


def record(evaluation: Evaluation, lang: str = "zh") -> dict[str, Any]:
    """The evaluation as data that JSON can hold."""
    result = evaluation.result
    titles = titles_of(evaluation)
    review = result.review
    unofficial = evaluation.unofficial
    speech = Speech(lang, titles)
    return {
        "case": evaluation.draft.id,
        "title": evaluation.draft.title,
        "official": not unofficial,
        "why_not_official": [speech.reason(reason) for reason in unofficial],
        "receipt": {
            "policies": {ref: header.digest for ref, header in sorted(evaluation.layers.items())},
            "case": evaluation.draft.digest,
            "policyhours": VERSION,
            "readings": dict(sorted(result.readings.items())),
        },
        "years": {
            str(year): _Year(evaluation, found, Speech(lang, titles, evaluation.unit_of(year))).data()
            for year, found in sorted(result.years.items())
        },
        "title_review": None
        if review is None
        else {
            "year": review.year,
            "verdict": review.verdict,
            "policy": review.policy,
            "article": articles(review.reason.article),
            "text": speech.reason(review.reason),
        },
        "stated": stated(evaluation),
    }


def titles_of(evaluation: Evaluation) -> dict[str, str]:
    """The titles by which reasons speak of subjects and activities."""
    titles = {"total": "合计"}
    for policy in evaluation.settled.policies.values():
        rules = policy.rules()
        titles |= {s.id: s.title for s in rules.subjects.values()}
        titles |= {
            r.of: "、".join(rules.standards[kind].title for kind in sorted(r.kinds))
            for r in rules.requirements
            if r.kinds
        }
        break
    for year in evaluation.result.years.values():
        titles |= {activity.id: activity.title for activity in year.activities}
    return titles


class _Year:
    """One year as data."""

    def __init__(self, evaluation: Evaluation, year: YearResult, speech: Speech) -> None:
        self._evaluation, self._result, self._speech = evaluation, year, speech

    def data(self) -> dict[str, Any]:
        """The year as data that JSON can hold."""
        year, speech = self._result, self._speech
        assessed = year.verdict != "not_assessable"
        data: dict[str, Any] = {"policy": year.policy, "verdict": year.verdict}
        if year.why is not None:
            data["why"] = _reason(year.why, speech)
        data |= {subject: _range(hours) if assessed else None for subject, hours in year.subjects.items()}
        data["total"] = _range(year.total) if assessed else None
        data["requirements"] = [
            {
                "of": r.of,
                **({"kinds": list(r.kinds)} if r.kinds else {}),
                **({"years": list(years_of(r, year.year))} if r.over else {}),
                "required": _range(r.required),
                "have": _range(r.have),
                "shortfall": _range(r.shortfall),
                "verdict": r.verdict,
                "article": articles(r.article),
            }
            for r in year.requirements
        ]
        data["activities"] = {a.id: self._activity(a) for a in year.activities}
        data["completed"] = [
            {"subject": c.subject, "by": list(c.by), "certain": c.certain, "article": articles(c.article)}
            for c in year.completed
        ]
        data["cured"] = [
            {
                "subject": c.subject,
                "hours": _range(c.hours),
                "from_year": c.from_year,
                "to_year": c.to_year,
                "article": articles(c.article),
            }
            for c in year.cured
        ]
        if year.deferred_until is not None:
            data["deferred_until"] = year.deferred_until
        data["decided"] = [_reason(reason, speech) for reason in year.decided]
        data["depends_on_readings"] = [
            {"reading": e.reading, "option": e.option, "verdict": e.verdict, "article": articles(e.article)}
            for e in year.depends_on
        ]
        data["route"] = list(year.route)
        data["route_missing"] = list(year.route_missing)
        blockers = [self._blocker(reason) for reason in year.blockers]
        data["certificate"] = {"eligible": year.verdict == "met", "blockers": blockers}
        data["advice"] = [
            {
                "kind": a.kind,
                "subject": a.subject,
                "hours": exact_text(a.hours),
                "text": advice_text(a.title, number_text(a.hours, speech.lang), speech.lang, speech.unit),
            }
            for a in year.advice
        ]
        return data

    def _activity(self, activity: ActivityResult) -> dict[str, Any]:
        known = activity.outcome != "not_assessed"
        speech = replace(self._speech, own=activity.title)
        unknown = [self._evaluation.told(r, self._result.year, activity.id) for r in activity.unknown]
        return {
            "kind": activity.kind,
            "date": activity.day.isoformat(),
            "claimed": _range(activity.claimed) if known else None,
            "hours": _range(activity.hours) if known else None,
            "outcome": activity.outcome,
            "because": [_reason(reason, speech) for reason in activity.because],
            "unknown": [_reason(reason, speech) for reason in unknown],
            "notes": [_reason(reason, speech) for reason in activity.notes],
        }

    def _blocker(self, reason: Reason) -> dict[str, Any]:
        if reason.ids:
            reason = self._evaluation.told(reason, self._result.year, reason.ids[0])
        return _reason(reason, self._speech, of_activity=True)


def years_of(requirement: RequirementResult, year: int) -> tuple[int | None, int | None]:
    """The first and the last of the years that make up a requirement judged in `year`."""
    if requirement.over is None:
        return year, year
    first, last = requirement.over[0].low, requirement.over[1].high
    return (None if first is None else year + int(first), None if last is None else year + int(last))


def advice_text(title: str, hours: str, lang: str, unit: str) -> str:
    """One addition of an advice in words; `unit` is what the policy counts in."""
    counted = unit_word(unit, lang)
    if lang == "zh":
        return f"再登记认定“{title}”{hours}{counted}"
    return f"register {hours} more {counted} of “{title}”"


def _reason(reason: Reason, speech: Speech, *, of_activity: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = {"code": reason.code, "article": articles(reason.article)}
    if reason.hours is not None:
        lost = reason.hours
        data["hours"] = exact_text(lost.low) if lost.low == lost.high else _range(lost)
    data["text"] = speech.reason(reason)
    if remedy := speech.remedy(reason):
        data["remedy"] = remedy
    others = reason.ids
    if of_activity and others:
        data["activity"], others = others[0], others[1:]
    if others:
        data["with"] = list(others)
    return data


def _range(value: Range) -> dict[str, str | None]:
    return {"low": exact_text(value.low), "high": exact_text(value.high)}
