"""Repeated: one condition, requirement, ceiling or clause twice; mostly a line was copied and not changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyhours.language.header import digest
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.words import child, entries_at, entries_within, items_at, text_at
from policyhours.text.finding import Finding
from policyhours.text.tree import Mapping, Node

_SAID_ABOUT: Final = frozenset({"article", "otherwise", "may", "because"})
"""What an item says about itself; two items that differ in nothing else are the same."""


def repeated_items(policy: Policy, library: Library) -> Iterator[Finding]:
    """Items of a list that say what an earlier item of the list, in this file or the upper text, says."""
    tree = policy.tree
    for what, items in _lists(tree):
        seen: dict[tuple[tuple[str, str], ...], Node] = {}
        for item in items:
            said = tuple(
                sorted((e.key, digest(e.value)) for e in entries_at(item) if e.key not in _SAID_ABOUT)
            )
            first = seen.setdefault(said, item)
            if first is not item and policy.policy_of(item) == policy.ref:
                label = "first" if policy.policy_of(first) == policy.ref else "upper"
                yield Finding("PH612", item.place, {"what": what}, ((label, first.place),))


def repeated_clauses(policy: Policy, library: Library) -> Iterator[Finding]:
    """Clauses that stand twice in one list of citations."""
    for entry in entries_within(policy.tree):
        seen: set[str] = set()
        for item in items_at(entry.value) if entry.key == "article" else ():
            if text_at(item) in seen and policy.policy_of(item) == policy.ref:
                yield Finding("PH734", item.place, {"found": text_at(item)})
            seen.add(text_at(item))


def _lists(tree: Mapping) -> Iterator[tuple[str, tuple[Node, ...]]]:
    """Every list in which an item decides only once, and what it is a list of, in Chinese."""
    for entry in entries_at(tree.get("standards")):
        title = text_at(child(entry.value, "title"), entry.key)
        yield f"{title}的条件", items_at(child(entry.value, "requires"))
    for key, title in (("scope", "适用范围"), ("bases", "授权基地"), ("title_review", "职称评审")):
        yield f"{title}的条件", items_at(child(tree.get(key), "requires"))
    yield "年度要求", items_at(tree.get("requirement"))
    yield "上限", items_at(tree.get("ceilings"))
