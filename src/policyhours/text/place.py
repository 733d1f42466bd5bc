"""Places: where in a file something stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyhours.text.source import Source


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line.

    Attributes:
        source: the text that it is in.
        line: from 1.
        column: from 1, counted in characters (code points), not in bytes and not in columns of a console.
        width: how many characters are meant, at least 1.
    """

    source: Source
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
