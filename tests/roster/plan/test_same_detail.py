"""The detail query and the evaluator tell the same of every activity of whom the plan judges by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from at_random import Roster, roster
from engines import DuckDB, Engine, filled
from situations import GENERAL, INDUSTRIES, YEAR, in_every_situation
from test_same_answers import planned

from helpers import LIBRARY
from policyhours.language.reference import parse_reference
from policyhours.roster.items import Item, items_of
from policyhours.roster.person import Person, Row, assessor_of
from policyhours.roster.plan.cited import cited
from policyhours.roster.plan.detail import AMOUNTS, DetailPlan, by_row, detail_of
from policyhours.roster.plan.parted import Dialect
from policyhours.roster.plan.tables import Stored, tables_for
from policyhours.roster.schemes import Scheme, schemes_of

ENDS = [f"{amount}_{end}" for amount in AMOUNTS for end in ("low", "high")]
COURSE = {"kind": "training", "assessment": "passed"}
OTHER = {"kind": "other"}


@in_every_situation
def test_query_and_evaluator_agree(ref: str, more: dict[str, Any]) -> None:
    same_detail(DuckDB(), ref, seed=21, **more)


def test_a_ceiling_cuts_the_uncertain_before_the_late_and_the_late_before_the_last_by_id() -> None:
    day = {"date": date(YEAR, 5, 1)}
    found = one_person(
        [
            {**OTHER, "id": "open", "date": date(YEAR, 1, 1), "hours": 10, "status": "pending"},
            {**OTHER, "id": "late", "date": date(YEAR, 9, 1), "hours": 10},
            {**OTHER, **day, "id": "a9", "hours": 10},
            {**OTHER, **day, "id": "a10", "hours": 10},
            {**OTHER, **day, "id": "𠀀", "hours": 8},
            {**OTHER, **day, "id": "Ａ", "hours": 8},
        ]
    )
    counted = {id_: Fraction(item.ends[2] or 0, item.grid) for id_, item in found.items()}
    assert counted == {"a10": 10, "a9": 10, "Ａ": 8, "𠀀": 2, "late": 0, "open": 0}
    assert found["open"].outcome == "uncertain"


def test_of_two_equal_activities_on_one_matter_the_earlier_counts_then_the_first_by_id() -> None:
    day = {"date": date(YEAR, 5, 1)}
    found = one_person(
        [
            {**COURSE, **day, "id": "b", "hours": 8, "event": "x"},
            {**COURSE, **day, "id": "B", "hours": 8, "event": "x"},
            {**COURSE, "id": "a", "date": date(YEAR, 5, 2), "hours": 8, "event": "x"},
            {**COURSE, "id": "c", "date": date(YEAR, 5, 3), "hours": 7, "event": "x"},
        ]
    )
    assert {id_: item.outcome for id_, item in found.items()} == {
        "B": "counted", "b": "counted_elsewhere", "a": "counted_elsewhere", "c": "counted_elsewhere",
    }  # fmt: skip


def test_of_a_recognition_that_does_not_hold_the_condition_that_fails_first_is_cited() -> None:
    bases: dict[str, Row] = {
        "low": {"level": "prefecture", "authorised_from": date(2020, 1, 1), "revoked_on": date(2021, 1, 1)},
        "gone": {"level": "region", "authorised_from": date(2020, 1, 1), "revoked_on": date(2021, 1, 1)},
    }
    on = {"date": date(YEAR, 5, 1), "hours": 8, "recognised_on": date(YEAR, 5, 1)}
    found = one_person(
        [
            {**COURSE, **on, "id": "low", "recognised_by": "low"},
            {**COURSE, **on, "id": "gone", "recognised_by": "gone"},
        ],
        bases,
    )
    assert {id_: item.article for id_, item in found.items()} == {"low": "第四条", "gone": "第十五条"}


def test_who_claims_what_cannot_be_told_is_for_the_evaluator() -> None:
    refused = {"kind": "intellectual_property", "date": date(YEAR, 5, 1), "status": "void"}
    assert looked_at([{**refused, "id": "told", "ip_type": "invention"}]) == {"told": False}
    assert looked_at([{**refused, "id": "untold"}, {**COURSE, "id": "b", "date": date(YEAR, 1, 1), "hours": 8}]) == {
        "untold": True, "b": False,
    }  # fmt: skip


def test_only_whose_activities_are_wanted_are_told_of() -> None:
    schemes = schemes_of(parse_reference(GENERAL), LIBRARY, YEAR, [])
    tables, data = roster(schemes, 20, seed=25).stored()
    everybody, some = detail_of(schemes, tables), detail_of(schemes, tables, whose="wanted")
    with filled(tables, data) as con:
        con.execute("CREATE TABLE wanted AS SELECT id FROM persons WHERE id < 'p0005'")
        few = con.execute(some.sql("duckdb")).fetchall()
        all_ = con.execute(everybody.sql("duckdb")).fetchall()
    assert few and sorted(map(str, few)) == sorted(str(row) for row in all_ if row[0] < "p0005")


@pytest.mark.parametrize(
    ("several", "ids"), [(False, ["#2", "#3", "mine"]), (True, ["#5-2", "#5-3", "mine"])]
)
def test_an_activity_without_an_id_is_called_by_its_row(several: bool, ids: list[str]) -> None:
    row = {"person": "p", "kind": "training", "date": date(YEAR, 5, 1), "hours": 80, "_source": 4}
    rows = [{**row, "_row": 2}, {**row, "_row": 3}, {**row, "_row": 4, "id": "mine"}]
    everybody, schemes = made([{**COURSE, "id": "a", "date": date(YEAR, 5, 1), "hours": 8}])
    tables, _ = everybody.stored()
    detail = detail_of(schemes, tables, unnamed=by_row(several=several))
    whole = Stored("integer", Fraction(1))
    held = {**tables, "activities": {**tables["activities"], "_source": whole, "_row": whole}}
    with filled(held, {"persons": [{"id": "p"}], "activities": rows}) as con:
        found = con.execute(f"SELECT id FROM ({detail.sql('duckdb')}) ORDER BY id").fetchall()
    assert [id_ for (id_,) in found] == ids


@pytest.mark.parametrize(("ref", "industries"), [(GENERAL, []), ("xinjiang", INDUSTRIES)])
def test_hours_and_causes_are_64_bit_whole_numbers(ref: str, industries: list[str]) -> None:
    schemes = schemes_of(parse_reference(ref), LIBRARY, YEAR, industries)
    tables = tables_for([scheme.rules for scheme in schemes if scheme.rules is not None])
    with filled(tables, dict.fromkeys(tables, ())) as con:
        described = con.execute(f"DESCRIBE {detail_of(schemes, tables).sql('duckdb')}").fetchall()
    types = {row[0]: row[1] for row in described}
    assert {types[name] for name in (*ENDS, "grid", "causes")} == {"BIGINT"}
    assert (types["year"], types["date"], types["look"]) == ("INTEGER", "DATE", "BOOLEAN")


def one_person(activities: Sequence[Row], bases: Mapping[str, Row] | None = None) -> dict[str, Item]:
    """The activities of one person by id, as query and evaluator both tell them."""
    everybody, schemes = made(activities, bases)
    found = {item.id: item for item in agree(DuckDB(), schemes, everybody)}
    assert found.keys() == {row["id"] for row in activities}
    return found


def looked_at(activities: Sequence[Row]) -> dict[str, bool]:
    """Which activities of one person only the evaluator can tell of."""
    everybody, schemes = made(activities)
    tables, data = everybody.stored()
    query = detail_of(schemes, tables).sql("duckdb")
    plan, _ = planned(DuckDB(), schemes, everybody)
    return {row["id"]: row["look"] for row in DuckDB().run(plan, tables, data, query)}


def made(
    activities: Sequence[Row], bases: Mapping[str, Row] | None = None
) -> tuple[Roster, Sequence[Scheme]]:
    schemes = schemes_of(parse_reference(GENERAL), LIBRARY, YEAR, [])
    person = Person("p", {"in_scope": "yes"}, activities)
    return Roster([person], [s.rules for s in schemes if s.rules is not None], bases or {}), schemes


def same_detail(
    engine: Engine,
    ref: str,
    seed: int,
    *,
    year: int = YEAR,
    readings: Mapping[str, str] | None = None,
    industries: Sequence[str] = (),
    size: int = 100,
    dialect: Dialect = "duckdb",
) -> None:
    schemes = schemes_of(parse_reference(ref), LIBRARY, year, industries, readings=dict(readings or {}))
    told = agree(engine, schemes, roster(schemes, size, seed), readings, dialect)
    assert len(told) > size / 10


def agree(
    engine: Engine,
    schemes: Sequence[Scheme],
    everybody: Roster,
    readings: Mapping[str, str] | None = None,
    dialect: Dialect = "duckdb",
) -> list[Item]:
    """Make sure that query and evaluator agree on every activity of whom both are to tell; what they tell."""
    plan, people = planned(engine, schemes, everybody)
    tables, data = everybody.stored()
    detail = detail_of(schemes, tables)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in engine.run(plan, tables, data, detail.sql(dialect)):
        rows.setdefault(row["person"], []).append(row)
    judged = [p for p in everybody.people if not people[p.id]["look"]]
    judged = [p for p in judged if not any(row["look"] for row in rows.get(p.id, ()))]
    assessors = [assessor_of(s, LIBRARY, everybody.bases, readings=readings) for s in plan.schemes]
    found: list[Item] = []
    for someone in judged:
        assessor = assessors[people[someone.id].get("scheme", 0)]
        year = assessor.scheme.year
        result = assessor.assess(someone)
        items = list(items_of(someone.id, year, result, assessor.scheme.rules))
        own = rows.get(someone.id, [])
        assert {row["id"]: told(row, detail) for row in own} == {i.id: assessed(i) for i in items}, someone
        assert len(own) == len(items)
        for row in own:
            adds_up(row)
        for kind in plan.kinds:
            for end in ("low", "high"):
                ends = [row[f"counted_{end}"] for row in own if row["kind"] == kind]
                together = None if None in ends else sum(ends)
                assert together == people[someone.id][f"kind_{kind}_{end}"], (someone, kind)
        found += items
    return found


def told(row: Mapping[str, Any], plan: DetailPlan) -> object:
    """What the query tells of an activity."""
    hours = {name: None if row[name] is None else Fraction(row[name], row["grid"]) for name in ENDS}
    article, codes = cited(plan, row["scheme"], row["kind"], row["causes"], row["base"])
    return row["year"], row["kind"], str(row["date"]), hours, row["outcome"], article, codes


def assessed(item: Item) -> object:
    """What the evaluator tells of it."""
    ends = {
        name: None if end is None else Fraction(end, item.grid)
        for name, end in zip(ENDS, item.ends, strict=True)
    }
    return item.year, item.kind, str(item.day), ends, item.outcome, item.article, item.causes


def adds_up(row: Mapping[str, Any]) -> None:
    """Claimed is what counts and what was lost, exactly."""
    for end in ("low", "high"):
        claimed, counted, lost = (row[f"{amount}_{end}"] for amount in AMOUNTS)
        assert claimed is None if None in (counted, lost) else claimed == counted + lost, row
