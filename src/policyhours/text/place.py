"""Places: where in a file something stands."""

from __future__ import annotations

from dataclasses import dataclass

from policyhours.text.source import Source


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line: line and column from 1, column and width counted in characters."""

    source: Source
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"
