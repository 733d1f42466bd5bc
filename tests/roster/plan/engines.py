"""Engines that a plan runs on, each given the same tables and asked for the same rows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pytest

from policyhours.roster.plan.plan import Plan
from policyhours.roster.plan.tables import Stored, Tables

Rows = Sequence[Mapping[str, object]]


class Engine(Protocol):
    """Something that runs the plan of a year."""

    def run(
        self, plan: Plan, tables: Tables, data: Mapping[str, Rows], query: str = ""
    ) -> list[dict[str, Any]]:
        """The rows of the plan, or of another wording of it, over tables whose cells are as they are stored."""
        ...


class DuckDB:
    def run(
        self, plan: Plan, tables: Tables, data: Mapping[str, Rows], query: str = ""
    ) -> list[dict[str, Any]]:
        with filled(tables, data) as con:
            cursor = con.execute(query or plan.sql("duckdb"))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Postgres:
    """A server of our own, spoken to through ``psql``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(
        self, plan: Plan, tables: Tables, data: Mapping[str, Rows], query: str = ""
    ) -> list[dict[str, Any]]:
        script = ["BEGIN;"]
        for name, columns in tables.items():
            rows = json.dumps([*data[name]], default=date.isoformat).replace("'", "''")
            script.append(f"CREATE TEMP TABLE {name} ({heads(columns)}) ON COMMIT DROP;")
            script.append(
                f"INSERT INTO {name} SELECT * FROM json_populate_recordset(NULL::{name}, '{rows}');"
            )
        script.append(f"SELECT row_to_json(r) FROM ({query or plan.sql('postgres')}) AS r; COMMIT;")
        options = ["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-U", "tester", "-h", str(self.folder)]
        done = subprocess.run(
            ["psql", *options, "postgres"],
            input="\n".join(script),
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PGCLIENTENCODING": "UTF8"},
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return [json.loads(line) for line in done.stdout.splitlines() if line]


class Spark:
    def __init__(self, session: Any) -> None:
        self.session = session

    def run(
        self, plan: Plan, tables: Tables, data: Mapping[str, Rows], query: str = ""
    ) -> list[dict[str, Any]]:
        for name, columns in tables.items():
            rows = [tuple(row.get(column) for column in columns) for row in data[name]]
            frame = self.session.createDataFrame(rows, heads(columns, "`", "STRING"))
            frame.createOrReplaceTempView(name)
        return [row.asDict() for row in self.session.sql(query or plan.sql("spark")).collect()]


@contextmanager
def filled(tables: Tables, data: Mapping[str, Rows]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that holds the tables."""
    with duckdb.connect() as con:
        for name, columns in tables.items():
            con.execute(f"CREATE TABLE {name} ({heads(columns)})")
            cells = ", ".join(f"unnest(?::{type_of(column)}[])" for column in columns.values())
            by_column = [[row.get(column) for row in data[name]] for column in columns]
            con.execute(f"INSERT INTO {name} SELECT {cells}", by_column)
        yield con


def heads(columns: Mapping[str, Stored], mark: str = '"', text: str = "TEXT") -> str:
    return ", ".join(f"{mark}{name}{mark} {type_of(column, text)}" for name, column in columns.items())


def type_of(column: Stored, text: str = "TEXT") -> str:
    if column.step is not None:
        return "BIGINT"
    return {"boolean": "BOOLEAN", "date": "DATE"}.get(column.type, text)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of our own in a temporary folder; skips where PostgreSQL is not installed."""
    found = shutil.which("pg_ctl") or shutil.which("pg_config") or shutil.which("postgres")
    if found is None or shutil.which("psql") is None:
        pytest.skip("PostgreSQL is not installed here")
    programs = Path(found).resolve().parent
    if not (programs / "initdb").exists():
        said = subprocess.run([found, "--bindir"], capture_output=True, text=True).stdout.strip()
        programs = Path(said or programs)
    if not (programs / "initdb").exists():
        pytest.skip("PostgreSQL's initdb was not found")
    # A socket's path has to be short, and the server refuses to run as root.
    folder = Path(tempfile.mkdtemp(prefix="ph-"))
    someone: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
        someone = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    data, log = folder / "data", folder / "log"

    def do(program: str, *arguments: str) -> None:
        command = [*someone, str(programs / program), "-D", str(data), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)

    try:
        do("initdb", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        do("pg_ctl", "-w", "-l", str(log), "-o", f"-c listen_addresses='' -k {folder} -c fsync=off", "start")
        try:
            yield Postgres(folder)
        finally:
            do("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def spark() -> Iterator[Spark]:
    """Spark in local mode; skips where it, or Java, is not installed."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java, which is not installed here")
    sql = pytest.importorskip("pyspark.sql", reason="Spark (pyspark) is not installed here")
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield Spark(session)
    finally:
        session.stop()
