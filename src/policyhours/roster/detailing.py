"""Detailing: what became of the activities of everybody whom the plan judges, one row an activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policyhours.roster.collect import DETAIL, Year
from policyhours.roster.database import fill, make
from policyhours.roster.plan.cited import cited
from policyhours.roster.quoting import quoted
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.wording import causes_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ALIKE = (("scheme", "BIGINT"), ("kind", "VARCHAR"), ("causes", "BIGINT"), ("base", "BIGINT"))
_SAID = (("article", "VARCHAR"), ("reasons", "VARCHAR"), ("words", "VARCHAR"))


def run_details(con: DuckDBPyConnection, years: Sequence[Year]) -> None:
    """Run the detail of each year for everybody not in ``look``; its rows stand in a table of the year's.

    Whose claims only the evaluator can tell is put into ``look``, too.
    """
    for year in years:
        if year.detail is None:
            continue
        con.execute(
            f"CREATE OR REPLACE VIEW {year.judged} AS SELECT t.id FROM {year.planned} t"
            " ANTI JOIN look l ON l.person = t.id"
        )
        con.execute(f"CREATE OR REPLACE TABLE {year.items} AS {year.detail.sql('duckdb')}")
        con.execute(f"INSERT INTO look SELECT DISTINCT person FROM {year.items} WHERE look")


def collect_details(con: DuckDBPyConnection, years: Sequence[Year], labels: Labels) -> None:
    """Make the table ``detail`` of the rows of all years, and of those of people assessed singly.

    It is a table and no view: its rows are put in order when they are written, and over a view that takes
    several times the memory.
    """
    names = ", ".join(quoted(name) for name, _ in DETAIL)
    queries = [f"SELECT {names} FROM detail_singly"]
    for year in years:
        if year.detail is None:
            continue
        items, said = year.items, f"{year.items}_said"
        con.execute(f"DELETE FROM {items} WHERE person IN (SELECT person FROM look)")
        make(con, said, [*_ALIKE, *_SAID])
        alike = con.execute(f"SELECT DISTINCT scheme, kind, causes, base FROM {items}").fetchall()
        rows = []
        for scheme, kind, mask, base in alike:
            article, found = cited(year.detail, scheme, kind, mask, base)
            codes = " ".join(found)
            rows.append((scheme, kind, mask, base, article, codes, causes_text(codes, labels)))
        fill(con, said, [type_ for _, type_ in (*_ALIKE, *_SAID)], rows)
        own = {name for name, _ in _SAID}
        columns = ", ".join(f"{'s' if name in own else 't'}.{quoted(name)}" for name, _ in DETAIL)
        same = " AND ".join(f"s.{name} = t.{name}" for name, _ in _ALIKE)
        queries.append(f"SELECT {columns} FROM {items} t JOIN {said} s ON {same}")
    con.execute(f"CREATE OR REPLACE TABLE detail AS {' UNION ALL '.join(queries)}")
