"""Workbooks: which sheets are read, and what is no workbook that can be."""

from __future__ import annotations

import gc
import warnings
import zipfile
from datetime import date

import openpyxl
import pytest

from policyhours.roster.intake import workbook
from roster.intake.taking import refused, taken
from roster.sheets.offices import HEAD, book

ROW = ["0001", "学术论文", date(2025, 3, 1), None, None]


def test_the_sheets_of_the_four_tables_are_read_in_both_languages(tmp_path):
    book(
        tmp_path / "a.xlsx",
        人员=[["人员编号"], ["0001"]],
        活动表=[HEAD, ROW],
        decisions=[["人员编号", "年度", "处理", "补足期限"], ["0001", 2025, "顺延", 2026]],
        **{"基地（2025）": [["基地编号", "级别", "授权起"], ["b1", "国家级", date(2024, 1, 1)]]},
    )
    found = taken(tmp_path / "a.xlsx")
    assert list(found.intake.relations) == ["persons", "activities", "decisions", "bases"]
    assert found.rows("decisions", "_sound", "year", "remedy", "until") == [(True, 2025, "defer", 2026)]
    assert found.rows("bases", "_sound", "level", "authorised_from") == [(True, "national", date(2024, 1, 1))]


def test_other_sheets_are_not_read_and_that_is_said(tmp_path):
    book(tmp_path / "a.xlsx", 活动=[HEAD, ROW], 填表说明=[["请如实填写"]], 活动地点=[["某地"]])
    (note,) = [note for note in taken(tmp_path / "a.xlsx").intake.notes if note.code == "RO206"]
    assert note.args["sheets"] == "填表说明、活动地点"


def test_of_the_sheets_of_our_own_template_nothing_is_said(tmp_path):
    book(tmp_path / "a.xlsx", 说明=[["请如实填写"]], 活动=[HEAD, ROW], 选项=[["是", "否"]])
    assert taken(tmp_path / "a.xlsx").notes() == []


def test_a_single_sheet_of_any_name_is_what_its_head_says(tmp_path):
    book(tmp_path / "导出.xlsx", Sheet1=[HEAD, ROW])
    assert taken(tmp_path / "导出.xlsx").rows("activities", "person") == [("0001",)]


def test_a_workbook_without_any_of_the_tables_is_refused_with_the_heads_that_it_has(tmp_path):
    book(tmp_path / "a.xlsx", 甲=[HEAD, ROW], 乙=[["x"]])
    ((code, words),) = refused(tmp_path / "a.xlsx")
    assert (code, words["found"]) == ("RO110", "、".join(HEAD))


def test_every_sheet_that_cannot_be_read_is_told(tmp_path):
    book(tmp_path / "a.xlsx", 活动=[["人员编号", "日期"]], 人员=[], 决定=[["人员编号", "年度"]])
    assert [(code, words["file"][-4:]) for code, words in refused(tmp_path / "a.xlsx")] == [
        ("RO108", "[活动]"),
        ("RO107", "[人员]"),
        ("RO108", "[决定]"),
    ]


def test_a_head_over_two_rows_is_read_where_it_is_whole(tmp_path):
    rows = [
        ["人员编号", "学习形式", "时间", None],
        [None, None, "开始日期", "日期"],
        ["0001", "学术论文", date(2025, 2, 1), date(2025, 3, 1)],
    ]
    made = book(tmp_path / "a.xlsx", 活动=rows)
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        made["活动"].merge_cells(area)
    made.save(tmp_path / "a.xlsx")
    assert taken(tmp_path / "a.xlsx").rows("activities", "_row", "from", "date") == [
        (3, date(2025, 2, 1), date(2025, 3, 1))
    ]


def test_a_formula_with_its_result_is_read_and_one_that_gives_an_empty_text_is_empty(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, 活动=[HEAD, [*ROW[:3], "=1+2", None], [*ROW[:3], '=IF(A2="","","")', None]])
    _set_results(path, ("<f>1+2</f><v />", "<f>1+2</f><v>3</v>"), ('"")</f><v />', '"")</f><v></v>'))
    found = taken(path)
    assert found.rows("activities", "_row", "_sound", "days") == [(2, True, 3), (3, True, None)]


def _set_results(path, *changes):
    """Put results of formulas into a sheet, as a spreadsheet does when it saves."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    text = members[sheet].decode()
    text = text.replace('<c r="D3">', '<c r="D3" t="str">')
    for before, after in changes:
        assert before in text, text
        text = text.replace(before, after)
    members[sheet] = text.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_sheet_that_says_a_wrong_size_of_itself_is_read_whole(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, 活动=[HEAD, ROW, [*ROW[:3], 3, None]])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        b'ref="A1:E3"', b'ref="A1:B2"'
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert taken(path).rows("activities", "days") == [(3,)] or taken(path).rows("activities", "_row") == [
        (2,),
        (3,),
    ]


def test_what_stands_beyond_the_head_is_not_read_and_that_is_said(tmp_path):
    book(tmp_path / "a.xlsx", 活动=[HEAD, [*ROW, "旁注"], ROW])
    (note,) = [note for note in taken(tmp_path / "a.xlsx").intake.notes if note.code == "RO207"]
    assert note.args["rows"] == "1"


def test_a_workbook_with_macros_is_read(tmp_path):
    path = tmp_path / "a.xlsm"
    book(path, 活动=[HEAD, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not run")
    assert taken(path).rows("activities", "person") == [("0001",)]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "RO103"),
        ("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "RO103"),
        ("a.xlsx", b"PK\x03\x04 broken", "RO104"),
        ("a.xlsx", b"some text", "RO104"),
        ("a.parquet", b"PAR1 broken", "RO104"),
        ("a.xlsx", b"", "RO107"),
    ],
)
def test_what_is_no_workbook_that_can_be_read_is_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert [found for found, _ in refused(tmp_path / name)] == [code]


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert [code for code, _ in refused(tmp_path / "a.xlsx")] == ["RO102"]


def test_a_workbook_whose_sheet_is_damaged_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, 活动=[HEAD, ROW])
    _set_sheet(path, b"<worksheet><sheetData><row><c")
    assert [code for code, _ in refused(path)] == ["RO104"]


def test_a_damaged_workbook_is_not_held_open(tmp_path):
    path = tmp_path / "a.xlsx"
    book(path, 活动=[HEAD, ROW])
    _set_sheet(path, b"<worksheet><sheetData><row><c")
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        refused(path)
        gc.collect()


def _set_sheet(path, xml):
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/worksheets/sheet1.xml"] = xml
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused_before_it_is_unpacked(
    tmp_path, monkeypatch
):
    path = tmp_path / "a.xlsx"
    book(path, 活动=[HEAD, ROW])
    _set_sheet(path, b" " * (80 * 1024 * 1024))
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was unpacked"))
    ((code, words),) = refused(path)
    assert (code, words["found"]) == ("RO105", "80 MiB")


def test_a_sheet_with_more_rows_than_a_sheet_can_have_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MAX_ROWS", 40)
    book(tmp_path / "a.xlsx", 活动=[HEAD, *[ROW] * 40])
    assert [code for code, _ in refused(tmp_path / "a.xlsx")] == ["RO106"]
