"""The database of a run: how much it may use, and its failures in words for clerks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policyhours.roster.quoting import literal, quoted
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_FILE: Final = "run.duckdb"


@contextmanager
def opened(scratch: Path, memory: str | None) -> Iterator[DuckDBPyConnection]:
    """A new database in a folder, where it packs its tables and spills what does not fit into memory.

    Args:
        scratch: the folder.
        memory: the most memory, such as ``3GB``; ``None`` for most of what there is.

    Raises:
        Refused: where the packages for rosters are missing, the amount can't be read, or what was to be done
            does not fit into memory or the folder.
    """
    try:
        import duckdb
    except ModuleNotFoundError:
        raise Refused((Finding("RO116", None),)) from None
    try:
        with duckdb.connect(str(scratch / _FILE)) as con:
            # Nothing may be fetched, and rows have an order of their own where one matters.
            con.execute("SET autoinstall_known_extensions = false; SET preserve_insertion_order = false")
            con.execute(f"SET temp_directory = {literal(str(scratch))}")
            con.execute("PRAGMA disable_checkpoint_on_shutdown")
            if memory is not None:
                _bound(con, memory)
            yield con
    except RuntimeError as fault:
        # So the database tells of Ctrl-C, where that reached it in the middle of a query.
        if "interrupted" in str(fault).lower():
            raise KeyboardInterrupt from None
        raise
    except duckdb.OutOfMemoryException:
        raise Refused((Finding("RO412", None, {"found": memory or "—"}),)) from None
    except (duckdb.IOException, duckdb.FatalException) as fault:
        # What can't be packed into the database is told as fatal, and why in words only.
        if isinstance(fault, duckdb.FatalException) and "could not write" not in str(fault).lower():
            raise
        raise Refused((Finding("RO413", None, {"folder": str(scratch.parent)}),)) from None


def _bound(con: DuckDBPyConnection, memory: str) -> None:
    import duckdb

    try:
        con.execute(f"SET memory_limit = {literal(memory)}")
    except duckdb.Error:
        raise Refused((Finding("RO117", None, {"found": memory}),)) from None


def one(con: DuckDBPyConnection, query: str) -> Any:
    """The one value that a query gives."""
    found = con.execute(query).fetchone()
    assert found is not None
    return found[0]


def make(con: DuckDBPyConnection, name: str, columns: Sequence[tuple[str, str]]) -> None:
    """An empty table.

    Args:
        con: where to make it.
        name: of the table.
        columns: each with its type.
    """
    heads = ", ".join(f"{quoted(column)} {type_}" for column, type_ in columns)
    con.execute(f"CREATE OR REPLACE TABLE {quoted(name)} ({heads})")


def fill(con: DuckDBPyConnection, name: str, types: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Put rows into a table, column by column, which is much faster than row by row."""
    if rows:
        cells = ", ".join(f"unnest(?::{type_}[])" for type_ in types)
        con.execute(f"INSERT INTO {quoted(name)} SELECT {cells}", [list(c) for c in zip(*rows, strict=True)])
