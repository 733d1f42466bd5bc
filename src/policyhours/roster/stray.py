"""Stray rows: those of bases, and those that name nobody; nobody's papers hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from policyhours.language.rules import Rules
from policyhours.roster.gather import KEYS, raw_rows
from policyhours.roster.intake.columns import Table, Value
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.relation import Intake
from policyhours.roster.intake.rows import read_row
from policyhours.roster.quoting import quoted
from policyhours.roster.stored import values_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BASE: Final[Table] = "bases"


@dataclass(frozen=True, slots=True)
class Stray:
    """What became of stray rows.

    Attributes:
        bases: those that can be used, by id.
        rejected: the rows that can't be, each with every reason.
        rows: how many were rejected.
    """

    bases: Mapping[str, Mapping[str, Value]]
    rejected: tuple[Rejected, ...]
    rows: int


def read_stray(con: DuckDBPyConnection, intake: Intake, rules: Rules) -> Stray:
    """Read the rows of bases, and those that name no person; the bases rejected are put into ``amiss``.

    Args:
        con: where the relations are.
        intake: what was taken in.
        rules: of the text named for the run.
    """
    rejected: list[Rejected] = []
    rows = 0
    bases: dict[str, Mapping[str, Value]] = {}
    for table, relation in intake.relations.items():
        unsound = "" if relation.sound else " WHERE NOT _sound"
        if table != _BASE:
            if relation.sound:
                continue
            unsound += f" AND {quoted(KEYS[table])} IS NULL"
        else:
            unsound = ""
        names = tuple(relation.columns)
        columns = ", ".join(quoted(name) for name in names)
        found = con.execute(f"SELECT _source, _row, _sound, {columns} FROM {table}{unsound}").fetchall()
        raws = raw_rows(con, table, ((table, row[0], row[1]) for row in found if not row[2]))
        for source, row, sound, *cells in found:
            values: Mapping[str, Value] = values_of(names, cells, relation.columns)
            of = intake.sources[source]
            if not sound:
                read = read_row(table, raws[table, source, row], of.heads, rules)
                if isinstance(read, list):
                    rejected += [
                        Rejected(of.file, of.sheet, row, of.heads.get(f.column, ""), f) for f in read
                    ]
                    rows += 1
                    continue
                values = read.values
            bases[str(values["id"])] = values
    return Stray(bases, tuple(rejected), rows)
