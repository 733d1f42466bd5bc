"""On paper: a result in CSV or a workbook, its labels and hours read back into ids and whole numbers."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policyhours.desk.wording import VERDICTS, number_text
from policyhours.roster.quoting import literal, quoted
from policyhours.roster.results.columns import columns_of
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.shown import without_apostrophe
from policyhours.text.messages import LANGUAGES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES: Final = ("on_paper", "paper_verdicts", "paper_hours", "understood")
"""The tables that are made on the way."""

_TEXTS: Final = ("person", "year", "policy", "verdict", "total_low", "total_high", "reasons")
_NO_END: Final = frozenset(number_text(None, lang) for lang in LANGUAGES)
_MIXED: Final = re.compile(r"(?:([0-9]+)[又 ])?([0-9]+)/([0-9]+)")
_DECIMAL: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CHUNK: Final = 20_000


class NotOurs(Exception):
    """A file is no result of this program; `missing` are the columns that it lacks."""

    def __init__(self, missing: tuple[str, ...] = ()) -> None:
        super().__init__(missing)
        self.missing = missing


def take_csv(con: DuckDBPyConnection, path: Path) -> str:
    """Read a CSV; gives the name of a table with its ids, and hours on a grid.

    Raises:
        NotOurs: where it is not as this program writes it.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            heads = next(csv.reader(file), [])
        except (UnicodeDecodeError, csv.Error):
            raise NotOurs from None
    columns = _named(heads)
    typed = ", ".join(f"{literal(head)}: 'VARCHAR'" for head in heads)
    cells = ", ".join(f"{quoted(head)} AS {name}" for name, head in columns.items())
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE on_paper AS SELECT {cells} FROM read_csv({literal(str(path))},"
        f" auto_detect = false, header = true, delim = ',', quote = '\"', columns = {{{typed}}})"
    )
    return _understood(con, unmark=True)


def take_workbook(con: DuckDBPyConnection, path: Path) -> str:
    """Read the first sheet of a workbook; gives the name of a table with its ids, and hours on a grid.

    Raises:
        NotOurs: where it is not as this program writes it.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        heads = ["" if head is None else str(head) for head in next(rows, ())]
    except Exception:  # what is no workbook fails in a dozen ways
        raise NotOurs from None
    columns = _named(heads)
    places = [heads.index(columns[name]) for name in _TEXTS]
    con.execute(f"CREATE OR REPLACE TEMP TABLE on_paper ({', '.join(f'{name} VARCHAR' for name in _TEXTS)})")
    chunk: list[list[str | None]] = []
    for row in rows:
        # A number is meant as the decimal that it shows.
        chunk.append([None if row[place] is None else str(row[place]) for place in places])
        if len(chunk) == _CHUNK:
            _add(con, chunk)
            chunk = []
    _add(con, chunk)
    book.close()
    return _understood(con, unmark=False)


def hours_of(text: str) -> Fraction | None:
    """The hours that `number_text` has written, ``None`` where it says that there is no end.

    Raises:
        ValueError: where it says neither.
    """
    if text in _NO_END:
        return None
    if mixed := _MIXED.fullmatch(text):
        return int(mixed[1] or 0) + Fraction(int(mixed[2]), int(mixed[3]))
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    raise ValueError(text)


def _named(heads: Sequence[str]) -> Mapping[str, str]:
    """By column of a result, the head that stands for it, in the language in which more are found."""
    found: dict[str, str] = {}
    for lang in LANGUAGES:
        columns = (*columns_of(_TEXTS, Labels(lang)), *columns_of(_TEXTS, Labels(lang), trial=True))
        named = {c.name: h for c in columns for h in (c.head, f"{c.head} [{c.name}]") if h in heads}
        found = max(found, named, key=len)
    if len(found) < len(_TEXTS):
        raise NotOurs(tuple(c.head for c in columns_of(_TEXTS, Labels()) if c.name not in found))
    return found


def _add(con: DuckDBPyConnection, rows: Sequence[Sequence[str | None]]) -> None:
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in _TEXTS]
    con.execute(f"INSERT INTO on_paper SELECT {', '.join('unnest(?::VARCHAR[])' for _ in _TEXTS)}", columns)


def _understood(con: DuckDBPyConnection, *, unmark: bool) -> str:
    """What stands in ``on_paper``, its distinct texts read once each."""
    verdicts = {label: verdict for lang in LANGUAGES for verdict, label in VERDICTS[lang].items()}
    if any(label not in verdicts for label in _distinct(con, "verdict")):
        raise NotOurs
    hours: dict[str, Fraction] = {}
    for text in (*_distinct(con, "total_low"), *_distinct(con, "total_high")):
        try:
            value = hours_of(text) if text else None
        except (ValueError, ZeroDivisionError):
            raise NotOurs from None
        if value is not None:
            hours[text] = value
    _put(con, "paper_verdicts", "text VARCHAR, id VARCHAR", [list(verdicts), list(verdicts.values())])
    values = [[h.numerator for h in hours.values()], [h.denominator for h in hours.values()]]
    _put(con, "paper_hours", "text VARCHAR, value BIGINT, grid BIGINT", [list(hours), *values])
    person, policy = (without_apostrophe(name) if unmark else name for name in ("person", "policy"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE understood AS SELECT {person} AS person, year, {policy} AS policy,"
        " v.id AS verdict, lcm(coalesce(l.grid, 1), coalesce(h.grid, 1)) AS grid,"
        " l.value * (lcm(l.grid, coalesce(h.grid, 1)) // l.grid) AS total_low,"
        " h.value * (lcm(h.grid, coalesce(l.grid, 1)) // h.grid) AS total_high, reasons"
        " FROM on_paper p JOIN paper_verdicts v ON v.text = p.verdict"
        " LEFT JOIN paper_hours l ON l.text = p.total_low LEFT JOIN paper_hours h ON h.text = p.total_high"
    )
    return "understood"


def _distinct(con: DuckDBPyConnection, column: str) -> list[Any]:
    return [text for (text,) in con.execute(f"SELECT DISTINCT {column} FROM on_paper").fetchall()]


def _put(con: DuckDBPyConnection, table: str, columns: str, cells: list[Any]) -> None:
    types = [column.split()[1] for column in columns.split(", ")]
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
    con.execute(f"INSERT INTO {table} SELECT {', '.join(f'unnest(?::{kind}[])' for kind in types)}", cells)
