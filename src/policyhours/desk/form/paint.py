"""Pages: sheets that are pleasant to fill in. Rows are put one after the other; texts are never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from policyhours.desk.form import layout as at
from policyhours.text.finding import Finding, Refused

_LAST_ROW: Final = 2000
_FILL, _HEAD, _FIXED = "FFF9E5", "DDEBF7", "F5F5F5"
_LINE: Final = 16
_SIDE_BY_SIDE: Final = 3
_LOOKS_LIKE_MORE: Final = ("=", "+", "-", "@")


def library() -> Any:
    """The library of workbooks, which is an extra.

    Raises:
        Refused: where it is not installed.
    """
    try:
        import openpyxl
    except ModuleNotFoundError:
        raise Refused(
            (Finding("DK319", None, {"package": "openpyxl", "extra": "policyhours[desk]"}),)
        ) from None
    return openpyxl


class Pages:
    """The sheets of a workbook that is being made."""

    def __init__(self) -> None:
        self._excel = library()
        self._book = self._excel.Workbook()
        self._book.remove(self._book.active)
        self._lists: dict[tuple[str, ...], str] = {}

    def page(self, name: str) -> Page:
        """A new sheet, behind those that there are."""
        return Page(self._excel, self._book.create_sheet(name), self)

    def listed(self, options: Sequence[str]) -> str:
        """The range, on a hidden sheet, in which options stand; equal lists stand there once."""
        wanted = tuple(options)
        if wanted not in self._lists:
            if at.LISTS not in self._book.sheetnames:
                self._book.create_sheet(at.LISTS).sheet_state = "hidden"
            sheet, column = self._book[at.LISTS], len(self._lists) + 1
            for row, option in enumerate(wanted, 1):
                put(sheet.cell(row, column), option)
            letter = self._excel.utils.get_column_letter(column)
            self._lists[wanted] = f"{at.LISTS}!${letter}$1:${letter}${len(wanted)}"
        return self._lists[wanted]

    def data(self) -> bytes:
        """The workbook as a file; the hidden sheet goes last."""
        if at.LISTS in self._book.sheetnames:
            self._book.move_sheet(at.LISTS, len(self._book.sheetnames))
        self._book.active = 0
        written = BytesIO()
        self._book.save(written)
        return written.getvalue()


class Page:
    """A sheet that is being made."""

    def __init__(self, excel: Any, sheet: Any, pages: Pages) -> None:
        self._excel, self._sheet, self._pages = excel, sheet, pages
        self._row = 0
        self._heights: list[tuple[int, list[str]]] = []
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = excel.worksheet.properties.PageSetupProperties(fitToPage=True)

    def title(self, text: str) -> None:
        """The title of the sheet."""
        cell = self._next(1)
        put(cell, text)
        cell.font = self._excel.styles.Font(bold=True, size=14)

    def line(self, text: str) -> None:
        """A line of explanation."""
        cell = self._next(1)
        put(cell, text)
        cell.font = self._excel.styles.Font(color="444444")

    def blank(self) -> None:
        """An empty row."""
        self._row += 1

    def heads(self, heads: Iterable[str], *, freeze: bool = True) -> None:
        """The heads of the columns; they stay in sight and are printed on every page."""
        self._row += 1
        said = list(heads)
        self._heights.append((self._row, said))
        for column, head in enumerate(said, 1):
            cell = self._sheet.cell(self._row, column)
            put(cell, head)
            cell.font = self._excel.styles.Font(bold=True)
            cell.fill = self._colour(_HEAD)
            cell.border = self._border()
            cell.alignment = self._excel.styles.Alignment(wrap_text=True, vertical="center")
        if freeze:
            self._sheet.freeze_panes = self._sheet.cell(self._row + 1, 1)
            self._sheet.print_title_rows = f"{self._row}:{self._row}"

    def wide(self, kept: int) -> None:
        """Let the sheet be printed over several pages side by side; the first columns stay in sight.

        Args:
            kept: how many columns stay.
        """
        self._sheet.freeze_panes = self._sheet.cell(self._row + 1, kept + 1)
        self._sheet.print_title_cols = f"A:{self._excel.utils.get_column_letter(kept)}"
        self._sheet.page_setup.fitToWidth = _SIDE_BY_SIDE

    def row(
        self,
        texts: Sequence[str],
        *,
        fixed: bool = False,
        fill: Iterable[int] = (),
        grey: Iterable[int] = (),
        mono: Iterable[int] = (),
        lists: Mapping[int, Sequence[str]] | None = None,
        link: tuple[int, str] | None = None,
    ) -> None:
        """A row of texts.

        Args:
            texts: one for each column.
            fixed: none of them is to be filled in.
            fill: the columns to be filled in, from 1.
            grey: those that only tell.
            mono: those whose blanks matter.
            lists: what may be chosen in a column of this row.
            link: a column that leads to a sheet.
        """
        self._row += 1
        fill, grey, mono = set(fill), set(grey), set(mono)
        styles = self._excel.styles
        for column, text in enumerate(texts, 1):
            cell = self._sheet.cell(self._row, column)
            put(cell, text)
            cell.number_format = "@"
            cell.border = self._border()
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            if column in fill:
                cell.fill = self._colour(_FILL)
            elif column in grey or fixed:
                cell.fill = self._colour(_FIXED)
            if column in mono:
                cell.font = styles.Font(name="Consolas")
        if link is not None and link[1]:
            cell = self._sheet.cell(self._row, link[0])
            cell.hyperlink = self._excel.worksheet.hyperlink.Hyperlink(
                ref=cell.coordinate, location=f"'{link[1]}'!A1"
            )
            cell.font = styles.Font(color="0563C1", underline="single")
        for column, options in (lists or {}).items():
            self._validate(f"{self._sheet.cell(self._row, column).coordinate}", options, strict=True)
        self._heights.append((self._row, list(texts)))

    def spare(self, columns: int, rows: int = 12, grey: Iterable[int] = ()) -> None:
        """Empty rows to be filled in."""
        told = set(grey)
        for _ in range(rows):
            self.row([""] * columns, fill={*range(1, columns + 1)} - told, grey=told)

    def choose(self, column: int, options: Sequence[str], *, strict: bool) -> None:
        """Offer options in every cell of a column below the heads.

        Args:
            column: from 1.
            options: as people read them.
            strict: nothing else may be typed.
        """
        letter = self._excel.utils.get_column_letter(column)
        self._validate(f"{letter}{at.HEAD_ROW + 1}:{letter}{_LAST_ROW}", options, strict=strict)

    def widths(self, widths: Iterable[int]) -> None:
        """The widths of the columns; the heights of the rows follow from them."""
        wide = list(widths)
        for column, width in enumerate(wide, 1):
            self._sheet.column_dimensions[self._excel.utils.get_column_letter(column)].width = width
        for row, texts in self._heights:
            lines = max((_lines(t, w) for t, w in zip(texts, wide, strict=False)), default=1)
            self._sheet.row_dimensions[row].height = min(_LINE * lines + 2, 400)
        self._sheet.print_area = f"A1:{self._excel.utils.get_column_letter(len(wide))}{max(self._row, 1)}"

    def _validate(self, cells: str, options: Sequence[str], *, strict: bool) -> None:
        rule = self._excel.worksheet.datavalidation.DataValidation(
            type="list", formula1=self._pages.listed(options), allow_blank=True, showErrorMessage=strict
        )
        rule.errorTitle, rule.error = "不在选项中", "请从列表中选择"
        self._sheet.add_data_validation(rule)
        rule.add(cells)

    def _next(self, column: int) -> Any:
        self._row += 1
        return self._sheet.cell(self._row, column)

    def _colour(self, colour: str) -> Any:
        return self._excel.styles.PatternFill("solid", colour)

    def _border(self) -> Any:
        side = self._excel.styles.Side("thin", "BFBFBF")
        return self._excel.styles.Border(left=side, right=side, top=side, bottom=side)


def put(cell: Any, text: str) -> None:
    """Put a text into a cell, and nothing but a text, whatever it looks like.

    Raises:
        Refused: where it is longer than a cell.
    """
    if len(text) > at.LONGEST:
        raise Refused((Finding("DK317", None, {"found": text[:40], "limit": f"{at.LONGEST:,}"}),))
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_LOOKS_LIKE_MORE):
        cell.quotePrefix = True


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column."""
    return sum(1 + sum(2 if ord(c) > 0xFF else 1 for c in line) // max(width, 1) for line in text.split("\n"))
