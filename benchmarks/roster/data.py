"""The data: persons with fifteen activities each, as a department would have them, drawn by DuckDB.

Every value is drawn from a hash of (seed, person, activity, what is drawn), so a table is the same whenever
it is made. Some persons stand on the edge on purpose: just at, above or below 90 and 60 hours.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb
from layout import YEAR, Shape, Tables

SEED = 2025
EACH = 15
MEMORY = "6GB"
"""The most that making the data takes; beyond it DuckDB sorts on disk."""

PREFECTURES = ("乌鲁木齐市", "昌吉回族自治州", "伊犁哈萨克自治州", "喀什地区", "阿克苏地区", "和田地区")
INDUSTRIES = ("交通运输", "工程", "农业", "卫生", "教育", "会计")
LEVELS = ("none", "junior", "intermediate", "senior")
KINDS = (
    ("public_course", 240),
    ("training", 190),
    ("attendance", 160),
    ("other", 90),
    ("lecture", 70),
    ("practice", 70),
    ("further_study", 60),
    ("paper", 60),
    ("research_project", 20),
    ("intellectual_property", 20),
    ("book", 10),
    ("qualification_exam", 10),
)
"""How many of a thousand activities are of a kind; completions are drawn by person."""

PERSONS = """
SELECT {id} AS id, {level} AS title_level, {prefecture} AS prefecture, {industry} AS industry
FROM range({persons}) t(n) {order}
"""

ACTIVITIES = Path(__file__).with_name("activities.sql").read_text(encoding="utf-8")

DECISIONS = """
SELECT {id} AS person, {year} AS year, 'illness' AS ground,
    CASE WHEN draw(n, 0, 'remedy', 2) = 0 THEN 'defer' ELSE 'reduce' END AS remedy,
    CASE WHEN remedy = 'defer' THEN {year} + 1 END AS until,
    CASE WHEN remedy = 'reduce' THEN 45 + 15 * draw(n, 0, 'required', 3) END AS required_hours,
    'employer' AS certified_by, '示例行业主管部门' AS decided_by, DATE '2025-06-30' AS decided_on
FROM range({persons}) t(n)
WHERE draw(n, 0, 'decision', 1000) < 3
"""


def make(shape: Shape, folder: Path) -> Tables:
    """Write the files of a data set below `folder`, unless they are there already."""
    tables = Tables(folder / shape.name)
    done = tables.folder / "done"
    if done.exists():
        return tables
    tables.folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        con.execute(f"SET memory_limit = '{MEMORY}'")
        con.execute(f"SET temp_directory = '{(tables.folder / 'spill').as_posix()}'")
        con.execute(f"CREATE MACRO draw(n, j, what, m) AS (hash({SEED}, n, j, what) % m)::INT")
        _write(con, _persons(shape), tables.persons)
        _write(con, _activities(shape), tables.activities)
        if shape.whole:
            _write(con, DECISIONS.format(**_shared(shape)), tables.decisions)
    done.touch()
    return tables


def _shared(shape: Shape) -> dict[str, object]:
    return {
        "persons": shape.persons,
        "year": YEAR,
        "each": EACH,
        "id": "'S65' || lpad(n::VARCHAR, 15, '0')",
    }


def _persons(shape: Shape) -> str:
    order = "" if shape.ordered else "ORDER BY hash(n)"
    columns = {
        name: f"{list(values)}[1 + draw(n, 0, '{name}', {len(values)})]"
        for name, values in (("level", LEVELS), ("prefecture", PREFECTURES), ("industry", INDUSTRIES))
    }
    return PERSONS.format(**_shared(shape), **columns, order=order)


def _activities(shape: Shape) -> str:
    cases, most = [], 0
    for kind, of_thousand in KINDS:
        most += of_thousand
        cases.append(f"WHEN k < {most} THEN '{kind}'")
    order = "" if shape.ordered else "ORDER BY hash(n, j)"
    shared = _shared(shape)
    return ACTIVITIES.format(**shared, kinds=" ".join(cases), cross=3 if shape.whole else 0, order=order)


def _write(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    con.execute(f"COPY ({query}) TO '{path.as_posix()}' (FORMAT parquet)")


def main() -> None:
    """Make a data set, as a command: a process that ends takes its memory with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("persons", type=int)
    parser.add_argument("--sorted", action="store_true", dest="ordered")
    parser.add_argument("--whole", action="store_true")
    said = parser.parse_args()
    make(Shape(said.persons, said.ordered, said.whole), said.folder)


if __name__ == "__main__":
    main()
