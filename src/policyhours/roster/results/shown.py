"""A table as people read it: a query for the labels of ids, and for hours as they are written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from policyhours.desk.wording import number_text
from policyhours.roster.quoting import literal, quoted
from policyhours.roster.results.columns import Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ORDERS: Final = ("person", "year", "date", "id")
_HOURS: Final = "hours_as_written"
# A negative number is no formula, and stays a number.
_LIKE_A_FORMULA: Final = (
    "(left({0}, 1) IN ('=', '+', '-', '@', chr(9), chr(13))"
    " AND NOT regexp_full_match({0}, '[+-]?[0-9]+([.][0-9]+)?'))"
)


def harmless_text(text: str) -> str:
    """SQL for a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"CASE WHEN {_LIKE_A_FORMULA.format(text)} THEN '''' || {text} ELSE {text} END"


def without_apostrophe(text: str) -> str:
    """SQL for the text that `harmless_text` was given."""
    rest = f"substr({text}, 2)"
    return f"CASE WHEN left({text}, 1) = '''' AND {_LIKE_A_FORMULA.format(rest)} THEN {rest} ELSE {text} END"


def names_of(con: DuckDBPyConnection, table: str) -> tuple[str, ...]:
    """The columns of a table, in their order."""
    return tuple(column[0] for column in con.execute(f"SELECT * FROM {quoted(table)} LIMIT 0").description)


def order_of(present: Sequence[str]) -> str:
    """By what rows are put in order: the person, the year, the day, the activity."""
    return ", ".join(f"t.{quoted(name)}" for name in _ORDERS if name in present)


@contextmanager
def shown(
    con: DuckDBPyConnection, table: str, columns: Sequence[Column], lang: str, *, harmless: bool = False
) -> Iterator[str]:
    """A query for the table as text, in order; it holds while the context does.

    Args:
        con: where the table is.
        table: its name.
        columns: what is shown, in order.
        lang: the language of numbers.
        harmless: whether text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    _write_hours(con, table, columns, lang)
    cells = [_cell(column, lang, number, harmless=harmless) for number, column in enumerate(columns)]
    joins = [
        f"LEFT JOIN {_HOURS} h{number} ON h{number}.value = t.{quoted(column.name)}"
        f" AND h{number}.grid = t.{quoted(column.grid)}"
        for number, column in enumerate(columns)
        if column.form == "hours"
    ]
    order = order_of([column.name for column in columns])
    try:
        yield f"SELECT {', '.join(cells)} FROM {quoted(table)} t {' '.join(joins)} ORDER BY {order}"
    finally:
        con.execute(f"DROP TABLE IF EXISTS {_HOURS}")


def _cell(column: Column, lang: str, number: int, *, harmless: bool) -> str:
    name = f"t.{quoted(column.name)}"
    if column.form == "hours":
        text = f"h{number}.text"
        if column.low:
            no_end = f"{name} IS NULL AND t.{quoted(column.low)} IS NOT NULL"
            text = f"CASE WHEN {no_end} THEN {literal(number_text(None, lang))} ELSE {text} END"
        return f"{text} AS {quoted(column.head)}"
    text = f"nullif(CAST({name} AS VARCHAR), '')"
    if column.labels:
        rows = " ".join(f"WHEN {literal(i)} THEN {literal(label)}" for i, label in column.labels.items())
        text = f"CASE {text} {rows} ELSE {text} END"
    if harmless and column.form == "text":
        text = harmless_text(text)
    return f"{text} AS {quoted(column.head)}"


def _write_hours(con: DuckDBPyConnection, table: str, columns: Sequence[Column], lang: str) -> None:
    """Every amount of hours in the table, once, with its text: far fewer than there are cells."""
    parts = [
        f"SELECT DISTINCT {quoted(c.name)} AS value, {quoted(c.grid)} AS grid FROM {quoted(table)}"
        for c in columns
        if c.form == "hours"
    ]
    con.execute(f"CREATE OR REPLACE TEMP TABLE {_HOURS} (value BIGINT, grid BIGINT, text VARCHAR)")
    if not parts:
        return
    found = con.execute(
        f"SELECT DISTINCT value, grid FROM ({' UNION ALL '.join(parts)}) WHERE value IS NOT NULL"
    ).fetchall()
    values = [value for value, _ in found]
    grids = [grid for _, grid in found]
    texts = [number_text(Fraction(value, grid), lang) for value, grid in found]
    con.execute(
        f"INSERT INTO {_HOURS} SELECT unnest(?::BIGINT[]), unnest(?::BIGINT[]), unnest(?::VARCHAR[])",
        [values, grids, texts],
    )
