"""Heads: a sheet of a form as rows by the heads of its columns; what doesn't belong is told, not dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policyhours.desk.form.grid import Grid, cells_of
from policyhours.desk.form.labels import folded
from policyhours.desk.form.model import EMPTY, Cell
from policyhours.text.finding import Finding
from policyhours.text.nearest import hint

_SEARCHED: Final = 12
_UNIT: Final = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet.

    Attributes:
        grid: the sheet.
        head: the number of its head's row.
        places: by head, the column.
        added: the heads that are not of the form, with their columns.
    """

    grid: Grid
    head: int
    places: dict[str, int]
    added: dict[int, Cell]

    def rows(self) -> list[int]:
        """The rows below the head that say something in a column of the form."""
        mine = {*self.places.values(), *self.added}
        return [row for row in self.grid.below(self.head) if mine & self.grid.rows[row].keys()]

    def cell(self, row: int, head: str) -> Cell:
        """What a row says under a head."""
        return self.grid.cell(row, self.places[head]) if head in self.places else EMPTY


def headed(
    grid: Grid, heads: Sequence[str], findings: list[Finding], *, open_: bool = False, lax: Sequence[str] = ()
) -> Sheet | None:
    """The sheet by its heads; ``None`` where they are not found, which is then told.

    Args:
        grid: the sheet.
        heads: those that it has to have.
        findings: what is wrong is added here.
        open_: whether there may be others.
        lax: of the heads, those that may be missing.
    """
    wanted = {folded(head): head for head in heads}

    def key(cell: Cell) -> str:
        """The spelling of a head, without the unit in brackets behind it."""
        whole = folded(cell.text)
        return whole if whole in wanted else _UNIT.sub("", whole)

    best, head = max(
        ((sum(key(c) in wanted for c in cells.values()), -row) for row, cells in grid.rows.items()
         if row <= _SEARCHED),
        default=(0, 0),
    )  # fmt: skip
    row = -head
    found = grid.rows.get(row, {})
    places = {wanted[key(c)]: column for column, c in found.items() if key(c) in wanted}
    missing = [one for one in heads if one not in places and one not in lax]
    if not best or missing:
        _missing(grid, row if best else 1, missing or list(heads), found, findings)
        return None
    for column, cell in found.items():
        if key(cell) in wanted and places[wanted[key(cell)]] != column:
            findings.append(Finding("DK323", cell.place(1, 1, len(cell.text)), {"found": cell.text}))
    added = {c: cell for c, cell in found.items() if key(cell) not in wanted}
    _check(grid, row, places, added if open_ else {}, findings)
    return Sheet(grid, row, places, added if open_ else {})


def _missing(
    grid: Grid, row: int, missing: Sequence[str], found: dict[int, Cell], findings: list[Finding]
) -> None:
    place = grid.cell(row, min(found, default=1)).place()
    said = [cell.text.replace("\n", " ") for cell in found.values()]
    words = {"sheet": grid.name, "missing": "、".join(missing), "found": "、".join(said) or "—"}
    findings.append(Finding("DK305", place, words | hint(missing[0], said, ("改回原来的表头", "restore it"))))


def _check(
    grid: Grid, head: int, places: dict[str, int], added: dict[int, Cell], findings: list[Finding]
) -> None:
    """Tell what stands in no column of the form, and merged cells."""
    mine = {*places.values(), *added}
    for row in grid.below(head):
        stray = [cell for column, cell in grid.rows[row].items() if column not in mine]
        findings += [Finding("DK306", c.place(1, 1, _width(c)), {"found": c.text[:60]}) for c in stray]
    for area in grid.merged:
        first_row, first, last_row, last = cells_of(area)
        if last_row >= head and mine & {*range(first, last + 1)}:
            cell = grid.cell(first_row, first)
            findings.append(Finding("DK307", cell.place(1, 1, _width(cell)), {"area": area}))


def _width(cell: Cell) -> int:
    return max(1, len(cell.text.partition("\n")[0]))
