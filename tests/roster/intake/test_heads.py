"""Heads: what a column is, by its id, its title, or the name that the user gives for it."""

from __future__ import annotations

import pytest

from roster.intake.taking import refused, taken


def csv(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_heads_are_ids_or_titles_with_units_and_full_width_forms(tmp_path):
    file = csv(
        tmp_path / "活动.csv",
        " person ,方式,日期：,天数（天）,核定学时[学时],学历\n1,paper,2025-01-01,1,2,硕士\n",
    )
    found = taken(file)
    assert found.intake.sources[0].heads == {
        "person": "person",
        "kind": "方式",
        "date": "日期:",
        "days": "天数(天)",
        "hours": "核定学时[学时]",
        "degree": "学历",
    }


def test_a_column_that_says_nothing_to_us_is_told_once_with_what_is_near(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,日期,考核结论,地点\n1,paper,2025-01-01,考核合格,x\n")
    (note,) = [note for note in taken(file).intake.notes if note.code == "RO201"]
    assert note.args["columns"] == "考核结论、地点"
    assert "“考核结论”是不是“考核结果”" in note.args["hint"]


def test_names_and_numbers_of_persons_are_not_read_and_that_is_said(tmp_path):
    file = csv(
        tmp_path / "活动.csv", "序号,姓名,身份证号,人员编号,方式,日期,备注\n1,某某,1,1,paper,2025-01-01,\n"
    )
    found = taken(file)
    (note,) = [note for note in found.intake.notes if note.code == "RO202"]
    assert note.args["columns"] == "序号、姓名、身份证号、备注"
    assert set(found.intake.relations["activities"].columns) == {"person", "kind", "date"}


def test_the_user_may_name_columns(tmp_path):
    file = csv(tmp_path / "活动.csv", "证件,培训类型,结束,学习天数\n1,paper,2025-01-01,2\n")
    names = {"证件": "person", "培训类型": "学习形式", "结束": "date", "学习天数": "days"}
    assert taken(file, columns=names).rows("activities", "person", "kind", "days") == [("1", "paper", 2)]


def test_a_name_that_is_no_column_is_refused_with_what_is_near(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,日期\n1,paper,2025-01-01\n")
    ((code, words),) = refused(file, columns={"日期": "日子"})
    assert (code, words["found"], words["nearest"]) == ("RO111", "日子", "日期")


def test_a_name_for_a_head_that_no_file_has_is_refused(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,日期\n1,paper,2025-01-01\n")
    ((code, words),) = refused(file, columns={"人员号": "person"})
    assert (code, words["found"], words["nearest"]) == ("RO112", "人员号", "人员编号")


def test_two_heads_for_one_column_are_refused(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,日期,天数,days\n1,paper,2025-01-01,1,2\n")
    ((code, words),) = refused(file)
    assert (code, words["first"], words["second"], words["column"]) == ("RO109", "天数", "days", "天数")


def test_a_table_without_a_needed_column_is_refused_with_what_is_lacking(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,活动日,天数\n1,paper,2025-01-01,1\n")
    ((code, words),) = refused(file)
    assert (code, words["missing"], words["found"]) == ("RO108", "日期", "人员编号、方式、活动日、天数")


def test_two_columns_of_the_same_unknown_name_are_both_kept_in_the_raw_relation(tmp_path):
    file = csv(tmp_path / "活动.csv", "人员编号,方式,日期,地点,地点,\n1,paper,2025-01-01,a,b,c\n")
    found = taken(file)
    raw = found.raw("activities", 2)
    assert (raw["地点"], raw["地点 (2)"], raw["#6"]) == ("a", "b", "c")
    assert "RO207" in found.notes()


@pytest.mark.parametrize(
    ("name", "head", "table"),
    [
        ("人员名单", "编号,职称层级", "persons"),
        ("persons_2025", "id", "persons"),
        ("导出", "人员编号,职称层级,所属行业", "persons"),
        ("导出", "人员编号,方式,日期", "activities"),
        ("导出", "人员编号,年度,处理", "decisions"),
        ("导出", "基地编号,级别,授权起", "bases"),
    ],
)
def test_a_file_is_a_table_by_its_name_or_else_by_its_head(tmp_path, name, head, table):
    cells = {"年度": "2025", "处理": "顺延", "日期": "2025-01-01", "方式": "paper", "授权起": "2025-01-01"}
    row = ",".join(cells.get(word, "1") for word in head.split(","))
    found = taken(csv(tmp_path / f"{name}.csv", f"{head}\n{row}\n"))
    assert list(found.intake.relations) == [table]


def test_a_file_that_may_be_persons_or_bases_is_refused(tmp_path):
    ((code, words),) = refused(csv(tmp_path / "导出.csv", "编号\n1\n"))
    assert (code, words["found"]) == ("RO110", "编号")


def test_a_file_without_a_head_is_refused_and_its_persons_are_not_quoted(tmp_path):
    ((code, words),) = refused(csv(tmp_path / "导出.csv", "张某某,110101199001011234,初级\n李某某,2,中级\n"))
    assert (code, words["found"]) == ("RO110", "—")
    ((code, words),) = refused(csv(tmp_path / "人员.csv", "张某某,110101199001011234,初级\n李某某,2,中级\n"))
    assert (code, words["found"], words["missing"]) == ("RO108", "—", "人员编号")


def test_a_title_that_heads_two_facts_states_both_where_they_can_hold_it(tmp_path):
    file = csv(
        tmp_path / "活动.csv",
        "人员编号,方式,日期,课题级别\n1,research_project,2025-01-01,国家级\n"
        "1,research_project,2025-01-02,行业协会\n1,research_project,2025-01-03,院级\n",
    )
    found = taken(file)
    assert found.rows("activities", "_sound", "topic_level", "project_grade") == [
        (True, "national", "national"),
        (True, "association", "行业协会"),
        (False, None, None),
    ]
    assert found.again(3, ref="examples/agriculture@2024.1").values["topic_level"] == "association"
    (fault,) = found.again(3, ref="examples/health@2024.1")
    assert (fault.code, fault.column) == ("PH805", "project_grade")
