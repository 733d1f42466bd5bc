"""Ledger: a list of clauses that nothing checks."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.tree import Mapping


def without_structure(policy: Policy, library: Library) -> Iterator[Finding]:
    """Texts that list what is not encoded, but not what there is: a clause left out would not be noticed.

    A resolved filing has the ledger of its upper text, so its own file is looked at.
    """
    source = policy.header.place.source
    if "not_encoded:" not in source.text or "\nstructure:" in source.text:
        return
    try:
        tree = read_document(source)
    except Refused:
        return
    entry = tree.entry("not_encoded") if isinstance(tree, Mapping) else None
    if entry is not None and isinstance(tree, Mapping) and "structure" not in tree:
        yield Finding("PH733", entry.key_place)
