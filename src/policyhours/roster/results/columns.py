"""Columns: what the columns of a result are called on paper, and how their cells are written there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from policyhours.desk.wording import VERDICTS
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.phrases import WORDS
from policyhours.roster.results.wording import HEADS, OUTCOMES

Form = Literal["text", "whole", "hours", "day"]
"""How a cell is written: text, a whole number, hours as people write them, a day."""

_ENDS: Final = {"low": ("至少", "at least"), "high": ("至多", "at most")}
_GRIDS: Final = ("grid", "grid_old")
_FORMS: Final[Mapping[str, Form]] = {"year": "whole", "date": "day"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result.

    Attributes:
        name: in the table.
        head: on paper.
        labels: of the ids that it holds; other text stays as it is.
        grid: of hours, the column that says of which part of an hour they are a multiple.
        low: of the upper end of a range, the column of its lower end: an end is missing only beside one.
    """

    name: str
    head: str
    form: Form = "text"
    labels: Mapping[str, str] = field(default_factory=dict)
    grid: str = "grid"
    low: str = ""


def columns_of(present: Sequence[str], labels: Labels, *, trial: bool = False) -> tuple[Column, ...]:
    """The columns of a result, of its activities or of its changes, in their order; grids are left out.

    Args:
        present: the names of the table's columns.
        labels: what ids are called.
        trial: whether the result is a trial only; the head of its verdicts says so.
    """
    found = tuple(_column(name, present, labels) for name in present if name not in _GRIDS)
    if trial:
        found = tuple(replace(c, head=_trial_head(labels)) if c.name == "verdict" else c for c in found)
    times = Counter(column.head for column in found)
    return tuple(
        replace(column, head=f"{column.head} [{column.name}]") if times[column.head] > 1 else column
        for column in found
    )


def _trial_head(labels: Labels) -> str:
    """The head of the verdicts of a trial."""
    verdict, trial = labels.pick(*HEADS["verdict"]), labels.pick(*WORDS["trial"])
    return labels.pick("{}（{}）", "{} ({})").format(verdict, trial)


def _column(name: str, present: Sequence[str], labels: Labels) -> Column:
    stem, _, end = name.rpartition("_")
    if end in _ENDS and {f"{stem}_low", f"{stem}_high"} <= set(present):
        head = f"{_amount(stem, labels)} {labels.pick(*_ENDS[end])}"
        grid = "grid_old" if stem.endswith("_old") else "grid"
        return Column(name, head, "hours", grid=grid, low=f"{stem}_low" if end == "high" else "")
    if name in HEADS:
        meant = dict(_labels(name, labels))
        return Column(name, labels.pick(*HEADS[name]), _FORMS.get(name, "text"), meant)
    return Column(name, labels.fact(name), labels=labels.options_of(name))


def _amount(stem: str, labels: Labels) -> str:
    """What hours are of: what is short of a requirement, a kind, or a subject."""
    if stem in HEADS:
        return labels.pick(*HEADS[stem])
    kind, _, of = stem.partition("_")
    if kind == "short" and of:
        return labels.pick("尚缺 {}", "lacking {}").format(labels.requirement(of))
    if kind == "kind" and of:
        return labels.pick("其中 {}", "of it {}").format(labels.kind(of))
    return labels.requirement(stem)


def _labels(name: str, labels: Labels) -> Iterator[tuple[str, str]]:
    match name:
        case "verdict" | "verdict_old":
            yield from VERDICTS[labels.lang].items()
        case "kind":
            yield from labels.kinds.items()
        case "outcome":
            yield from ((outcome, labels.pick(*both)) for outcome, both in OUTCOMES.items())
        case "evaluated" | "touched":
            yield from labels.options_of("").items()
