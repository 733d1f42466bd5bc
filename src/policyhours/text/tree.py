"""Trees: a YAML document as frozen data, every key and value with its exact place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from policyhours.text.place import Place
from policyhours.text.within import within

Value = str | int | Fraction | date | bool | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value.

    Attributes:
        value: what it is by our rules (`scalar`); quoted, or in a block (``|``, ``>``), it is always text.
        raw: the text itself, without quotes.
        quoted: whether it is text by its form, quoted or in a block.
        place: where it starts in the file, the quote included.
    """

    value: Value
    raw: str
    quoted: bool
    place: Place

    def place_at(self, offset: int, width: int = 1) -> Place:
        """Where `width` characters from character `offset` of `raw` stand in the file."""
        return within(self.place, self.raw, offset, width)


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
    _index: dict[str, Entry] = field(default_factory=dict, init=False, repr=False, compare=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of the key, if there is one."""
        if not self._index:
            self._index.update((entry.key, entry) for entry in self.entries)
        return self._index.get(key)

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
    if isinstance(node, Scalar):
        value = node.value
        if isinstance(value, date) or (isinstance(value, Fraction) and "/" in node.raw):
            return node.raw
        return value
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items]


def at(node: Node, path: Iterable[str | int]) -> Node:
    """The node at the end of a path of keys and indices.

    Raises:
        LookupError: where the path leads nowhere.
    """
    for step in path:
        _, node = _follow(node, step)
    return node


def key_place(node: Node, path: Iterable[str | int]) -> Place:
    """Where the last key of a path stands; where the path ends at an item of a list, the place of the item.

    Raises:
        LookupError: where the path leads nowhere.
    """
    place = node.place
    for step in path:
        place, node = _follow(node, step)
    return place


def _follow(node: Node, step: str | int) -> tuple[Place, Node]:
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step].place, node.items[step]
    if isinstance(node, Mapping) and isinstance(step, str) and (entry := node.entry(step)):
        return entry.key_place, entry.value
    raise LookupError(step)
