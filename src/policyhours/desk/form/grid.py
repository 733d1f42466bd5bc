"""Grids: the sheets of a workbook that came back, cell by cell; what makes one unfit to be read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from policyhours.desk.form.model import EMPTY, Cell
from policyhours.desk.form.paint import library
from policyhours.sheet.archive import check_archive
from policyhours.sheet.spelling import ERRORS, spelled
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import Source, shown_path

MOST_ROWS: Final = 20_000
"""The rows with content that a sheet of a form may have."""

_MOST_COLUMNS: Final = 300
_UNPACKED: Final = 64 * 1024**2
_MERGED: Final = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_SPACES: Final = " \t\r\n\xa0\u3000"


@dataclass(slots=True)
class Grid:
    """A sheet.

    Attributes:
        file: the workbook, as people know it.
        rows: by number, from 1, the cells that say something, by column, from 1.
        merged: the areas of merged cells, as ``B4:B6``.
    """

    file: str
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """What stands in a cell; an empty one has its place as well."""
        found = self.rows.get(row, {}).get(column)
        return found if found is not None else Cell("", _source(self.file, self.name, row, column, ""))

    def below(self, head: int) -> Iterator[int]:
        """The numbers of the rows below a head that say something."""
        return (row for row in sorted(self.rows) if row > head)

    def last_row(self) -> int:
        """The last row that says something; 0 where none does."""
        return max(self.rows, default=0)


def grids_of(path: Path) -> tuple[dict[str, Grid], list[Finding]]:
    """The sheets of a workbook by name, and what is wrong with single cells.

    Raises:
        Refused: where the workbook is damaged, protected, too large, or has macros.
    """
    excel = library()
    file = shown_path(path)
    if not path.is_file():
        raise Refused((Finding("PH103" if path.is_dir() else "PH101", None, {"file": file}),))
    check_archive(path, _UNPACKED)
    with ZipFile(path) as archive:
        if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
            raise Refused((Finding("DK302", None, {"file": file}),))
    findings: list[Finding] = []
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library leaves aside concerns no cell
        try:
            stream = stack.enter_context(path.open("rb"))
            book = excel.load_workbook(stream, read_only=True, data_only=True)
            grids = {sheet.title: _grid(excel, file, path, sheet, findings) for sheet in book.worksheets}
        except Refused:
            raise
        except Exception:  # the library raises whatever a damaged file makes it stumble over
            raise Refused((Finding("RO104", None, {"file": file}),)) from None
    return grids, findings


def has_formulas(path: Path) -> bool:
    """Whether any sheet of a workbook that can be read has a formula."""
    with ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _grid(excel: Any, file: str, path: Path, sheet: Any, findings: list[Finding]) -> Grid:
    with sheet._get_source() as xml:  # the one way to a sheet's own XML that the library has
        text = xml.read()
    merged = tuple(dict.fromkeys(area.decode() for area in _MERGED.findall(text)))
    formulas = _formulas(excel, path, sheet.title) if _FORMULA.search(text) else {}
    grid = Grid(file, sheet.title, merged=merged)
    sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
    for number, row in enumerate(sheet.iter_rows(), 1):
        said = {place: cell.value for place, cell in enumerate(row, 1) if cell.value is not None}
        for place, formula in formulas.get(number, {}).items():
            if place not in said:
                source = _source(file, sheet.title, number, place, formula)
                findings.append(Finding("DK308", Cell(formula, source).place(1, 1, len(formula))))
        cells = {place: _cell(grid, number, place, value) for place, value in said.items()}
        cells = {place: cell for place, cell in cells.items() if cell.text}
        if not cells:
            continue
        if len(grid.rows) >= MOST_ROWS or max(cells) > _MOST_COLUMNS:
            words = {"sheet": sheet.title, "rows": f"{MOST_ROWS:,}", "columns": str(_MOST_COLUMNS)}
            raise Refused((Finding("DK315", None, {"file": file, **words}),))
        grid.rows[number] = cells
        findings += [
            Finding("DK309", cell.place(1, 1, len(cell.text)), {"found": cell.text})
            for cell in cells.values()
            if cell.text in ERRORS
        ]
    return grid


def _formulas(excel: Any, path: Path, name: str) -> dict[int, dict[int, str]]:
    """The formulas of a sheet, by row and column."""
    found: dict[int, dict[int, str]] = {}
    with path.open("rb") as stream:
        sheet = excel.load_workbook(stream, read_only=True)[name]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), 1):
            for place, cell in enumerate(row, 1):
                if cell.data_type == "f":
                    text = str(getattr(cell.value, "text", cell.value))
                    found.setdefault(number, {})[place] = text
    return found


def _cell(grid: Grid, row: int, column: int, value: object) -> Cell:
    text = ("true" if value else "false") if isinstance(value, bool) else spelled(value) or ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.rstrip(_SPACES) if "\n" in text else text.strip(_SPACES)
    return Cell(text, _source(grid.file, grid.name, row, column, text)) if text.strip(_SPACES) else EMPTY


def _source(file: str, sheet: str, row: int, column: int, text: str) -> Source:
    return Source(f"{file}：{sheet}!{_letters(column)}{row}", text)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cells_of(area: str) -> tuple[int, int, int, int]:
    """The first row and column and the last row and column of an area such as ``B4:B6``."""
    ends: Sequence[tuple[str, str]] = re.findall(r"([A-Z]+)([0-9]+)", area)
    columns = []
    for letters, _ in ends:
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - ord("A") + 1
        columns.append(place)
    return int(ends[0][1]), columns[0], int(ends[1][1]), columns[1]
