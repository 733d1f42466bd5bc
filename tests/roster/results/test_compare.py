"""What changed since an earlier run, whatever the form in which that was written."""

from __future__ import annotations

from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import ENGLISH, LABELS, made

from policyhours.desk.wording import number_text
from policyhours.roster.results.compare import Changes, compare
from policyhours.roster.results.on_paper import hours_of
from policyhours.roster.results.output import Outputs, write_outputs
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

FORMS = ("old.parquet", "old.csv", "old.xlsx")


@pytest.fixture(params=FORMS)
def old(request, tmp_path):
    return tmp_path / request.param


def written(old, *people, labels=LABELS, trial=False):
    write_outputs(made(*people), Outputs(old, labels, trial=trial))
    return old


def changes(con):
    return con.execute("SELECT person, year, what, change FROM changes ORDER BY person, year").fetchall()


def test_the_same_result_on_another_grid_is_no_change(old):
    written(old, {"person": "007", "total_low": 5430, "total_high": None}, {"person": "=1"})
    con = made(
        {"person": "007", "grid": 3, "total_low": 181, "total_high": None, "professional_low": 180},
        {"person": "=1", "grid": 10, "total_low": 900},
    )
    assert compare(con, old, LABELS) == Changes((2025,), 2, 0, 0, (), 0, 0, (), ())
    assert changes(con) == []


def test_whose_verdict_changed_and_why(old):
    written(
        old,
        {
            "person": "a",
            "verdict": "undetermined",
            "reasons": "evidence short:total",
            "total_low": 0,
            "total_high": None,
        },
        {"person": "b", "verdict": "met"},
        {"person": "c"},
    )
    con = made(
        {"person": "a", "verdict": "met", "total_low": 8101, "reasons": "ceiling:lecture"},
        {"person": "b", "verdict": "not_met", "policy": "xinjiang@2023.2", "reasons": "short:total"},
        {"person": "d"},
    )
    found = compare(con, old, LABELS)
    assert (found.same, found.new, found.gone, found.totals, found.policies) == (0, 1, 1, 1, 1)
    assert found.verdicts == (("met", "not_met", 1), ("undetermined", "met", 1))
    assert found.appeared == (("ceiling:lecture", 1), ("short:total", 1))
    assert found.vanished == (("evidence", 1), ("short:total", 1))
    assert changes(con) == [
        (
            "a",
            2025,
            "verdict total reasons",
            "结论由“不能确定”变为“达到要求”；合计不同；新出现：授课（报告）超过上限；不再有：佐证材料不齐；合计不足",
        ),
        (
            "b",
            2025,
            "policy verdict reasons",
            "依据由 xinjiang@2023.1 改为 xinjiang@2023.2；结论由“达到要求”变为“未达到要求”；新出现：合计不足",
        ),
        ("c", 2025, "gone", "不再有此人"),
        ("d", 2025, "new", "新增的人员"),
    ]


def test_a_range_that_got_an_end_is_a_change(old):
    written(old, {"person": "a", "total_high": None})
    con = made({"person": "a"})
    assert compare(con, old, LABELS).totals == 1


def test_an_english_result_and_one_of_a_trial_are_read_too(old):
    for labels, trial in ((ENGLISH, False), (LABELS, True), (ENGLISH, True)):
        written(old, {"person": "a", "total_low": 5430, "verdict": "not_met"}, labels=labels, trial=trial)
        con = made({"person": "a", "total_low": 5430, "verdict": "not_met"})
        assert compare(con, old, ENGLISH).same == 1


def test_only_years_of_both_runs_are_compared(old):
    written(old, {"person": "a", "year": 2024}, {"person": "a", "year": 2023})
    con = made({"person": "a", "year": 2024}, {"person": "a", "year": 2025})
    found = compare(con, old, LABELS)
    assert (found.years, found.same, found.new, found.gone) == ((2024,), 1, 0, 0)


def test_a_result_of_other_years_is_refused(old):
    written(old, {"person": "a", "year": 2023})
    with pytest.raises(Refused) as refused:
        compare(made({"person": "a"}), old, LABELS)
    assert "只有 2023 年度的结果，这一次是 2025 年度" in tell_all(refused.value.findings)


def test_changes_are_written_beside_the_result(old, tmp_path):
    written(old, {"person": "007", "total_low": 5430, "total_high": None, "verdict": "undetermined"})
    con = made({"person": "007"})
    compare(con, old, LABELS)
    files = write_outputs(con, Outputs(tmp_path / "new.csv", LABELS, changes=True))
    assert files[1] == tmp_path / "new.changes.csv"
    assert files[1].read_text("utf-8-sig").splitlines() == [
        "人员编号,年度,变化代码,变化,原结论,结论,原依据,依据,原合计 至少,原合计 至多,合计 至少,合计 至多,新出现的原因代码,不再有的原因代码",
        "007,2025,verdict total,结论由“不能确定”变为“达到要求”；合计不同,不能确定,达到要求,xinjiang@2023.1,xinjiang@2023.1,60又1/3,不限,90,90,,",
    ]


def test_a_number_that_a_workbook_gives_back_is_the_decimal_that_it_shows(tmp_path):
    old = written(tmp_path / "old.xlsx", {"person": "a", "total_low": 5445})
    assert openpyxl.load_workbook(old).active["J2"].value == 60.5
    con = made({"person": "a", "total_low": 121, "grid": 2, "professional_low": 120})
    assert compare(con, old, LABELS).same == 1


def test_another_table_is_no_earlier_result(tmp_path):
    (tmp_path / "a.csv").write_text("人员编号,年度\n1,2025\n", "utf-8-sig")
    with pytest.raises(Refused) as refused:
        compare(made({}), tmp_path / "a.csv", LABELS)
    said = tell_all(refused.value.findings)
    assert "读不出以前的结果，缺少“依据”、“结论”、“合计 至少”、“合计 至多”、“原因代码”" in said


@pytest.mark.parametrize("old", FORMS, indirect=False)
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", "人员编号,结论\n".encode("gbk"), b"PK\x03\x04nothing"]
)
def test_damaged_files_are_refused(tmp_path, old, content):
    (tmp_path / old).write_bytes(content)
    with pytest.raises(Refused) as refused:
        compare(made({}), tmp_path / old, LABELS)
    assert [finding.code for finding in refused.value.findings] == ["RO407"]


@pytest.mark.parametrize(
    ("cell", "other"),
    [("达到要求", "大概达到"), (",90,90,", ",九十,90,"), (",2025,", ",去年,"), (",90,90,", ",1/0,90,")],
)
def test_a_result_that_somebody_changed_is_refused(tmp_path, cell, other):
    old = written(tmp_path / "old.csv", {"person": "a"})
    old.write_text(old.read_text("utf-8-sig").replace(cell, other, 1), "utf-8-sig")
    with pytest.raises(Refused) as refused:
        compare(made({"person": "a"}), old, LABELS)
    assert [finding.code for finding in refused.value.findings] == ["RO407"]


@pytest.mark.parametrize(
    "change",
    ["ALTER verdict SET DATA TYPE VARCHAR USING 'good'", "ALTER total_low TYPE DOUBLE", "DROP COLUMN grid"],
)
def test_a_parquet_of_another_make_is_refused(tmp_path, change):
    con = made({"person": "a"})
    con.execute(f"ALTER TABLE result {change}")
    con.execute(f"COPY result TO '{tmp_path / 'old.parquet'}'")
    with pytest.raises(Refused) as refused:
        compare(made({"person": "a"}), tmp_path / "old.parquet", LABELS)
    assert [finding.code for finding in refused.value.findings] == ["RO407"]


def test_nothing_but_the_changes_is_left_in_the_connection(old):
    written(old, {"person": "a"})
    con = made({"person": "a"})
    compare(con, old, LABELS)
    assert {name for (name,) in con.execute("SHOW TABLES").fetchall()} == {"result", "changes"}


def test_a_missing_file_and_one_of_another_kind_are_refused(tmp_path):
    for name, code in (("none.csv", "PH101"), ("none.doc", "RO401")):
        with pytest.raises(Refused) as refused:
            compare(made({}), tmp_path / name, LABELS)
        assert [finding.code for finding in refused.value.findings] == [code]


def test_one_person_twice_in_a_year_is_refused_without_a_word_of_who(old):
    written(old, {"person": "650101199001010011"}, {"person": "650101199001010011"})
    with pytest.raises(Refused) as refused:
        compare(made({}), old, LABELS)
    assert "650101" not in tell_all(refused.value.findings)
    assert [finding.code for finding in refused.value.findings] == ["RO408"]


@given(st.fractions(min_value=0, max_value=10_000), st.sampled_from(["zh", "en"]))
def test_hours_on_paper_are_read_back_exactly(hours, lang):
    assert hours_of(number_text(hours, lang)) == hours


def test_no_end_on_paper_is_no_end():
    assert hours_of("不限") is hours_of("no end") is None
    assert hours_of("60又1/3") == Fraction(181, 3)
