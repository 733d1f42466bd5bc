"""The answer of a case on a page: the record in tables, every hour that does not count with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyhours.desk.evaluation import Evaluation
from policyhours.desk.labels import LABELS
from policyhours.desk.record import record, titles_of
from policyhours.desk.wording import VERDICTS
from policyhours.workbench.labels import ANSWER
from policyhours.workbench.view import View


def answer_body(found: Evaluation, view: View) -> str:
    """The answer as HTML that stands within a page; figures as the record states them."""
    lang = view.lang
    a = {**LABELS[lang], **ANSWER[lang]}
    return view.part(
        "answer.html",
        r=record(found, lang),
        a=a,
        verdicts=VERDICTS[lang],
        titles={**titles_of(found), "total": a["total"]},
        options=_options(found),
        span=_span,
        cited=_cited,
        stop="；" if lang == "zh" else "; ",
        comma="、" if lang == "zh" else ", ",
    )


def _options(found: Evaluation) -> dict[tuple[str, str], str]:
    """The options of every reading in words."""
    return {
        (name, option): text
        for policy in found.settled.policies.values()
        for name, reading in policy.readings.items()
        for option, text in reading.options.items()
    }


def _span(hours: Mapping[str, str | None] | None) -> str:
    """A figure, or the least and the most that it may be."""
    if hours is None:
        return "—"
    low, high = hours["low"], hours["high"]
    return str(low) if low == high else f"{low}～{'∞' if high is None else high}"


def _cited(reason: Mapping[str, Any]) -> str:
    """A reason with its article."""
    return f"{reason['text']}（{reason['article']}）" if reason["article"] else str(reason["text"])
