"""Rules about cases: expectations, what nobody exercises, and persons whom one could recognise."""

from __future__ import annotations

import pytest
from edited import GENERAL, PROVINCE, changed, lint, told, written

from policyhours.text.telling import tell

CASE = """
case: 例
title: 一年的学习
policy: xinjiang@2023.1
person: {id: p-001, title_level: 中级}
activities:
  - {id: t, kind: training, date: 2025-03-10, hours: 60, assessment: passed}
expect:
  "2025": {total: 60}
why: 一次培训
"""
BESIDE = "xinjiang/cases/one.yaml"


def codes(folder, *edits):
    return [finding.code for finding in lint(folder, BESIDE, changed(CASE, *edits))]


def test_a_sound_case_has_no_findings(tmp_path):
    assert codes(tmp_path) == []


def test_an_expectation_that_does_not_hold(tmp_path):
    assert codes(tmp_path, ("total: 60", "total: 61")) == ["PH830"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p-001", "张伟"),
        ("p-001", "许可馨"),
        ("p-001", "欧阳修"),
        ("case: 例", "case: 王小明"),
        ("一次培训", "王小明同志参加了一次培训"),
        ("一次培训", "买买提·艾力参加了一次培训"),
        ("id: t,", "id: 李四,"),
    ],
)
def test_a_personal_name_is_told_and_never_quoted(tmp_path, before, after):
    (finding,) = lint(tmp_path, BESIDE, changed(CASE, (before, after)))
    assert finding.code == "PH853"
    assert finding.args == {}
    assert "人名" in tell(finding)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p-001", "张某某"),
        ("p-001", "王某"),
        ("p-001", "李××"),
        ("p-001", '"张***"'),
        ("case: 例", "case: 王某某"),
        ("一次培训", "王某某老师参加了一次培训"),
        ("一次培训", "买买提·某某参加了一次培训"),
    ],
)
def test_a_name_that_is_left_out_is_none(tmp_path, before, after):
    assert lint(tmp_path, BESIDE, changed(CASE, (before, after))) == []


@pytest.mark.parametrize(
    "text", ["高级研修", "许可证", "范围", "王者", "周期", "张贴", "金额", "任职", "成绩"]
)
def test_words_that_begin_as_names_do_are_none(tmp_path, text):
    assert codes(tmp_path, ("一年的学习", text), ("一次培训", f"{text}，一次培训")) == []


def test_organs_are_no_persons(tmp_path):
    decision = "\ndecisions:\n  - {year: 2025, ground: illness, remedy: reduce, required_hours: 45, certified_by: 所在单位, decided_by: 王庄主任会议, decided_on: 2025-11-05}\n"
    assert codes(tmp_path, ("\nwhy: 一次培训", f"{decision}why: 一次培训")) == []


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "11010519491231002x", "440524188001010014", "130503670401001"]
)
@pytest.mark.parametrize(
    ("before", "quoted"), [("p-001", '"{}"'), ("一次培训", "号码{}"), ("一次培训", "一次 # {}")]
)
def test_an_id_card_number(tmp_path, number, before, quoted):
    found = codes(tmp_path, (before, quoted.format(number)))
    assert found == ([] if number.startswith("4405241880") else ["PH854"])


@pytest.mark.parametrize(
    "number", ["110105194912310021", "2025031000000000001", "123456789012345", "202503100000"]
)
def test_other_numbers_are_no_id_cards(tmp_path, number):
    assert codes(tmp_path, ("一次培训", f"编号{number}")) == []


def test_a_mobile_number(tmp_path):
    assert codes(tmp_path, ("一次培训", "电话13812345678")) == ["PH855"]


def test_a_fact_that_nothing_asks_for(tmp_path):
    assert codes(tmp_path, ("hours: 60,", "hours: 60, 署名方式: 独立完成,")) == ["PH856"]


def test_an_identity_is_asked_for_everywhere(tmp_path):
    assert codes(tmp_path, ("hours: 60,", "hours: 60, event: E1,")) == []


def test_a_standard_and_a_row_that_no_case_exercises(tmp_path):
    more = ("standards:\n", "standards:\n  evening: {title: 夜校, like: training}\n")
    assert told(tmp_path, PROVINCE, more) == ["PH850 evening"]
    row = ("{1: 15, 2..: 5}", "{1: 15, 2..8: 5, 9..99: 4, 100..: 3}")
    assert told(tmp_path / "row", GENERAL, row) == ["PH851 9..99"]


def test_a_policy_without_cases_is_not_told_to_have_some(tmp_path):
    text = written(GENERAL).replace("examples/general", "examples/fresh")
    assert lint(tmp_path, "examples/fresh/2023.1.yaml", text) == []
