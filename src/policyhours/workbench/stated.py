"""Stated: from the place of a finding back to what was stated there, where the text was written by us."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from policyhours.text.place import Place
from policyhours.text.tree import Mapping as Group
from policyhours.text.tree import Node, Sequence

Path = tuple[str | int, ...]
"""The keys and indices that lead from a document to something in it."""

Steps = Mapping[tuple[int, int], Path]
"""By line and column, the path to what begins there."""


def steps_of(tree: Node) -> Steps:
    """Where every key, value and item of a document stands; of what begins at one place, the innermost.

    A key and its value both lead to the value.
    """
    return {(place.line, place.column): path for place, path in _walked(tree)}


def _walked(tree: Node) -> Iterator[tuple[Place, Path]]:
    waiting: deque[tuple[Node, Path]] = deque([(tree, ())])
    while waiting:
        node, path = waiting.popleft()
        yield node.place, path
        if isinstance(node, Group):
            for entry in node.entries:
                yield entry.key_place, (*path, entry.key)
                waiting.append((entry.value, (*path, entry.key)))
        elif isinstance(node, Sequence):
            waiting.extend((item, (*path, at)) for at, item in enumerate(node.items))
