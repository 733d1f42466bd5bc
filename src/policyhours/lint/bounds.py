"""Bounds: slots whose bounds are no numbers, which otherwise only a filing would find out."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.slots import bounds_of, slots_of
from policyhours.text.finding import Finding, Refused


def unsound_bounds(policy: Policy, library: Library) -> Iterator[Finding]:
    """What is wrong with the bounds of the slots that the file itself opens."""
    for slot in slots_of(policy.tree).values():
        if policy.policy_of(slot.node) == policy.ref:
            try:
                bounds_of(slot, policy)
            except Refused as refused:
                yield from refused.findings
