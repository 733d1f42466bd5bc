"""Trees: a YAML document as frozen data, every key and value with its exact place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policyhours.text.place import Place

Value = str | int | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    Attributes:
        value: what it is by our rules (`scalar`); quoted, it is always text.
        raw: the text itself, without quotes.
        ends: line and column just behind it, from 1.
    """

    value: Value
    raw: str
    quoted: bool
    place: Place
    ends: tuple[int, int] = (0, 0)

    def place_at(self, offset: int, width: int = 1) -> Place:
        """Where a character of `raw` stands in the file, in quoted and block text as well."""
        source, line, column = self.place.source, self.place.line, self.place.column
        text = source.line(line)
        wanted = self.raw[: offset + 1]
        at = column - 1
        placed = (line, column)
        for character in wanted:
            while True:
                if at >= len(text):
                    if line >= self.ends[0]:
                        return Place(source, placed[0], placed[1], width)
                    line, at = line + 1, 0
                    text = source.line(line)
                    if character in " \n":
                        placed = (line - 1, len(source.line(line - 1)) + 1)
                        at = len(text) - len(text.lstrip(" "))
                        break
                    continue
                if text[at] == character:
                    placed = (line, at + 1)
                    at += 1
                    break
                at += 1
        return Place(source, placed[0], placed[1], width)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Entry:
    """A key, always as the text that was written, and its value."""

    key: str
    key_place: Place
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order of writing; no key stands twice."""

    entries: tuple[Entry, ...]
    place: Place

    def entry(self, key: str) -> Entry | None:
        """The entry of the key, if there is one."""
        for entry in self.entries:
            if entry.key == key:
                return entry
        return None

    def get(self, key: str) -> Node | None:
        """The value of the key, if there is one."""
        entry = self.entry(key)
        return entry.value if entry else None

    def __contains__(self, key: str) -> bool:
        return self.entry(key) is not None

    def keys(self) -> tuple[str, ...]:
        """The keys in their order."""
        return tuple(entry.key for entry in self.entries)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """The data that other tools see: numbers as numbers, dates, rationals and other text as text."""
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    value = node.value
    if isinstance(value, date) or (isinstance(value, Fraction) and "/" in node.raw):
        return node.raw
    return value


def at(node: Node, path: Iterable[str | int]) -> Node:
    """The node at a path of keys and indices."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            inner = node.get(step)
            assert inner is not None
            node = inner
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return node
