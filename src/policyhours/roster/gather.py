"""Gathering: the papers of everybody who is assessed singly, from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from policyhours.roster.amiss import Amiss
from policyhours.roster.intake.columns import Table
from policyhours.roster.intake.relation import Intake, Relation
from policyhours.roster.papers import Line, Papers
from policyhours.roster.quoting import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEYS: Final[Mapping[Table, str]] = {"persons": "id", "activities": "person", "decisions": "person"}
"""By table, the column that says whom a row concerns."""
_BEFORE: Final = 3  # columns that every row has: _source, _row, _sound
_AT_ONCE: Final = 20_000

Key = tuple[Table, int, int]
"""A row: its table, its source, its number there."""


def papers_of(con: DuckDBPyConnection, intake: Intake, amiss: Amiss) -> Iterator[Papers]:
    """The papers of everybody in the table ``look``, in the order of their codes; rows amiss are left out."""
    tables = [table for table in KEYS if table in intake.relations]
    streams = {table: _stream(con, intake.relations[table], amiss) for table in tables}
    heads: dict[Table, tuple[str, Iterator[Line]] | None] = {t: next(s, None) for t, s in streams.items()}
    rejected = _rejected(con)
    industry = names_of(intake.relations["persons"]).index("industry") if _has_industry(intake) else None
    cursor = con.cursor()
    cursor.execute("SELECT person FROM look ORDER BY person")
    while people := cursor.fetchmany(_AT_ONCE):
        for (person,) in people:
            lines: dict[Table, Sequence[Line]] = {}
            for table, stream in streams.items():
                head = heads[table]
                if head is not None and head[0] == person:
                    lines[table] = list(head[1])
                    heads[table] = next(stream, None)
            whose = lines.get("persons", ())
            works_in = whose[0].cells[industry] if whose and industry is not None else None
            yield Papers(
                person,
                None if works_in is None else str(works_in),
                lines,
                amiss.doubtful.get(person, frozenset()),
                rejected.get(person, frozenset()),
            )


def names_of(relation: Relation) -> tuple[str, ...]:
    """The columns of the lines of a relation."""
    return tuple(relation.columns)


def raw_rows(con: DuckDBPyConnection, table: Table, wanted: Iterable[Key]) -> dict[Key, dict[str, Any]]:
    """Rows as they stand in the files."""
    found: dict[Key, dict[str, Any]] = {}
    keys = [[source, row] for _, source, row in wanted]
    if not keys:
        return found
    cursor = con.cursor()
    cursor.execute(
        f"SELECT r.* FROM {table}_raw r"
        " SEMI JOIN (SELECT unnest(?::INTEGER[]) AS s, unnest(?::BIGINT[]) AS n) w"
        " ON w.s = r._source AND w.n = r._row",
        [list(each) for each in zip(*keys, strict=True)],
    )
    names = [name for name, *_ in cursor.description or ()]
    for cells in cursor.fetchall():
        row = dict(zip(names, cells, strict=True))
        found[table, row["_source"], row["_row"]] = row
    return found


def _has_industry(intake: Intake) -> bool:
    persons = intake.relations.get("persons")
    return persons is not None and "industry" in persons.columns


def _stream(
    con: DuckDBPyConnection, relation: Relation, amiss: Amiss
) -> Iterator[tuple[str, Iterator[Line]]]:
    """The lines of a table by person, in the order of their codes."""
    key, table = KEYS[relation.name], relation.name
    columns = ", ".join(f"t.{quoted(name)}" for name in names_of(relation))
    beside = f"t SEMI JOIN look l ON l.person = t.{quoted(key)}"
    if amiss.counts[table]:
        beside += (
            f" ANTI JOIN (SELECT source, row FROM amiss WHERE kind = {literal(table)}) m"
            " ON m.source = t._source AND m.row = t._row"
        )
    cursor = con.cursor()
    cursor.execute(
        f"SELECT t.{quoted(key)}, t._source, t._row, t._sound, {columns} FROM {table} {beside}"
        " ORDER BY 1, 2, 3"
    )

    def rows() -> Iterator[Sequence[Any]]:
        while some := cursor.fetchmany(_AT_ONCE):
            yield from some

    for person, several in groupby(rows(), key=lambda row: str(row[0])):
        yield person, (Line(row[1], row[2], row[1 + _BEFORE :], row[_BEFORE]) for row in several)


def _rejected(con: DuckDBPyConnection) -> dict[str, frozenset[Table]]:
    """By person, the tables in which rows that concern the person are amiss."""
    found: dict[str, set[Table]] = {}
    for person, table in con.execute("SELECT DISTINCT person, kind FROM amiss").fetchall():
        if person is not None:
            found.setdefault(person, set()).add(table)
    return {person: frozenset(tables) for person, tables in found.items()}
