"""What a plan is, whatever the people: the types of its columns, and what it refuses to say."""

from __future__ import annotations

import pytest
from engines import filled
from situations import GENERAL, INDUSTRIES
from test_told import planned

from policyhours.roster.plan.plan import plan_of
from policyhours.roster.plan.tables import Stored, tables_for
from policyhours.roster.plan.term import Beyond

OTHERS = ["national/accounting@2018.1", "xinjiang/accounting@2023.1", "xinjiang@2023.1"]


@pytest.mark.parametrize(
    ("ref", "industries"), [(GENERAL, []), ("xinjiang", INDUSTRIES), *((o, []) for o in OTHERS)]
)
def test_hours_and_causes_are_64_bit_whole_numbers_and_nothing_is_wider(
    ref: str, industries: list[str]
) -> None:
    plan, rules = planned(ref, industries)
    tables = tables_for(rules)
    with filled(tables, dict.fromkeys(tables, ())) as con:
        described = con.execute(f"DESCRIBE {plan.sql('duckdb')}").fetchall()
    types = {row[0]: row[1] for row in described}
    numbers = {name for name in types if name == "causes" or name.endswith(("_low", "_high"))}
    assert numbers
    assert {types[name] for name in numbers} == {"BIGINT"}
    assert set(types.values()) <= {"VARCHAR", "BIGINT", "INTEGER", "BOOLEAN"}


@pytest.mark.parametrize(("table", "name"), [("activities", "code"), ("persons", "look")])
def test_a_fact_named_as_a_column_of_the_plans_own_is_left_to_the_evaluator(table: str, name: str) -> None:
    plan, rules = planned(GENERAL, [])
    tables = tables_for(rules)
    with pytest.raises(Beyond):
        plan_of(plan.schemes, {**tables, table: {**tables[table], name: Stored("text")}})
