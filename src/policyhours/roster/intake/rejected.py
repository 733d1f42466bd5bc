"""Rejected rows: each with its place, what was found, what was expected and what to do, in both languages."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policyhours.roster.intake.faults import Fault
from policyhours.text.aside import Aside, told

_HEAD: Final = (
    "文件 file",
    "工作表 sheet",
    "行 row",
    "列 column",
    "代码 code",
    "填写的内容 found",
    "应当是",
    "expected",
    "问题",
    "怎么办",
    "problem",
    "to do",
)
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not assessed.

    Attributes:
        row: as the person sees it in the file.
        head: the column, by its head in the file; empty where the whole row is meant.
        person: whom the row concerns, where that can be read.
    """

    file: str
    sheet: str
    row: int
    head: str
    fault: Fault
    person: str | None = None


def write_rejected(path: Path, rows: Iterable[Rejected], aside: Aside) -> int:
    """Write the rejected rows as a CSV that Excel opens; nobody but its owner may read it.

    It stands beside its place until the run puts all its files in place. Returns how many rows it has.

    Raises:
        Refused: where it cannot be written.
    """
    count = 0
    written = aside.beside(path, private=True)
    with told(path), written.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEAD)
        for row in rows:
            writer.writerow([inert(cell) for cell in _cells(row)])
            count += 1
    return count


def inert(text: str) -> str:
    """The text as a cell that a spreadsheet does not take for a formula; numbers stay as they are."""
    return f"'{text}" if text.startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def _cells(row: Rejected) -> tuple[str, ...]:
    fault = row.fault
    return (
        row.file,
        row.sheet,
        str(row.row),
        row.head,
        fault.code,
        fault.word("found"),
        fault.word("expected"),
        fault.word("expected_en"),
        fault.says("zh"),
        fault.do("zh"),
        fault.says("en"),
        fault.do("en"),
    )
