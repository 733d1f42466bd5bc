"""What people fill in becomes the filing, and what is wrong with it is told at its cell."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

TABLE = "表1 专利或知识产权：学时"
PAPER = "表3 学术论文：学时"


def test_labels_become_options_and_empty_rows_stay_out(clerk):
    clerk.begin().change(TABLE, {"A4": "发明专利", "B4": 33, "B5": None})
    code, text = clerk.read()
    assert code == 0
    assert "{by: ip_type, values: {invention: 33}, article: 细则第六条}" in text
    assert "警告 DK318 " in text
    assert f"{TABLE}!B5" in text


def test_a_new_row_a_new_fact_and_a_new_column_are_read(clerk):
    clerk.begin()
    clerk.change("事实", {"A5": "grade", "C5": "期刊等级"})
    head = clerk.where("事实", "选项").column_letter
    clerk.change("事实", {f"{head}5": "core：核心期刊\ngeneral：一般期刊"})
    clerk.change(PAPER, {"A3": "期刊等级", "A4": "核心期刊", "B4": None, "A5": "一般期刊", "B5": None})

    def drop(book):
        sheet = book[PAPER]
        sheet.delete_cols(2)
        sheet["B4"], sheet["B5"], sheet["B6"] = "20", "10", None
        sheet["A6"] = None

    clerk.edit(drop)
    code, text = clerk.read()
    assert code == 0, text
    assert "grade: {title: 期刊等级, one_of: {core: 核心期刊, general: 一般期刊}}" in text
    assert "paper.hours: {by: grade, values: {core: 20, general: 10}, article: 细则第八条}" in text


def test_an_unknown_label_is_told_at_its_cell(clerk):
    clerk.begin().change(TABLE, {"A5": "软件著作证"})
    code, text = clerk.read()
    assert code == 1
    assert f"{TABLE}!A5" in text
    assert "软件著作证" in text


def test_a_number_beyond_its_bounds_is_told_at_its_cell(clerk):
    clerk.begin().change(TABLE, {"B5": "-5"})
    code, text = clerk.read()
    assert code == 1
    assert f"{TABLE}!B5: 错误 PH502" in text


def test_a_name_that_no_formula_knows_is_told_at_its_cell(clerk):
    clerk.begin()
    cell = clerk.under("规定", "数或公式", "qualification_exam.hours")
    clerk.change("规定", {cell: "exam_valeu * subjects_passed"})
    code, text = clerk.read()
    assert code == 1
    assert f"规定!{cell}: 错误" in text
    assert "exam_value" in text


def test_a_key_that_stands_twice_is_told_at_its_cell(clerk):
    clerk.begin()
    row = clerk.where("规定", "practice.ceiling").row
    clerk.change("规定", {f"A{row}": "paper.hours", clerk.under("规定", "数或公式", "practice.ceiling"): "3"})
    code, text = clerk.read()
    assert code == 1
    assert f"规定!A{row}: 错误 PH111" in text


def test_a_fault_within_a_text_of_the_rest_is_told_on_its_line(clerk):
    clerk.begin("examples/health@2024.1")
    cell = clerk.where("其他", "requires")
    place = f"C{cell.row}"
    text = openpyxl.load_workbook(clerk.path)["其他"][place].value
    clerk.change("其他", {place: text.replace("listed_host", "listed_hast")})
    code, said = clerk.read()
    assert code == 1
    assert f"其他!{place}，第3行: 错误" in said
    assert "listed_hast" in said


def test_a_day_that_the_workbook_holds_as_one_is_a_day(clerk):
    clerk.begin()
    clerk.change("基本情况", {clerk.under("基本情况", "填写", "in_force.from"): datetime.date(2024, 2, 1)})
    code, text = clerk.read()
    assert code == 0
    assert "in_force: {from: 2024-02-01, until: 2028-01-31" in text


def test_a_fraction_that_became_a_day_is_not_taken_for_a_number(clerk):
    clerk.begin().change(TABLE, {"B4": datetime.date(2026, 3, 4)})
    code, text = clerk.read()
    assert code == 1
    assert f"{TABLE}!B4" in text


def test_numbers_of_a_workbook_are_exact(clerk):
    clerk.begin().change(TABLE, {"B4": 0.1 + 0.2, "B5": 12.0})
    code, text = clerk.read()
    assert code == 0
    assert "{invention: 0.3, software: 12}" in text


def test_comments_that_people_write_come_back(clerk):
    clerk.begin()
    cell = clerk.under("数与公式", "上方注释", "exam_value")
    behind = clerk.under("数与公式", "行末注释", "exam_value")
    clerk.change("数与公式", {cell: "第一行\n第二行", behind: "征求意见时\n改过"})
    code, text = clerk.read()
    assert code == 0
    assert "  # 第一行\n  # 第二行\n  exam_value: " in text
    assert "  # 征求意见时 改过\n" in text


def test_a_text_is_never_a_formula_of_the_workbook(clerk):
    clerk.begin()
    clerk.change("基本情况", {clerk.under("基本情况", "上方注释", "version"): "#=1+1"})
    clerk.run("read", str(clerk.path), "-o", "细则.yaml")
    book = openpyxl.load_workbook(clerk.path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_new_form_asks_for_what_is_missing(clerk):
    code, text = clerk.new().read()
    assert code == 0
    assert "policy: xinjiang/farm" in text
    assert "issuers: [待填]" in text
    assert "sets:" not in text


def test_a_new_form_without_a_name_is_refused_at_the_cell_of_its_id(clerk):
    assert clerk.run("new", "xinjiang", "-o", str(clerk.path))[0] == 0
    code, text = clerk.read()
    assert code == 1
    assert "基本情况!B4: 错误 PH206" in text


def test_a_new_form_lays_out_every_slot_with_article_bounds_and_unit(clerk):
    clerk.new()
    rows = list(openpyxl.load_workbook(clerk.path)["规定"].iter_rows(min_row=3, values_only=True))
    heads = rows[0]
    paper = dict(zip(heads, next(row for row in rows if row[0] == "paper.hours"), strict=True))
    assert paper["上位条款"] == "第八条第八项"
    assert paper["范围"] == "不低于0；每年最多计20学时"
    assert paper["单位"] == "学时"
    assert paper["数或公式"] == "→ 表3 学术论文：学时"


def test_every_enumerated_cell_offers_its_options(clerk):
    clerk.begin()
    book = openpyxl.load_workbook(clerk.path)
    rules = book[TABLE].data_validations.dataValidation
    assert [str(rule.sqref) for rule in rules] == ["A4:A2000"]
    sheet, area = rules[0].formula1.split("!")
    cells = [cell.value for (cell,) in book[sheet][area.replace("$", "")]]
    assert cells == ["发明专利", "软件著作权", "其余情形"]
    assert book[sheet].sheet_state == "hidden"


@pytest.mark.parametrize("sheet", ["基本情况", "规定", "数与公式", "事实", TABLE, "其他", "试算"])
def test_heads_stay_in_sight_and_are_printed_on_every_page(clerk, sheet):
    clerk.begin()
    page = openpyxl.load_workbook(clerk.path)[sheet]
    assert page.freeze_panes == ("E4" if sheet == "试算" else "A4")
    assert page.print_title_rows == "$3:$3"
    assert page.print_area
    assert not page.protection.sheet


def test_what_is_to_be_filled_in_is_a_text_so_that_two_thirds_stay_two_thirds(clerk):
    clerk.begin()
    assert openpyxl.load_workbook(clerk.path)[TABLE]["B4"].number_format == "@"


def test_an_empty_table_with_an_article_is_told(clerk):
    clerk.new()
    cell = clerk.under("规定", "条款", "paper.hours")
    clerk.change("规定", {cell: "细则第八条"})
    code, text = clerk.read()
    assert code == 1
    assert "错误 DK327" in text
    assert PAPER in text


def test_a_section_left_empty_keeps_its_comment(clerk):
    clerk.new()
    clerk.change("基本情况", {clerk.under("基本情况", "上方注释", "sets"): "以后再定"})
    code, text = clerk.read()
    assert code == 0
    assert text.rstrip().endswith("# 以后再定")


def test_a_section_is_filled_in_on_its_own_sheet(clerk):
    clerk.begin()
    clerk.change("基本情况", {clerk.under("基本情况", "填写", "sets"): "20"})
    code, text = clerk.read()
    assert code == 1
    assert "错误 DK306" in text
