"""Chosen: one choice of readings, and which of them were needed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from typing import TypeVar

from policyhours.language.meaning import refusal
from policyhours.language.rules import Reading
from policyhours.language.vocabulary import unknown
from policyhours.language.words import child, entries_at, text_at
from policyhours.text.finding import Refused
from policyhours.text.tree import Node, Scalar

T = TypeVar("T")


class Chosen:
    """The readings of a policy, an option of each chosen.

    Attributes:
        options: the option chosen, by reading.
        consulted: the readings that were needed since it was last emptied.
    """

    def __init__(self, readings: ReadOnly[str, Reading], options: ReadOnly[str, str]) -> None:
        self.options = options
        self.consulted: set[str] = set()
        self._declared = {name: reading.options for name, reading in readings.items()}

    def noting(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """What `make` makes, and the readings that it consulted."""
        before, self.consulted = self.consulted, set()
        try:
            made = make()
            return made, frozenset(self.consulted)
        finally:
            self.consulted |= before

    def settled(self, node: Node, read: Callable[[Node], T]) -> T:
        """What `read` makes of the node once readings are chosen.

        Of a table by a reading every entry is read, so that a fault in one not chosen shows at once, and the
        chosen one is what remains.

        Raises:
            Refused: where the table goes by no reading, lacks an option of it or has one too many.
        """
        by = child(node, "by")
        if by is None:
            return read(node)
        assert isinstance(by, Scalar)
        if by.raw not in self.options:
            raise Refused((unknown("PH315", by, by.raw, self.options),))
        return self.by_reading(by, child(node, "values"), lambda leaf: self.settled(leaf, read))

    def by_reading(self, by: Node, rows: Node | None, read: Callable[[Node], T]) -> T:
        """What `read` makes of the chosen row of a table by a reading; every other row is read as well.

        Raises:
            Refused: where an option lacks a row, or a row is for none.
        """
        reading = text_at(by)
        options = self._declared[reading]
        entries = {entry.key: entry for entry in entries_at(rows)}
        for key, entry in entries.items():
            if key not in options:
                raise Refused((unknown("PH306", entry, key, options, reading=reading),))
        for option in options:
            if option not in entries:
                raise refusal("PH313", by, reading=reading, option=option)
        before = frozenset(self.consulted)
        for key, entry in entries.items():
            if key != self.options[reading]:
                read(entry.value)
        self.consulted = {*before, reading}
        return read(entries[self.options[reading]].value)
