"""CSV: commas, tabs or semicolons, titles above the head, and rows that have a wrong number of cells."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Final, Protocol

from policyhours.roster.intake.encodings import Utf8
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.folding import fold
from policyhours.roster.intake.heads import SEARCHED, Heads
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.scratch import private_file
from policyhours.roster.intake.text_table import Grid
from policyhours.text.finding import Finding, Refused

_DELIMITERS: Final = (",", "\t", ";")
_LONGEST_CELL: Final = 1024 * 1024


class _Reader(Protocol):
    """What the standard library's reader of records is, which it has no public name for."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV whose delimiter is known.

    Attributes:
        name: the path as people know it.
        top: its first rows.
        lines: the number of the line on which each of these ends.
    """

    name: str
    text: Utf8
    delimiter: str
    top: Sequence[Sequence[str]]
    lines: Sequence[int]


def open_csv(name: str, text: Utf8, score: Callable[[Sequence[Sequence[str]]], int]) -> CsvFile:
    """The file with the delimiter under which its first rows score best.

    Raises:
        Refused: where its quotes don't pair.
    """
    tried: list[CsvFile] = []
    refused: list[Refused] = []
    for delimiter in _DELIMITERS:
        try:
            tried.append(_top(name, text, delimiter))
        except Refused as fault:
            refused.append(fault)
    best = max(tried, key=lambda file: score(file.top), default=None)
    if best is None or (refused and score(best.top) <= 1):  # the others did not tell its cells apart
        raise refused[0]
    return best


def as_it_is(file: CsvFile, head: int) -> Grid | None:
    """The records behind the head where they stand; ``None`` where the rows have to be counted one by one."""
    if not file.text.even:
        return None
    return Grid(file.text.path, file.delimiter, file.lines[head], head + 2)


def counted(file: CsvFile, head: int, heads: Heads, scratch: Path) -> Grid:
    """The records behind the head, copied with their row numbers; those of a wrong number of cells apart.

    Cells beyond the head are no fault where they are empty.

    Raises:
        Refused: where quotes don't pair.
    """
    width = len(heads.names)
    rejected: list[Rejected] = []
    copy = private_file(scratch, ".csv")
    with (
        _rows(file.name, file.text, file.delimiter) as rows,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        for number, row in islice(rows, head + 1, None):
            if len(row) == width or (len(row) > width and not any(map(fold, row[width:]))):
                writer.writerow((number, *row[:width]))
            elif row:
                rejected.append(_wrong(file.name, number, row, heads))
    return Grid(copy, ",", 0, None, rejected)


def _wrong(name: str, number: int, row: Sequence[str], heads: Heads) -> Rejected:
    words = {"found": str(len(row)), "expected": str(len(heads.names)), "expected_en": str(len(heads.names))}
    place = heads.of.get("person", heads.of.get("id", len(row)))
    person = fold(row[place]) if place < len(row) and heads.table != "bases" else ""
    return Rejected(name, "", number, "", Fault("RO308", words), person or None)


def _top(name: str, text: Utf8, delimiter: str) -> CsvFile:
    rows: list[list[str]] = []
    lines: list[int] = []
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        reader = _reader(stream, delimiter)
        with _pairing(name):
            for row in islice(reader, SEARCHED):
                rows.append(row)
                lines.append(reader.line_num)
    return CsvFile(name, text, delimiter, rows, lines)


@contextmanager
def _rows(name: str, text: Utf8, delimiter: str) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The rows with their numbers, from 1; empty lines are counted, as a spreadsheet does."""
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        reader = _reader(stream, delimiter)
        with _pairing(name):
            yield enumerate(reader, 1)


@contextmanager
def _pairing(name: str) -> Iterator[None]:
    """Turn the failures of reading records into findings."""
    try:
        yield
    except csv.Error:
        raise Refused((Finding("RO115", None, {"file": name}),)) from None


def _reader(stream: IO[str], delimiter: str) -> _Reader:
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(stream, delimiter=delimiter, strict=True)
