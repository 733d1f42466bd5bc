"""The peer that is a plain loop over the rows, in integers: also what the others are checked against."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from layout import ANSWER, YEAR, Tables
from regulation import (
    ASSESSED,
    BOOK,
    CEILINGS,
    GRID,
    LESSON,
    LEVELS,
    PATENT,
    PROFESSIONAL,
    PROJECT,
    REQUIRED,
    SPAN,
    ninetieths,
    paper,
)

DAY = LESSON * GRID
MOST = ninetieths(CEILINGS)
PATENTS, PROJECTS, BOOKS = ninetieths(PATENT), ninetieths(PROJECT), ninetieths(BOOK)


class Row(NamedTuple):
    """An activity; hours in tenths, the year in place of the date."""

    person: str
    kind: str
    year: int
    days: int | None
    minutes: int | None
    tenths: int | None
    assessment: str | None
    organiser_level: str | None
    degree: str | None
    obtained: bool | None
    ip_type: str | None
    role: str | None
    concluded: bool | None
    authorship: str | None
    author_order: int | None
    subjects_passed: int | None
    status: str
    evidence: str
    event: str | None
    work: str | None


class Person:
    """What the rows of a person come to so far.

    Attributes:
        kinds: hours by kind, at the least and at the most; of one matter only the largest.
        matters: the largest on each matter, for each kind.
        completed: whether the professional subject is completed, at the least and at the most.
    """

    __slots__ = ("completed", "kinds", "matters")

    def __init__(self) -> None:
        self.kinds: dict[str, list[int]] = {}
        self.matters: dict[tuple[str, str], list[int]] = {}
        self.completed = [False, False]

    def add(self, row: Row) -> None:
        """Take in one row."""
        if row.status == "void" or _fails(row):
            return
        sure = not (row.status == "pending" or row.evidence == "missing" or _unassessed(row))
        if row.kind in ("advanced_seminar", "degree", "party_school_degree"):
            span = SPAN[row.degree] if row.degree else 1
            if row.year - span < YEAR <= row.year:
                self.completed[1] = True
                self.completed[0] |= sure
        elif row.year == YEAR:
            high = worth(row)
            self._count(row, high if sure else 0, high)

    def _count(self, row: Row, low: int, high: int) -> None:
        hours = self.kinds.setdefault(row.kind, [0, 0])
        matter = row.event or row.work
        if matter:
            largest = self.matters.setdefault((row.kind, matter), [0, 0])
            low, high = max(low - largest[0], 0), max(high - largest[1], 0)
            largest[0] += low
            largest[1] += high
        hours[0] += low
        hours[1] += high

    def answer(self) -> tuple[str, int, int, int, int, int, int]:
        """The verdict and the spans, in the order of `SPANS`."""
        ends = [self._end(0), self._end(1)]
        (low, public_low), (high, public_high) = ends
        met = [
            earned + public >= REQUIRED * GRID and earned >= PROFESSIONAL * GRID for earned, public in ends
        ]
        verdict = "met" if met[0] else "undetermined" if met[1] else "not_met"
        return verdict, low, high, public_low, public_high, low + public_low, high + public_high

    def _end(self, end: int) -> tuple[int, int]:
        counted = {kind: min(h[end], MOST.get(kind, h[end])) for kind, h in self.kinds.items()}
        public = counted.get("public_course", 0)
        professional = sum(counted.values()) - public
        return max(professional, PROFESSIONAL * GRID) if self.completed[end] else professional, public


def worth(row: Row) -> int:
    """The hours of a row, in ninetieths."""
    match row.kind:
        case "lecture":
            return 6 * _time(row)
        case "intellectual_property":
            return PATENTS[row.ip_type or ""]
        case "research_project":
            return PROJECTS[row.role or ""]
        case "paper":
            return paper(row.authorship or "", row.author_order or 0) * GRID
        case "book":
            return BOOKS[row.authorship or ""]
        case "qualification_exam":
            return 20 * GRID * (row.subjects_passed or 0)
    return _time(row)


def _time(row: Row) -> int:
    return (row.days or 0) * DAY + (row.minutes or 0) * 2 + (row.tenths or 0) * 9


def _fails(row: Row) -> bool:
    match row.kind:
        case "public_course" | "training":
            return row.assessment not in ("passed", None)
        case "advanced_seminar":
            return row.assessment not in ("passed", None) or row.organiser_level not in LEVELS
        case "lecture" | "attendance":
            return row.organiser_level not in LEVELS
        case "degree" | "party_school_degree":
            return row.degree not in SPAN or not row.obtained
        case "research_project":
            return not row.concluded
        case "qualification_exam":
            return row.subjects_passed == 0
    return False


def _unassessed(row: Row) -> bool:
    return row.kind in ASSESSED and row.assessment is None


def rows_of(activities: Path) -> Iterator[Row]:
    """The rows of the file; never all of them at once as Python objects."""
    names = [name for name in Row._fields if name not in ("year", "tenths")]
    for batch in pq.ParquetFile(activities).iter_batches(columns=[*names, "date", "hours"]):
        columns = {name: batch.column(name).to_pylist() for name in names}
        columns["year"] = [day.year for day in batch.column("date").to_pylist()]
        columns["tenths"] = [
            None if hours is None else int(hours * 10) for hours in batch.column("hours").to_pylist()
        ]
        yield from map(Row, *(columns[name] for name in Row._fields))


def assess(persons: Iterable[str], rows: Iterable[Row]) -> dict[str, Person]:
    """All persons."""
    found = {id_: Person() for id_ in persons}
    for row in rows:
        found[row.person].add(row)
    return found


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    tables = Tables(folder)
    persons = pq.read_table(tables.persons, columns=["id"]).column("id").to_pylist()
    found = assess(persons, rows_of(tables.activities))
    columns = zip(*(person.answer() for person in found.values()), strict=True)
    values = [list(found), *map(list, columns)]
    pq.write_table(pa.table(values, names=ANSWER), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
