"""Expectations: what a case says should come out, held against what does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from policyhours.assess.result import YearResult
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.labels import LABELS
from policyhours.desk.answer.record import titles_of
from policyhours.desk.wording import VERDICTS, exact_text
from policyhours.language.number import Range
from policyhours.language.words import child, entries_at, number_at, text_at
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.tree import Node, Sequence

Told = tuple[str, str]
"""In Chinese and in English."""
_NOTHING: Final = ("—", "—")


@dataclass(frozen=True, slots=True)
class Miss:
    """An expectation that does not hold; each part in both languages."""

    what: Told
    expected: Told
    found: Told
    place: Place

    def finding(self) -> Finding:
        """The miss as a finding."""
        words = {"what": self.what, "expected": self.expected, "found": self.found}
        told = {key: zh for key, (zh, _) in words.items()}
        return Finding("PH830", self.place, told | {f"{key}_en": en for key, (_, en) in words.items()})


def misses(evaluation: Evaluation) -> list[Miss]:
    """Every expectation of the case that does not hold."""
    return list(_misses(evaluation))


def _misses(evaluation: Evaluation) -> Iterator[Miss]:
    result = evaluation.result
    for entry in entries_at(evaluation.draft.tree.get("expect")):
        if entry.key == "title_review":
            found = result.review.verdict if result.review else ""
            if found != text_at(entry.value):
                expected = _verdict(text_at(entry.value))
                yield Miss(("职称评审", "title review"), expected, _verdict(found), entry.value.place)
        elif (year := result.years.get(int(entry.key))) is None:
            yield Miss((f"{entry.key}年", entry.key), _NOTHING, _NOTHING, entry.key_place)
        else:
            yield from _year_misses(entry.key, entry.value, year, titles_of(evaluation))


def _year_misses(name: str, expected: Node, year: YearResult, titles: Mapping[str, str]) -> Iterator[Miss]:
    def of_year(zh: str, en: str) -> Told:
        return f"{name}年{zh}", f"{name} {en}"

    for entry in entries_at(expected):
        if entry.key == "verdict":
            if year.verdict != text_at(entry.value):
                wanted, found = _verdict(text_at(entry.value)), _verdict(year.verdict)
                yield Miss(of_year("结论", "verdict"), wanted, found, entry.value.place)
        elif entry.key == "activities":
            hours = {activity.id: activity.hours for activity in year.activities}
            for activity in entries_at(entry.value):
                what = of_year(f"活动{activity.key}", f"activity {activity.key}")
                yield from _range_miss(what, activity.value, hours.get(activity.key))
        elif entry.key == "total":
            yield from _range_miss(of_year("合计", "total"), entry.value, year.total)
        else:
            title = titles.get(entry.key, entry.key)
            yield from _range_miss(of_year(title, title), entry.value, year.subjects.get(entry.key))


def _verdict(said: str) -> Told:
    """A verdict in words, with what the file calls it."""
    if not said:
        return _NOTHING
    title = VERDICTS["zh"].get(said, LABELS["zh"].get(said, said))
    return f"{title}（{said}）", said


def _range_miss(what: Told, expected: Node, found: Range | None) -> Iterator[Miss]:
    low, high = expected.items if isinstance(expected, Sequence) else (expected, expected)
    wanted = Range(number_at(low), number_at(high))
    if found != wanted:
        yield Miss(what, _shown(wanted), _shown(found) if found else _NOTHING, expected.place)


def _shown(span: Range) -> Told:
    low, high = exact_text(span.low) or "0", exact_text(span.high) or "∞"
    return (low, low) if low == high else (f"{low}～{high}", f"{low} to {high}")


def expects(evaluation: Evaluation) -> bool:
    """Whether the case is a test."""
    return child(evaluation.draft.tree, "expect") is not None
