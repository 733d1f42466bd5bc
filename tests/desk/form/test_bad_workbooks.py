"""Workbooks that are no sound form: each is told by its sheet and cell, and nothing is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

TABLE = "表1 专利或知识产权：学时"


def refused(clerk, code: str, *says: str) -> None:
    found, text = clerk.read()
    assert found == 1
    assert f" {code} " in text, text
    for each in says:
        assert each in text
    assert "没有写出细则" in text


def test_a_missing_sheet_is_named(clerk):
    clerk.begin().edit(lambda book: book.remove(book["事实"]))
    refused(clerk, "DK304", "事实")


def test_a_renamed_sheet_is_named_with_what_it_may_have_been(clerk):
    clerk.begin().edit(lambda book: setattr(book["数与公式"], "title", "数与公试"))
    refused(clerk, "DK304", "数与公式", "数与公试")


def test_a_renamed_head_is_named_with_the_heads_that_are_there(clerk):
    clerk.begin()
    cell = clerk.where("数与公式", "单位").coordinate
    clerk.change("数与公式", {cell: "计量"})
    refused(clerk, "DK305", "单位", "计量", "表.xlsx：数与公式!A3")


def test_columns_may_change_places(clerk):
    clerk.begin()
    _, before = clerk.read()

    def swap(book):
        sheet = book["不编入的条文"]
        for row in sheet.iter_rows(min_row=3, max_row=30):
            row[0].value, row[1].value = row[1].value, row[0].value

    clerk.edit(swap)
    assert clerk.read() == (0, before)


def test_merged_cells_are_refused_with_their_area(clerk):
    clerk.begin().edit(lambda book: book[TABLE].merge_cells("A4:A5"))
    refused(clerk, "DK307", "A4:A5", f"{TABLE}!A4")


def test_a_formula_that_nobody_worked_out_is_refused(clerk):
    clerk.begin().change(TABLE, {"B4": "=10+20"})
    refused(clerk, "DK308", f"{TABLE}!B4", "=10+20")


def test_an_array_formula_that_nobody_worked_out_is_refused(clerk):
    clerk.begin().change(TABLE, {"B4": ArrayFormula("B4", "=SUM(1,2)")})
    refused(clerk, "DK308", f"{TABLE}!B4")


def test_a_failed_formula_is_refused(clerk):
    def fail(book):
        book[TABLE]["B4"] = "#REF!"
        book[TABLE]["B4"].data_type = "e"

    clerk.begin().edit(fail)
    refused(clerk, "DK309", f"{TABLE}!B4", "#REF!")


def test_macros_are_refused(clerk):
    clerk.begin()
    with zipfile.ZipFile(clerk.path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    refused(clerk, "DK302")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(clerk):
    clerk.begin()
    with zipfile.ZipFile(clerk.path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * (80 * 1024 * 1024))
    refused(clerk, "RO105")


def test_more_rows_than_a_form_has_are_refused(clerk):
    def flood(book):
        for number in range(20_100):
            book["事实"].cell(number + 30, 1, f"f{number}")

    clerk.begin().edit(flood)
    refused(clerk, "DK315", "事实")


def test_a_cell_at_the_end_of_the_sheet_is_not_overlooked(clerk):
    clerk.begin().change("事实", {"A1048576": "late"})
    clerk.change("事实", {"B1048576": "活动"})
    code, text = clerk.read()
    assert code == 1
    assert "B1048576" in text


def test_cells_far_to_the_right_are_refused(clerk):
    clerk.begin().change("事实", {"XFD5": "x"})
    refused(clerk, "DK315")


@pytest.mark.parametrize("data", [b"", b"no workbook", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_workbook_is_refused(clerk, data):
    clerk.path.write_bytes(data)
    refused(clerk, "RO104")


def test_a_workbook_whose_parts_are_damaged_is_refused(clerk):
    clerk.begin()
    other = clerk.folder / "坏.xlsx"
    with zipfile.ZipFile(clerk.path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name.endswith("sheet2.xml") else old.read(name))
    other.replace(clerk.path)
    refused(clerk, "RO104")


def test_another_workbook_is_refused(clerk):
    openpyxl.Workbook().save(clerk.path)
    refused(clerk, "DK303", "Sheet")


def test_a_file_that_is_not_there_is_named(clerk):
    refused(clerk, "PH101", "表.xlsx")


def test_content_beside_the_columns_is_not_dropped(clerk):
    clerk.begin()
    cell = clerk.under("数与公式", "行末注释", "exam_value")
    clerk.change("数与公式", {f"Z{cell[1:]}": "请领导审阅"})
    refused(clerk, "DK306", "请领导审阅", "数与公式!Z")


def test_a_row_without_an_id_is_not_dropped(clerk):
    clerk.begin()
    clerk.change("数与公式", {clerk.under("数与公式", "标识", "exam_value"): None})
    refused(clerk, "DK310", "数与公式!")


def test_a_table_that_nobody_names_is_not_dropped(clerk):
    clerk.begin().edit(lambda book: setattr(book.copy_worksheet(book[TABLE]), "title", "另一张表"))
    refused(clerk, "DK312", "另一张表")


def test_a_table_that_is_not_there_is_named(clerk):
    clerk.begin().edit(lambda book: setattr(book[TABLE], "title", "专利"))
    refused(clerk, "DK311", TABLE, "规定!")


def test_a_row_of_a_table_with_a_gap_is_refused(clerk):
    clerk.begin().change(TABLE, {"A5": None})
    refused(clerk, "DK316", f"{TABLE}!")


def test_a_text_of_the_rest_that_is_gone_is_told(clerk):
    clerk.begin("examples/health@2024.1").edit(lambda book: book["其他"].delete_rows(4))
    refused(clerk, "DK320", "基本情况!", "readings")


def test_a_text_of_the_rest_that_nobody_names_is_not_dropped(clerk):
    clerk.begin().change("其他", {"A4": "sets", "B4": "other.hours", "C4": "other.hours: {is: 3}"})
    refused(clerk, "DK321", "其他!C4")


def test_a_comment_on_an_empty_line_is_not_dropped(clerk):
    clerk.begin()
    clerk.change("基本情况", {clerk.under("基本情况", "上方注释", "supersedes"): "这里有话"})
    refused(clerk, "DK326", "基本情况!")


def test_a_form_of_another_layout_is_refused(clerk):
    clerk.begin()
    row = clerk.where("说明", "表的版本").row
    clerk.change("说明", {f"B{row}": "9"})
    refused(clerk, "DK324", f"说明!B{row}")


def test_a_form_made_for_a_text_that_changed_since_is_told_and_read(clerk):
    clerk.begin()
    row = clerk.where("说明", "上位文件的摘要").row
    clerk.change("说明", {f"B{row}": "sha256:0"})
    code, text = clerk.read()
    assert code == 0
    assert "警告 DK313" in text
    assert "policy: examples/general" in text


def test_a_form_for_a_version_that_is_not_there_is_refused_at_its_cell(clerk):
    clerk.begin()
    row = clerk.where("说明", "上位文件").row
    clerk.change("说明", {f"B{row}": "xinjiang@2033.1"})
    refused(clerk, "PH322", f"说明!B{row}", "xinjiang@2033.1")


def test_nothing_is_written_and_nothing_left_behind_when_a_form_is_refused(clerk):
    clerk.begin().change(TABLE, {"B4": "=1"})
    before = clerk.path.read_bytes()
    code, _, _ = clerk.run("read", str(clerk.path), "-o", str(clerk.folder / "细则.yaml"))
    assert code == 1
    assert [path.name for path in clerk.folder.iterdir()] == ["表.xlsx"]
    assert clerk.path.read_bytes() == before


def test_a_draft_that_is_there_is_not_touched(clerk):
    clerk.begin()
    draft = Path("细则.yaml")
    draft.write_text("我的", encoding="utf-8")
    code, _, errors = clerk.run("read", str(clerk.path), "-o", str(draft))
    assert (code, draft.read_text("utf-8")) == (1, "我的")
    assert "--force" in errors
    code, _, _ = clerk.run("read", str(clerk.path), "-o", str(draft), "--force")
    assert code == 0
    assert draft.read_text("utf-8").startswith("# 虚构的示例细则")


def test_a_filing_makes_its_own_folder_and_no_other(clerk):
    clerk.begin()
    own = Path("policies/examples/general/2023.1.yaml")
    assert clerk.run("read", str(clerk.path), "-o", str(own))[0] == 0
    assert own.is_file()
    for other in ("policies/examples/genral/2023.1.yaml", "细则/2023.1.yaml"):
        code, _, errors = clerk.run("read", str(clerk.path), "-o", other)
        assert code == 1
        assert "RO402" in errors
        assert not Path(other).parent.exists()


def test_a_form_that_is_there_is_not_touched(clerk):
    clerk.path.write_bytes(b"mine")
    code, _, errors = clerk.run("examples/general@2023.1", "-o", str(clerk.path))
    assert (code, clerk.path.read_bytes()) == (1, b"mine")
    assert "--force" in errors


def test_a_form_goes_into_a_workbook_only(clerk):
    code, _, errors = clerk.run("examples/general@2023.1", "-o", "表.xls")
    assert code == 1
    assert ".xlsx" in errors


def test_a_folder_that_is_not_there_is_told(clerk):
    code, _, errors = clerk.run("examples/general@2023.1", "-o", "没有/表.xlsx")
    assert code == 1
    assert "没有" in errors


def test_an_upper_text_is_no_filing(clerk):
    code, _, errors = clerk.run("xinjiang@2023.1", "-o", str(clerk.path))
    assert code == 1
    assert "DK322" in errors
    code, _, errors = clerk.run("new", "examples/general@2023.1", "-o", str(clerk.path))
    assert code == 1
    assert "policyhours form examples/general@2023.1" in errors


def with_result(clerk) -> None:
    """A formula in a cell, with what it came to, as Excel saves it."""
    clerk.begin().change(TABLE, {"B4": 77})
    other = clerk.folder / "新.xlsx"
    with zipfile.ZipFile(clerk.path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>77</v>", b"<f>70+7</f><v>77</v>"))
    other.replace(clerk.path)


def test_a_formula_with_its_result_is_read_as_the_result(clerk):
    with_result(clerk)
    code, text = clerk.read()
    assert code == 0
    assert "values: {invention: 77, software: 10}" in text


def test_a_comment_behind_what_is_kept_as_written_is_not_dropped(clerk):
    clerk.begin("examples/health@2024.1")
    clerk.change("基本情况", {clerk.under("基本情况", "行末注释", "readings"): "这里有话"})
    refused(clerk, "DK306", "基本情况!", "这里有话")


def test_a_character_that_nobody_sees_is_told_at_its_cell(clerk):
    clerk.begin()
    cell = clerk.under("数与公式", "名称", "exam_value")
    clerk.change("数与公式", {cell: "每个\u200b科目"})
    refused(clerk, "PH108", f"数与公式!{cell}")
