"""Ceilings: how many of the claimed hours count, and which ceiling cuts the rest (article 8).

Ceilings are nested or disjoint, so filling them in any order gives the same total, and the order decides
only who is trimmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyhours.language.number import Rational


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling as a number: the most that the kinds `of` count together in the year."""

    of: frozenset[str]
    hours: Rational
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """The hours that count of one claim; of the rest, `cut_by` says which ceiling cut it."""

    hours: Rational
    cut_by: Cap | None


def fill(claims: Iterable[tuple[str, str, Rational]], caps: Iterable[Cap]) -> dict[str, Grant]:
    """Fill the ceilings in the order of the claims.

    Args:
        claims: (id, kind, hours) in the order in which they are served.
        caps: nested or disjoint ceilings.
    """
    room = {cap: cap.hours for cap in caps}
    grants = {}
    for name, kind, hours in claims:
        over = [cap for cap in room if kind in cap.of]
        tightest = min(over, key=lambda cap: room[cap], default=None)
        granted = hours if tightest is None else min(hours, room[tightest])
        for cap in over:
            room[cap] -= granted
        grants[name] = Grant(granted, tightest if granted < hours else None)
    return grants


def total(hours: Mapping[str, Rational], caps: Iterable[Cap]) -> Rational:
    """The hours that count together, given the hours claimed by kind; inner ceilings before outer ones."""
    pools = [(frozenset({kind}), amount) for kind, amount in hours.items()]
    for cap in caps:
        inside = sum(amount for kinds, amount in pools if kinds <= cap.of)
        pools = [pool for pool in pools if not pool[0] <= cap.of]
        pools.append((cap.of, min(inside, cap.hours)))
    return sum(amount for _, amount in pools)
