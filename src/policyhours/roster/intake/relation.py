"""Relations: what intake hands on, and how the sources of one table are put together in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policyhours.roster.intake.columns import Column, Table
from policyhours.roster.intake.heads import Heads
from policyhours.roster.intake.readings import Reading
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.quoting import quoted
from policyhours.text.finding import Finding

if TYPE_CHECKING:
    import duckdb

_ALL_SOUND: Final = "TRUE"


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or a sheet of a workbook.

    Attributes:
        file: the path as people know it.
        sheet: empty where the file has none.
        heads: canonical column → the name of the source's column in the raw relation, which is its head.
        rows: the rows that are in the relation: all but those left out and those rejected at once.
        empty, sums: the rows that were left out, being empty or sums of others.
    """

    file: str
    sheet: str
    table: Table
    heads: Mapping[str, str]
    rows: int
    empty: int = 0
    sums: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """One of the four tables, in the database under its name; as it was read, under its name with ``_raw``.

    Attributes:
        columns: the canonical columns in which some source says something, without those whose names begin
            with ``_``.
        rows: the rows of all its sources.
        sound: whether it is known beforehand that every row is sound; else ``_sound`` says it of each.
    """

    name: Table
    columns: Mapping[str, Column]
    rows: int
    sound: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that was taken in.

    Attributes:
        sources: by ``_source``.
        notes: what the user is told beside rejected rows.
        rejected_at_once: the rows that could not become rows of a relation.
    """

    relations: Mapping[Table, Relation]
    sources: Sequence[Source]
    notes: Sequence[Finding]
    rejected_at_once: Sequence[Rejected]

    @property
    def left_out(self) -> int:
        """The rows that were left out: empty ones, and sums."""
        return sum(source.empty + source.sums for source in self.sources)


@dataclass(frozen=True, slots=True)
class Piece:
    """Sources that have the same heads, as SQL.

    Attributes:
        rows: the select of ``_source``, ``_row`` and the sources' own columns.
        heads: what these mean.
        readings: how each canonical column is read.
        joins: what the readings need beside the rows, which are called ``r``.
        sources: what they come from, in the order of ``_source``.
    """

    rows: str
    heads: Heads
    readings: Mapping[str, Reading]
    joins: str
    sources: Sequence[Source]


def put_together(
    con: duckdb.DuckDBPyConnection, table: Table, pieces: Sequence[Piece], columns: Mapping[str, Column]
) -> Relation:
    """Make the relation and its raw twin of all the pieces of one table.

    A piece that is read without joins stays where it is: the relation is a view over its file.
    """
    present = {id_: c for id_, c in columns.items() if any(id_ in piece.readings for piece in pieces)}
    selects: list[str] = []
    for number, piece in enumerate(pieces):
        select = _select(piece, present)
        if piece.joins:
            name = f"_{table}_{number}"
            con.execute(f"CREATE TABLE {name} AS {select}")
            select = f"SELECT * FROM {name}"
        selects.append(select)
    con.execute(f"CREATE VIEW {table} AS {' UNION ALL '.join(selects)}")
    raw = " UNION ALL BY NAME ".join(f"SELECT * FROM ({piece.rows})" for piece in pieces)
    con.execute(f"CREATE VIEW {table}_raw AS {raw}")
    rows = sum(source.rows for piece in pieces for source in piece.sources)
    sound = all(_sound(piece.heads, piece.readings) == _ALL_SOUND for piece in pieces)
    return Relation(table, present, rows, sound)


def _select(piece: Piece, present: Mapping[str, Column]) -> str:
    """The canonical columns of a piece; those that only other pieces have are empty."""
    readings = piece.readings
    values = [
        f"{readings[id_].value if id_ in readings else f'CAST(NULL AS {column.stored})'} AS {quoted(id_)}"
        for id_, column in present.items()
    ]
    return (
        f"SELECT r._source, r._row, {_sound(piece.heads, readings)} AS _sound, {', '.join(values)} "
        f"FROM ({piece.rows}) AS r {piece.joins}"
    )


def _sound(heads: Heads, readings: Mapping[str, Reading]) -> str:
    """Whether every cell of a row fits its column, or one of them where its head means several facts."""
    checks = []
    for columns in heads.feeding().values():
        fits = [readings[id_].fits for id_ in columns if id_ in readings]
        if fits and all(fits):
            checks.append(f"({' OR '.join(dict.fromkeys(fits))})")
    return " AND ".join(checks) or _ALL_SOUND
