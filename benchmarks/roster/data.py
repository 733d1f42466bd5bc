"""The data: persons with fifteen activities each, as a department would have them, drawn by DuckDB.

Every value is drawn from a hash of (seed, person, activity, what is drawn), so a table is the same whenever
it is made. Some persons stand on the edge on purpose: just at, above or below 90 and 60 hours.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import duckdb

SEED = 2025
EACH = 15
YEAR = 2025
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

ACTIVITIES = """
WITH drawn AS (
    SELECT i // {each} AS n, (i % {each})::INT AS j,
        draw(i // {each}, 0, 'edge', 100) AS edge, draw(i // {each}, 0, 'edge of', 12) AS edge_of,
        draw(i // {each}, 0, 'tie', 1000) AS tie, draw(i // {each}, 0, 'completion', 1000) AS completion,
        draw(i // {each}, 0, 'cross', 1000) < {cross} AS cross_,
        draw(n, j, 'kind', 1000) AS k, draw(n, j, 'missing', 200) = 0 AS missing,
        draw(n, j, 'a', 100) AS a, draw(n, j, 'b', 100) AS b, draw(n, j, 'c', 100) AS c,
        draw(n, j, 'year', 100) AS y, draw(n, j, 'event', 4000) AS e
    FROM range({persons} * {each}) t(i)
), kinds AS (
    SELECT *,
        edge < 12 AND j < 6 AS on_edge,
        tie < 5 AND j IN (7, 8) AS tied,
        cross_ AND j IN (9, 10) AS crossed,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 'public_course'
                WHEN edge_of = 10 AND j = 3 THEN 'attendance' ELSE 'training' END
            WHEN completion < 20 AND j = 14 THEN CASE WHEN completion < 12 THEN 'advanced_seminar'
                WHEN completion < 18 THEN 'degree' ELSE 'party_school_degree' END
            WHEN tied THEN ['training', 'lecture', 'attendance', 'paper', 'book'][1 + tie]
            WHEN crossed THEN CASE j WHEN 9 THEN 'lecture' ELSE 'attendance' END
            {kinds}
        END AS kind,
        kind IN ('degree', 'party_school_degree') AS of_degree,
        kind IN ('public_course', 'training', 'attendance', 'other', 'lecture', 'practice', 'further_study')
            AS timed,
        CASE WHEN of_degree THEN CASE WHEN y < 25 THEN -1 WHEN y < 65 THEN 0 ELSE 1 END
            WHEN on_edge THEN 0
            WHEN edge < 12 THEN -1
            WHEN tied OR crossed THEN 0
            WHEN y < 3 THEN -1 WHEN y < 5 THEN 1 ELSE 0 END AS later
    FROM drawn
), times AS (
    SELECT *,
        CASE WHEN on_edge THEN j = 5 AND edge_of IN (5, 6, 7) ELSE timed AND a < 40 END AS by_hours,
        CASE
            WHEN on_edge THEN CASE edge_of WHEN 5 THEN 199 WHEN 6 THEN 201 ELSE 200 END
            WHEN kind = 'lecture' THEN 5 + b % 40
            WHEN kind = 'attendance' THEN CASE WHEN b < 15 THEN 199 + b % 3 ELSE 20 + b % 100 END
            WHEN kind = 'practice' THEN CASE WHEN b < 15 THEN 299 + b % 3 ELSE 20 + b % 100 END
            WHEN kind = 'further_study' THEN CASE WHEN b < 5 THEN 599 + b % 3 ELSE 40 + b END
            ELSE 20 + b % 80
        END AS tenths,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 1 ELSE 2 END
            WHEN kind = 'lecture' OR c < 45 THEN NULL
            WHEN c < 90 THEN 1 ELSE 2
        END AS stated_days,
        CASE
            WHEN on_edge THEN CASE WHEN j < 3 THEN 90
                WHEN j = 5 AND edge_of = 3 THEN 179 WHEN j = 5 AND edge_of = 4 THEN 181 ELSE 180 END
            WHEN kind = 'lecture' THEN [30, 45, 60, 90, 50, 40, 25, 375, 374, 190][1 + b % 10]
            WHEN c % 2 = 0 AND stated_days IS NOT NULL THEN NULL
            ELSE [45, 90, 135, 180, 200, 40, 50, 75, 360, 100][1 + b % 10]
        END AS stated_minutes
    FROM kinds
)
SELECT
    {id} AS person,
    'A' || lpad((n * {each} + j)::VARCHAR, 11, '0') AS id,
    kind,
    make_date({year} + later, 1, 1) + (draw(n, j, 'day', 365)) AS date,
    CASE WHEN timed AND NOT by_hours THEN stated_days END AS days,
    CASE WHEN timed AND NOT by_hours THEN stated_minutes END AS minutes,
    CASE WHEN by_hours THEN (tenths::DECIMAL(6, 1) * 0.1)::DECIMAL(5, 1) END AS hours,
    CASE WHEN kind IN ('public_course', 'training', 'advanced_seminar') THEN CASE
        WHEN on_edge THEN CASE WHEN j = 2 AND edge_of = 9 THEN NULL
            WHEN j = 5 AND edge_of = 11 THEN 'failed' ELSE 'passed' END
        WHEN missing THEN NULL WHEN b < 90 THEN 'passed' WHEN b < 96 THEN 'failed' ELSE 'none' END
    END AS assessment,
    CASE WHEN kind IN ('lecture', 'attendance', 'advanced_seminar')
        THEN CASE WHEN c < 30 THEN 'national' WHEN c < 90 OR on_edge THEN 'region' ELSE 'prefecture' END
    END AS organiser_level,
    CASE WHEN of_degree
        THEN CASE WHEN a < 45 THEN 'bachelor' WHEN a < 75 THEN 'master' WHEN a < 90 THEN 'doctor'
            ELSE 'associate' END
    END AS degree,
    CASE WHEN of_degree THEN b < 85 END AS obtained,
    CASE WHEN kind = 'intellectual_property' THEN CASE WHEN a < 60 THEN 'invention' ELSE 'software' END
    END AS ip_type,
    CASE WHEN kind = 'research_project' THEN CASE WHEN a < 30 THEN 'lead' ELSE 'member' END END AS role,
    CASE WHEN kind = 'research_project' THEN b < 80 END AS concluded,
    CASE WHEN kind IN ('paper', 'book') THEN CASE WHEN a < 40 THEN 'sole' ELSE 'joint' END END AS authorship,
    CASE WHEN kind IN ('paper', 'book') THEN CASE WHEN a < 40 THEN 1 ELSE 1 + b % 4 END END AS author_order,
    CASE WHEN kind = 'qualification_exam' THEN b % 4 END AS subjects_passed,
    CASE WHEN on_edge THEN CASE WHEN j = 2 AND edge_of = 8 THEN 'pending' ELSE 'registered' END
        WHEN draw(n, j, 'status', 1000) < 5 THEN 'pending'
        WHEN draw(n, j, 'status', 1000) = 5 THEN 'void' ELSE 'registered' END AS status,
    CASE WHEN draw(n, j, 'evidence', 1000) < 5 AND NOT on_edge THEN 'missing' ELSE 'complete' END AS evidence,
    CASE WHEN tied OR crossed THEN CASE WHEN kind NOT IN ('paper', 'book') THEN 'E-' || n END
        WHEN kind IN ('lecture', 'attendance') AND a % 10 < 3 THEN 'E' || (e * {each} + j) END AS event,
    CASE WHEN kind IN ('paper', 'book')
        THEN 'W' || n || CASE WHEN tied THEN '' ELSE '-' || j END END AS work
FROM times {order}
"""

DECISIONS = """
SELECT {id} AS person, {year} AS year, 'illness' AS ground,
    CASE WHEN draw(n, 0, 'remedy', 2) = 0 THEN 'defer' ELSE 'reduce' END AS remedy,
    CASE WHEN remedy = 'defer' THEN {year} + 1 END AS until,
    CASE WHEN remedy = 'reduce' THEN 45 + 15 * draw(n, 0, 'required', 3) END AS required_hours,
    'employer' AS certified_by, '示例行业主管部门' AS decided_by, DATE '2025-06-30' AS decided_on
FROM range({persons}) t(n)
WHERE draw(n, 0, 'decision', 1000) < 3
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a data set looks like.

    Attributes:
        persons: how many there are.
        ordered: whether the files are sorted by person, and not shuffled.
        whole: whether some have decisions, and some one event of two kinds, which only a choice can settle.
    """

    persons: int
    ordered: bool = False
    whole: bool = False

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.persons}-{'sorted' if self.ordered else 'shuffled'}{'-whole' if self.whole else ''}"


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a data set."""

    folder: Path

    @property
    def persons(self) -> Path:
        return self.folder / "persons.parquet"

    @property
    def activities(self) -> Path:
        return self.folder / "activities.parquet"

    @property
    def decisions(self) -> Path:
        return self.folder / "decisions.parquet"


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
