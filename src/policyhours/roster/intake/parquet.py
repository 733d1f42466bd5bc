"""Parquet: a relation is a view over the files; nothing is copied, and no row is read before it is asked for.

Columns that hold texts where numbers or days are meant are the exception: see `distinct`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policyhours.roster.intake.columns import Column, Table
from policyhours.roster.intake.distinct import read_distinct
from policyhours.roster.intake.heads import Heads, Reader, find_head
from policyhours.roster.intake.readings import Reading, Typed, needed, read_typed
from policyhours.roster.intake.relation import Piece, Source
from policyhours.roster.quoting import file_literal, quoted
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

if TYPE_CHECKING:
    import duckdb

Schema = tuple[tuple[str, str], ...]
"""The names and types of a file's columns."""

_SAMPLE: Final = 20_000
_FEW: Final = 5_000
"""A column that has no more different values among the first rows is worth checking value by value."""


def schema_of(con: duckdb.DuckDBPyConnection, path: Path) -> Schema:
    """The columns of a file.

    Raises:
        Refused: where it is damaged.
    """
    import duckdb

    try:
        rows = con.execute(f"DESCRIBE SELECT * FROM {_read([path])}").fetchall()
    except duckdb.Error:
        raise Refused((Finding("RO104", None, {"file": shown_path(path)}),)) from None
    return tuple((name, type_) for name, type_, *_ in rows)


def parquet_pieces(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    files: Sequence[tuple[Path, Schema]],
    reader: Reader,
    first: int,
) -> list[Piece]:
    """The files of one table, those of the same columns together.

    Args:
        con: the database.
        table: what the files are.
        files: each with its columns.
        reader: what reads heads.
        first: the ``_source`` of the first.

    Raises:
        Refused: where a file lacks a needed column, or has one twice.
    """
    pieces: list[Piece] = []
    for schema, several in groupby(sorted(files, key=lambda file: file[1]), key=lambda file: file[1]):
        paths = [path for path, _ in several]
        pieces.append(_piece(con, table, paths, schema, reader, first))
        first += len(paths)
    return pieces


def _piece(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    paths: Sequence[Path],
    schema: Schema,
    reader: Reader,
    first: int,
) -> Piece:
    named = [name for name, _ in schema]
    file = shown_path(paths[0])
    find_head(reader, table, [named], file)
    heads = reader.read(table, named, file)
    columns = ", ".join(
        f"{quoted(name)} AS {quoted(own)}" for name, own in zip(named, heads.names, strict=True)
    )
    number = f"CAST({first} + file_index AS INTEGER)" if len(paths) > 1 else f"CAST({first} AS INTEGER)"
    rows = f"SELECT {number} AS _source, file_row_number + 1 AS _row, {columns} FROM {_read(paths)}"
    if zoned := [name for name, type_ in schema if "TIME ZONE" in type_]:
        raise Refused((Finding("RO114", None, {"file": file, "column": zoned[0]}),))
    readings, joins = _readings(con, paths, rows, schema, heads, reader, first)
    stated = {column: heads.names[place] for column, place in heads.of.items()}
    sources = [Source(shown_path(path), "", table, stated, _count(con, path)) for path in paths]
    return Piece(rows, heads, readings, joins, sources)


def _readings(
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    rows: str,
    schema: Schema,
    heads: Heads,
    reader: Reader,
    first: int,
) -> tuple[dict[str, Reading], str]:
    """How each canonical column is read, and the joins that this needs."""
    readings: dict[str, Reading] = {}
    joins: list[str] = []
    for place, ids in heads.feeding().items():
        columns = [reader.vocabulary.tables[heads.table][id_] for id_ in ids]
        name, type_ = quoted(heads.names[place]), schema[place][1]
        typed = [read_typed(column, f"r.{name}", type_, shared=len(ids) > 1) for column in columns]
        known = [each for each in typed if each is not None]
        if len(known) == len(ids):
            found = [_settled(con, rows, c, each) for c, each in zip(columns, known, strict=True)]
            readings |= dict(zip(ids, found, strict=True))
            continue
        values = f"_{heads.table}_{first}_{place}"
        readings |= read_distinct(con, rows, name, columns, values)
        joins.append(f"LEFT JOIN {values} ON r.{name} = {values}.k")
    return readings, " ".join(joins)


def _settled(con: duckdb.DuckDBPyConnection, rows: str, column: Column, typed: Typed) -> Reading:
    """The plain reading where every cell of the column fits, else the careful one.

    A file keeps each value of a column once for many rows, so its different values are known almost at once;
    checking them here spares every row the check.
    """
    careful = needed(typed.careful) if column.needed else typed.careful
    if not typed.plain:
        return careful
    if column.type in ("text", "stated"):
        return _settled_text(con, rows, column, typed, careful)
    empty = "FALSE" if column.needed else "TRUE"
    some = f"SELECT {typed.name} AS v FROM ({rows} LIMIT {_SAMPLE}) AS r"
    (different,) = con.execute(f"SELECT count(DISTINCT v) FROM ({some})").fetchall()[0]
    if different > _FEW:
        return careful
    values = f"SELECT DISTINCT {typed.name} FROM ({rows}) AS r"
    counts = f"count(*) FILTER (NOT COALESCE({typed.sure}, {empty})), count(*) FILTER (NOT ({careful.fits}))"
    ((unsure, unfit),) = con.execute(f"SELECT {counts} FROM ({values}) AS r").fetchall()
    if not unsure:
        return Reading(typed.plain)
    return careful if unfit else Reading(careful.value)


def _settled_text(
    con: duckdb.DuckDBPyConnection, rows: str, column: Column, typed: Typed, careful: Reading
) -> Reading:
    """The plain reading where no cell needs trimming.

    The plan reads a code several times over; looking at every cell once is cheaper than with each of them.
    """
    empty = "FALSE" if column.needed else "TRUE"
    reading = Reading(typed.plain, typed.fits)
    if _some(con, rows, f"NOT COALESCE({typed.sure}, {empty})"):
        reading = careful
    if typed.fits and not _some(con, rows, f"NOT ({reading.fits})"):
        return Reading(reading.value)
    return reading


def _some(con: duckdb.DuckDBPyConnection, rows: str, condition: str) -> bool:
    """Whether some row is so."""
    return bool(con.execute(f"SELECT 1 FROM ({rows}) AS r WHERE {condition} LIMIT 1").fetchall())


def _read(paths: Sequence[Path]) -> str:
    files = ", ".join(file_literal(path) for path in paths)
    return f"read_parquet([{files}], binary_as_string = true, hive_partitioning = false)"


def _count(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    found = con.execute(f"SELECT num_rows FROM parquet_file_metadata({file_literal(path)})").fetchall()
    return int(found[0][0])
