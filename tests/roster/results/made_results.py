"""Tables of results made by hand: few people, every column of which is written out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from policyhours.roster.results.labels import Labels

LABELS = Labels(
    kinds={"training": "培训（进修）班", "lecture": "授课（报告）", "paper": "学术论文", "book": "著作"},
    subjects={"professional": "专业科目", "public": "公需科目"},
    facts={
        "title_level": "职称层级",
        "prefecture": "所在地（州、市）",
        "industry": "所属行业",
        "assessment": "考核结果",
    },
    options={"title_level": {"junior": "初级", "intermediate": "中级", "senior": "高级"}},
)
ENGLISH = Labels(
    **{name: getattr(LABELS, name) for name in ("kinds", "subjects", "facts", "options")}, lang="en"
)

RESULT = {
    "person": "VARCHAR", "year": "INTEGER", "policy": "VARCHAR", "verdict": "VARCHAR",
    "title_level": "VARCHAR", "prefecture": "VARCHAR", "industry": "VARCHAR", "grid": "BIGINT",
    "professional_low": "BIGINT", "professional_high": "BIGINT", "total_low": "BIGINT", "total_high": "BIGINT",
    "short_total_low": "BIGINT", "short_total_high": "BIGINT",
    "kind_lecture_low": "BIGINT", "kind_lecture_high": "BIGINT",
    "reasons": "VARCHAR", "words": "VARCHAR", "evaluated": "BOOLEAN", "touched": "BOOLEAN",
}  # fmt: skip
DETAIL = {
    "person": "VARCHAR", "year": "INTEGER", "id": "VARCHAR", "kind": "VARCHAR", "date": "DATE", "grid": "BIGINT",
    "claimed_low": "BIGINT", "claimed_high": "BIGINT", "counted_low": "BIGINT", "counted_high": "BIGINT",
    "outcome": "VARCHAR", "article": "VARCHAR", "reasons": "VARCHAR", "words": "VARCHAR",
}  # fmt: skip
USUAL: Mapping[str, Any] = {
    "year": 2025, "policy": "xinjiang@2023.1", "verdict": "met", "title_level": "intermediate",
    "prefecture": "阿克苏地区", "industry": "教育", "grid": 90, "professional_low": 60 * 90, "total_low": 90 * 90,
    "short_total_low": 0, "short_total_high": 0, "kind_lecture_low": 0, "kind_lecture_high": 0,
    "reasons": "", "words": "", "evaluated": False, "touched": False,
}  # fmt: skip


def made(
    *people: Mapping[str, Any], detail: Iterable[Mapping[str, Any]] | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection with the table ``result`` of these people; what is not stated is as `USUAL`."""
    con = duckdb.connect()
    rows = [{**USUAL, "person": f"p{number}", **person} for number, person in enumerate(people)]
    for row in rows:
        for stem in ("professional", "total"):
            row.setdefault(f"{stem}_high", row[f"{stem}_low"])
    _table(con, "result", RESULT, rows)
    if detail is not None:
        _table(con, "detail", DETAIL, detail)
    return con


def _table(
    con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]
) -> None:
    con.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
    for row in rows:
        marks = ", ".join("?" for _ in columns)
        con.execute(f"INSERT INTO {name} VALUES ({marks})", [row.get(column) for column in columns])
