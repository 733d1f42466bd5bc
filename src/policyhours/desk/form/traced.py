"""Traced texts: YAML put together from cells; whatever is found wrong with it is told as its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from policyhours.desk.form.model import Cell
from policyhours.text.finding import Finding
from policyhours.text.place import Place

Piece = tuple[str, Cell | None]
"""Some characters of a line, and the cell that they come from."""
Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where characters of a line come from: from column `start` on, from 0, it is `line` of a cell."""

    start: int
    cell: Cell
    line: int


class Traced:
    """A text that is being put together, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: dict[int, list[_Mark]] = {}

    @property
    def text(self) -> str:
        """The text."""
        return "\n".join(self._lines) + "\n"

    @property
    def runs_on(self) -> bool:
        """Whether the last line says something."""
        return bool(self._lines and self._lines[-1])

    def plain(self, line: str) -> None:
        """Add a line that comes from no cell."""
        self._lines.append(line)

    def line(self, pieces: Iterable[Piece], indent: str, behind: str = "") -> None:
        """Add a line of pieces, and a comment behind them."""
        text, marks = indent, []
        for said, cell in pieces:
            if cell is not None:
                marks.append(_Mark(len(text), cell, 1))
            text += said
        self._lines.append(f"{text.rstrip()}  {behind}" if behind else text.rstrip())
        self._marks[len(self._lines)] = marks

    def verbatim(self, cell: Cell, indent: str) -> None:
        """Add the lines of a cell as they stand."""
        for number, line in enumerate(cell.text.rstrip("\n").split("\n"), 1):
            self._lines.append(f"{indent}{line}" if line else "")
            self._marks[len(self._lines)] = [_Mark(len(indent), cell, number)]

    def traced(self, finding: Finding) -> Finding:
        """The finding, its places in this text told as cells."""
        also = tuple((label, self._cell(place)) for label, place in finding.also)
        place = finding.place
        return replace(finding, place=None if place is None else self._cell(place), also=also)

    def _cell(self, place: Place) -> Place:
        if place.source.text != self.text:
            return place
        for number in range(place.line, 0, -1):
            marks = [mark for mark in self._marks.get(number, ()) if mark.cell.source is not None]
            if marks:
                before = [mark for mark in marks if number < place.line or mark.start < place.column]
                return self._within((before or marks[:1])[-1], place, exact=number == place.line)
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
