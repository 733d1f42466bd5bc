"""The template: whoever fills it in with what it offers is read without a fault."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from policyhours.roster.intake.columns import TABLES
from policyhours.roster.intake.fixed import TABLE_TITLES
from policyhours.roster.intake.template import OPTIONS, write_template
from roster.intake.taking import FILINGS, every_industry, rules_of, taken

RULES = [rules_of(f"examples/{filing}") for filing in FILINGS]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "sheet.xlsx"
    write_template(path, RULES, "某办法")
    return path


def offered(sheet, letter):
    """What the list of a column offers, and the cells that it holds for."""
    book = sheet.parent
    for validation in sheet.data_validations.dataValidation:
        if str(validation.sqref).startswith(f"{letter}2:") and validation.type == "list":
            cells = book[OPTIONS][validation.formula1.partition("!")[2].replace("$", "")]
            return [cell.value for (cell,) in cells], str(validation.sqref)
    return None


def test_the_sheets_are_those_of_the_tables_an_explanation_and_hidden_lists(template):
    book = openpyxl.load_workbook(template)
    assert book.sheetnames == ["说明", "人员", "活动", "决定", "基地", "选项"]
    assert book[OPTIONS].sheet_state == "hidden"
    assert [book[title].freeze_panes for title in TABLE_TITLES.values()] == ["A2"] * 4


def test_every_cell_of_an_enumeration_has_its_list(template):
    book = openpyxl.load_workbook(template)
    columns = every_industry()
    for table in TABLES:
        sheet = book[TABLE_TITLES[table]]
        for cell in sheet[1]:
            column = columns.tables[table][columns.named(table, cell.value)[0]]
            found = offered(sheet, cell.column_letter)
            if column.type == "choice":
                assert found is not None
                assert set(column.options.values()) <= set(found[0])
                assert found[1].endswith("1048576")
            elif column.type == "boolean":
                assert found is not None
                assert found[0] == ["是", "否"]
            else:
                assert found is None


def test_codes_are_texts_and_numbers_and_days_are_held_to_their_bounds(template):
    sheet = openpyxl.load_workbook(template)["活动"]
    letters = {cell.value: cell.column_letter for cell in sheet[1]}
    formats = {head: sheet.column_dimensions[letter].number_format for head, letter in letters.items()}
    assert (formats["人员编号"], formats["同一活动"], formats["日期"]) == ("@", "@", "yyyy-mm-dd")
    held = {str(v.sqref)[0]: v for v in sheet.data_validations.dataValidation if len(str(v.sqref)) < 13}
    days = held[letters["天数（天）"]]
    assert (days.type, days.operator, days.formula1, days.formula2) == ("whole", "between", "0", "366")
    assert held[letters["日期"]].type == "date"


def test_every_head_has_a_comment_and_every_column_an_explanation(template):
    book = openpyxl.load_workbook(template)
    told = {(row[0], row[1]): row for row in book["说明"].iter_rows(values_only=True)}
    for table in TABLES:
        for cell in book[TABLE_TITLES[table]][1]:
            assert cell.comment.text.strip()
            assert (TABLE_TITLES[table], cell.value) in told
    days = told["活动", "天数（天）"]
    assert "授课（报告）" in days[5]
    assert "第八条第四项" in days[6]
    assert told["活动", "同一活动"][6] == "第九条第一款"


def test_the_explanation_says_how_the_result_is_read(template):
    book = openpyxl.load_workbook(template)
    words = {row[0] for row in book["说明"].iter_rows(values_only=True)}
    assert {"达到要求", "未达到要求", "不能确定", "不能评定", "某办法"} <= words


def test_an_empty_template_has_no_rows_and_no_relation(template):
    assert taken(template).intake.relations == {}


def test_a_template_that_is_filled_in_with_every_option_is_read_without_a_fault(template, tmp_path):
    book = openpyxl.load_workbook(template)
    vocabulary = every_industry()
    expected = {}
    for table in TABLES:
        sheet = book[TABLE_TITLES[table]]
        heads = {cell.column: vocabulary.named(table, cell.value) for cell in sheet[1]}
        rows = max(len(vocabulary.tables[table][ids[0]].options) for ids in heads.values())
        for row in range(rows or 1):
            for place, ids in heads.items():
                sheet.cell(row + 2, place, _filled(vocabulary.tables[table][ids[0]], row))
        expected[table] = rows or 1
    book.save(tmp_path / "filled.xlsx")
    found = taken(tmp_path / "filled.xlsx")
    for table in TABLES:
        assert found.rows(table, "_sound") == [(True,)] * expected[table]
        assert set(found.intake.relations[table].columns) == set(vocabulary.tables[table])


def _filled(column, row):
    match column.type:
        case "choice":
            return list(column.options.values())[row % len(column.options)]
        case "boolean":
            return "是否"[row % 2]
        case "date":
            return date(2025, 3, 1)
        case "integer" | "number":
            return float(column.at_least or 0)
        case _:
            return f"00{row}"
