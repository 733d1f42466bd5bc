"""Distinct values: a column of texts is read once for every text that stands in it.

A province has ten million rows and some hundred different days, numbers and labels. Each is read with all
care, once; the readings are joined to the rows in the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from policyhours.roster.intake.cells import read_cell
from policyhours.roster.intake.columns import Column, stored_value
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.folding import fold, folded_sql
from policyhours.roster.intake.readings import Reading, needed, whole_code
from policyhours.roster.quoting import literal, quoted
from policyhours.sheet.spelling import ERRORS

if TYPE_CHECKING:
    import duckdb

_AT_ONCE: Final = 20_000


def read_text(column: Column, name: str) -> Reading:
    """How a column of names and codes in a text file is read: folded, and nothing that says nothing."""
    text = folded_sql(name)
    errors = ", ".join(literal(error) for error in sorted(ERRORS))
    says = f"NOT (starts_with({text}, '=') OR {text} IN ({errors}))"
    reading = Reading(text, f"COALESCE({says} AND {whole_code(text)}, TRUE)")
    return needed(reading) if column.needed else reading


def read_distinct(
    con: duckdb.DuckDBPyConnection, rows: str, name: str, columns: Sequence[Column], table: str
) -> dict[str, Reading]:
    """Read every distinct value of a column; the readings stand in a table to be joined on its ``k``.

    Args:
        con: the database.
        rows: the select that has the column.
        name: the file's column, quoted.
        columns: what it may hold; several where a head means several facts. A cell fits if it fits one.
        table: the name of the table that is made.
    """
    con.execute(
        f"CREATE OR REPLACE TABLE {table}_k AS SELECT DISTINCT {name} AS k FROM ({rows}) WHERE k IS NOT NULL"
    )
    (type_,) = con.execute(f"SELECT column_type FROM (DESCRIBE {table}_k)").fetchall()[0]
    values = ", ".join(f"{quoted(column.id)} {column.stored}" for column in columns)
    con.execute(f"CREATE OR REPLACE TABLE {table} (k {type_}, fits BOOLEAN, {values})")
    row = ", ".join("unnest(?)" for _ in range(len(columns) + 2))
    first = 0
    while found := con.execute(f"SELECT k FROM {table}_k WHERE {_stretch(first)}").fetchall():
        read = [_read(cell, columns) for (cell,) in found]
        stored = [[each[place] for each in read] for place in range(len(columns) + 1)]
        con.execute(f"INSERT INTO {table} SELECT {row}", [[cell for (cell,) in found], *stored])
        first += _AT_ONCE
    con.execute(f"DROP TABLE {table}_k")
    fits = f"COALESCE({table}.fits, TRUE)"
    readings = {column.id: Reading(f"{table}.{quoted(column.id)}", fits) for column in columns}
    return {c.id: needed(readings[c.id]) if c.needed else readings[c.id] for c in columns}


def _stretch(first: int) -> str:
    return f"rowid BETWEEN {first} AND {first + _AT_ONCE - 1}"


def _read(cell: object, columns: Sequence[Column]) -> list[object]:
    """Whether the cell fits one of the columns, and what each of them then holds."""
    read = [read_cell(cell, column) for column in columns]
    fits = not all(isinstance(value, Fault) for value in read)
    stored: list[object] = [fits]
    for value, column in zip(read, columns, strict=True):
        if isinstance(value, Fault):
            keeps = fits and len(columns) > 1 and column.stored == "VARCHAR"
            stored.append(fold(str(cell)) if keeps else None)
        else:
            stored.append(None if value is None else stored_value(value, column))
    return stored
