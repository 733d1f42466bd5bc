"""A form as the text of a filing; whatever is found wrong with the text is traced back to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from policyhours.desk.form.model import Cell, Entry, Form, Note, Part, Row, Table
from policyhours.desk.form.scalars import written, written_key
from policyhours.desk.form.sections import SECTIONS, Kind, head_kind
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.source import Source

Piece = tuple[str, Cell | None]
"""Some characters of a line, and the cell that they come from."""
Pieces = list[Piece]

_WIDEST: Final = 150
_KINDS: Final = {(key, column.key): column.kind for key, s in SECTIONS.items() for column in s.columns}


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where characters of a line come from: from column `start` on, from 0, it is `line` of a cell."""

    start: int
    cell: Cell
    line: int


class Emitted:
    """The text of a filing that a form says.

    Attributes:
        text: ready to be written.
    """

    def __init__(self, form: Form) -> None:
        self._lines: list[str] = []
        self._marks: dict[int, list[_Mark]] = {}
        for part in form.parts:
            self._part(part)
        self._comments(form.after, "")
        self.text = "\n".join(self._lines) + "\n"

    def traced(self, finding: Finding, source: Source) -> Finding:
        """The finding, its places in the text `source` told as cells."""
        also = tuple((label, self._cell(place, source)) for label, place in finding.also)
        return replace(finding, place=self._traced(finding.place, source), also=also)

    def _traced(self, place: Place | None, source: Source) -> Place | None:
        return None if place is None else self._cell(place, source)

    def _cell(self, place: Place, source: Source) -> Place:
        if place.source is not source:
            return place
        for number in range(place.line, 0, -1):
            marks = [mark for mark in self._marks.get(number, ()) if mark.cell.source is not None]
            if marks:
                before = [mark for mark in marks if number < place.line or mark.start < place.column]
                mark = before[-1] if before else marks[0]
                return self._within(mark, place, exact=number == place.line)
        first = next((m for line in self._marks.values() for m in line if m.cell.source is not None), None)
        return self._within(first, place, exact=False) if first is not None else place

    def _within(self, mark: _Mark, place: Place, *, exact: bool) -> Place:
        """The place in the cell; where the cell is told otherwise there, the whole of it."""
        assert mark.cell.source is not None
        line = mark.cell.source.line(mark.line)
        meant = place.source.line(place.line)[place.column - 1 : place.column - 1 + place.width]
        at = max(0, place.column - 1 - mark.start)
        if exact and meant and line[at : at + len(meant)] == meant:
            return mark.cell.place(mark.line, at + 1, len(meant))  # type: ignore[return-value]
        found = line.find(meant) if exact and meant else -1
        if found >= 0:
            return mark.cell.place(mark.line, found + 1, len(meant))  # type: ignore[return-value]
        return mark.cell.place(mark.line, 1, max(1, len(line)))  # type: ignore[return-value]

    # ── parts ──

    def _part(self, part: Part) -> None:
        key = part.key.text
        spread = key in SECTIONS or part.text is not None
        if spread and self._lines and self._lines[-1]:
            self._lines.append("")
        self._comments(part.note.before, "")
        if part.text is not None:
            self._verbatim(part.text, "")
        elif key in SECTIONS:
            self._line([(written_key(key), part.key), (":", None)], "", part.note.behind)
            for entry in part.entries:
                self._entry(key, entry)
        else:
            self._line([(f"{written_key(key)}: ", part.key), *_head_value(part)], "", part.note.behind)

    def _entry(self, section: str, entry: Entry) -> None:
        self._comments(entry.note.before, "  ")
        if entry.text is not None:
            self._verbatim(entry.text, "  ")
            return
        start: Pieces = [(written_key(entry.key.text), entry.key), (": ", None)]
        if len(entry.fields) == 1 and entry.fields[0][0] == "" and entry.table is None:
            cell = entry.fields[0][1]
            self._line([*start, (written(cell.text, "text"), cell)], "  ", entry.note.behind)
            return
        said = _said(section, entry)
        whole = [*start, *_braced(said)]
        if sum(len(text) for text, _ in whole) <= _WIDEST:
            self._line(whole, "  ", entry.note.behind)
            return
        self._line([(written_key(entry.key.text), entry.key), (":", None)], "  ", entry.note.behind)
        for key, value in said:
            if key == "values" and entry.table is not None:
                self._line([("values:", entry.key)], "    ")
                for row, inner in _groups(entry.table.rows, 0):
                    self._line([(written_key(row.text), row), (": ", None), *inner], "      ")
            else:
                self._line([(f"{key}: ", entry.key), *value], "    ")

    # ── lines ──

    def _line(self, pieces: Iterable[Piece], indent: str, behind: str = "") -> None:
        text, marks = indent, []
        for said, cell in pieces:
            if cell is not None:
                marks.append(_Mark(len(text), cell, 1))
            text += said
        self._lines.append(f"{text.rstrip()}  {behind}" if behind else text.rstrip())
        self._marks[len(self._lines)] = marks

    def _verbatim(self, cell: Cell, indent: str) -> None:
        for number, line in enumerate(cell.text.rstrip("\n").split("\n"), 1):
            self._lines.append(f"{indent}{line}" if line else "")
            self._marks[len(self._lines)] = [_Mark(len(indent), cell, number)]

    def _comments(self, lines: Sequence[str], indent: str) -> None:
        self._lines += [f"{indent}{line}".rstrip() for line in lines]


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
    said = [
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
            yield from ((row.keys[depth], [(written(row.value.text, "value"), row.value)]) for row in same)


def _keyed(said: Iterable[tuple[Cell, Pieces]]) -> Pieces:
    inner = [
        piece
        for key, value in said
        for piece in ((written_key(key.text), key), (": ", None), *value, (", ", None))
    ]
    return [("{", None), *inner[:-1], ("}", None)]


def _braced(said: Iterable[tuple[str, Pieces]]) -> Pieces:
    return _keyed((Cell(key), value) for key, value in said)
