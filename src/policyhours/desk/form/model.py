"""The model of a form: a filing as cells and tables, in its order, with its comments; no workbook yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from policyhours.text.place import Place
from policyhours.text.source import Source


class InCell(Place):
    """A place in a cell of a workbook; its source is the cell, named after its sheet."""

    def __str__(self) -> str:
        name = self.source.name
        return name if "\n" not in self.source.text else f"{name}，第{self.line}行"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    Attributes:
        text: as a person sees it.
        source: the cell as a text with a name, where it came from a workbook.
    """

    text: str
    source: Source | None = field(default=None, compare=False, repr=False)

    def place(self, line: int = 1, column: int = 1, width: int = 1) -> Place | None:
        """A place within the cell; nothing where it came from no workbook."""
        return InCell(self.source, line, column, width) if self.source is not None else None


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Note:
    """The comments of an entry, each from its ``#``.

    Attributes:
        before: on the lines before it.
        behind: on its own line.
    """

    before: tuple[str, ...] = ()
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a key for each thing that the table goes by, as far as it goes; and the value."""

    keys: tuple[Cell, ...]
    value: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        by: the ids of the facts, readings or values that it goes by.
        rows: in order; none where nothing is filled in yet.
        otherwise: what holds for all else; ``None`` where nothing does.
    """

    by: tuple[Cell, ...]
    rows: tuple[Row, ...]
    otherwise: Cell | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a part.

    Attributes:
        key: as the filing writes it; empty for the part that is one value only.
        fields: what it says, by key, in the order of the columns; the key is empty for a bare value.
        table: by which its value goes, if it does.
        text: the whole entry as YAML, where cells cannot say it.
    """

    key: Cell
    note: Note = Note()
    fields: tuple[tuple[str, Cell], ...] = ()
    table: Table | None = None
    text: Cell | None = None

    def get(self, key: str) -> Cell:
        """What it says under the key; empty where it says nothing."""
        return dict(self.fields).get(key, EMPTY)


@dataclass(frozen=True, slots=True)
class Part:
    """What a filing says under a key of its own: a head line, or a section.

    Attributes:
        text: the whole of it as YAML, where cells cannot say it.
    """

    key: Cell
    note: Note = Note()
    entries: tuple[Entry, ...] = ()
    text: Cell | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A filing as a form.

    Attributes:
        parts: in their order.
        after: the comments at the end.
    """

    parts: tuple[Part, ...]
    after: tuple[str, ...] = ()

    def part(self, key: str) -> Part | None:
        """The part under a key, if there is one."""
        return next((part for part in self.parts if part.key.text == key), None)

    def says(self, key: str) -> str:
        """The bare value of a head line, empty where there is none."""
        part = self.part(key)
        return part.entries[0].get("").text if part is not None and part.entries else ""
