"""Output: the results of a run as files, in the form that their ending names."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policyhours.roster.quoting import literal, quoted
from policyhours.roster.results.columns import Column, columns_of
from policyhours.roster.results.labels import Labels
from policyhours.roster.results.shown import names_of, order_of, shown
from policyhours.roster.results.workbook import MOST_ROWS, Row, Sheet, write_workbook
from policyhours.text.aside import Aside, told, usable
from policyhours.text.finding import Finding, Refused
from policyhours.version import VERSION

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENDINGS: Final = (".parquet", ".csv", ".xlsx")
"""The forms in which results are written."""

RESULT, DETAIL, CHANGES = "result", "detail", "changes"
_SHEETS: Final = {RESULT: ("结果", "result"), DETAIL: ("活动", "activities"), CHANGES: ("变化", "changes")}
_BOM: Final = "\ufeff"
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True)
class Further:
    """Another file of the run: rejected rows, a report.

    Attributes:
        write: given a path, writes the file there.
        private: whether only its owner may read it.
    """

    path: Path
    write: Callable[[Path], None]
    private: bool = False


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is to be written.

    Attributes:
        out: for the table ``result``; its ending says in which form.
        labels: what ids are called, in CSV and workbooks.
        detail: whether the table ``detail`` is written, beside it.
        changes: whether the table ``changes`` is.
        further: other files, put in place together with these.
        inputs: the files of the input, which no output may replace.
        in_order: whether the rows of the tables already stand by person and year.
        trial: whether the result is a trial only; every file says so.
        written: told, while a workbook is written, how many rows it has so far; that takes minutes for many.
    """

    out: Path
    labels: Labels
    detail: bool = False
    changes: bool = False
    further: tuple[Further, ...] = ()
    inputs: tuple[Path, ...] = ()
    in_order: bool = False
    trial: bool = False
    written: Callable[[int], None] | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that are written."""
        return (RESULT, *([DETAIL] if self.detail else ()), *([CHANGES] if self.changes else ()))


def path_of(out: Path, table: str) -> Path:
    """Where a table goes: the result to `out`, others beside it, in a workbook to the same file."""
    if table == RESULT or _form(out) == ".xlsx":
        return out
    return out.with_name(f"{out.stem}.{table}{out.suffix}")


def left_over(plan: Outputs) -> tuple[Path, ...]:
    """Files of an earlier run that this one doesn't replace, and that no longer match `plan.out`."""
    beside = {path_of(plan.out, table) for table in (DETAIL, CHANGES) if table not in plan.tables}
    return tuple(sorted(path for path in beside - {plan.out} if path.exists()))


def ready(plan: Outputs) -> None:
    """Make sure, before anything is worked out, that the files can be written.

    Raises:
        Refused: where the ending of `plan.out` names no form, two files would be one, one would replace the
            input, or can't be put where it belongs.
    """
    if _form(plan.out) not in ENDINGS:
        raise Refused((Finding("RO401", None, {"file": str(plan.out)}),))
    paths = [*dict.fromkeys(path_of(plan.out, table) for table in plan.tables)]
    paths += [further.path for further in plan.further]
    taken = {Path(os.path.realpath(path)): "RO411" for path in plan.inputs}
    for path in paths:
        place = Path(os.path.realpath(path))
        if place in taken:
            raise Refused((Finding(taken[place], None, {"file": str(path)}),))
        taken[place] = "RO410"
        usable(path)


def write_outputs(con: DuckDBPyConnection, plan: Outputs) -> tuple[Path, ...]:
    """Write every file aside, then put all of them in place.

    Args:
        con: where the tables are.
        plan: what is to be written.

    Returns:
        The files, in order: of the tables, then the further ones.

    Raises:
        Refused: where a file can't be written, or a workbook can't hold the rows. What stood there before is
            then still there.
    """
    ready(plan)
    with Aside() as aside:
        if _form(plan.out) == ".xlsx":
            _workbook(con, plan, aside.beside(plan.out))
        else:
            write = _parquet if _form(plan.out) == ".parquet" else _csv
            for table in plan.tables:
                path = path_of(plan.out, table)
                target = aside.beside(path)
                with _disk(path):
                    write(con, plan, table, target)
        for further in plan.further:
            target = aside.beside(further.path, private=further.private)
            with told(further.path):
                further.write(target)
        return aside.put_in_place()


def _parquet(con: DuckDBPyConnection, plan: Outputs, table: str, target: Path) -> None:
    """The table as it is."""
    order = "" if plan.in_order else f" ORDER BY {order_of(names_of(con, table))}"
    said = f"policyhours: {literal(VERSION)}, official: {literal(str(not plan.trial).lower())}"
    _copy(
        con,
        f"SELECT * FROM {quoted(table)} t{order}",
        target,
        f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{said}}}",
    )


def _csv(con: DuckDBPyConnection, plan: Outputs, table: str, target: Path) -> None:
    """The table for people; Excel knows by the mark before the first head that it is UTF-8."""
    first, *others = _columns(con, plan, table)
    columns = (replace(first, head=_BOM + first.head), *others)
    with shown(con, table, columns, plan.labels.lang, harmless=True) as query:
        _copy(con, query, target, "FORMAT csv, HEADER")


def _copy(con: DuckDBPyConnection, query: str, target: Path, form: str) -> None:
    # Without a file of its own beside the target: that would have other permissions than ours.
    con.execute(f"COPY ({query}) TO {literal(str(target))} ({form}, USE_TMP_FILE false)")


def _workbook(con: DuckDBPyConnection, plan: Outputs, target: Path) -> None:
    for table in plan.tables:
        if (count := _count(con, table)) > MOST_ROWS:
            words = {"file": str(plan.out), "found": f"{count:,}", "most": f"{MOST_ROWS:,}"}
            raise Refused((Finding("RO406", None, words),))
    with _disk(plan.out):
        write_workbook(target, _sheets(con, plan))


def _sheets(con: DuckDBPyConnection, plan: Outputs) -> Iterator[Sheet]:
    lang = plan.labels.lang
    for table in plan.tables:
        columns = _columns(con, plan, table)
        count = _count(con, table)
        with shown(con, table, columns, lang) as query:
            yield Sheet(plan.labels.pick(*_SHEETS[table]), columns, _chunks(con, query, plan), count)


def _chunks(con: DuckDBPyConnection, query: str, plan: Outputs) -> Iterator[Sequence[Row]]:
    con.execute(query)
    done = 0
    while rows := con.fetchmany(_CHUNK):
        yield rows
        done += len(rows)
        if plan.written is not None:
            plan.written(done)


def _columns(con: DuckDBPyConnection, plan: Outputs, table: str) -> tuple[Column, ...]:
    return columns_of(names_of(con, table), plan.labels, trial=plan.trial)


def _count(con: DuckDBPyConnection, table: str) -> int:
    found = con.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()
    assert found is not None
    return int(found[0])


def _form(out: Path) -> str:
    return out.suffix.lower()


@contextmanager
def _disk(path: Path) -> Iterator[None]:
    """Failures of the disk while a table is written, told as what became of `path`."""
    from duckdb import IOException

    with told(path):
        try:
            yield
        except IOException as error:
            raise OSError(str(error)) from None
