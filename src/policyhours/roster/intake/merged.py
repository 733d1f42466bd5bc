"""Merged cells: what stands in one of several rows holds for each of them; of a number nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import IO, Final

from policyhours.roster.intake.cells import MERGED

_BLOCK: Final = 1024 * 1024
_OVERLAP: Final = 200
_AREA: Final = re.compile(rb'mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass(frozen=True, slots=True)
class Area:
    """Cells merged over several rows; their content is that of the first.

    Attributes:
        column: from 0, the first that it covers.
        first, last: its rows, from 1.
    """

    column: int
    first: int
    last: int


def scan(xml: IO[bytes]) -> tuple[list[Area], bool]:
    """The merged areas of a sheet that cover several rows, and whether the sheet has formulas."""
    areas: set[Area] = set()
    formulas = False
    before = b""
    while block := xml.read(_BLOCK):
        text = before + block
        formulas = formulas or _FORMULA.search(text) is not None
        for column, first, last in _AREA.findall(text):
            if int(first) < int(last):
                areas.add(Area(_place(column.decode()), int(first), int(last)))
        before = text[-_OVERLAP:]
    return sorted(areas, key=lambda area: area.first), formulas


def filled(
    rows: Iterable[tuple[int, list[str]]], areas: Iterable[Area], numbers: Set[int] = frozenset()
) -> Iterator[tuple[int, list[str]]]:
    """The rows, merged areas filled in.

    Args:
        rows: each with its number, in order.
        areas: the merged areas, in order of their first row.
        numbers: the columns that hold numbers, from 0: there the content is marked, for each of the rows may
            have as much, or all of them together.
    """
    coming = list(reversed(list(areas)))
    open_: dict[int, tuple[int, str]] = {}
    for number, row in rows:
        while coming and coming[-1].first <= number:
            area = coming.pop()
            said = row[area.column] if area.first == number and area.column < len(row) else ""
            if said:
                open_[area.column] = (area.last, f"{MERGED}{said}" if area.column in numbers else said)
        for column, (last, said) in list(open_.items()):
            if number > last:
                del open_[column]
                continue
            row += [""] * (column + 1 - len(row))
            row[column] = said
        yield number, row


def _place(letters: str) -> int:
    """The place of a column that is called by letters, from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
