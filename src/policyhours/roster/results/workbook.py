"""A workbook of results: numbers as numbers, ids as text, and nothing that Excel would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, Final

from policyhours.roster.results.columns import Column
from policyhours.text.telling import display_width

MOST_ROWS: Final = 1_048_575
"""The rows that a sheet can hold beneath its head."""

Row = Sequence[str | None]
_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_IDS: Final = ("person", "id")
_WIDTHS: Final = (9, 48)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        rows: the cells in words, a chunk of rows at a time.
        count: how many rows there are.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterator[Sequence[Row]]
    count: int


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook; each sheet is taken up when the one before it is written.

    Args:
        path: where.
        sheets: at most `MOST_ROWS` rows each.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    with path.open("wb") as file:
        book.save(file)


def _write(page: Any, sheet: Sheet) -> None:
    from openpyxl.utils import get_column_letter

    first = next(sheet.rows, ())
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{last}{sheet.count + 1}"
    for number, column in enumerate(sheet.columns):
        page.column_dimensions[get_column_letter(number + 1)].width = _width(column, number, first)
    page.append(_heads(page, sheet.columns))
    cells = [_writer(page, column) for column in sheet.columns]
    for row in chain(first, chain.from_iterable(sheet.rows)):
        page.append([write(text) for write, text in zip(cells, row, strict=True)])


def _heads(page: Any, columns: Sequence[Column]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    font, fill = Font(bold=True), PatternFill("solid", fgColor="E3ECEA")
    wrapped = Alignment(wrap_text=True, vertical="center")
    heads = []
    for column in columns:
        head = WriteOnlyCell(page, column.head)
        head.font, head.fill, head.alignment = font, fill, wrapped
        heads.append(head)
    return heads


def _width(column: Column, number: int, rows: Sequence[Row]) -> int:
    """As wide as the first cells; a head may break over lines."""
    least, most = _WIDTHS
    widest = max((display_width(row[number] or "") for row in rows), default=0)
    return max(least, min(most, max(widest + 2, display_width(column.head) // 2 + 4)))


def _writer(page: Any, column: Column) -> Callable[[str | None], Any]:
    """How the cells of a column are written."""
    if column.form == "day":
        return lambda text: None if text is None else date.fromisoformat(text)
    if column.form in ("hours", "whole"):
        return lambda text: Decimal(text) if text and _DECIMAL.fullmatch(text) else text
    return _text_writer(page, always=column.name in _IDS)


def _text_writer(page: Any, *, always: bool) -> Callable[[str | None], Any]:
    """Text; where it could be taken for something else, or `always`, in a cell that is marked as text."""
    from openpyxl.cell import WriteOnlyCell

    # One cell serves all rows: a row is written out before the next one is made.
    cell = WriteOnlyCell(page)
    cell.number_format = "@"
    cell.quotePrefix = not always

    def write(text: str | None) -> Any:
        if text is None:
            return None
        text = _UNSHOWABLE.sub("\ufffd", text)
        if not always and not text.startswith(("=", "+", "-", "@", "#", "\t", "\r")):
            return text
        cell.value = text
        cell.data_type = "s"
        return cell

    return write
