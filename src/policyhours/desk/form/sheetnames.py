"""Names of sheets that Excel takes."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 31
_REFUSED: Final = re.compile(r"[\[\]:*?/\\'\n\r\t]")


def sheet_name(number: int, title: str, taken: set[str]) -> str:
    """A name for the sheet of a table, told apart by its number; it is taken from now on."""
    name = _REFUSED.sub(" ", f"表{number} {title}")[:_LONGEST].strip()
    taken.add(name)
    return name
