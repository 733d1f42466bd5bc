"""Tables of texts: the rows of a CSV or a sheet in the database, every cell as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policyhours.roster.intake.columns import Column
from policyhours.roster.intake.distinct import read_distinct, read_text
from policyhours.roster.intake.folding import SPACES, is_plain
from policyhours.roster.intake.heads import Heads, Reader
from policyhours.roster.intake.readings import Reading
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.relation import Piece, Source
from policyhours.roster.quoting import file_literal, literal, quoted

if TYPE_CHECKING:
    import duckdb

_LINE: Final = 16 * 1024 * 1024
_BLANK: Final = r"\s\x{3000}\x{a0}"
_SUMS: Final = "|".join(
    rf"{word[0]}[{_BLANK}]*{word[1]}" for word in ("合计", "总计", "小计", "共计", "累计")
)
_SAYS: Final = rf"[^{_BLANK}\x1f]"
_SUM: Final = rf"^[{_BLANK}\x1f]*(本页|本表)?({_SUMS})[{_BLANK}]*([:：(（][^\x1f]*)?(\x1f|$)"


@dataclass(frozen=True, slots=True)
class Grid:
    """A CSV in UTF-8 that the database can read, with one record a row.

    Attributes:
        path: of the CSV.
        delimiter: between two cells.
        skipped: the lines before the first record.
        first: the row number of the first record; ``None`` where each record begins with its own.
        rejected: the rows that are not in it, having a wrong number of cells.
    """

    path: Path
    delimiter: str
    skipped: int
    first: int | None
    rejected: Sequence[Rejected] = ()


def text_piece(
    con: duckdb.DuckDBPyConnection,
    grid: Grid,
    heads: Heads,
    reader: Reader,
    number: int,
    file: str,
    sheet: str = "",
) -> Piece:
    """The rows of one source, read into the database.

    Args:
        con: the database.
        grid: the rows.
        heads: what their columns mean.
        reader: what reads heads.
        number: the source's ``_source``.
        file: the path as people know it.
        sheet: the sheet, if it is one.

    Raises:
        duckdb.Error: where the database cannot read the rows as they are.
    """
    raw = f"_text_{number}"
    _load(con, grid, heads, raw)
    columns = ", ".join(quoted(name) for name in heads.names)
    rows = f"SELECT CAST({number} AS INTEGER) AS _source, _row, {columns} FROM {raw} WHERE _out = 0"
    readings: dict[str, Reading] = {}
    joins = [""]
    for place, ids in heads.feeding().items():
        several = [reader.vocabulary.tables[heads.table][id_] for id_ in ids]
        name = quoted(heads.names[place])
        if all(column.type in ("text", "stated") for column in several):
            readings |= {column.id: read_text(column, f"r.{name}") for column in several}
            continue
        values = f"_values_{number}_{place}"
        readings |= read_distinct(con, rows, name, several, values)
        joins.append(f"LEFT JOIN {values} ON r.{name} = {values}.k")
    for id_ in _empty(con, rows, heads, [reader.vocabulary.tables[heads.table][id_] for id_ in readings]):
        del readings[id_]
    counted = dict(con.execute(f"SELECT _out, count(*) FROM {raw} GROUP BY _out").fetchall())
    stated = {column: heads.names[place] for column, place in heads.of.items()}
    counts = (counted.get(0, 0), counted.get(1, 0), counted.get(2, 0))
    source = Source(file, sheet, heads.table, stated, *counts)
    return Piece(rows, heads, readings, " ".join(joins) or " ", (source,))


def _load(con: duckdb.DuckDBPyConnection, grid: Grid, heads: Heads, raw: str) -> None:
    """Make the table of the rows; ``_out`` says which are left out: 1 is empty, 2 a sum of others."""
    names = [f"c{place}" for place in range(len(heads.names))]
    own = [] if grid.first is not None else ["_n"]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in (*own, *names))
    options = (
        f"columns = {{{columns}}}, delim = {literal(grid.delimiter)}, skip = {grid.skipped}, "
        f"header = false, auto_detect = false, quote = '\"', escape = '\"', strict_mode = true, "
        f"null_padding = false, ignore_errors = false, max_line_size = {_LINE}"
    )
    read = f"SELECT * FROM read_csv({file_literal(grid.path)}, {options})"
    (kept,) = con.execute("SELECT current_setting('preserve_insertion_order')").fetchall()[0]
    con.execute("SET preserve_insertion_order = true")  # or rows would not have the numbers that people see
    try:
        con.execute(f"CREATE OR REPLACE TABLE {raw}_read AS {read}")
    finally:
        con.execute(f"SET preserve_insertion_order = {'true' if kept else 'false'}")
    row = f"rowid + {grid.first}" if grid.first is not None else "CAST(_n AS BIGINT)"
    cells = ", ".join(f"{name} AS {quoted(head)}" for name, head in zip(names, heads.names, strict=True))
    con.execute(
        f"CREATE OR REPLACE VIEW {raw} AS SELECT {row} AS _row, {_left_out(names)} AS _out, {cells} "
        f"FROM {raw}_read"
    )


def _left_out(names: Sequence[str]) -> str:
    """Whether a row is empty (1), a sum of others (2), or neither (0): its first cell with a text tells."""
    joined = f"concat_ws(chr(31), {', '.join(names)})"
    says = f"regexp_matches({joined}, {literal(_SAYS)})"
    is_sum = f"regexp_matches({joined}, {literal(_SUM)})"
    return f"CASE WHEN {is_plain(names[0])} THEN 0 WHEN NOT {says} THEN 1 WHEN {is_sum} THEN 2 ELSE 0 END"


def _empty(con: duckdb.DuckDBPyConnection, rows: str, heads: Heads, columns: Sequence[Column]) -> list[str]:
    """The columns in which no row says anything: nobody has to look at them, unless they are needed."""
    free = [column.id for column in columns if not column.needed]
    counts = [f"count({quoted(heads.names[heads.of[id_]])})" for id_ in free]
    (found,) = con.execute(f"SELECT {', '.join([*counts, 'count(*)'])} FROM ({rows})").fetchall()
    return [id_ for id_, count in zip(free, found, strict=False) if not count]


def headless(con: duckdb.DuckDBPyConnection, piece: Piece) -> int:
    """The rows in which something stands in a column without a head."""
    names = [quoted(name) for name in piece.heads.names if name.startswith("#")]
    if not names:
        return 0
    some = " OR ".join(f"trim(CAST({name} AS VARCHAR), {literal(SPACES)}) <> ''" for name in names)
    return int(con.execute(f"SELECT count(*) FROM ({piece.rows}) WHERE {some}").fetchall()[0][0])
