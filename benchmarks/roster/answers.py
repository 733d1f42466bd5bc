"""An answer: what every peer writes, one row per person; and whether two peers wrote the same."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from layout import SPANS
from regulation import GRID


def differing(ours: Path, theirs: Path, but: str = "") -> int:
    """How many persons have another verdict, or other hours, or are missing on one side.

    Args:
        ours: what one peer wrote.
        theirs: what the other wrote.
        but: a query for the persons who are left out.
    """
    left_out = f"WHERE person NOT IN ({but})" if but else ""
    query = f"""
        WITH a AS ({_comparable(ours)} {left_out}), b AS ({_comparable(theirs)} {left_out})
        SELECT count(*) FROM a FULL JOIN b USING (person)
        WHERE (a.verdict, {_all("a")}) IS DISTINCT FROM (b.verdict, {_all("b")})
    """
    with duckdb.connect() as con:
        return int(con.execute(query).fetchall()[0][0])


def _all(side: str) -> str:
    return ", ".join(f"{side}.{span}" for span in SPANS)


def _comparable(answers: Path) -> str:
    """The answers, as exact fractions of an hour where a row has a grid of its own, else as they are.

    A float is taken for the ninetieth that it all but is, for 28/3 has no float of its own: what it can get
    wrong is the verdict.
    """
    with duckdb.connect() as con:
        source = f"read_parquet('{answers.as_posix()}')"
        types = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE FROM {source}").fetchall()}
    values = []
    for span in SPANS:
        if types[span] == "DOUBLE":
            nearest = f"round({span} * {GRID})"
            close = f"abs({span} * {GRID} - {nearest}) < 0.01"
            values.append(f"CASE WHEN {close} THEN {nearest}::BIGINT ELSE -1 END AS {span}")
        elif "grid" in types:
            # A value that is no whole number of ninetieths differs from all of them.
            whole = f"{span}::HUGEINT * {GRID}"
            values.append(
                f"CASE WHEN {whole} % grid = 0 THEN ({whole} // grid)::BIGINT ELSE -1 END AS {span}"
            )
        else:
            values.append(f"{span}::BIGINT AS {span}")
    return f"SELECT person, verdict, {', '.join(values)} FROM {source}"


if __name__ == "__main__":
    print(differing(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
