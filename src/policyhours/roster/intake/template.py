"""The template: an empty workbook for a roster, which intake reads when it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from policyhours.desk.wording import VERDICTS
from policyhours.language.rules import Rules
from policyhours.language.words import shown
from policyhours.roster.intake.columns import FIRST_DAY, LAST_DAY, TABLES, Column, Table
from policyhours.roster.intake.explain import Explanation, attested, explained
from policyhours.roster.intake.fixed import EXPLANATION, OPTIONS, TABLE_TITLES
from policyhours.roster.intake.folding import key
from policyhours.roster.intake.vocabulary import vocabulary
from policyhours.roster.intake.workbook import MAX_ROWS
from policyhours.text.aside import Aside, told

_LINES: Final = (
    "“人员”一人一行；“活动”一项活动一行；“决定”填第十条的顺延、减少决定；“基地”填授权基地。没有的表可以空着。",
    "空着的格子表示不清楚：结果会写明不能确定，不会当作零。不要填姓名、身份证号。",
    "编号前面的零会保留；编号所在的列已设为文本格式。日期写成 2025-06-30 的样子。",
    "不要合并单元格；不要改表头；用不到的列可以删去，需要的行可以一直往下填。",
)
_HEADS: Final = ("表", "列", "标识", "填写要求", "可以填写", "哪些学习形式需要", "依据")
_WIDTHS: Final = (8, 30, 22, 36, 44, 44, 30)
_MEANINGS: Final = {
    "met": "在最不利的情况下也达到要求",
    "not_met": "在最有利的情况下也达不到要求",
    "undetermined": "取决于尚未填写或尚未登记的内容，结果写明是哪些",
    "not_assessable": "该年度没有生效的规则",
}
_NARROWEST: Final = 12
_WIDEST: Final = 28


def write_template(path: Path, rules: Sequence[Rules], title: str) -> None:
    """Write the empty workbook.

    It has a sheet for every table, with heads, lists of what may be chosen, and bounds; and one that explains
    every column and how the result is to be read.

    Args:
        path: where it is put, whole or not at all.
        rules: those of all industries that the roster is for.
        title: of the regulation.

    Raises:
        Refused: where it cannot be written.
    """
    book = _excel().Workbook()
    lists = _Lists(book.create_sheet(OPTIONS))
    first = book.active
    first.title = EXPLANATION
    tables = {table: list(explained(table, _ordered(table, rules), rules)) for table in TABLES}
    _write_explanation(first, title, tables)
    for table, columns in tables.items():
        _write_table(book.create_sheet(TABLE_TITLES[table]), columns, lists)
    lists.sheet.sheet_state = "hidden"
    book.move_sheet(lists.sheet, len(book.sheetnames))
    book.active = 0
    with Aside() as aside:
        with told(path):
            book.save(aside.beside(path))
        aside.put_in_place()


class _Lists:
    """The lists of options, one a column of the hidden sheet; equal lists stand there once."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._where: dict[tuple[str, ...], str] = {}

    def of(self, options: Iterable[str]) -> str:
        """The range in which the options stand."""
        listed = tuple(options)
        if listed not in self._where:
            place = len(self._where) + 1
            for row, option in enumerate(listed, 1):
                self.sheet.cell(row, place, option)
            letter = _excel().utils.get_column_letter(place)
            self._where[listed] = f"{OPTIONS}!${letter}$1:${letter}${len(listed)}"
        return self._where[listed]


def _excel() -> Any:
    """The library, which only rosters need: it is an extra."""
    import openpyxl

    return openpyxl


def _ordered(table: Table, rules: Sequence[Rules]) -> list[Column]:
    """The columns of a table, what registration establishes last; one for each head."""
    columns = vocabulary(rules).tables[table].values()
    by_head: dict[str, Column] = {}
    for column in sorted(columns, key=lambda column: attested(column, rules)):
        head = key(column.title)
        also = by_head.get(head, column).options
        by_head[head] = replace(by_head.get(head, column), options={**column.options, **also})
    return list(by_head.values())


def _write_explanation(sheet: Any, title: str, tables: dict[Table, list[Explanation]]) -> None:
    sheet.append([title])
    sheet["A1"].font = _excel().styles.Font(bold=True, size=14)
    for line in _LINES:
        sheet.append([line])
    sheet.append([])
    sheet.append(["怎样看结果"])
    for verdict, meaning in _MEANINGS.items():
        sheet.append([VERDICTS["zh"][verdict], meaning])
    sheet.append([])
    sheet.append(list(_HEADS))
    for cell in sheet[sheet.max_row]:
        cell.font = _excel().styles.Font(bold=True)
    for table, columns in tables.items():
        for each in columns:
            told = (each.head, each.column.id, each.when, each.holds, each.kinds or "—", each.articles or "—")
            sheet.append([TABLE_TITLES[table], *told])
            for cell in sheet[sheet.max_row]:
                cell.alignment = _excel().styles.Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[_excel().utils.get_column_letter(place)].width = width


def _write_table(sheet: Any, columns: Sequence[Explanation], lists: _Lists) -> None:
    for place, each in enumerate(columns, 1):
        letter = _excel().utils.get_column_letter(place)
        head = sheet.cell(1, place, each.head)
        head.font = _excel().styles.Font(bold=True)
        head.alignment = _excel().styles.Alignment(wrap_text=True, vertical="center")
        head.fill = _excel().styles.PatternFill("solid", "FFF2CC" if each.column.needed else "DDEBF7")
        told = "；".join(part for part in (each.when, each.holds, each.articles) if part)
        head.comment = _excel().comments.Comment(told[:400], "policyhours", height=120, width=300)
        width = sum(2 if ord(mark) > 0xFF else 1 for mark in each.head) + 2
        sheet.column_dimensions[letter].width = min(max(width, _NARROWEST), _WIDEST)
        sheet.column_dimensions[letter].number_format = _format(each.column)
        validation = _validation(each, lists)
        if validation is not None:
            sheet.add_data_validation(validation)
            validation.add(f"{letter}2:{letter}{MAX_ROWS}")
    sheet.freeze_panes = "A2"


def _format(column: Column) -> str:
    return {"text": "@", "stated": "@", "date": "yyyy-mm-dd"}.get(column.type, "General")


def _validation(each: Explanation, lists: _Lists) -> Any:
    """What a cell of the column is held to while it is typed; ``None`` where it may be any text."""
    column = each.column
    found: dict[str, str]
    match column.type:
        case "choice":
            found = {"type": "list", "formula1": lists.of(column.options.values())}
        case "boolean":
            found = {"type": "list", "formula1": lists.of(("是", "否"))}
        case "integer" | "number":
            found = {"type": "whole" if column.type == "integer" else "decimal"} | _bounds(column)
        case "date":
            days = {"formula1": _day(FIRST_DAY.isoformat()), "formula2": _day(LAST_DAY.isoformat())}
            found = {"type": "date", "operator": "between"} | days
        case _:
            return None
    make = _excel().worksheet.datavalidation.DataValidation
    validation = make(allow_blank=True, showErrorMessage=True, **found)
    validation.errorTitle = each.column.title[:30]
    validation.error = f"应当是：{each.holds}"[:200]
    return validation


def _bounds(column: Column) -> dict[str, str]:
    low, high = column.at_least, column.at_most
    if low is not None and high is not None:
        return {"operator": "between", "formula1": shown(low), "formula2": shown(high)}
    if high is not None:
        return {"operator": "lessThanOrEqual", "formula1": shown(high)}
    return {"operator": "greaterThanOrEqual", "formula1": shown(low if low is not None else -(10**12))}


def _day(day: str) -> str:
    return f"DATE({int(day[:4])},{int(day[5:7])},{int(day[8:])})"
