"""What the peers' rules are checked against: persons as cases, through the real evaluator."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from layout import ANSWER, YEAR, Tables
from regulation import GRID, POLICY, REPOSITORY

from policyhours.assess.result import YearResult
from policyhours.case.read import read_draft
from policyhours.case.written import as_source
from policyhours.desk.answer.evaluation import evaluate
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document


def evaluated(tables: Tables, out: Path) -> None:
    """Write the evaluator's answers.

    Raises:
        Refused: where a row does not fit the policy, which would be a fault of the data.
    """
    library = Library(folders(REPOSITORY / "policies"))
    columns: list[list[Any]] = [[] for _ in ANSWER]
    for case in _cases(tables):
        draft = read_draft(read_document(as_source(case)))
        result = evaluate(draft, library, policy=parse_reference(POLICY), try_readings=False).result
        answer = _answer(result.years[YEAR])
        for column, value in zip(columns, (case["person"]["id"], *answer), strict=True):
            column.append(value)
    pq.write_table(pa.table(columns, names=ANSWER), out)


def _cases(tables: Tables) -> Iterator[dict[str, Any]]:
    persons: dict[str, dict[str, Any]] = {
        row["id"]: {"case": row["id"], "person": row, "activities": []}
        for row in pq.read_table(tables.persons).to_pylist()
    }
    for row in pq.read_table(tables.activities).to_pylist():
        stated = _stated(row)
        if "hours" in stated:
            stated["hours"] = Fraction(stated["hours"])
        persons[row["person"]]["activities"].append(stated)
    for row in pq.read_table(tables.decisions).to_pylist() if tables.decisions.exists() else ():
        persons[row["person"]].setdefault("decisions", []).append(_stated(row))
    yield from persons.values()


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name != "person"}


def _answer(year: YearResult) -> tuple[Any, ...]:
    spans = [year.subjects["professional"], year.subjects["public"], year.total]
    ends = [end for span in spans for end in (span.low, span.high)]
    assert all(end is not None and (end * GRID).denominator == 1 for end in ends)
    return (year.verdict, *(int(end * GRID) for end in ends if end is not None))


if __name__ == "__main__":
    evaluated(Tables(Path(sys.argv[1])), Path(sys.argv[2]))
