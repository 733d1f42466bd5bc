"""Brought in: a standard of a national text that a filing brings in under a misspelt name."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.words import child, entries_at, items_at, text_at
from policyhours.lint.survey import survey
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import nearest
from policyhours.text.reader import read_document


def misspelt_names(policy: Policy, library: Library) -> Iterator[Finding]:
    """Standards brought in whole under a name that is nearly, but not quite, theirs in the national text.

    The resolved text says no more what prevails, so the filing's own file is looked at.
    """
    source = policy.header.place.source
    if policy.header.implements is None or "\nprevails:" not in source.text:
        return
    try:
        tree = read_document(source)
    except Refused:
        return
    standards = survey(policy).rules.standards
    for item in items_at(child(tree, "prevails")):
        for entry in entries_at(child(item, "over")):
            theirs = text_at(entry.value)
            if entry.key in standards and theirs not in standards and nearest(entry.key, [theirs]):
                words = {"found": entry.key, "theirs": theirs}
                yield Finding("PH523", entry.key_place, words, (("first", entry.value.place),))
