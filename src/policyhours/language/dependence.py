"""Dependence: the named values, facts and readings that a provision of a text needs, all the way down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from policyhours.language.words import are_rows, child, matches_at, text_at, texts_at
from policyhours.text.tree import Entry, Mapping, Node, Scalar

SECTIONS: Final = ("values", "facts", "readings")
"""Where a text declares names."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PROSE: Final = frozenset({"article", "title", "because", "question", "unit", "type", "subject", "channel"})


def declared(tree: Mapping, name: str) -> tuple[str, Entry] | None:
    """The section in which the text declares the name, and its entry there."""
    for section in SECTIONS:
        group = tree.get(section)
        if isinstance(group, Mapping) and (entry := group.entry(name)) is not None:
            return section, entry
    return None


def needed(
    tree: Mapping, nodes: Iterable[Node], words: dict[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, Entry]]:
    """Every name that the nodes of the text need: the section in which it is declared, and its entry.

    Args:
        tree: the text.
        nodes: where to begin.
        words: the words of each declared name, kept from one question about the same text to the next.
    """
    words = {} if words is None else words
    found: dict[str, tuple[str, Entry]] = {}
    waiting = [name for node in nodes for name in named(node)]
    while waiting:
        name = waiting.pop()
        there = None if name in found else declared(tree, name)
        if there is not None:
            found[name] = there
            if name not in words:
                words[name] = tuple(dict.fromkeys(named(there[1].value)))
            waiting += words[name]
    return found


def named(node: Node) -> Iterator[str]:
    """Every word of a provision that may be a name; prose and the keys of a table's rows are none."""
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            yield from _NAME.findall(node.raw)
        return
    if not isinstance(node, Mapping):
        for item in node.items:
            yield from named(item)
        return
    if _is_condition(node):
        for match in matches_at(node):
            yield match.key
            yield from texts_at(child(match.value, "by"))
        return
    for entry in node.entries:
        if entry.key in ("options", "one_of", *_PROSE):
            continue
        if entry.key == "values" and "by" in node:
            yield from _cells(entry.value)
        else:
            yield from named(entry.value)


def _cells(node: Node) -> Iterator[str]:
    """The names in the rows of a table, whose keys are none."""
    if not are_rows(node):
        yield from named(node)
        return
    for row in node.entries:
        yield from _cells(row.value)


def _is_condition(node: Mapping) -> bool:
    """Conditions name facts by their keys, and say in prose what to say otherwise."""
    return "otherwise" in node and "by" not in node and not text_at(node.get("otherwise")).isascii()
