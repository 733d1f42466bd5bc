"""Nothing but reading: DuckDB reads every column that the rules need, and does nothing with them."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from layout import ACTIVITIES, Tables

USED = [name for name in ACTIVITIES if name != "id"]


def main(folder: Path) -> None:
    """Read the files."""
    tables = Tables(folder)
    with duckdb.connect() as con:
        largest = ", ".join(f"max({name})" for name in USED)
        con.execute(f"SELECT {largest} FROM '{tables.activities.as_posix()}'").fetchall()
        con.execute(f"SELECT max(id) FROM '{tables.persons.as_posix()}'").fetchall()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
