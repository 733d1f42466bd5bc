"""A plan that is printed says what it needs, what it does and by which article, and runs as it stands."""

from __future__ import annotations

import pytest
from at_random import roster
from engines import DuckDB, Engine
from situations import GENERAL, INDUSTRIES

from helpers import LIBRARY
from policyhours.language.reference import parse_reference
from policyhours.language.rules import Rules
from policyhours.roster.plan.parted import Dialect
from policyhours.roster.plan.plan import Plan, plan_of
from policyhours.roster.plan.tables import tables_for
from policyhours.roster.plan.told import told_sql
from policyhours.roster.results.labels import Labels
from policyhours.roster.schemes import schemes_of


def planned(
    ref: str, industries: list[str], readings: dict[str, str] | None = None
) -> tuple[Plan, list[Rules]]:
    schemes = schemes_of(parse_reference(ref), LIBRARY, 2025, industries, readings=readings)
    rules = [scheme.rules for scheme in schemes if scheme.rules is not None]
    return plan_of(schemes, tables_for(rules)), rules


def told(plan: Plan, rules: list[Rules], dialect: Dialect = "duckdb") -> str:
    titles = [
        {name: one.title for each in rules for name, one in of(each).items()}
        for of in (lambda r: r.standards, lambda r: r.subjects, lambda r: r.facts)
    ]
    return told_sql(plan, dialect, (Labels("zh", *titles), Labels("en", *titles)))


def same_rows_as_told(engine: Engine, dialect: Dialect, ref: str, industries: list[str]) -> None:
    """What is printed gives on an engine the rows that the plan gives on DuckDB."""
    plan, rules = planned(ref, industries)
    tables, data = roster(plan.schemes, 30, seed=21).stored(whole=True)
    rows, as_told = (
        DuckDB().run(plan, tables, data),
        engine.run(plan, tables, data, told(plan, rules, dialect)),
    )
    assert sorted(rows, key=_id) == sorted(as_told, key=_id)


def _id(row: dict[str, object]) -> str:
    return str(row["id"])


@pytest.mark.parametrize(("ref", "industries"), [(GENERAL, []), ("xinjiang", INDUSTRIES)])
def test_it_runs_on_duckdb_as_it_stands(ref: str, industries: list[str]) -> None:
    same_rows_as_told(DuckDB(), "duckdb", ref, industries)


def test_it_names_the_columns_that_it_needs_with_type_unit_and_step() -> None:
    lines = told(*planned(GENERAL, []), "spark").splitlines()
    assert "--     hours BIGINT：核定学时；以0.1学时为1 · 1 is 0.1 hour" in lines
    assert "--     days BIGINT：天数；天" in lines
    assert "--     obtained BOOLEAN：已获得学历（学位）" in lines
    assert any(
        line.startswith("--     kind STRING：学习形式；public_course 公需科目学习、") for line in lines
    )


def test_it_says_in_how_many_parts_hours_are_counted_and_what_every_cause_means() -> None:
    plan, rules = planned(GENERAL, [])
    text = told(plan, rules)
    assert f"1学时分为{plan.grid}份" in text
    for cause, bit in plan.bits.causes.items():
        assert f"--   {bit} {cause}：" in text


def test_every_provision_about_hours_stands_with_its_article_in_some_part() -> None:
    plan, rules = planned(GENERAL, [])
    comments = [line for line in told(plan, rules).splitlines() if line.lstrip().startswith("/*")]
    for standard in rules[0].standards.values():
        assert any(
            f"{standard.worth.article[-1]} {standard.title}（{standard.id}，" in line for line in comments
        )
    for ceiling in rules[0].ceilings:
        assert any(line.lstrip().startswith(f"/* {ceiling.origin.article[0]} ") for line in comments)


def test_of_several_filings_each_says_its_own_and_the_upper_text_what_they_share() -> None:
    text = told(*planned("xinjiang", INDUSTRIES))
    assert "--   0 examples/agriculture@2024.1 " in text
    assert "/* examples/health@2024.1 细则第七条 进修项目" in text
    assert text.count(" 第六条 每天折算学时：8") == 1


def test_it_says_which_kinds_are_left_to_the_evaluator_and_why() -> None:
    plan, rules = planned("examples/engineering@2024.1", [])
    assert plan.beyond
    text = told(plan, rules)
    for _, kind, _ in plan.beyond:
        assert f"（{kind}）：" in text.split("留给逐人核算的学习形式")[1]


def test_it_says_which_readings_are_not_the_adopted_ones() -> None:
    text = told(*planned(GENERAL, [], {"rounding": "whole_down"}))
    assert "rounding = whole_down（舍去" in text


def test_what_a_policy_says_can_end_no_comment() -> None:
    plan, _ = planned(GENERAL, [])
    titles = {"assessment": "考核 */ DROP TABLE persons; /*\nDROP TABLE persons"}
    text = told_sql(plan, "postgres", (Labels("zh", facts=titles), Labels("en", facts=titles)))
    head = [line for line in text.splitlines() if "DROP" in line]
    assert head
    assert all(line.startswith("--") and "*/" not in line for line in head)
