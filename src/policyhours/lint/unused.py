"""Unused: what a file declares and nothing needs; usually a name was mistyped where it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.slots import slots_of
from policyhours.language.vocabulary import WORKED_OUT
from policyhours.language.words import child, entries_at, entries_within, items_at, text_at, texts_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Entry, Mapping, Node, Scalar

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DECLARING: Final = ("values", "facts", "readings")
_HEADER: Final = frozenset(
    {
        *("language", "policy", "version", "title", "document", "authority", "issuers", "status", "in_force"),
        *("implements", "supersedes", "industries", "applies_from", "structure", "not_encoded", "yields_to"),
    }
)
_PROSE: Final = frozenset({"article", "title", "because", "question", "type", "options", "one_of", "remedy"})
_OF_EVERY_CASE: Final = frozenset(
    {"title_level", "qualification_level", "prefecture", "industry", "in_scope"}
)
"""What a case says of any person, whether or not a rule asks."""
_CODES: Final = {"values": "PH350", "facts": "PH351", "readings": "PH352"}


def unused_names(policy: Policy, library: Library) -> Iterator[Finding]:
    """Values, facts and readings of the file that no provision needs, directly or through others."""
    used = _used(policy.tree)
    unused = [
        (section, entry)
        for section in _CODES
        for entry in _own(policy, policy.tree.get(section))
        if entry.key not in used
    ]
    if unused and slots_of(policy.tree) and policy.header.implements is None:
        # a text that leaves something open declares facts and values for its filings, too
        unused = [(section, entry) for section, entry in unused if not _for_filings(section, entry)]
        wanted = _used_by_filings(policy, library) if unused else set()
        unused = [(section, entry) for section, entry in unused if entry.key not in wanted]
    for section, entry in unused:
        title = text_at(child(entry.value, "question" if section == "readings" else "title"))
        yield Finding(_CODES[section], entry.key_place, {"found": entry.key, "title": title or entry.key})


def _for_filings(section: str, entry: Entry) -> bool:
    """Whether it is a fact of an activity, which a filing may need for a slot.

    What registration itself establishes is there for conditions, and those the text states itself.
    """
    of_activity = section == "facts" and text_at(child(entry.value, "of"), "activity") == "activity"
    return of_activity and child(entry.value, "attested") is None


def _used_by_filings(policy: Policy, library: Library) -> set[str]:
    """The names that the filings of a text need."""
    found: set[str] = set()
    for header in library.every_version()[0].headers:
        if header.implements == policy.ref:
            try:
                found |= _used(library.policy(parse_reference(header.ref)).tree)
            except Refused:
                continue
    return found


def unused_ways(policy: Policy, library: Library) -> Iterator[Finding]:
    """Routes of review and channels of registration that nothing leads to."""
    review, registration = policy.tree.get("review"), policy.tree.get("registration")
    leading = set(_leaves(child(review, "route")))
    for entry in _own(policy, child(review, "routes")):
        if entry.key not in leading:
            yield Finding("PH353", entry.key_place, {"found": entry.key})
    standards = entries_at(policy.tree.get("standards"))
    leading = {leaf for standard in standards for leaf in _leaves(child(standard.value, "channel"))}
    for entry in _own(policy, child(registration, "channels")):
        if entry.key not in leading:
            title = text_at(child(entry.value, "title"), entry.key)
            yield Finding("PH354", entry.key_place, {"found": entry.key, "title": title})


def unused_subjects(policy: Policy, library: Library) -> Iterator[Finding]:
    """Subjects in which no standard counts, and that none completes."""
    counted = {
        name
        for standard in entries_at(policy.tree.get("standards"))
        for holder in (standard.value, child(standard.value, "completes"))
        for name in texts_at(child(holder, "subject"))
    }
    for entry in _own(policy, policy.tree.get("subjects")):
        if entry.key not in counted:
            title = text_at(child(entry.value, "title"), entry.key)
            yield Finding("PH355", entry.key_place, {"found": entry.key, "title": title})


def no_channel(policy: Policy, library: Library) -> Iterator[Finding]:
    """Standards without a channel of registration, where most of the text's other standards name one."""
    own = _own(policy, policy.tree.get("standards"))
    named = {e.key: child(e.value, "channel") or child(e.value, "like") for e in own}
    without = [name for name, channel in named.items() if channel is None]
    if not child(policy.tree.get("registration"), "channels") or 2 * len(without) >= len(named):
        return
    for entry in _own(policy, policy.tree.get("standards")):
        if entry.key in without:
            title = text_at(child(entry.value, "title"), entry.key)
            yield Finding("PH356", entry.key_place, {"found": entry.key, "title": title})


def denied_leave(policy: Policy, library: Library) -> Iterator[Finding]:
    """``may: false``, which says no more than nothing."""
    for entry in entries_within(policy.tree):
        said = entry.value.value if isinstance(entry.value, Scalar) else None
        if entry.key == "may" and said is False and policy.policy_of(entry.value) == policy.ref:
            yield Finding("PH357", entry.value.place)


def _own(policy: Policy, group: Node | None) -> Iterator[Entry]:
    for entry in entries_at(group):
        if policy.policy_of(entry.value) == policy.ref:
            yield entry


def _leaves(node: Node | None) -> Iterator[str]:
    """The names that a choice may come to."""
    if isinstance(node, Scalar):
        yield node.raw
    for entry in entries_at(child(node, "values") if child(node, "by") else node):
        yield from _leaves(entry.value)


def _used(tree: Mapping) -> set[str]:
    """Every name that something in the text needs, declarations that nothing needs aside."""
    declared = {entry.key: entry for section in _DECLARING for entry in entries_at(tree.get(section))}
    used = {*_OF_EVERY_CASE}
    waiting: list[str] = [*_OF_EVERY_CASE]
    for entry in tree.entries:
        if entry.key not in _DECLARING and entry.key not in _HEADER:
            waiting += _words(entry.value)
    for entry in entries_at(tree.get("values")):
        if child(entry.value, "decision_may") is not None:
            waiting.append(entry.key)
    same_amount = _same_amount(tree)
    while waiting:
        name = waiting.pop()
        if name not in declared or (name in used and name not in _OF_EVERY_CASE):
            continue
        used.add(name)
        waiting += (word for word in _words(declared[name].value) if word not in used)
        waiting += (other for other in same_amount.get(name, ()) if other not in used)
    if used & {name for name in declared if name in WORKED_OUT}:
        used |= WORKED_OUT.keys()
    return used


def _same_amount(tree: Mapping) -> dict[str, set[str]]:
    """By fact, those that state the same amount in another way."""
    found: dict[str, set[str]] = {}
    for entry in entries_at(tree.get("facts")):
        group = {entry.key, *texts_at(child(entry.value, "instead_of"))}
        for name in group:
            found.setdefault(name, set()).update(group)
    return found


def _words(node: Node) -> Iterator[str]:
    """Every word of a provision that may be a name, those that conditions match among them."""
    if isinstance(node, Scalar):
        yield from _NAME.findall(node.raw)
        return
    for item in items_at(node):
        yield from _words(item)
    for entry in entries_at(node):
        if entry.key in _PROSE:
            continue
        if entry.key == "requires":
            for condition in items_at(entry.value):
                yield from (match.key for match in entries_at(condition))
        yield from _words(entry.value)
