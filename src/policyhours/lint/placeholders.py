"""Placeholders: what a draft still leaves to be filled in or checked."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.text.finding import Finding
from policyhours.text.placeholder import gaps


def left_to_fill(policy: Policy, library: Library) -> Iterator[Finding]:
    """Every line of the policy's own file that still says 待填."""
    for gap in gaps(policy.header.place):
        yield Finding("PH539", gap.place, {"found": gap.key})
