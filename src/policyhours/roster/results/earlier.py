"""An earlier result, read back from the file that an earlier run wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from policyhours.desk.wording import VERDICTS
from policyhours.roster.quoting import literal
from policyhours.roster.results.on_paper import TABLES, NotOurs, take_csv, take_workbook
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EARLIER: Final = "earlier"
"""The view in which an earlier result stands, in the columns of ``result`` that are compared."""

_WHOLE: Final = ("year", "grid", "total_low", "total_high")
_NEEDED: Final = ("person", "policy", "verdict", "reasons", *_WHOLE)
_WHOLE_TYPES: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"})


def take_earlier(con: DuckDBPyConnection, path: Path) -> None:
    """Make the view `EARLIER` of an earlier result.

    Args:
        con: where to make it.
        path: the file; its ending says what it is: Parquet, CSV or a workbook.

    Raises:
        Refused: where the file is missing or is no result of this program.
    """
    from duckdb import Error

    takers = {".parquet": _take_parquet, ".csv": take_csv, ".xlsx": take_workbook}
    take = takers.get(path.suffix.lower())
    if take is None:
        raise _refused("RO401", path)
    if not path.is_file():
        raise _refused("PH101", path)
    try:
        source = take(con, path)
        con.execute(
            f"CREATE OR REPLACE TEMP VIEW {EARLIER} AS SELECT CAST(person AS VARCHAR) AS person,"
            " CAST(year AS INTEGER) AS year, CAST(policy AS VARCHAR) AS policy, verdict,"
            f" grid, total_low, total_high, coalesce(reasons, '') AS reasons FROM {source}"
        )
        verdicts = {text for (text,) in con.execute(f"SELECT DISTINCT verdict FROM {EARLIER}").fetchall()}
        if verdicts - set(VERDICTS["zh"]):
            raise NotOurs
        twice = con.execute(f"SELECT 1 FROM {EARLIER} GROUP BY person, year HAVING count(*) > 1 LIMIT 1")
        if twice.fetchone():
            raise _refused("RO408", path)
    except NotOurs as fault:
        zh, en = ("、".join(f"“{name}”" for name in fault.missing), ", ".join(fault.missing))
        words = {"missing": f"，缺少{zh}", "missing_en": f", it lacks {en}"} if zh else {}
        raise _refused("RO407", path, **words) from None
    except (Error, OSError):
        raise _refused("RO407", path) from None


def release(con: DuckDBPyConnection) -> None:
    """Take away the view and what it stood on."""
    con.execute(f"DROP VIEW IF EXISTS {EARLIER}")
    for table in TABLES:
        con.execute(f"DROP TABLE IF EXISTS {table}")


def _take_parquet(con: DuckDBPyConnection, path: Path) -> str:
    source = f"read_parquet({literal(str(path))})"
    types = {name: str(kind) for name, kind, *_ in con.execute(f"SELECT * FROM {source} LIMIT 0").description}
    fits = {name for name in types if name not in _WHOLE or types[name] in _WHOLE_TYPES}
    if missing := tuple(name for name in _NEEDED if name not in fits):
        raise NotOurs(missing)
    return source


def _refused(code: str, path: Path, **words: str) -> Refused:
    return Refused((Finding(code, None, {"file": str(path), "missing": "", "missing_en": "", **words}),))
