"""Amiss: rows that fit by themselves and not beside the others: unknown persons and bases, codes used twice.

Of rows that are the same in everything the first stays. Where rows under one code say different things, no
activity or base stays, since nobody can tell which is meant; of a person the first stays, and what they
differ in is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policyhours.roster.database import fill, make, one
from policyhours.roster.intake.columns import TABLES, Table
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.fixed import FIXED
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.relation import Intake, Relation
from policyhours.roster.quoting import literal, quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

UNKNOWN_PERSON, UNKNOWN_BASE, TWICE, COPIED = "RO351", "RO352", "RO353", "RO354"
_COLUMN: Final = {UNKNOWN_PERSON: "person", UNKNOWN_BASE: "recognised_by", TWICE: "id", COPIED: "id"}
_HEADS: Final = (
    ("kind", "VARCHAR"), ("source", "INTEGER"), ("row", "BIGINT"), ("person", "VARCHAR"),
    ("code", "VARCHAR"), ("found", "VARCHAR"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Amiss:
    """The rows amiss: they stand in the table ``amiss``.

    Attributes:
        counts: by table, how many.
        known: by table, how many of its rows concern somebody who is assessed, counted where they stand.
        doubtful: by person, the facts in which rows under one code differ.
    """

    counts: Mapping[Table, int]
    known: Mapping[Table, int]
    doubtful: Mapping[str, frozenset[str]]

    @property
    def rows(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def find_amiss(con: DuckDBPyConnection, relations: Mapping[Table, Relation], bases: Iterable[str]) -> Amiss:
    """Find the rows amiss, and put them into the table ``amiss``.

    Args:
        con: where the relations are.
        relations: what was taken in.
        bases: the ids of bases whose rows fit by themselves.
    """
    make(con, "amiss", _HEADS)
    doubtful: dict[str, frozenset[str]] = {}
    known: dict[Table, int] = {}
    if "bases" in relations:
        _twice(con, relations["bases"], "id", "NULL")
    if "persons" in relations:
        doubtful = _persons(con, relations["persons"])
        for table in ("activities", "decisions"):
            if table in relations:
                known[table] = _of_known(con, table)
    if (activities := relations.get("activities")) is not None:
        if "recognised_by" in activities.columns:
            _bases(con, list(bases))
        if "id" in activities.columns:
            _twice(con, activities, "person, id", "t.person")
    counts = {
        table: one(con, f"SELECT count(*) FROM amiss WHERE kind = {literal(table)}") for table in TABLES
    }
    for table in relations.keys() - known.keys():
        known[table] = one(con, f"SELECT count(*) FROM {table}")
    return Amiss(counts, known, doubtful)


def rejected_of(con: DuckDBPyConnection, intake: Intake) -> Iterator[Rejected]:
    """The rows amiss as rejected rows, in the order of the files."""
    cursor = con.cursor()
    cursor.execute("SELECT kind, source, row, person, code, found FROM amiss ORDER BY source, row")
    while rows := cursor.fetchmany(10_000):
        for table, source, row, person, code, found in rows:
            of, column = intake.sources[source], _COLUMN[code]
            title = next(c.title for c in FIXED[table] if c.id == column)
            fault = Fault(code, {"found": found, "fact": title}, column)
            yield Rejected(of.file, of.sheet, row, of.heads.get(column, ""), fault, person)


def _persons(con: DuckDBPyConnection, persons: Relation) -> dict[str, frozenset[str]]:
    """Codes of persons that stand in several rows; which facts these differ in."""
    if not _has_twice(con, "persons", "id"):
        return {}
    twice = "(SELECT id FROM persons WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)"
    numbered = "row_number() OVER (PARTITION BY id ORDER BY _source, _row)"
    _insert(con, "persons", "t.id", TWICE, "t.id",
            f"persons t WHERE t.id IN {twice} QUALIFY {numbered} > 1")  # fmt: skip
    found: dict[str, set[str]] = {}
    for name in persons.columns:
        column = quoted(name)
        differ = f"count(DISTINCT {column}) > 1 OR count({column}) BETWEEN 1 AND count(*) - 1"
        query = f"SELECT id FROM persons WHERE id IN {twice} GROUP BY id HAVING {differ}"
        for (person,) in con.execute(query).fetchall():
            found.setdefault(person, set()).add(name)
    return {person: frozenset(names) for person, names in found.items()}


def _of_known(con: DuckDBPyConnection, table: Table) -> int:
    """How many rows are of known persons, or of nobody; those of unknown persons are amiss."""
    listed = "(SELECT DISTINCT id FROM persons)"
    both = con.execute(
        f"SELECT count(*), count(*) FILTER (t.person IS NOT NULL AND p.id IS NULL)"
        f" FROM {table} t LEFT JOIN {listed} p ON p.id = t.person"
    ).fetchone()
    assert both is not None
    rows, unknown = both
    if unknown:
        nobody = f"{table} t ANTI JOIN persons p ON p.id = t.person WHERE t.person IS NOT NULL"
        _insert(con, table, "t.person", UNKNOWN_PERSON, "t.person", nobody)
    return int(rows - unknown)


def _bases(con: DuckDBPyConnection, bases: list[str]) -> None:
    """Activities recognised by a base that is not listed, or none of whose rows can be used."""
    make(con, "usable_bases", [("id", "VARCHAR")])
    fill(con, "usable_bases", ["VARCHAR"], [[base] for base in bases])
    unclear = f"SELECT found FROM amiss WHERE kind = 'bases' AND code = '{TWICE}'"
    known = f"SELECT id FROM usable_bases EXCEPT {unclear}"
    _insert(con, "activities", "t.person", UNKNOWN_BASE, "t.recognised_by",
            f"activities t ANTI JOIN ({known}) b ON b.id = t.recognised_by WHERE t.recognised_by IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM amiss m WHERE m.kind = 'activities'"
            " AND m.source = t._source AND m.row = t._row)")  # fmt: skip


def _twice(con: DuckDBPyConnection, relation: Relation, key: str, person: str) -> None:
    """Rows under one code: copies of the first, or different ones."""
    table = relation.name
    if not _has_twice(con, table, key):
        return
    names = key.split(", ")
    stated = " AND ".join(f"{name} IS NOT NULL" for name in names)
    same = ", ".join(quoted(name) for name in relation.columns)
    over = f"(PARTITION BY {key} ORDER BY _source, _row)"
    whole = f"(PARTITION BY {key})"
    query = (
        f"(SELECT *, row_number() OVER {over} AS place, count(*) OVER {whole} AS many,"
        f" count(DISTINCT md5(CAST(ROW({same}) AS VARCHAR))) OVER {whole} AS different FROM {table}"
        f" WHERE {stated} AND ({key}) IN (SELECT ({key}) FROM {table} WHERE {stated} GROUP BY {key}"
        " HAVING count(*) > 1)) t"
    )
    beside = (
        " AND NOT EXISTS (SELECT 1 FROM amiss m"
        f" WHERE m.kind = {literal(table)} AND m.source = t._source AND m.row = t._row)"
    )
    _insert(con, table, person, COPIED, "t.id", f"{query} WHERE different = 1 AND place > 1{beside}")
    _insert(con, table, person, TWICE, "t.id", f"{query} WHERE different > 1{beside}")


def _has_twice(con: DuckDBPyConnection, table: str, key: str) -> bool:
    """Whether some code stands in two rows; on hashes, which may say yes too often and never no."""
    first, *_ = reversed(key.split(", "))
    different = f"count(DISTINCT CASE WHEN {first} IS NOT NULL THEN hash({key}) END)"
    return bool(one(con, f"SELECT count({first}) > {different} FROM {table}"))


def _insert(con: DuckDBPyConnection, table: str, person: str, code: str, found: str, rows: str) -> None:
    con.execute(
        f"INSERT INTO amiss SELECT {literal(table)}, t._source, t._row, {person}, {literal(code)}, {found}"
        f" FROM {rows}"
    )
