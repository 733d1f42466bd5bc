"""PostgreSQL and Spark give the rows that DuckDB gives, where they are installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import Postgres, Spark, postgres, spark
from situations import GENERAL, INDUSTRIES, READINGS
from test_same_answers import same_answers
from test_same_detail import same_detail
from test_told import same_rows_as_told


@pytest.fixture(scope="module")
def a_server() -> Iterator[Postgres]:
    with postgres() as engine:
        yield engine


@pytest.fixture(scope="module")
def a_session() -> Iterator[Spark]:
    with spark() as engine:
        yield engine


@pytest.mark.parametrize("readings", [{}, *READINGS], ids="-".join)
def test_postgresql_under_every_reading(a_server: Postgres, readings: dict[str, str]) -> None:
    same_answers(a_server, GENERAL, seed=11, readings=readings, size=40)


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_postgresql_under_the_filings_of_all_industries(a_server: Postgres, year: int) -> None:
    same_answers(a_server, "xinjiang", seed=12, year=year, industries=INDUSTRIES)


def test_what_is_printed_runs_on_postgresql(a_server: Postgres) -> None:
    same_rows_as_told(a_server, "postgres", "xinjiang", INDUSTRIES)


def test_spark_under_one_filing(a_session: Spark) -> None:
    same_answers(a_session, GENERAL, seed=13)


def test_spark_under_the_filings_of_all_industries(a_session: Spark) -> None:
    same_answers(a_session, "xinjiang", seed=14, industries=INDUSTRIES)


def test_what_is_printed_runs_on_spark(a_session: Spark) -> None:
    same_rows_as_told(a_session, "spark", GENERAL, [])


@pytest.mark.parametrize("year", [2024, 2025])
def test_postgresql_tells_the_same_of_every_activity(a_server: Postgres, year: int) -> None:
    same_detail(a_server, "xinjiang", seed=15, year=year, industries=INDUSTRIES, size=40, dialect="postgres")


def test_spark_tells_the_same_of_every_activity(a_session: Spark) -> None:
    same_detail(a_session, "xinjiang", seed=16, industries=INDUSTRIES, dialect="spark")
