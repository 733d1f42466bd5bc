"""Bases: what is known of a base on the day on which it recognised an activity (articles 4 and 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policyhours.language.pattern import Given
from policyhours.language.rules import Rules


@dataclass(frozen=True, slots=True)
class Authority:
    """When a base may recognise: its days of authority, both included, and when that was revoked."""

    start: date | None
    end: date | None
    revoked: date | None


def base_facts(rules: Rules, level: Given | None, authority: Authority, on: date | None) -> dict[str, Given]:
    """The facts of a base, as the vocabulary of the rules has them.

    Args:
        rules: whose vocabulary.
        level: of the base, if it is stated.
        authority: of the base.
        on: the day of recognition, if it is stated.
    """
    facts: dict[str, Given] = {f.id: f.domain() for f in rules.facts.values() if f.of == "base"}
    start, end, revoked = authority.start, authority.end, authority.revoked
    if level is not None:
        facts["base_level"] = level
    if on is not None:
        facts["base_authorised"] = (start is None or start <= on) and (end is None or on <= end)
    if revoked is None:
        facts["base_revoked"] = "never"
    elif on is not None:
        facts["base_revoked"] = "already" if revoked <= on else "later"
    return facts
