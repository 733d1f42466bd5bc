"""Addresses: what a filing names in another text, and how one tree is grafted onto another.

An address is a named value (``annual_hours``), a part of a standard (``paper.hours``), or a whole standard
(``degree_course``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from policyhours.language.words import child, entries_at, text_at
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

Path = tuple[str, ...]
Sort = Literal["value", "standard", "hours", "ceiling", "requires", "completes"]
PARTS: Final = ("hours", "ceiling", "requires", "completes")


@dataclass(frozen=True, slots=True)
class Addressed:
    """What stands at an address of a text.

    Attributes:
        name: the value or the standard.
        node: what the text says there; of a standard also what it takes from another by ``like``.
    """

    address: str
    sort: Sort
    name: str
    node: Node

    @property
    def path(self) -> Path:
        """Where it stands in the tree of a policy."""
        if self.sort == "value":
            return ("values", self.name)
        return ("standards", self.name) if self.sort == "standard" else ("standards", self.name, self.sort)


def find(tree: Mapping, address: str) -> Addressed | None:
    """What the text says at the address; ``None`` where it says nothing there."""
    name, dot, part = address.partition(".")
    if dot:
        node = said(tree, name, part) if part in PARTS else None
        return None if node is None else Addressed(address, part, name, node)  # type: ignore[arg-type]
    value = child(tree.get("values"), name)
    if value is not None:
        return Addressed(address, "value", name, value)
    whole = whole_standard(tree, name)
    return None if whole is None else Addressed(address, "standard", name, whole)


def addresses(tree: Mapping) -> list[str]:
    """Every address at which the text says something."""
    found = [entry.key for entry in entries_at(tree.get("values"))]
    for standard in entries_at(tree.get("standards")):
        parts = (part for part in PARTS if said(tree, standard.key, part) is not None)
        found += [standard.key, *(f"{standard.key}.{part}" for part in parts)]
    return found


def said(tree: Mapping, kind: str, key: str) -> Node | None:
    """What a standard says under the key, itself or through ``like``."""
    return next((node for one in _line(tree, kind) if (node := child(one, key)) is not None), None)


def whole_standard(tree: Mapping, kind: str) -> Mapping | None:
    """A standard with everything that it takes from another written out."""
    line = list(_line(tree, kind))
    if not line:
        return None
    found: dict[str, Entry] = {}
    for node in line:
        for entry in node.entries:
            found.setdefault(entry.key, entry)
    found.pop("like", None)
    return replace(line[0], entries=tuple(found.values()))


def _line(tree: Mapping, kind: str) -> Iterator[Mapping]:
    """The standard, then those that it is like, each once."""
    for name in likes(tree, kind):
        node = child(tree.get("standards"), name)
        assert isinstance(node, Mapping)
        yield node


def entry_of(tree: Mapping, section: str, name: str) -> Entry:
    """The entry of a name in a section of a text that has it."""
    inner = tree.get(section)
    assert isinstance(inner, Mapping)
    entry = inner.entry(name)
    assert entry is not None
    return entry


def likes(tree: Mapping, kind: str) -> list[str]:
    """The standard and those that it is like, the nearest first; none where there is no such standard."""
    found: list[str] = []
    while kind not in found and isinstance(node := child(tree.get("standards"), kind), Mapping):
        found.append(kind)
        kind = text_at(node.get("like"), kind)
    return found


def node_at(tree: Node, path: Path) -> Node:
    """What stands at the end of a path that the tree has."""
    for key in path:
        inner = child(tree, key)
        assert inner is not None
        tree = inner
    return tree


def put(tree: Mapping, path: Path, what: Node | Entry) -> Mapping:
    """The tree with `what` in place of, or added at, the path; nothing else is touched."""
    key, rest = path[0], path[1:]
    old = tree.entry(key)
    if rest:
        inner = (
            old.value
            if old is not None
            else Mapping((), what.value.place if isinstance(what, Entry) else what.place)
        )
        assert isinstance(inner, Mapping)
        value: Node = put(inner, rest, what)
        new = replace(old, value=value) if old is not None else Entry(key, value.place, value)
    elif isinstance(what, Entry):
        new = replace(what, key=key)
    else:
        new = replace(old, value=what) if old is not None else Entry(key, what.place, what)
    if old is None:
        return replace(tree, entries=(*tree.entries, new))
    return replace(tree, entries=tuple(new if e is old else e for e in tree.entries))


def without(node: Mapping, *keys: str) -> Mapping:
    """The mapping without some of its keys."""
    return replace(node, entries=tuple(entry for entry in node.entries if entry.key not in keys))


def group(place: Place, **said: Node | None) -> Mapping:
    """A mapping of what is said, at a place."""
    return Mapping(tuple(Entry(k, place, node) for k, node in said.items() if node is not None), place)


def words_at(place: Place, text: str) -> Scalar:
    """A text, at a place."""
    return Scalar(text, text, False, place)


def joined(first: Node | None, second: Node | None) -> Sequence | None:
    """The items of both lists, in order."""
    lists = [node for node in (first, second) if isinstance(node, Sequence)]
    return replace(lists[0], items=tuple(i for node in lists for i in node.items)) if lists else None
