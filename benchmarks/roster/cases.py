"""The tables as one case after the other, for peers that take a case at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from layout import ANSWER, Tables

Case = list[dict[str, Any]]
Answer = tuple[Any, ...]
"""A verdict, and the hours in the order of `ANSWER`."""


def cases(tables: Tables) -> Iterator[tuple[str, Case]]:
    """Each person with the activities; what is not stated is left out; a year in place of the date."""
    found: dict[str, Case] = {
        id_: [] for id_ in pq.read_table(tables.persons, columns=["id"])["id"].to_pylist()
    }
    for batch in pq.ParquetFile(tables.activities).iter_batches():
        for row in batch.to_pylist():
            stated = {name: value for name, value in row.items() if value is not None}
            stated["year"] = stated.pop("date").year
            found[stated.pop("person")].append(stated)
    yield from found.items()


def answer_each(assess: Callable[[Case], Answer], folder: Path, out: Path) -> None:
    """Files in, one case after the other, a file out."""
    answers = [(id_, *assess(case)) for id_, case in cases(Tables(folder))]
    columns = [list(column) for column in zip(*answers, strict=True)]
    pq.write_table(pa.table(columns, names=ANSWER), out)
