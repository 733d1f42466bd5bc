"""Comparisons: a difference, and what it means for cases, as text for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import click

from policyhours.desk.answer.labels import LABELS
from policyhours.desk.changes.changed import Pair, ReviewChange, YearChange
from policyhours.desk.changes.compared import Kind, Line, comparison_lines, finding_text
from policyhours.desk.changes.difference import Difference, change_data
from policyhours.desk.changes.impact import Impact
from policyhours.desk.layout import fold
from policyhours.desk.wording import exact_text, reason_text
from policyhours.language.number import Range

_LAYOUT: Final[Mapping[Kind, tuple[str, str, bool, bool]]] = {
    "plain": ("", "", False, False),
    "head": ("", "", True, False),
    "case": ("", "    ", False, False),
    "flip": ("", "    ", True, False),
    "part": ("  ", "  ", False, False),
    "item": ("  · ", "    ", False, False),
    "place": ("    ", "    ", False, True),
    "reason": ("      ", "      ", False, True),
    "behind": ("  ", "    ", False, False),
    "left": ("", "  ", False, False),
}
"""On a console, what stands before a line of a kind and before what is folded; whether bold, whether dim."""


def comparison_text(
    found: Difference, met: Impact | None, lang: str = "zh", *, width: int = 80, colour: bool = False
) -> str:
    """The difference as text, at most `width` columns wide; with cases, for whom it matters."""
    return laid_out(comparison_lines(found, met, lang), width=width, colour=colour)


def laid_out(lines: Iterable[Line], *, width: int = 80, colour: bool = False) -> str:
    """Lines as text, at most `width` columns wide."""
    width = max(40, min(width, 120))
    return "\n".join(text for line in lines for text in _folded(line, width, colour))


def _folded(line: Line, width: int, colour: bool) -> Iterator[str]:
    """A line on a console, folded under itself."""
    first, other, bold, dim = _LAYOUT[line.kind]
    for number, text in enumerate(fold(line.text, width - max(len(first), len(other)))):
        shown = (other if number else first) + text if text else ""
        plain = not colour or not (bold or dim)
        yield shown if plain else click.style(shown, bold=bold or None, dim=dim or None)


def comparison_data(found: Difference, met: Impact | None, lang: str = "zh") -> dict[str, Any]:
    """The same as data that JSON can hold; numbers are exact texts."""
    data: dict[str, Any] = {
        "old": found.old.ref,
        "new": found.new.ref,
        "changes": [change_data(change, lang) for change in found.changes],
    }
    if met is not None:
        data["cases"] = [
            {**year_data(year, lang), "behind": [change.address for change in year.behind]}
            for year in met.years
        ]
        data["title_reviews"] = [review_data(review) for review in met.reviews]
        data["not_comparable"] = [
            {
                "case": one.name,
                "policy": one.policy,
                "why": [{"code": f.code, "text": finding_text(f, lang)} for f in one.findings],
            }
            for one in met.incomparable
        ]
        data["summary"] = {
            "compared": met.compared,
            "changed": met.changed,
            "flips": [
                {"before": before, "after": after, "years": count}
                for (before, after), count in met.flips.items()
            ],
            "not_comparable": len(met.incomparable),
        }
    return data


def review_data(review: ReviewChange) -> dict[str, Any]:
    """A title review that gets another answer, as data that JSON can hold."""
    before, after = review.verdicts
    return {"case": review.case, "year": review.year, "before": before, "after": after}


def year_data(year: YearChange, lang: str = "zh") -> dict[str, Any]:
    """What of a year is other than before, as data that JSON can hold; numbers are exact texts."""
    titles = {**year.titles, "total": LABELS[lang]["total"]}
    return {
        "case": year.case,
        "year": year.year,
        "verdict": {"before": year.verdicts[0], "after": year.verdicts[1]},
        "flips": year.flips,
        "hours": {of: _pair_data(pair) for of, pair in year.hours},
        "required": {of: _pair_data(pair) for of, pair in year.required},
        "completed": [
            {"subject": subject, "before": list(before), "after": list(after)}
            for subject, before, after in year.completed
        ],
        "activities": [
            {
                "id": activity.id,
                "hours": _pair_data(activity.hours),
                "was": [reason_text(r, lang, titles) for r in activity.was],
                "now": [reason_text(r, lang, titles) for r in activity.now],
            }
            for activity in year.activities
        ],
    }


def _pair_data(pair: Pair) -> dict[str, Any]:
    return {"before": _range_data(pair.before), "after": _range_data(pair.after)}


def _range_data(value: Range | None) -> dict[str, str | None] | None:
    return None if value is None else {"low": exact_text(value.low), "high": exact_text(value.high)}
