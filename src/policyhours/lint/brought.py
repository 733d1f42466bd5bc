"""Brought in: a standard of a national text that a filing brings in under a misspelt name."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.lint.walk import survey
from policyhours.text.finding import Finding
from policyhours.text.nearest import nearest


def misspelt_names(policy: Policy, library: Library) -> Iterator[Finding]:
    """Standards brought in whole under a name that is nearly, but not quite, theirs in the national text."""
    prevailing = items_at(policy.header.tree.get("prevails"))
    standards = survey(policy).rules.standards if prevailing else {}
    for item in prevailing:
        for entry in entries_at(child(item, "over")):
            theirs = text_at(entry.value)
            if entry.key in standards and theirs not in standards and nearest(entry.key, [theirs]):
                words = {"found": entry.key, "theirs": theirs}
                yield Finding("PH523", entry.key_place, words, (("first", entry.value.place),))
