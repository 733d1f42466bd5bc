"""Ceilings: how many of the claimed hours count, and which ceiling cuts the rest (article 8).

A ceiling holds over *pools* of claims: a pool is all claims of a kind, or those of a kind on one matter where
a ceiling is for each matter. Ceilings are nested or disjoint, so filling them in any order gives the same
total, and the order decides only who is trimmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from policyhours.language.number import Rational
from policyhours.language.rules import Ceiling


@dataclass(frozen=True, slots=True)
class Whole:
    """A ceiling before anything is used of it: its hours, and the first and the last year that share it.

    Either is ``None`` where it is not known; the years also where each year has its own.
    """

    hours: Rational | None
    years: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Cap:
    """A ceiling as a number: the most that the pools `of` count together in the year.

    Attributes:
        ceiling: the ceiling as the policy has it.
        whole: what it comes to before earlier years used of it.
    """

    of: frozenset[str]
    hours: Rational
    ceiling: Ceiling | None = field(default=None, compare=False)
    whole: Whole | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """The hours that count of one claim; of the rest, `cut_by` says which ceiling cut it."""

    hours: Rational
    cut_by: Cap | None


def fill(claims: Iterable[tuple[str, str, Rational]], caps: Iterable[Cap]) -> dict[str, Grant]:
    """Fill the ceilings in the order of the claims.

    Args:
        claims: (id, pool, hours) in the order in which they are served.
        caps: nested or disjoint ceilings.
    """
    room = {cap: cap.hours for cap in caps}
    grants = {}
    for name, pool, hours in claims:
        over = [cap for cap in room if pool in cap.of]
        tightest = min(over, key=lambda cap: room[cap], default=None)
        granted = hours if tightest is None else min(hours, room[tightest])
        for cap in over:
            room[cap] -= granted
        grants[name] = Grant(granted, tightest if granted < hours else None)
    return grants


def total(hours: Mapping[str, Rational], caps: Iterable[Cap]) -> Rational:
    """The hours that count together, given the hours claimed by pool; inner ceilings before outer ones."""
    pools = [(frozenset({pool}), amount) for pool, amount in hours.items()]
    for cap in caps:
        inside = sum(amount for kinds, amount in pools if kinds <= cap.of)
        pools = [pool for pool in pools if not pool[0] <= cap.of]
        pools.append((cap.of, min(inside, cap.hours)))
    return sum(amount for _, amount in pools)
