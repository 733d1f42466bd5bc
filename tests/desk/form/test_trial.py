"""The sheet 试算: cases in rows, what comes out beside them, and expectations once somebody has looked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from helpers import LIBRARY
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.expectation import misses
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source

TABLE = "表1 专利或知识产权：学时"
ROWS = [
    {
        "个案": "甲",
        "活动编号": "p",
        "方式": "专利或知识产权",
        "日期": "2025-03-01",
        "专利或知识产权的类型": "发明专利",
    },
    {
        "个案": "甲",
        "活动编号": "e",
        "方式": "职业资格考试",
        "日期": "2025-04-01",
        "合格科目数": 3,
        "职称层级": "中级",
    },
    {
        "个案": "乙",
        "方式": "继续教育培训活动",
        "日期": "2025-05-01",
        "核定学时": 1.5,
        "考核结果": "考核合格",
        "职称层级": "初级",
    },
]


def with_cases(clerk, rows=ROWS):
    def fill(book):
        sheet = book["试算"]
        places = {cell.value.split("\n")[0]: cell.column for cell in sheet[3]}
        for number, row in enumerate(rows, 4):
            for head, value in row.items():
                if head not in places:
                    places[head] = max(places.values()) + 1
                    sheet.cell(3, places[head], head)
                sheet.cell(number, places[head], value)

    return clerk.begin().edit(fill)


def column(clerk, head: str) -> list[object]:
    sheet = openpyxl.load_workbook(clerk.path)["试算"]
    place = next(cell.column for cell in sheet[3] if cell.value == head)
    return [sheet.cell(row, place).value for row in range(4, 7)]


def test_results_stand_beside_the_cases(clerk):
    code, out, errors = with_cases(clerk).run("try", str(clerk.path))
    assert code == 0, errors
    assert column(clerk, "结果：这项活动的学时") == ["30", "60", "1.5"]
    whole = "2025年：达到要求；专业科目90，公需科目0，合计90"
    assert column(clerk, "结果：各年度")[0] == whole
    assert whole in out


def test_a_second_trial_says_what_changed(clerk):
    with_cases(clerk).run("try", str(clerk.path))
    clerk.change(TABLE, {"B4": "20"})
    clerk.run("try", str(clerk.path))
    changed = str(column(clerk, "结果：与上次试算相比")[0])
    assert "p：30 → 20" in changed
    assert "现在 2025年：未达到要求；专业科目80，公需科目0，合计80" in changed
    assert column(clerk, "结果：与上次试算相比")[2] == "没有变化"


def test_a_trial_changes_nothing_else_in_the_form(clerk):
    _, before = with_cases(clerk).read()
    clerk.run("try", str(clerk.path))
    assert clerk.read() == (0, before)
    assert openpyxl.load_workbook(clerk.path)[TABLE].data_validations.dataValidation


def test_results_that_nobody_has_looked_at_are_not_accepted(clerk):
    code, _, errors = with_cases(clerk).run("try", str(clerk.path), "--accept", "个案.yaml")
    assert code == 1
    assert "DK333" in errors
    assert not Path("个案.yaml").exists()


def test_accepted_results_are_cases_that_hold(clerk):
    with_cases(clerk).run("try", str(clerk.path))
    code, _, errors = clerk.run("try", str(clerk.path), "--accept", "个案.yaml")
    assert code == 0, errors
    cases = read_documents(read_source(Path("个案.yaml")))
    assert len(cases) == 2
    for case in cases:
        assert misses(evaluate(read_draft(case), LIBRARY, try_readings=False)) == []


def test_results_are_accepted_no_more_once_a_table_has_changed(clerk):
    with_cases(clerk).run("try", str(clerk.path))
    clerk.change(TABLE, {"B4": "20"})
    code, _, errors = clerk.run("try", str(clerk.path), "--accept", "个案.yaml")
    assert code == 1
    assert "DK333" in errors


def test_cases_that_are_there_are_not_touched(clerk):
    with_cases(clerk).run("try", str(clerk.path))
    Path("个案.yaml").write_text("我的", encoding="utf-8")
    code, _, _ = clerk.run("try", str(clerk.path), "--accept", "个案.yaml")
    assert (code, Path("个案.yaml").read_text("utf-8")) == (1, "我的")


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ({"方式": "学术论文", "日期": "2025-01-01"}, "DK330", "试算!C4"),
        ({"个案": "甲", "方式": "学术论闻", "日期": "2025-01-01"}, "PH803", "试算!C4"),
        ({"个案": "甲", "方式": "学术论文", "日期": "2025-02-30"}, "PH118", "试算!D4"),
        ({"个案": "甲", "方式": "学术论文"}, "PH2", "试算!"),
        ({"个案": "甲", "方式": "学术论文", "日期": "2025-01-01", "署名方式": "匿名"}, "PH805", "试算!"),
        ({"个案": "甲", "方式": "学术论文", "日期": "2025-01-01", "没有的事实": "是"}, "PH804", "试算!"),
        ({}, "DK332", "试算!A3"),
    ],
)
def test_a_case_that_is_faulty_is_told_at_its_cell(clerk, row, code, place):
    row = row and {"职称层级": "初级"} | row
    found, _, errors = with_cases(clerk, [row]).run("try", str(clerk.path))
    assert found == 1
    assert f"错误 {code}" in errors, errors
    assert place in errors


def test_a_person_has_one_title(clerk):
    rows = [ROWS[0] | {"职称层级": "初级"}, ROWS[1]]
    code, _, errors = with_cases(clerk, rows).run("try", str(clerk.path))
    assert code == 1
    assert "DK331" in errors


def test_formulas_keep_their_results_and_their_workbook(clerk):
    with_cases(clerk).change("试算", {"AZ1": "=1+1"})
    before = clerk.path.read_bytes()
    code, _, errors = clerk.run("try", str(clerk.path))
    assert code == 1
    assert "DK308" in errors or "DK334" in errors
    assert clerk.path.read_bytes() == before


def test_results_may_go_into_another_workbook(clerk):
    with_cases(clerk)
    before = clerk.path.read_bytes()
    code, _, errors = clerk.run("try", str(clerk.path), "-o", "结果.xlsx")
    assert code == 0, errors
    assert clerk.path.read_bytes() == before
    assert Path("结果.xlsx").exists()


def test_a_form_without_a_sheet_of_trials_is_still_read(clerk):
    with_cases(clerk).edit(lambda book: book.remove(book["试算"]))
    assert clerk.read()[0] == 0
    code, _, errors = clerk.run("try", str(clerk.path))
    assert code == 1
    assert "DK304" in errors


def test_a_case_without_title_is_told_at_its_first_row(clerk):
    rows = [{"个案": "甲", "方式": "学术论文", "日期": "2025-01-01"}]
    code, _, errors = with_cases(clerk, rows).run("try", str(clerk.path))
    assert code == 1
    assert "试算!A4: 错误 PH203" in errors
    assert "职称层级" in errors


def test_a_trial_does_not_take_the_results_of_formulas_away(clerk):
    with_cases(clerk).change(TABLE, {"B4": 77})
    other = clerk.folder / "新.xlsx"
    with zipfile.ZipFile(clerk.path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>77</v>", b"<f>70+7</f><v>77</v>"))
    other.replace(clerk.path)
    before = clerk.path.read_bytes()
    code, _, errors = clerk.run("try", str(clerk.path))
    assert code == 1
    assert "DK334" in errors
    assert clerk.run("try", str(clerk.path), "-o", "结果.xlsx")[0] == 0
    assert clerk.path.read_bytes() == before
    assert openpyxl.load_workbook("结果.xlsx")[TABLE]["B4"].value == 77
