"""Days: dates whose year cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.words import child, date_at, entries_at
from policyhours.text.finding import Finding
from policyhours.text.place import Place

_EARLIEST: Final = 1949
_LATEST: Final = 2200


def impossible_years(policy: Policy, library: Library) -> Iterator[Finding]:
    """Dates of the header and of rulings that lie before 1949 or after 2200."""
    for day, place in _days(policy):
        if day is not None and not _EARLIEST <= day.year <= _LATEST:
            yield Finding("PH360", place, {"found": day.isoformat()})


def _days(policy: Policy) -> Iterator[tuple[date | None, Place]]:
    header = policy.header
    yield header.valid_from, header.place_of("in_force")
    yield header.valid_until, header.place_of("in_force")
    yield header.due, header.place_of("filing")
    yield header.issued_on, header.place_of("filing")
    for entry in entries_at(policy.tree.get("readings")):
        day = child(child(entry.value, "ruled"), "on")
        if day is not None and policy.policy_of(day) == policy.ref:
            yield date_at(day), day.place
