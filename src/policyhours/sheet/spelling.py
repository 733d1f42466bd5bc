"""Spelling: what a cell of a typed file holds, as the text that a person sees."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Final

ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
"""What a workbook shows where a formula failed."""

_CERTAIN_DIGITS: Final = 15


def spelled(cell: object) -> str | None:
    """A cell of a typed file as a text, so that it can be read as the cell of a text file is.

    A binary number of more digits than it holds is spelled with an exponent: its last digits are gone.
    """
    match cell:
        case None | str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case int():
            return str(cell)
        case float():
            whole = isfinite(cell) and cell == int(cell) and abs(cell) < 10**_CERTAIN_DIGITS
            return str(int(cell)) if whole else _decimal(cell)
        case datetime():
            day = cell.date().isoformat()
            return day if cell.time() == time() else f"{day} {cell.time().isoformat('seconds')}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _decimal(cell: float) -> str:
    """The decimal that a workbook shows: it knows fifteen digits."""
    if not isfinite(cell):
        return str(cell)
    if abs(cell) >= 10**_CERTAIN_DIGITS:
        return f"{cell:.{_CERTAIN_DIGITS}E}"
    return f"{Decimal(f'{cell:.{_CERTAIN_DIGITS}g}'):f}"
