"""Notes: what the user is told of the files beside rejected rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from policyhours.roster.intake.files import table_of_name
from policyhours.roster.intake.fixed import TABLE_TITLES
from policyhours.roster.intake.heads import Heads
from policyhours.roster.intake.relation import Source
from policyhours.roster.intake.vocabulary import Vocabulary
from policyhours.text.finding import Finding
from policyhours.text.nearest import hint


def where(file: str, sheet: str) -> str:
    """A file, or a sheet of it, as people name it."""
    return f"{file}[{sheet}]" if sheet else file


def of_heads(file: str, heads: Heads, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Which columns were not read."""
    if heads.ignored:
        known = [word for c in vocabulary.tables[heads.table].values() for word in (*c.titles, c.id)]
        near = {head: hint(head, known)["nearest"] for head in heads.ignored}
        asked = [(head, words) for head, words in near.items() if words != "—"]
        zh = "；".join(f"“{head}”是不是“{words}”？" for head, words in asked) or "不需要的不必处理"
        en = "; ".join(f"is “{head}” “{words}”?" for head, words in asked) or "nothing where not needed"
        words = {"file": file, "columns": "、".join(heads.ignored)}
        said = {"hint": f"{zh}；需要的，改用可用的表头，或用 --columns 指明"}
        said |= {"hint_en": f"{en}; else head them by a known name or use --columns"}
        yield Finding("RO201", None, words | said)
    if heads.unneeded:
        yield Finding("RO202", None, {"file": file, "columns": "、".join(heads.unneeded)})


def of_source(source: Source, head: int) -> Iterator[Finding]:
    """What a source was read as, unless it is called so and its head is the first row; the rows left out.

    Args:
        source: the source.
        head: the row of its head, from 1.
    """
    file = where(source.file, source.sheet)
    called = {table_of_name(name, whole=True) for name in (source.sheet, Path(source.file).stem)}
    if head > 1 or source.table not in called:
        words = {"file": file, "table": TABLE_TITLES[source.table], "table_en": source.table}
        yield Finding("RO205", None, {**words, "row": str(head)})
    if source.empty or source.sums:
        words = {"file": file, "empty": str(source.empty), "sums": str(source.sums)}
        yield Finding("RO203", None, words)


def of_encoding(file: str, encoding: str) -> Finding:
    """In what encoding a file was read that was not UTF-8."""
    return Finding("RO204", None, {"file": file, "encoding": encoding})


def of_sheets(file: str, sheets: Sequence[str]) -> Finding:
    """Which sheets of a workbook were not read."""
    return Finding("RO206", None, {"file": file, "sheets": "、".join(sheets)})


def of_headless(file: str, rows: int) -> Finding:
    """In how many rows something stands in a column without a head."""
    return Finding("RO207", None, {"file": file, "rows": str(rows)})
