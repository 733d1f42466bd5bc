"""A form as the text of a filing; whatever is found wrong with the text is traced back to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from policyhours.desk.form.model import Cell, Entry, Form, Note, Part, Row, Table
from policyhours.desk.form.scalars import written, written_key
from policyhours.desk.form.sections import SECTIONS, Kind, head_kind
from policyhours.desk.form.traced import Pieces, Traced

_WIDEST: Final = 150
_KINDS: Final = {(key, column.key): column.kind for key, s in SECTIONS.items() for column in s.columns}


class Emitted(Traced):
    """The text of a filing that a form says."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        for part in form.parts:
            self._part(part)
        self._comments(form.after, "")

    # ── parts ──

    def _part(self, part: Part) -> None:
        key = part.key.text
        spread = key in SECTIONS or part.text is not None
        if spread and self.runs_on:
            self.plain("")
        self._comments(part.note.before, "")
        if part.text is not None:
            self.verbatim(part.text, "")
        elif key in SECTIONS:
            self.line([(written_key(key), part.key), (":", None)], "", part.note.behind)
            for entry in part.entries:
                self._entry(key, entry)
        else:
            self.line([(f"{written_key(key)}: ", part.key), *_head_value(part)], "", part.note.behind)

    def _entry(self, section: str, entry: Entry) -> None:
        self._comments(entry.note.before, "  ")
        if entry.text is not None:
            self.verbatim(entry.text, "  ")
            return
        start: Pieces = [(written_key(entry.key.text), entry.key), (": ", None)]
        if len(entry.fields) == 1 and entry.fields[0][0] == "" and entry.table is None:
            cell = entry.fields[0][1]
            self.line([*start, (written(cell.text, "text"), cell)], "  ", entry.note.behind)
            return
        said = _said(section, entry)
        whole = [*start, *_braced(said)]
        if sum(len(text) for text, _ in whole) <= _WIDEST:
            self.line(whole, "  ", entry.note.behind)
            return
        self.line([(written_key(entry.key.text), entry.key), (":", None)], "  ", entry.note.behind)
        for key, value in said:
            if key == "values" and entry.table is not None:
                self.line([("values:", entry.key)], "    ")
                for row, inner in _groups(entry.table.rows, 0):
                    self.line([(written_key(row.text), row), (": ", None), *inner], "      ")
            else:
                self.line([(f"{key}: ", entry.key), *value], "    ")

    # ── lines ──

    def _comments(self, lines: Sequence[str], indent: str) -> None:
        for line in lines:
            self.plain(f"{indent}{line}".rstrip())


def entry_text(section: str, entry: Entry) -> str:
    """The text of one entry in a section of its own."""
    return Emitted(Form((Part(Cell(section), Note(), (entry,)),))).text


def part_text(part: Part) -> str:
    """The text of one part."""
    return Emitted(Form((part,))).text


def _head_value(part: Part) -> Pieces:
    if len(part.entries) == 1 and not part.entries[0].key.text:
        cell = part.entries[0].get("")
        return [(written(cell.text, head_kind(part.key.text)), cell)]
    said: list[tuple[str, Pieces]] = [
        (entry.key.text, [(written(entry.get("").text, _kind(part, entry)), entry.get(""))])
        for entry in part.entries
    ]
    return _braced(said)


def _kind(part: Part, entry: Entry) -> Kind:
    return head_kind(f"{part.key.text}.{entry.key.text}")


def _said(section: str, entry: Entry) -> list[tuple[str, Pieces]]:
    """What an entry says, by key, in the order of writing."""
    found: list[tuple[str, Pieces]] = []
    if entry.table is not None:
        table = entry.table
        found.append(("by", _names(table.by)))
        found.append(("values", _values(table)))
        if table.otherwise is not None:
            found.append(("otherwise", [(written(table.otherwise.text, "value"), table.otherwise)]))
    for key, cell in entry.fields:
        if cell.text:
            found.append((key, [(written(cell.text, _KINDS[section, key]), cell)]))
    return found


def _names(by: Sequence[Cell]) -> Pieces:
    if len(by) == 1:
        return [(written(by[0].text, "text"), by[0])]
    inner = [piece for cell in by for piece in ((written(cell.text, "text"), cell), (", ", None))]
    return [("[", None), *inner[:-1], ("]", None)]


def _values(table: Table) -> Pieces:
    return _keyed(_groups(table.rows, 0))


def _groups(rows: Sequence[Row], depth: int) -> Iterator[tuple[Cell, Pieces]]:
    """Rows with the same key side by side are one; a key that stands twice stands twice in the text."""
    for _, alike in groupby(rows, key=lambda row: (row.keys[depth].text, len(row.keys) > depth + 1)):
        same = list(alike)
        if len(same[0].keys) > depth + 1:
            yield same[0].keys[depth], _keyed(_groups(same, depth + 1))
        else:
            for row in same:
                yield row.keys[depth], [(written(row.value.text, "value"), row.value)]


def _keyed(said: Iterable[tuple[Cell, Pieces]]) -> Pieces:
    inner = [
        piece
        for key, value in said
        for piece in ((written_key(key.text), key), (": ", None), *value, (", ", None))
    ]
    return [("{", None), *inner[:-1], ("}", None)]


def _braced(said: Iterable[tuple[str, Pieces]]) -> Pieces:
    return _keyed((Cell(key), value) for key, value in said)
