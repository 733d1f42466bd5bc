"""The plan and the evaluator give the same row for everybody whom the plan judges by itself."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from policyhours.language.library import Library, parse_reference
from policyhours.language.rules import Fact, Rules
from policyhours.roster.person import Person, assessor_of
from policyhours.roster.plan.plan import plan_of
from policyhours.roster.plan.tables import Columns, Stored, stored
from policyhours.roster.schemes import schemes_of
from policyhours.roster.standing import Hours, standing_of

LIBRARY = Library([Path(__file__).parents[3] / "policies"])
YEAR = 2025
IDENTITIES = ("event", "work", "patent", "project")
TIMES = {"days", "minutes", "hours"}
POLICIES = [
    "examples/general@2023.1", "xinjiang@2023.1", "examples/health@2024.1", "examples/education@2024.1",
    "examples/agriculture@2024.1", "examples/engineering@2024.1", "xinjiang/accounting@2023.1",
    "national/accounting@2018.1",
]  # fmt: skip
READINGS = [
    {"share_base": "earned"}, {"public_minimum": "thirty"}, {"completion_mode": "added"},
    {"degree_years": "starting"}, {"event_roles": "both"}, {"rounding": "whole_down"},
    {"ip_scope": "invention_only"},
]  # fmt: skip


@pytest.mark.parametrize("ref", POLICIES)
def test_under_every_policy(ref: str) -> None:
    compare(ref, {}, seed=1)


@pytest.mark.parametrize("readings", READINGS, ids=lambda readings: "".join(readings))
def test_under_every_reading(readings: dict[str, str]) -> None:
    compare("examples/general@2023.1", readings, seed=2)


def compare(ref: str, readings: dict[str, str], seed: int) -> None:
    schemes = schemes_of(parse_reference(ref), LIBRARY, YEAR, [], readings=readings)
    rules = schemes[-1].rules
    assert rules is not None
    rng = random.Random(seed)
    people = [person(rng, rules, number) for number in range(150)]
    con = duckdb.connect()
    plan = plan_of(schemes, fill(con, rules, people))
    cursor = con.execute(plan.sql("duckdb"))
    names = [column[0] for column in cursor.description or ()]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    assert rows.keys() == {someone.id for someone in people}

    assessor = assessor_of(schemes[-1], LIBRARY, {}, readings=readings)
    hours = Hours(plan.subjects, plan.asked, plan.kinds)
    judged = [someone for someone in people if not rows[someone.id]["look"]]
    assert len(judged) > 20
    for someone in judged:
        row = rows[someone.id]
        standing = standing_of(assessor.assess(someone).years[YEAR], rules, hours)
        wanted = {
            f"{name}_{end}": value
            for name, ends in standing.hours.items()
            for end, value in zip(("low", "high"), ends, strict=True)
        }
        found = {n: None if row[n] is None else Fraction(row[n], plan.grid) for n in wanted}
        assert (row["verdict"], plan.bits.named(row["causes"]), found) == (
            standing.verdict, standing.causes, wanted,
        ), someone  # fmt: skip


def person(rng: random.Random, rules: Rules, number: int) -> Person:
    facts = {"in_scope": rng.choice(["yes"] * 9 + ["no", "unknown", None])}
    facts["title_level"] = rng.choice(["none", "junior", "senior", None])
    rows = [activity(rng, rules, each) for each in range(rng.randint(0, 8))]
    return Person(f"p{number:04}", {n: f for n, f in facts.items() if f is not None}, rows)


def activity(rng: random.Random, rules: Rules, number: int) -> dict[str, object]:
    kind = rng.choice(list(rules.standards))
    standard = rules.standards[kind]
    year = rng.choice([YEAR] * 8 + [2023, 2024, 2026, 2027, 2028])
    row: dict[str, object] = {
        "id": f"a{number}",
        "kind": kind,
        "date": date(year, 1, 1) + timedelta(rng.randint(0, 30 if year == 2028 else 364)),
    }
    for name, values in {
        "status": ["registered"] * 8 + ["pending", "void", None],
        "evidence": ["complete"] * 9 + ["missing", None],
    }.items():
        if (value := rng.choice(values)) is not None:
            row[name] = value
    for fact in (fact for fact in rules.facts.values() if fact.of == "activity"):
        said = rng.random()
        if fact.id in IDENTITIES and said < 0.12:
            row[fact.id] = rng.choice("xy")
        elif fact.id in {*standard.reads} - TIMES and said < (0.94 if fact.attested is None else 0.07):
            row[fact.id] = stated(rng, fact)
    if standard.amounts and rng.random() < 0.4:
        row["hours"] = Fraction(rng.choice([5, 15, 80, 200, 300, 305, 600, 900]), 10)
    elif standard.amounts:
        row["days"] = rng.choice([0, 1, 2, 3, 5])
        if rng.random() < 0.5:
            row["minutes"] = rng.choice([45, 90, 60, 100, 7])
    return row


def stated(rng: random.Random, fact: Fact) -> object:
    if fact.kind == "choice":
        return rng.choice(list(fact.options))
    if fact.kind == "boolean":
        return rng.random() < 0.9
    if fact.kind == "integer":
        return rng.choice([1, 1, 1, 2, 2, 3, 5])
    assert fact.at_least is not None and fact.at_most is not None and fact.step is not None
    steps = int((min(fact.at_most, 20) - fact.at_least) / fact.step)
    return fact.at_least + Fraction(fact.step) * rng.randint(0, steps)


def fill(con: duckdb.DuckDBPyConnection, rules: Rules, people: list[Person]) -> dict[str, Columns]:
    """The people as the tables that intake would make of them, and what their columns hold."""
    rows = [{"person": p.id, **row} for p in people for row in p.activities]
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: holds(rules, name) for name in names}
    types = {"boolean": "BOOLEAN", "integer": "BIGINT", "number": "BIGINT", "date": "DATE"}
    heads = [f"{name} {types.get(column.type, 'TEXT')}" for name, column in columns.items()]
    con.execute(f"CREATE TABLE activities ({', '.join(heads)})")
    for row in rows:
        values = [cell(row.get(name), columns[name]) for name in names]
        con.execute(f"INSERT INTO activities VALUES ({', '.join('?' * len(names))})", values)
    con.execute("CREATE TABLE persons (id TEXT, title_level TEXT, in_scope TEXT)")
    for someone in people:
        facts = [someone.facts.get(name) for name in ("title_level", "in_scope")]
        con.execute("INSERT INTO persons VALUES (?, ?, ?)", [someone.id, *facts])
    persons = {name: holds(rules, name) for name in ("id", "title_level", "in_scope")}
    return {"activities": columns, "persons": persons}


def holds(rules: Rules, name: str) -> Stored:
    if name == "date":
        return Stored("date")
    return stored(rules.facts[name]) if name in rules.facts else Stored("text")


def cell(value: object, column: Stored) -> object:
    if value is None or column.step is None:
        return value
    assert isinstance(value, int | Fraction)
    return int(value / column.step)
