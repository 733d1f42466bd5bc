"""Papers: everything that the tables say of one person who is assessed singly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyhours.roster.intake.columns import Table


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Attributes:
        source, row: where it stands.
        cells: as the relation holds them.
        sound: whether every cell fits its column.
        read: what it states, where it was read again as it stands in the file.
    """

    source: int
    row: int
    cells: Sequence[object]
    sound: bool = True
    read: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """What is on the desk of one person.

    Attributes:
        id: of the person.
        industry: that chooses the filing, if it is stated.
        lines: of each table; of ``persons`` at most one.
        doubtful: facts of the person that are stated in a way that cannot be used.
        rejected: the tables of which rows that concern the person were rejected.
    """

    id: str
    industry: str | None
    lines: Mapping[Table, Sequence[Line]]
    doubtful: frozenset[str] = frozenset()
    rejected: frozenset[Table] = frozenset()
