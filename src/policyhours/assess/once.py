"""One matter counts once (article 9): which of several claims on the same matter is credited.

Not the largest claim, but the choice with the best total under all ceilings: an attendance of 20 hours is
worth nothing where another conference has filled its ceiling (case W3b). Of equal choices the one with the
earliest dates is taken, then the first by id.

Claims that share an identity, directly or through others, form a *tangle*; a tangle has a few *options*, each
a largest set of its claims of which no two share an identity. The best total over all tangles is found by
carrying forward only those sums per pool that no others dominate, cut off at the ceilings: beyond a ceiling
a sum cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import lcm
from typing import Final

from policyhours.assess.ceiling import Cap, total
from policyhours.language.number import Rational

MOST_OPTIONS: Final = 512
MOST_WORK: Final = 150_000


class TooManyWays(Exception):
    """Deciding which claims to credit would take too long; nothing is guessed instead."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A claim with hours to its name, the pool in which it lies, and the identities under which it stands."""

    id: str
    day: date
    pool: str
    hours: Rational
    identities: frozenset[object]

    @property
    def order(self) -> tuple[date, str]:
        """Earlier dates first, then ids by code point."""
        return self.day, self.id


Option = tuple[Contender, ...]
_Sums = tuple[Rational, ...]


def choose(contenders: Sequence[Contender], caps: Sequence[Cap]) -> dict[str, tuple[str, ...]]:
    """Decide which claims are not credited because another claim on the same matter is.

    Returns:
        For each claim that gives way, the ids of those that are credited in its place.

    Raises:
        TooManyWays: for a case made to explode.
    """
    tangles = _tangles(contenders)
    if not tangles:
        return {}
    knotted = {c.id for tangle in tangles for c in tangle}
    settled = [c for c in contenders if c.id not in knotted]
    chosen = _best([_options(tangle) for tangle in tangles], settled, caps)
    return {
        loser.id: tuple(w.id for w in winners if w.identities & loser.identities)
        for tangle, winners in zip(tangles, chosen, strict=True)
        for loser in tangle
        if loser not in winners
    }


def _tangles(contenders: Sequence[Contender]) -> list[list[Contender]]:
    """The groups of claims tied by shared identities, by their earliest member."""
    group_of: dict[object, list[Contender]] = {}
    for contender in sorted(contenders, key=lambda c: c.order):
        group = [contender]
        for met in {id(g): g for i in contender.identities if (g := group_of.get(i))}.values():
            group = met + group
        for member in group:
            for identity in member.identities:
                group_of[identity] = group
    groups = {
        id(group): sorted(group, key=lambda c: c.order) for group in group_of.values() if len(group) > 1
    }
    return sorted(groups.values(), key=lambda group: group[0].order)


def _options(tangle: list[Contender]) -> list[Option]:
    """Every largest set of the tangle's claims in which no two share an identity, the earliest first."""
    if frozenset.intersection(*(c.identities for c in tangle)):
        return [(c,) for c in tangle]
    options: list[Option] = []
    ways: list[tuple[Option, list[Contender]]] = [((), tangle)]
    steps = 0
    while ways:
        taken, rest = ways.pop()
        steps += len(rest) + 1
        if len(options) > MOST_OPTIONS or steps > MOST_WORK:
            raise TooManyWays
        if rest:
            head, tail = rest[0], rest[1:]
            ways.append(((*taken, head), [c for c in tail if not c.identities & head.identities]))
            if any(c.identities & head.identities for c in tail):
                ways.append((taken, tail))
        elif all(c in taken or any(c.identities & t.identities for t in taken) for c in tangle):
            options.append(taken)
    return sorted(options, key=lambda option: [c.order for c in option])


def _best(tangles: list[list[Option]], settled: Sequence[Contender], caps: Sequence[Cap]) -> list[Option]:
    """The option of each tangle that together give the best total."""
    ledger = _Ledger(tangles, settled, caps)
    sums = [[ledger.sums(option) for option in options] for options in tangles]
    ahead: list[list[_Sums]] = [[ledger.nothing]]
    for sums_here in reversed(sums):
        ahead.append(ledger.frontier(ledger.plus(a, b) for a in ahead[-1] for b in sums_here))
    ahead.reverse()
    best = max(ledger.worth(later) for later in ahead[0])
    taken: list[Option] = []
    so_far = ledger.nothing
    for options, option_sums, later in zip(tangles, sums, ahead[1:], strict=True):
        for option, added in zip(options, option_sums, strict=True):
            here = ledger.plus(so_far, added)
            if any(ledger.worth(ledger.plus(here, rest)) == best for rest in later):
                taken.append(option)
                so_far = here
                break
    return taken


class _Ledger:
    """Sums per pool, cut off at what can still matter, and what they come to under the ceilings.

    Hours are counted in the smallest unit of which all of them are multiples: whole numbers are cheap.
    """

    def __init__(
        self, tangles: list[list[Option]], settled: Iterable[Contender], caps: Sequence[Cap]
    ) -> None:
        tangled = [c for options in tangles for option in options for c in option]
        pools = {c.pool for c in tangled}
        # What no ceiling ties to a tangle adds the same to every choice.
        held = frozenset(pools).union(*(cap.of for cap in caps if cap.of & pools))
        caps = [cap for cap in caps if cap.of & held]
        settled = [c for c in settled if c.pool in held]
        hours = [*(c.hours for c in tangled), *(c.hours for c in settled), *(cap.hours for cap in caps)]
        self._unit = lcm(*(amount.denominator for amount in hours))
        self._caps = [Cap(cap.of, int(cap.hours * self._unit)) for cap in caps]
        self._settled = self._by_pool(settled)
        self._limits: Mapping[str, Rational] = {
            pool: min(cap.hours for cap in self._caps if pool in cap.of)
            for pool in sorted(pools)
            if any(pool in cap.of for cap in caps)
        }
        self.nothing: _Sums = (0,) * (len(self._limits) + 1)
        self._work = 0

    def sums(self, option: Option) -> _Sums:
        """Hours by ceilinged pool, and the hours of all other pools together."""
        by_pool = self._by_pool(option)
        free = sum(hours for pool, hours in by_pool.items() if pool not in self._limits)
        return (*(min(by_pool.get(pool, 0), most) for pool, most in self._limits.items()), free)

    def plus(self, a: _Sums, b: _Sums) -> _Sums:
        """Two sums together, cut off at the ceilings."""
        self._work += 1
        if self._work > MOST_WORK:
            raise TooManyWays
        capped = (min(x + y, most) for x, y, most in zip(a, b, self._limits.values(), strict=False))
        return (*capped, a[-1] + b[-1])

    def worth(self, sums: _Sums) -> Rational:
        """The total of the year with these sums."""
        hours = dict(self._settled)
        for pool, amount in zip(self._limits, sums, strict=False):
            hours[pool] = hours.get(pool, 0) + amount
        return total(hours, self._caps) + sums[-1]

    def frontier(self, candidates: Iterable[_Sums]) -> list[_Sums]:
        """The sums that no other sums equal or exceed in every pool."""
        kept: list[_Sums] = []
        for sums in sorted(set(candidates), reverse=True):
            self._work += len(kept) // 3
            if self._work > MOST_WORK:
                raise TooManyWays
            if not any(all(x >= y for x, y in zip(k, sums, strict=True)) for k in kept):
                kept.append(sums)
        return kept

    def _by_pool(self, contenders: Iterable[Contender]) -> dict[str, Rational]:
        hours: dict[str, Rational] = {}
        for c in contenders:
            hours[c.pool] = hours.get(c.pool, 0) + int(c.hours * self._unit)
        return hours
