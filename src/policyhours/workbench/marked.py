"""Marked: a file with what is wrong with it, each finding below its line and its characters marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from policyhours.lint.reports.words import does, says
from policyhours.text.finding import Finding
from policyhours.text.messages import Severity, wordings
from policyhours.text.place import Place
from policyhours.text.source import Source
from policyhours.text.telling import LABELS, SEVERITIES

WHOLE: Final = 2000
"""The lines of a file that is shown whole; of a longer one those around findings are."""

AROUND: Final = 5
"""The lines shown before and behind a line with a finding."""

LONGEST: Final = 400
"""The characters of an unbroken stretch of a line that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words.

    Attributes:
        severity: what it is called in the styles; `word` is what people read.
        line: where it is in the file that is shown, if it is there.
        elsewhere: where it is, if that is another file.
        also: other places: what each is to it, where it is, and its line if it is in the file shown.
    """

    code: str
    severity: Severity
    word: str
    says: str
    do: str
    line: int | None
    elsewhere: str
    also: tuple[tuple[str, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file.

    Attributes:
        pieces: its text in pieces, each with the severity of the finding that it is about, or nothing.
        skipped: lines are left out before it.
    """

    number: int
    pieces: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]
    skipped: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A file and its findings.

    Attributes:
        general: the findings that are about no line of it.
        lines: as much of it as is shown.
    """

    general: tuple[Told, ...]
    lines: tuple[Line, ...]

    @property
    def all(self) -> tuple[Told, ...]:
        """Every finding, those about no line first."""
        return (*self.general, *(told for line in self.lines for told in line.told))


def told(finding: Finding, lang: str, source: Source | None = None) -> Told:
    """A finding in words, as seen from a file that is shown."""
    message = wordings()[finding.code]
    place = finding.place
    also = tuple((LABELS[lang][label], str(p), _line(p, source)) for label, p in finding.also)
    line = _line(place, source)
    return Told(
        code=finding.code,
        severity=message.severity,
        word=SEVERITIES[lang][message.severity],
        says=says(finding, lang),
        do=does(finding, lang),
        line=line,
        elsewhere=str(place) if place is not None and line is None else "",
        also=also,
    )


def marked(source: Source | None, findings: Iterable[Finding], lang: str) -> Marked:
    """A file with its findings; without a text, if it could not be read at all."""
    count = 0 if source is None else len(source.lines())
    general: list[Told] = []
    by_line: dict[int, list[tuple[Finding, Told]]] = {}
    for finding in findings:
        said = told(finding, lang, source)
        if said.line is None or said.line > count:
            general.append(said)
        else:
            by_line.setdefault(said.line, []).append((finding, said))
    if source is None:
        return Marked(tuple(general), ())
    shown = _shown(count, by_line)
    lines = tuple(
        Line(
            number,
            _pieces(source.line(number), [finding for finding, _ in by_line.get(number, ())]),
            tuple(said for _, said in by_line.get(number, ())),
            skipped=number > before + 1,
        )
        for before, number in pairwise((0, *shown))
    )
    return Marked(tuple(general), lines)


def _line(place: Place | None, source: Source | None) -> int | None:
    """The line of a place in the file shown; texts are told apart by their names, for each is read anew."""
    if place is None or source is None or place.source.name != source.name:
        return None
    return place.line


def _shown(count: int, found: Iterable[int]) -> Sequence[int]:
    if count <= WHOLE:
        return range(1, count + 1)
    near = {line for at in found for line in range(at - AROUND, at + AROUND + 1)}
    return sorted(line for line in near if 0 < line <= count)


def _pieces(text: str, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """The line in pieces; where findings overlap, the first one marks."""
    marks = [""] * len(text)
    for finding in findings:
        place = finding.place
        if place is None:
            continue
        for at in range(place.column - 1, min(len(text), place.column - 1 + place.width)):
            marks[at] = marks[at] or wordings()[finding.code].severity
    ends = [0, *(at for at in range(1, len(text)) if marks[at] != marks[at - 1]), len(text)]
    return tuple((_cut(text[start:end]), marks[start]) for start, end in pairwise(ends) if end > start)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
