"""Blanks: what a draft still leaves to be filled in or checked."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.text.blank import blanks
from policyhours.text.finding import Finding


def left_blank(policy: Policy, library: Library) -> Iterator[Finding]:
    """Every line of the policy's own file that still says 待填."""
    for blank in blanks(policy.header.place):
        yield Finding("PH539", blank.place, {"found": blank.key})
