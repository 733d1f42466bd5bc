"""Prevailing: what a filing says of national texts that prevail; the resolved text says it no more."""

from __future__ import annotations

from policyhours.language.policy import Policy
from policyhours.language.words import child
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.tree import Node


def prevails_of(policy: Policy) -> Node | None:
    """The section ``prevails`` of the filing's own file, which is read again for it; ``None`` without one."""
    source = policy.header.place.source
    if policy.header.implements is None or "\nprevails:" not in source.text:
        return None
    try:
        return child(read_document(source), "prevails")
    except Refused:
        return None
