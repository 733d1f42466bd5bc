"""Workbooks: the sheets of an .xlsx or .xlsm, row by row, as a person sees them. Macros are never run.

A sheet is read in one pass, so that its size does not matter. What the library does not tell of a sheet that
it reads so, merged cells and formulas, is looked up in the sheet's own XML.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from policyhours.roster.intake.folding import fold
from policyhours.roster.intake.heads import SEARCHED, Heads
from policyhours.roster.intake.merged import Area, filled, scan
from policyhours.roster.intake.scratch import private_file
from policyhours.roster.intake.text_table import Grid
from policyhours.sheet.archive import check_archive
from policyhours.sheet.spelling import spelled
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

MAX_ROWS: Final = 1_048_576
"""The rows that a sheet can have."""

_CERTAIN: Final = 10**15
_ZEROS: Final = re.compile("0{2,15}")


@dataclass(slots=True)
class Sheet:
    """A sheet, open for reading.

    Attributes:
        file: the path of its workbook as people know it.
        top: its first rows.
    """

    file: str
    name: str
    areas: Sequence[Area]
    values: Any = field(repr=False)
    formulas: Any = field(repr=False)
    top: list[list[str]] = field(default_factory=list)

    def rows(self, numbers: Set[int] = frozenset()) -> Iterator[tuple[int, list[str]]]:
        """Every row with its number; `numbers` are the columns in which merged cells are doubtful.

        Raises:
            Refused: where there are more rows than a sheet can have, or the sheet is damaged.
        """
        try:
            yield from filled(enumerate(self._cells(), 1), self.areas, numbers)
        except Refused:
            raise
        except Exception:  # the library raises whatever a damaged file makes it stumble over
            raise Refused((Finding("RO104", None, {"file": self.file}),)) from None

    def _cells(self) -> Iterator[list[str]]:
        said = self.formulas.iter_rows() if self.formulas is not None else None
        for number, row in enumerate(self.values.iter_rows(), 1):
            if number > MAX_ROWS:
                raise Refused((Finding("RO106", None, {"file": self.file, "limit": f"{MAX_ROWS:,}"}),))
            cells = [_text(cell) for cell in row]
            for place, formula in enumerate(next(said, ())) if said is not None else ():
                if formula.data_type == "f" and row[place].value is None and row[place].data_type == "n":
                    cells[place] = _formula(formula.value)
            yield cells


@contextmanager
def sheets_of(path: Path) -> Iterator[list[Sheet]]:
    """The sheets of a workbook, their first rows read.

    Raises:
        Refused: where the workbook is damaged, protected by a password, or unpacks to more than it may.
    """
    from openpyxl import load_workbook

    name = shown_path(path)
    check_archive(path)
    with ExitStack() as stack, warnings.catch_warnings():

        def opened(*, data_only: bool) -> Any:
            stream = stack.enter_context(path.open("rb"))  # a damaged one the library would leave open
            book = load_workbook(stream, read_only=True, data_only=data_only)
            stack.callback(book.close)
            return book

        warnings.simplefilter("ignore")  # what the library leaves aside when it reads concerns no cell
        try:
            values = opened(data_only=True)
            scans = {sheet.title: _scan(sheet) for sheet in values.worksheets}
            formulas = None
            if any(has for _, has in scans.values()):
                formulas = opened(data_only=False)
        except Exception:  # as above
            raise Refused((Finding("RO104", None, {"file": name}),)) from None
        sheets = []
        for sheet in values.worksheets:
            areas, has = scans[sheet.title]
            also = formulas[sheet.title] if has and formulas is not None else None
            for each in (sheet, also) if also is not None else (sheet,):
                each.reset_dimensions()  # what a sheet says of its own size is often wrong
            sheets.append(Sheet(name, sheet.title, areas, sheet, also))
        for each in sheets:
            each.top = [row for _, row in islice(each.rows(), SEARCHED)]
        yield sheets


def sheet_grid(sheet: Sheet, head: int, heads: Heads, numbers: Set[int], scratch: Path) -> tuple[Grid, int]:
    """The rows behind the head, copied as texts; and in how many of them cells stand beyond the head.

    Args:
        sheet: the sheet.
        head: the place of its head among its rows, from 0.
        heads: what its columns mean.
        numbers: the columns that hold numbers.
        scratch: where the copy is put.
    """
    width = len(heads.names)
    beyond = 0
    copy = private_file(scratch, ".csv")
    with copy.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        for number, row in islice(sheet.rows(numbers), head + 1, None):
            beyond += any(map(fold, row[width:]))
            writer.writerow((number, *row[:width], *[""] * (width - len(row))))
    return Grid(copy, ",", 0, None), beyond


def _scan(sheet: Any) -> tuple[list[Area], bool]:
    with sheet._get_source() as xml:  # the one way to a sheet's own XML that the library has
        return scan(xml)


def _text(cell: Any) -> str:
    """A cell as a text: an id that is shown with zeros before it keeps them."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= _CERTAIN:
            value = float(value)  # a workbook keeps fifteen digits; the others are gone
        elif cell.data_type == "n" and _ZEROS.fullmatch(cell.number_format):
            return str(value).zfill(len(cell.number_format))
    return spelled(value) or ""


def _formula(value: Any) -> str:
    return str(getattr(value, "text", value))
