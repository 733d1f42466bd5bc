"""The plan and the evaluator give the same row for everybody whom the plan judges by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from at_random import Roster, roster
from engines import DuckDB, Engine
from situations import GENERAL, INDUSTRIES, READINGS, YEAR, in_every_situation

from helpers import LIBRARY
from policyhours.language.reference import parse_reference
from policyhours.roster.person import Assessor, Person, assessor_of
from policyhours.roster.plan import bits
from policyhours.roster.plan.plan import Plan, plan_of
from policyhours.roster.schemes import Scheme, schemes_of
from policyhours.roster.standing import Hours, standing_of


@in_every_situation
def test_query_and_evaluator_agree(ref: str, more: dict[str, Any]) -> None:
    same_answers(DuckDB(), ref, seed=1, **more)


@pytest.mark.parametrize("seed", range(5, 8))
def test_with_all_readings_at_random(seed: int) -> None:
    same_answers(DuckDB(), GENERAL, seed=seed, readings=READINGS[-1] | READINGS[seed - 2])


@pytest.mark.parametrize("few", [24, 36])
def test_where_there_are_more_causes_than_bits_the_evaluator_tells_them(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bits, "_BITS", few)
    same_answers(DuckDB(), GENERAL, seed=9, size=200)


def test_a_decision_is_for_the_evaluator_and_changes_nobody_elses_row() -> None:
    schemes = schemes_of(parse_reference("xinjiang"), LIBRARY, YEAR, INDUSTRIES)
    everybody = roster(schemes, 100, seed=8)
    _, rows = planned(DuckDB(), schemes, everybody)
    _, without = planned(DuckDB(), schemes, everybody.without_decisions())
    decided = {someone.id for someone in everybody.people if someone.decisions}
    assert decided
    assert all(rows[name]["look"] for name in decided)
    assert all(rows[name] == without[name] for name in rows.keys() - decided)


def same_answers(
    engine: Engine,
    ref: str,
    seed: int,
    *,
    year: int = YEAR,
    readings: Mapping[str, str] | None = None,
    industries: Sequence[str] = (),
    size: int = 100,
) -> None:
    schemes = schemes_of(parse_reference(ref), LIBRARY, year, industries, readings=dict(readings or {}))
    judged = agree(engine, schemes, roster(schemes, size, seed), readings)
    assert len(judged) > size / 8


def agree(
    engine: Engine,
    schemes: Sequence[Scheme],
    everybody: Roster,
    readings: Mapping[str, str] | None = None,
) -> list[Person]:
    """Make sure that plan and evaluator agree on everybody whom the plan judges; who they are."""
    plan, rows = planned(engine, schemes, everybody)
    assert rows.keys() == {someone.id for someone in everybody.people}
    assert all(row["look"] in (True, False) for row in rows.values())
    judged = [someone for someone in everybody.people if not rows[someone.id]["look"]]
    assessors = [assessor_of(s, LIBRARY, everybody.bases, readings=readings) for s in plan.schemes]
    for someone in judged:
        row = rows[someone.id]
        assert told(row, plan) == assessed(someone, plan, assessors[row.get("scheme", 0)]), someone
    return judged


def planned(
    engine: Engine, schemes: Sequence[Scheme], everybody: Roster
) -> tuple[Plan, dict[str, dict[str, Any]]]:
    """The plan, and its rows by person."""
    tables, data = everybody.stored()
    plan = plan_of(schemes, tables)
    return plan, {row["id"]: row for row in engine.run(plan, tables, data)}


def told(row: Mapping[str, Any], plan: Plan) -> object:
    """What the plan says of a person."""
    names = [f"{name}_{end}" for name in hours_of(plan).columns() for end in ("low", "high")]
    hours = {n: None if row[n] is None else Fraction(row[n], plan.grid) for n in names}
    return row["verdict"], plan.bits.named(row["causes"]), hours


def assessed(someone: Person, plan: Plan, assessor: Assessor) -> object:
    """What the evaluator says of a person."""
    scheme = assessor.scheme
    standing = standing_of(assessor.assess(someone), scheme.rules, hours_of(plan))
    hours = {
        f"{name}_{end}": value
        for name, ends in standing.hours.items()
        for end, value in zip(("low", "high"), ends, strict=True)
    }
    return standing.verdict, standing.causes, hours


def hours_of(plan: Plan) -> Hours:
    return Hours(plan.subjects, plan.asked, plan.kinds)
