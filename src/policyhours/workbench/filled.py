"""Filled: what has been filled in, as a flat mapping from names to texts, as a browser sends it.

A name is the path in the case, with dots: ``activities.0.hours``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from policyhours.language.rules import Fact
from policyhours.text.tree import Mapping as Group
from policyhours.text.tree import Node, Scalar

Said = Mapping[str, str]
"""What has been filled in, by name."""

LISTS: Final = ("activities", "bases", "decisions")
"""The lists of a case of which a form may have several items."""

NEW_KIND: Final = "new.kind"
"""The field that says of which kind an activity is to be added."""

_ITEM: Final = re.compile(r"(activities|bases|decisions)\.([0-9]{1,4})\.(.+)")
_LETTERS: Final = {"activities": "a", "bases": "b"}


def changed(said: Said, do: str) -> dict[str, str]:
    """What has been filled in after a button was pressed that adds or takes away an item.

    Args:
        said: what has been filled in.
        do: ``add:activities`` or ``remove:activities:2``; any other button changes nothing.
    """
    verb, _, name = do.partition(":")
    kept = numbered(said)
    if verb == "remove" and _ITEM.fullmatch(f"{name.replace(':', '.')}.x"):
        prefix = name.replace(":", ".") + "."
        return numbered({key: value for key, value in kept.items() if not key.startswith(prefix)})
    if verb == "add" and name in LISTS:
        prefix = f"{name}.{len(numbers(kept, name))}."
        if name == "activities":
            kept[f"{prefix}kind"] = kept.get(NEW_KIND, "")
        if name in _LETTERS:
            kept[f"{prefix}id"] = _free_id(kept, name)
        else:
            kept[f"{prefix}year"] = ""
    return kept


def said_of(tree: Group, facts: Iterable[Fact]) -> dict[str, str]:
    """What a case that is written in a file fills in; facts may be written by their titles.

    Args:
        tree: the case.
        facts: the facts of the policy.
    """
    ids = {fact.title: fact.id for fact in facts}
    found: dict[str, str] = {}
    waiting: list[tuple[Node, tuple[str, ...]]] = [(tree, ())]
    while waiting:
        node, path = waiting.pop()
        if isinstance(node, Scalar):
            found[".".join(path)] = node.raw
        elif isinstance(node, Group):
            waiting += [(entry.value, (*path, ids.get(entry.key, entry.key))) for entry in node.entries]
        else:
            waiting += [(item, (*path, str(number))) for number, item in enumerate(node.items)]
    return numbered(found)


def numbers(said: Said, name: str) -> list[int]:
    """The numbers of the items of a list, in order."""
    found = {int(match[2]) for key in said if (match := _ITEM.fullmatch(key)) and match[1] == name}
    return sorted(found)


def numbered(said: Said) -> dict[str, str]:
    """What has been filled in, the items of each list numbered from 0 without gaps."""
    places = {name: {old: new for new, old in enumerate(numbers(said, name))} for name in LISTS}
    found: dict[str, str] = {}
    for key, value in said.items():
        match = _ITEM.fullmatch(key)
        found[f"{match[1]}.{places[match[1]][int(match[2])]}.{match[3]}" if match else key] = value
    return found


def _free_id(said: Said, name: str) -> str:
    """An id that no item of the list has yet."""
    taken = {value for key, value in said.items() if key.startswith(f"{name}.") and key.endswith(".id")}
    number = 1
    while f"{_LETTERS[name]}{number}" in taken:
        number += 1
    return f"{_LETTERS[name]}{number}"
