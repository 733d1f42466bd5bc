"""Judging: the plan of each year is run, and whoever it can't judge is put into the table ``look``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from policyhours.roster.collect import Year
from policyhours.roster.database import make, one
from policyhours.roster.engines import Spark, run_on_duckdb
from policyhours.roster.intake.relation import Intake, Relation
from policyhours.roster.plan.claims import MOST_ROWS
from policyhours.roster.plan.detail import detail_of
from policyhours.roster.plan.plan import plan_of
from policyhours.roster.plan.sql import Sql
from policyhours.roster.plan.tables import Columns, Stored
from policyhours.roster.plan.term import Beyond
from policyhours.roster.policies import hours_of
from policyhours.roster.quoting import quoted
from policyhours.roster.request import Engine
from policyhours.roster.schemes import Scheme
from policyhours.roster.standing import Hours

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TEXT = Stored("text")
_DAYS = ("authorised_from", "authorised_until", "revoked_on")


def complete_tables(con: DuckDBPyConnection, intake: Intake) -> dict[str, Columns]:
    """Make the tables that the plan needs and the input lacks; gives what the columns of all of them hold."""
    columns: dict[str, Columns] = {
        name: {each: Stored(c.type, c.step) for each, c in relation.columns.items()}  # type: ignore[arg-type]
        for name, relation in intake.relations.items()
    }
    if "persons" not in columns:
        names = [name for name in ("activities", "decisions") if name in columns]
        people = " UNION ".join(f"SELECT person AS id FROM {name} WHERE person IS NOT NULL" for name in names)
        con.execute(
            "CREATE TABLE persons AS SELECT DISTINCT id, -1 AS _source, CAST(0 AS BIGINT) AS _row,"
            f" TRUE AS _sound FROM ({people})"
        )
        columns["persons"] = {"id": _TEXT}
    if "activities" not in columns:
        places = [("_source", "INTEGER"), ("_row", "BIGINT")]
        make(con, "activities", [*places, ("person", "VARCHAR"), ("kind", "VARCHAR"), ("date", "DATE")])
        columns["activities"] = {"person": _TEXT, "kind": _TEXT, "date": Stored("date")}
    if "recognised_by" in columns["activities"]:
        columns["bases"] = _complete_bases(con, columns.get("bases", {}))
    return columns


def _complete_bases(con: DuckDBPyConnection, there: Columns) -> Columns:
    """Make the table of bases with every column that it may have; those that the input lacks are empty."""
    types = {"id": "VARCHAR", "level": "VARCHAR"} | dict.fromkeys(_DAYS, "DATE")
    if not there:
        make(con, "bases", list(types.items()))
    else:
        empty = [f", CAST(NULL AS {type_}) AS {name}" for name, type_ in types.items() if name not in there]
        con.execute(f"CREATE TABLE whole AS SELECT *{''.join(empty)} FROM bases")
        con.execute("DROP VIEW bases; ALTER TABLE whole RENAME TO bases")
    return {name: Stored("date" if name in _DAYS else "text") for name in types} | dict(there)


def most_of_one(con: DuckDBPyConnection, activities: Relation | None) -> int:
    """As many activities as one person may have at the most.

    They are only counted by person where all of them together are too many for the plan's proof.
    """
    if activities is None or activities.rows < MOST_ROWS:
        return 0 if activities is None else activities.rows
    counted = "SELECT count(*) AS rows FROM activities GROUP BY person"
    return int(one(con, f"SELECT max(rows) FROM ({counted})"))


def year_of(
    year: int, schemes: Sequence[Scheme], tables: Mapping[str, Columns], rows: int, unnamed: Sql | None = None
) -> Year:
    """A reported year with its plan.

    Args:
        year: that is reported.
        schemes: of the year.
        tables: what the columns of the tables hold.
        rows: of one person, at the most; where they are too many for the plan's proof, there is no plan.
        unnamed: what an activity is called that states no id, where activities are reported.
    """
    if not any(scheme.rules for scheme in schemes):
        return Year(year, None, False, Hours((), (), ()))
    singly = Year(year, None, True, hours_of(schemes))
    if rows >= MOST_ROWS:
        return singly
    try:
        plan = plan_of(schemes, dict(tables))
        planned = Year(year, plan, True, Hours(plan.subjects, plan.asked, plan.kinds))
        if unnamed is None:
            return planned
        return replace(
            planned, detail=detail_of(schemes, dict(tables), whose=planned.judged, unnamed=unnamed)
        )
    except Beyond:
        return singly


def judge(
    con: DuckDBPyConnection,
    years: Sequence[Year],
    tables: Mapping[str, Columns],
    engine: Engine,
    scratch: Path,
) -> None:
    """Run the plans; their rows stand in a table of each year's.

    Raises:
        Refused: where Spark was asked for and can't be used.
    """
    plans = [(year.planned, year.plan) for year in years if year.plan is not None]
    if engine == "duckdb" or not plans:
        for table, plan in plans:
            run_on_duckdb(con, plan, table)
        return
    spark = Spark(con, tables, scratch)
    try:
        for table, plan in plans:
            spark.run(plan, table)
    finally:
        spark.close()


def look(con: DuckDBPyConnection, years: Sequence[Year], intake: Intake) -> None:
    """Put everybody whom the evaluator has to judge into the table ``look``."""
    whose = ["SELECT person FROM amiss"]
    for name, relation in intake.relations.items():
        key = "id" if name == "persons" else "person"
        if name == "decisions":
            whose.append("SELECT person FROM decisions")
        elif name != "bases" and not relation.sound:
            whose.append(f"SELECT {quoted(key)} FROM {name} WHERE NOT _sound")
    for year in years:
        if year.plan is not None:
            whose.append(f"SELECT id FROM {year.planned} WHERE look")
        elif year.ruled:
            whose.append("SELECT id FROM persons")
    people = " UNION ".join(whose)
    con.execute(
        f"CREATE OR REPLACE TABLE look AS SELECT w.person FROM ({people}) w(person)"
        " SEMI JOIN persons p ON p.id = w.person"
    )
