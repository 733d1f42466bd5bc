"""Expectations: what a case says should come out, held against what does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyhours.assess.result import YearResult
from policyhours.desk.evaluation import Evaluation
from policyhours.desk.wording import exact_text
from policyhours.language.number import Range
from policyhours.language.words import child, entries_at, number_at, text_at
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.tree import Node, Sequence


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that does not hold."""

    what: str
    expected: str
    found: str
    place: Place

    def finding(self) -> Finding:
        """The miss as a finding."""
        words = {"what": self.what, "expected": self.expected, "found": self.found}
        return Finding("PH830", self.place, words)


def misses(evaluation: Evaluation) -> list[Miss]:
    """Every expectation of the case that does not hold."""
    return list(_misses(evaluation))


def _misses(evaluation: Evaluation) -> Iterator[Miss]:
    result = evaluation.result
    for entry in entries_at(evaluation.draft.tree.get("expect")):
        if entry.key == "title_review":
            found = result.review.verdict if result.review else "—"
            if found != text_at(entry.value):
                yield Miss("title_review", text_at(entry.value), found, entry.value.place)
        elif (year := result.years.get(int(entry.key))) is None:
            yield Miss(entry.key, "—", "—", entry.key_place)
        else:
            yield from _year_misses(entry.key, entry.value, year)


def _year_misses(name: str, expected: Node, year: YearResult) -> Iterator[Miss]:
    for entry in entries_at(expected):
        what = f"{name} {entry.key}"
        if entry.key == "verdict":
            if year.verdict != text_at(entry.value):
                yield Miss(what, text_at(entry.value), year.verdict, entry.value.place)
        elif entry.key == "activities":
            hours = {activity.id: activity.hours for activity in year.activities}
            for activity in entries_at(entry.value):
                yield from _range_miss(f"{name} {activity.key}", activity.value, hours.get(activity.key))
        else:
            found = year.total if entry.key == "total" else year.subjects.get(entry.key)
            yield from _range_miss(what, entry.value, found)


def _range_miss(what: str, expected: Node, found: Range | None) -> Iterator[Miss]:
    low, high = expected.items if isinstance(expected, Sequence) else (expected, expected)
    wanted = Range(number_at(low), number_at(high))
    if found != wanted:
        yield Miss(what, _shown(wanted), _shown(found) if found else "—", expected.place)


def _shown(span: Range) -> str:
    low, high = exact_text(span.low) or "0", exact_text(span.high) or "∞"
    return low if low == high else f"{low}～{high}"


def expects(evaluation: Evaluation) -> bool:
    """Whether the case is a test."""
    return child(evaluation.draft.tree, "expect") is not None
