"""Engines: where the plan of a year is run. Its rows come out as a table of the database."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyhours.roster.plan.plan import Plan
from policyhours.roster.plan.tables import Columns
from policyhours.roster.quoting import file_literal, literal
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def run_on_duckdb(con: DuckDBPyConnection, plan: Plan, table: str) -> None:
    """Run the plan in the database itself."""
    con.execute(f"CREATE OR REPLACE TABLE {table} AS {plan.sql('duckdb')}")


class Spark:
    """Spark on this machine, or wherever the settings of its installation say."""

    def __init__(self, con: DuckDBPyConnection, tables: Mapping[str, Columns], scratch: Path) -> None:
        """Hand the tables to Spark, by way of files.

        Raises:
            Refused: where there is no Spark or no Java.
        """
        self._con, self._scratch = con, scratch
        self._session = _session(scratch)
        for name in tables:
            place = scratch / f"{name}.parquet"
            con.execute(f"COPY (SELECT * FROM {name}) TO {literal(str(place))} (FORMAT parquet)")
            self._session.read.parquet(str(place)).createOrReplaceTempView(name)

    def run(self, plan: Plan, table: str) -> None:
        """Run the plan, and take its rows back into the database."""
        place = self._scratch / f"{table}.parquet"
        self._session.sql(plan.sql("spark")).write.mode("overwrite").parquet(str(place))
        parts = file_literal(place)[1:-1]
        self._con.execute(
            f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM read_parquet('{parts}/*.parquet')"
        )

    def close(self) -> None:
        """Stop Spark."""
        self._session.stop()


def _session(scratch: Path) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise Refused((Finding("RO118", None, {"found": "pyspark"}),)) from None
    try:
        return (
            SparkSession.builder.appName("policyhours")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.local.dir", str(scratch))
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .getOrCreate()
        )
    except Exception as fault:  # whatever is wrong with Java: it has no one name
        raise Refused((Finding("RO118", None, {"found": _first_line(fault)}),)) from None


def _first_line(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0][:200]
