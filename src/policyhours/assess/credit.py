"""Credit: which hours of a year's claims count (steps 3 and 4 of an assessment).

Two worlds are carried. In the low one everything uncertain counts nothing, in the high one all that it may;
whatever really is the case lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from policyhours.assess.ceiling import Cap, Whole, fill
from policyhours.assess.claim import Claim, Identity
from policyhours.assess.duty import UNBOUNDED
from policyhours.assess.once import Contender, choose
from policyhours.assess.result import Reason
from policyhours.language.number import Range, Rational
from policyhours.language.rules import Ceiling, Rules
from policyhours.language.words import shown


@dataclass(frozen=True, slots=True)
class Spent:
    """The matters that earlier years counted: by identity, each activity, its year, and whether surely."""

    by: Mapping[Identity, tuple[tuple[str, int, bool], ...]]

    def find(self, claim: Claim) -> tuple[str, int, bool] | None:
        """What else the claim's matter was counted as before; a sure count before a possible one."""
        known = [spent for i in sorted(claim.identities, key=str) for spent in self.by.get(i, ())]
        return max((s for s in known if s[0] != claim.id), key=lambda spent: spent[2], default=None)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one claim is credited with, in the low world and in the high one (not sorted).

    claim.worth = hours + the hours of `losses`, at either end.
    """

    claim: Claim
    hours: Range
    losses: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Caps:
    """The ceilings of a year as numbers, inner before outer ones, in the low world and in the high one."""

    low: tuple[Cap, ...]
    high: tuple[Cap, ...]


def pool_of(claim: Claim) -> str:
    """The pool of a claim: its kind, and the matter where a ceiling of the kind is for each matter."""
    if not claim.matters:
        return claim.standard.id
    return "|".join((claim.standard.id, *(f"{name}{value}" for name, value in claim.matters.items())))


Matter = tuple[str, ...]
"""What tells a matter apart under a ceiling for each matter; empty under other ceilings."""


def matter_of(ceiling: Ceiling, claim: Claim) -> Matter:
    """The matter of a claim under a ceiling."""
    return tuple(claim.matters[name] for name in ceiling.per)


def concerns(ceiling: Ceiling, matter: Matter, claim: Claim) -> bool:
    """Whether a ceiling holds for the claim, as one on this matter."""
    return claim.standard.id in ceiling.of and matter_of(ceiling, claim) == matter


def caps_of(
    ceilings: Iterable[Ceiling],
    claims: Sequence[Claim],
    room: Callable[[Ceiling, Matter], Range],
    whole: Callable[[Ceiling], Whole],
) -> Caps:
    """The ceilings of a year over the pools of its claims.

    Args:
        ceilings: as the policy has them.
        claims: all claims of the year.
        room: the hours that a ceiling leaves to a matter in the year, the least and the most.
        whole: what a ceiling comes to before earlier years used of it.
    """
    low: list[Cap] = []
    high: list[Cap] = []
    by_kind: dict[str, list[Claim]] = {}
    for claim in claims:
        by_kind.setdefault(claim.standard.id, []).append(claim)
    for ceiling in ceilings:
        pools: dict[Matter, set[str]] = {}
        for kind in ceiling.of & by_kind.keys():
            for claim in by_kind[kind]:
                pools.setdefault(matter_of(ceiling, claim), set()).add(pool_of(claim))
        for matter, of in sorted(pools.items()):
            hours = room(ceiling, matter)
            low.append(Cap(frozenset(of), hours.low or 0, ceiling, whole(ceiling)))
            if hours.high is not None:
                high.append(Cap(frozenset(of), hours.high, ceiling, whole(ceiling)))
    return Caps(*(tuple(sorted(caps, key=lambda cap: len(cap.of))) for caps in (low, high)))


def credit(claims: Sequence[Claim], caps: Caps, spent: Spent, rules: Rules) -> list[Credit]:
    """Credit the claims of one year.

    Raises:
        TooManyWays: for a case made to explode.
    """
    once = rules.once.cited if rules.once else ()
    settled = [_against_spent(claim, spent, once) for claim in claims]
    certain = caps.low == caps.high and all(c.worth.low == c.worth.high for c in settled)
    low = _world(settled, caps.low, high=False)
    high = low if certain else _world(settled, caps.high, high=True)
    return [_both(claim, low[claim.id], high[claim.id], rules, once) for claim in settled]


def _against_spent(claim: Claim, spent: Spent, article: tuple[str, ...]) -> Claim:
    """The claim, given what earlier years counted of the same matter."""
    before = spent.find(claim)
    if before is None or claim.refused:
        return claim
    name, year, surely = before
    words = {"year": str(year)}
    if surely:
        return replace(claim, refused=Reason("spent", article, words=words, ids=(name,)), unknown=())
    doubt = Reason("may_be_spent", article, words=words, ids=(name,))
    return replace(claim, worth=Range(0, claim.worth.high), unknown=(*claim.unknown, doubt))


@dataclass(frozen=True, slots=True)
class _Counted:
    """One claim in one world: claimed, counted, and what took the rest."""

    claimed: Rational
    hours: Rational
    cut_by: Cap | None
    gave_way_to: tuple[str, ...]


def _world(claims: Sequence[Claim], caps: Sequence[Cap], *, high: bool) -> dict[str, _Counted]:
    claimed = {claim.id: _end(claim.worth, high=high) for claim in claims}
    live = [claim for claim in claims if not claim.refused and claimed[claim.id] > 0]
    contenders = [Contender(c.id, c.day, pool_of(c), claimed[c.id], c.identities) for c in live]
    gave_way = choose(contenders, caps)
    served = sorted((c for c in live if c.id not in gave_way), key=lambda c: (not c.certain, c.day, c.id))
    grants = fill(((c.id, pool_of(c), claimed[c.id]) for c in served), caps)
    counted = {}
    for claim in claims:
        grant = grants.get(claim.id)
        counted[claim.id] = _Counted(
            claimed[claim.id],
            grant.hours if grant else 0,
            grant.cut_by if grant else None,
            gave_way.get(claim.id, ()),
        )
    return counted


def _end(worth: Range, *, high: bool) -> Rational:
    end = worth.high if high else worth.low
    return UNBOUNDED if end is None else end


def _both(claim: Claim, low: _Counted, high: _Counted, rules: Rules, once: tuple[str, ...]) -> Credit:
    """The credit in both worlds, every lost hour explained."""
    worlds = (low, high)
    losses: list[Reason] = []
    if claim.refused:
        losses.append(replace(claim.refused, hours=claim.worth))
    else:
        winners = tuple(dict.fromkeys((*low.gave_way_to, *high.gave_way_to)))
        if winners:
            lost = _ends([w.claimed if w.gave_way_to else 0 for w in worlds])
            losses.append(Reason("elsewhere", once, hours=lost, ids=winners))
        for cap in dict.fromkeys(w.cut_by for w in worlds):
            if cap is not None and (ceiling := cap.ceiling) is not None:
                lost = _ends([w.claimed - w.hours if w.cut_by == cap else 0 for w in worlds])
                code = "ceiling_years" if ceiling.over else "ceiling_matter" if ceiling.per else "ceiling"
                code = "ceiling_day" if ceiling.per == ("date",) else code
                words = _words_of(ceiling, cap, rules)
                losses.append(Reason(code, ceiling.origin.cited, hours=lost, words=words))
    return Credit(claim, _ends([low.hours, high.hours]), tuple(losses))


def _words_of(ceiling: Ceiling, cap: Cap, rules: Rules) -> dict[str, str]:
    """What a loss at a ceiling says of it: what it is of, what it leaves, and what it was before that."""
    words = {
        "kinds": "\n".join(rules.standards[kind].title for kind in sorted(ceiling.of)),
        "ceiling": shown(cap.hours),
        "matter": "\n".join(rules.facts[name].title for name in ceiling.per if name in rules.facts),
    }
    whole = cap.whole
    if whole is not None and whole.hours is not None:
        words |= {"whole": shown(whole.hours), "used": shown(whole.hours - cap.hours)}
    if whole is not None and whole.years is not None:
        words |= {"first": str(whole.years[0]), "last": str(whole.years[1])}
    return words


def _ends(ends: list[Rational]) -> Range:
    low, high = ends
    return Range(low, None if high >= UNBOUNDED // 2 else high)


def spend(credits: Sequence[Credit], caps: Caps, spent: Spent, year: int) -> Spent:
    """What is spent once this year is counted: what surely counted, and what may have counted.

    Claims that share neither a matter nor a ceiling do not touch each other. Among those that do, all is sure
    where all is certain; certain claims are also sure where no two of them are one matter, for they are
    served first. Elsewhere a choice may fall either way.
    """
    by = dict(spent.by)
    for tied in _tied([c for c in credits if not c.claim.refused], caps.low):
        identities = [i for c in tied for i in c.claim.identities]
        exact = all(c.claim.certain for c in tied)
        apart = len(set(identities)) == len(identities)
        for item in tied:
            counted = item.hours.low != 0 and item.hours.high != 0
            surely = counted and item.claim.certain and (exact or apart)
            possibly = counted if exact else item.claim.worth.high != 0
            for identity in item.claim.identities if surely or possibly else ():
                by[identity] = (*by.get(identity, ()), (item.claim.id, year, surely))
    return Spent(by)


def _tied(credits: Sequence[Credit], caps: Sequence[Cap]) -> list[list[Credit]]:
    """The credits in groups that share no matter and no ceiling with each other."""
    group_of: dict[object, list[Credit]] = {}
    groups: list[list[Credit]] = []

    def ties_of(item: Credit) -> list[object]:
        pool = pool_of(item.claim)
        return [*item.claim.identities, *(cap.of for cap in caps if pool in cap.of)]

    for item in credits:
        ties = ties_of(item)
        met = {id(g): g for tie in ties if (g := group_of.get(tie))}.values()
        group = [*(member for g in met for member in g), item]
        groups = [g for g in groups if not any(g is m for m in met)] + [group]
        for member in group:
            for tie in ties_of(member):
                group_of[tie] = group
    return groups
