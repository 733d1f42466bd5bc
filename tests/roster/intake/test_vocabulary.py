"""The vocabularies of several industries are one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from policyhours.roster.intake.vocabulary import vocabulary
from roster.intake.taking import every_industry, rules_of, taken

GENERAL, HEALTH = rules_of("examples/general@2023.1"), rules_of("examples/health@2024.1")


def with_fact(rules, id_, **changes):
    facts = {**rules.facts, id_: replace(rules.facts[id_], **changes)}
    return replace(rules, facts=facts)


def test_options_of_all_filings_are_options():
    options = every_industry().tables["activities"]["ip_type"].options
    assert {"invention", "software", "variety", "courseware", "layout"} <= set(options)


def test_one_title_may_head_the_facts_of_several_filings():
    assert every_industry().named("activities", "课题级别") == ("topic_level", "project_grade")


def test_bounds_and_steps_are_widened_to_hold_both():
    other = with_fact(HEALTH, "hours", at_most=2000, step=Fraction(1, 4))
    column = vocabulary([GENERAL, other]).tables["activities"]["hours"]
    assert (column.at_least, column.at_most, column.step) == (0, 2000, Fraction(1, 20))


def test_a_fact_without_a_step_somewhere_is_stored_as_its_exact_text():
    other = with_fact(HEALTH, "hours", step=None)
    assert vocabulary([GENERAL, other]).tables["activities"]["hours"].stored == "VARCHAR"


def test_a_fact_of_two_types_stays_as_it_is_stated(tmp_path):
    other = with_fact(HEALTH, "days", kind="choice", options={"one": "一天"})
    words = vocabulary([GENERAL, other])
    assert words.tables["activities"]["days"].type == "stated"
    (tmp_path / "活动.csv").write_text("人员编号,学习形式,日期,天数\n1,paper,2025-01-01,一天 \n", "utf-8")
    found = taken(tmp_path / "活动.csv", words=words)
    assert found.rows("activities", "_sound", "days") == [(True, "一天")]


def test_a_label_that_means_two_options_is_left_to_the_persons_own_rules(tmp_path):
    own = with_fact(HEALTH, "ip_type", options={"patent": "发明专利", "software": "软件著作权"})
    words = vocabulary([GENERAL, own])
    (tmp_path / "活动.csv").write_text(
        "人员编号,学习形式,日期,ip_type\n1,paper,2025-01-01,发明专利\n", "utf-8"
    )
    found = taken(tmp_path / "活动.csv", words=words)
    assert found.rows("activities", "_sound", "ip_type") == [(True, "发明专利")]
    assert found.again(2).values["ip_type"] == "invention"


def test_what_is_worked_out_from_dates_is_no_column():
    assert not {"year", "month"} & set(every_industry().tables["activities"])


def test_a_title_that_is_written_with_brackets_heads_its_column_with_and_without_them():
    words = every_industry()
    for head in ("学历（学位）", "学历(学位)", "学历", "degree"):
        assert words.named("activities", head) == ("degree",)
