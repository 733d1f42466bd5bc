"""Ledger: a list of clauses that nothing checks."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.text.finding import Finding


def without_structure(policy: Policy, library: Library) -> Iterator[Finding]:
    """Texts that list what is not encoded, but not what there is: a clause left out would not be noticed.

    A resolved filing has the ledger of its upper text, so its own file is looked at.
    """
    own = policy.header.tree
    entry = own.entry("not_encoded")
    if entry is not None and "structure" not in own:
        yield Finding("PH733", entry.key_place)
