"""Workbooks as offices send them: made here, cell by cell, so that a reader sees what is wrong with them.

Everything in them is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEAD = ["人员编号", "学习形式", "日期", "天数", "考核结果"]


def book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Workbook:
    """A workbook of these sheets; it is written when `save` is called."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return made


def titled(path: Path) -> None:
    """Two title rows, one of them merged; empty rows; sums under each part and at the end."""
    rows = [
        ["2025年度专业技术人员继续教育登记表", None, None, None, None],
        ["填报单位：某某单位", None, None, "单位：天", None],
        HEAD,
        ["0001", "继续教育培训活动", date(2025, 3, 1), 3, "考核合格"],
        ["0001", "授课（报告）", date(2025, 4, 1), 1, None],
        ["小计", None, None, 4, None],
        [],
        ["0002", "继续教育培训活动", date(2025, 5, 1), 2, "考核合格"],
        ["合  计", None, None, 6, None],
    ]
    made = book(path, 活动=rows)
    made["活动"].merge_cells("A1:E1")
    made["活动"].row_dimensions[8].hidden = True
    made.save(path)


def merged(path: Path) -> None:
    """One cell for a person over several rows; spaces of every kind; a number that is merged, too."""
    rows = [
        HEAD,
        ["0001 ", "继续教育培训活动", date(2025, 3, 1), 3, "考核合格　"],
        [None, "　学术论文", date(2025, 4, 1), None, None],
        [None, "继续教育实践活动\u00a0", date(2025, 5, 1), 2, None],
        ["0002", "继续教育培训活动", date(2025, 6, 1), 5, " 考核合格"],
        [None, "继续教育培训活动", date(2025, 7, 1), None, "考核合格"],
    ]
    made = book(path, 活动=rows)
    made["活动"].merge_cells("A2:A4")
    made["活动"].merge_cells("A5:A6")
    made["活动"].merge_cells("D5:D6")
    made.save(path)


def dated(path: Path) -> None:
    """One day in every spelling that offices have, and full-width digits."""
    days = [
        date(2025, 6, 30),
        "2025.6.30",
        "2025年6月30日",
        "2025/6/30",
        20250630,
        "２０２５－０６－３０",
        datetime(2025, 6, 30, 9, 30),
    ]
    book(path, 活动=[HEAD, *(["0001", "学术论文", day, "３", None] for day in days)])


def numbered(path: Path) -> None:
    """Codes that Excel took for numbers: whole ones, one with decimals, one shown with zeros, a long one."""
    rows = [
        HEAD,
        [12345, "学术论文", date(2025, 3, 1), None, None],
        [12345.0, "学术论文", date(2025, 3, 2), None, None],
        ["00123", "学术论文", date(2025, 3, 3), None, None],
        [123, "学术论文", date(2025, 3, 4), None, None],
        [123456789012345678, "学术论文", date(2025, 3, 5), None, None],
        ["123456789012345678", "学术论文", date(2025, 3, 6), None, None],
    ]
    made = book(path, 活动=rows)
    made["活动"]["A5"].number_format = "00000"
    made.save(path)


def wrong(path: Path) -> None:
    """Everything that can be wrong with a cell or a row."""
    head = [*HEAD, "核定学时", "登记状态", "开始日期"]
    day = date(2025, 3, 1)
    rows = [
        head,
        ["0001", "培训班学习", day, 3, None, None, None, None],
        ["0001", "学术论文", day, "三天", None, None, None, None],
        ["0001", "学术论文", "2025-02-30", None, None, None, None, None],
        ["0001", "学术论文", "#N/A", None, None, None, None, None],
        ["0001", "学术论文", day, "=SUM(D2:D3)", None, None, None, None],
        ["0001", "继续教育培训活动", day, 2, "考核合格", 16, None, None],
        ["0001", "学术论文", day, None, None, None, "审核中", None],
        ["0001", "学术论文", day, 367, None, None, None, None],
        ["0001", "学术论文", day, None, None, 8.55, None, None],
        [None, "学术论文", day, None, None, None, None, None],
        ["0001", "继续教育培训活动", day, None, "考核合格", None, None, None],
        ["0001", "学术论文", day, None, None, None, None, date(2025, 4, 1)],
        ["0001", "学术论文", "明天", None, None, None, None, None],
        ["0001", "学术论文", day, None, None, None, "已登记", None],
    ]
    book(path, 活动=rows)
