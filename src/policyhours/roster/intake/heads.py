"""Heads: which column of a file states what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from policyhours.roster.intake.columns import TABLES, Table
from policyhours.roster.intake.fixed import TABLE_TITLES, UNNEEDED
from policyhours.roster.intake.folding import fold, head_keys, key
from policyhours.roster.intake.vocabulary import Vocabulary
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint

SEARCHED: Final = 30
"""The head stands within the first so many rows; titles may stand above it."""

_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of one file, understood.

    Attributes:
        names: a name for each column of the file: its head, made unique; ``#3`` where the third has none.
        of: the canonical column → the place of the file's column that states it, from 0.
        ignored: heads that say nothing to us.
        unneeded: heads of what offices often have and no rule needs.
        said: the heads that ``--columns`` names and this file has.
    """

    table: Table
    names: tuple[str, ...]
    of: Mapping[str, int]
    ignored: tuple[str, ...]
    unneeded: tuple[str, ...]
    said: frozenset[str]

    def feeding(self) -> dict[int, list[str]]:
        """The canonical columns by the place of the file's column that states them."""
        found: dict[int, list[str]] = {}
        for column, place in self.of.items():
            found.setdefault(place, []).append(column)
        return found


@dataclass(frozen=True, slots=True)
class Reader:
    """What is known of heads before any file is opened.

    Attributes:
        words: by table, the words that may head a column → the columns that they head.
        meant: by table, the same for what ``--columns`` names.
        columns: ``--columns``: the head in the file → the id or title of the column that it is.
    """

    vocabulary: Vocabulary
    words: Mapping[Table, Mapping[str, tuple[str, ...]]]
    meant: Mapping[Table, Mapping[str, tuple[str, ...]]]
    columns: Mapping[str, str]

    def lacking(self, table: Table, row: Sequence[str]) -> list[str]:
        """The needed columns that a row of heads does not have."""
        has = {column for head in row for column in self._columns(table, head)}
        needed = [c.id for c in self.vocabulary.tables[table].values() if c.needed]
        return [id_ for id_ in needed if id_ not in has]

    def fitting(self, table: Table, row: Sequence[str]) -> int:
        """How many heads of a row mean something in the table."""
        return sum(1 for head in row if self._columns(table, head))

    def read(self, table: Table, row: Sequence[str], file: str) -> Heads:
        """The heads of a file.

        Raises:
            Refused: where two heads state the same column.
        """
        names = _unique([fold(head) for head in row])
        of: dict[str, int] = {}
        faults: list[Finding] = []
        for place, head in enumerate(row):
            for column in self._columns(table, head):
                if column in of:
                    title = self.vocabulary.tables[table][column].title
                    words = {"file": file, "first": names[of[column]], "second": names[place]}
                    faults.append(Finding("RO109", None, words | {"column": title}))
                of.setdefault(column, place)
        if faults:
            raise Refused(tuple(faults))
        rest = [(name, head) for name, head in zip(names, row, strict=True) if fold(head)]
        rest = [(name, head) for name, head in rest if not self._columns(table, head)]
        unneeded = tuple(name for name, head in rest if UNNEEDED & set(head_keys(head)))
        ignored = tuple(name for name, _ in rest if name not in unneeded)
        said = frozenset(head for head in self.columns if key(head) in {key(each) for each in row})
        return Heads(table, names, of, ignored, unneeded, said)

    def _columns(self, table: Table, head: str) -> tuple[str, ...]:
        """The columns that a head states."""
        if (named := self.meant[table].get(key(head))) is not None:
            return named
        words = self.words[table]
        return next((words[word] for word in head_keys(head) if word in words), ())


def heads_reader(vocabulary: Vocabulary, columns: Mapping[str, str]) -> Reader:
    """What reads heads, with the names that ``--columns`` gives.

    Raises:
        Refused: where it gives a name that is no column of any table.
    """
    words = {table: vocabulary.heads(table) for table in TABLES}
    meant: dict[Table, dict[str, tuple[str, ...]]] = {table: {} for table in TABLES}
    faults: list[Finding] = []
    for head, name in columns.items():
        for table in TABLES:
            if found := vocabulary.named(table, name):
                meant[table][key(head)] = found
        if not any(key(head) in names for names in meant.values()):
            known = [
                title for each in vocabulary.tables.values() for c in each.values() for title in c.titles
            ]
            faults.append(Finding("RO111", None, {"found": name, **hint(name, known)}))
    if faults:
        raise Refused(tuple(faults))
    return Reader(vocabulary, words, meant, columns)


def find_head(reader: Reader, table: Table, rows: Sequence[Sequence[str]], file: str) -> int:
    """The place of the head among the first rows, from 0: the first that has every needed column.

    Raises:
        Refused: where none has; it says what is lacking in the row that comes nearest.
    """
    for place, row in enumerate(rows):
        if not reader.lacking(table, row):
            return place
    best = max(rows, key=lambda row: reader.fitting(table, row), default=())
    raise Refused((_no_head(reader, table, best, file),))


def likely_table(reader: Reader, rows: Sequence[Sequence[str]]) -> Table | None:
    """The table whose needed columns stand in one of the rows; where several do, the one that says more."""
    scores = {
        table: max((reader.fitting(table, row) for row in rows if not reader.lacking(table, row)), default=0)
        for table in TABLES
    }
    best = max(scores.values())
    found = [table for table, score in scores.items() if score == best]
    return found[0] if best and len(found) == 1 else None


def headings(reader: Reader, rows: Sequence[Sequence[str]]) -> str:
    """The cells of the row that is most like a head, quoted in a finding.

    A row in which no head is known is not quoted: it may be a person's.
    """
    scores = [max(reader.fitting(table, row) for table in TABLES) for row in rows]
    row = rows[scores.index(max(scores))] if any(scores) else ()
    cells = [fold(cell) for cell in row if fold(cell)]
    return "、".join(cells[:_SHOWN]) + ("……" if len(cells) > _SHOWN else "") if cells else "—"


def _no_head(reader: Reader, table: Table, row: Sequence[str], file: str) -> Finding:
    columns = reader.vocabulary.tables[table]
    lacking = [columns[id_] for id_ in reader.lacking(table, row)]
    free = [fold(head) for head in row if fold(head) and not reader.fitting(table, [head])]
    near = [word for c in lacking for word in (*c.titles, c.id)]
    asked = next((h for head in free if (h := hint(head, near))["nearest"] != "—"), hint("", near))
    words = {
        "file": file,
        "table": TABLE_TITLES[table],
        "table_en": table,
        "missing": "、".join(column.title for column in lacking),
        "missing_en": ", ".join(column.id for column in lacking),
        "found": headings(reader, [row]),
    }
    return Finding("RO108", None, words | asked)


def _unique(heads: Sequence[str]) -> tuple[str, ...]:
    """The heads as names of columns: none empty, no two alike but for capitals."""
    names: list[str] = []
    taken: set[str] = {"_source", "_row"}
    for place, head in enumerate(heads, 1):
        name, again = head or f"#{place}", 1
        while name.casefold() in taken:
            again += 1
            name = f"{head or '#' + str(place)} ({again})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
