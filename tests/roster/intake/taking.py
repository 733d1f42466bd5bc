"""Files taken in, as tests speak of them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from helpers import LIBRARY
from policyhours.language.reference import parse_reference
from policyhours.language.rules import Rules
from policyhours.roster.intake.columns import Table
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.relation import Intake
from policyhours.roster.intake.rows import Row, read_row
from policyhours.roster.intake.tables import take_in
from policyhours.roster.intake.vocabulary import Vocabulary, vocabulary
from policyhours.text.finding import Refused

FILINGS = ("general@2023.1", "agriculture@2024.1", "education@2024.1", "engineering@2024.1", "health@2024.1")


@cache
def rules_of(ref: str) -> Rules:
    return LIBRARY.policy(parse_reference(ref)).rules({})


@cache
def every_industry() -> Vocabulary:
    return vocabulary([rules_of(f"examples/{filing}") for filing in FILINGS])


@dataclass(frozen=True)
class Taken:
    """What was taken in, and the database that holds it."""

    con: duckdb.DuckDBPyConnection
    intake: Intake

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """The rows of a relation, in the order of the files."""
        names = ", ".join(f'"{column}"' for column in columns) or "*"
        return self.con.execute(f"SELECT {names} FROM {table} ORDER BY _source, _row").fetchall()

    def raw(self, table: Table, row: int, source: int = 0) -> dict[str, object]:
        cursor = self.con.execute(f"SELECT * FROM {table}_raw WHERE _row = {row} AND _source = {source}")
        (found,) = cursor.fetchall()
        return dict(zip([name for name, *_ in cursor.description], found, strict=True))

    def again(self, row: int, table: Table = "activities", ref: str = "xinjiang@2023.1") -> Row | list[Fault]:
        """The row, read again under one set of rules."""
        raw = self.raw(table, row)
        return read_row(table, raw, self.intake.sources[int(str(raw["_source"]))].heads, rules_of(ref))

    def notes(self) -> list[str]:
        return [note.code for note in self.intake.notes]


def taken(
    *paths: Path | str, columns: Mapping[str, str] | None = None, words: Vocabulary | None = None
) -> Taken:
    con = duckdb.connect()
    scratch = Path(tempfile.mkdtemp())
    return Taken(con, take_in(paths, con, words or every_industry(), columns or {}, scratch))


def refused(*paths: Path | str, columns: Mapping[str, str] | None = None) -> list[tuple[str, dict[str, str]]]:
    """Why the files are refused: codes and words."""
    try:
        taken(*paths, columns=columns)
    except Refused as fault:
        assert str(fault)
        return [(finding.code, dict(finding.args)) for finding in fault.findings]
    raise AssertionError("the files were taken in")
