"""Sums in the plan: what each person's activities come to, by kind.

What is certain, and what else may count, are summed apart, since few activities are doubtful; so are the few
of other years that complete something in this one. All that a row has to say beside its hours is gathered as
the bits of one number.
"""

from __future__ import annotations

from sqlglot import exp

from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import LOOK, done, maybe, without_end
from policyhours.roster.plan.claims import Claims
from policyhours.roster.plan.rows import possibly_doubtful
from policyhours.roster.plan.sql import Sql, Truth


def sums_query(claims: Claims) -> exp.Select:
    """The certain hours of each person and kind, and all flags, of the year's activities, over ``claims``."""
    slot = sql.only_if(sql.column("code"), _certain(claims))
    columns = [sql.named(slot, "slot"), sql.named(_flags(claims), "flags")]
    inner = sql.select(
        [sql.column("person"), sql.column("worth"), *columns], "claims", where=sql.column("here")
    )
    sums = [sql.named(_of_slot(claims.number(kind)), f"certain_{kind}") for kind in claims.counted]
    person, flags = sql.column("person"), sql.named(sql.united(sql.column("flags")), "flags")
    return sql.select([person, flags, *sums], inner, by=[person])


def doubts_query(claims: Claims) -> exp.Select:
    """The doubtful hours of each person and kind, over ``claims``."""
    doubtful = sql.all_of((_alive(claims), sql.has(sql.column("causes"), claims.bits.doubts)))
    slot = sql.only_if(sql.column("code"), doubtful)
    columns = [sql.column("person"), sql.column("worth"), sql.named(slot, "slot")]
    inner = sql.select(columns, "claims", where=sql.all_of((sql.column("here"), possibly_doubtful(claims))))
    sums = [sql.named(_of_slot(claims.number(kind)), f"doubtful_{kind}") for kind in claims.counted]
    person = sql.column("person")
    return sql.select([person, *sums], inner, by=[person])


def away_query(claims: Claims) -> exp.Select:
    """The flags of activities of other years, over ``claims``: what they complete, what can't be used."""
    bits, mask = claims.bits, sql.column("causes")
    away = exp.Not(this=exp.Paren(this=exp.Is(this=sql.column("here"), expression=exp.Boolean(this=True))))
    reaching = bits.flag(LOOK)
    for subject in claims.completed:
        reaching |= bits.flag(maybe(subject))
    flags = sql.either(
        exp.Paren(this=exp.BitwiseAnd(this=mask, expression=sql.whole(reaching))), *_done(claims)
    )
    person, far = sql.column("person"), sql.all_of((away, sql.has(mask, reaching)))
    return sql.select([person, sql.named(sql.united(flags), "far")], "claims", where=far, by=[person])


def flag(claims: Claims, name: str) -> Truth:
    """Whether a person's flags have one."""
    return sql.has(sql.column("flags"), claims.bits.flag(name))


def _of_slot(number: int) -> Sql:
    return sql.summed(sql.column("worth"), sql.compare(sql.column("slot"), exp.EQ, sql.whole(number)))


def _alive(claims: Claims) -> Truth:
    """Whether nothing surely refuses an activity."""
    return sql.lacks(sql.column("causes"), claims.bits.refusals) if claims.bits.refusals else True


def _certain(claims: Claims) -> Truth:
    """Whether nothing at all is against an activity."""
    against = claims.bits.refusals | claims.bits.doubts
    return sql.lacks(sql.column("causes"), against) if against else True


def _flags(claims: Claims) -> Sql:
    """What an activity of the year says beside its hours: its causes, and the plan's own flags."""
    bits = claims.bits
    parts: list[Sql] = [sql.column("causes"), *_done(claims)]
    for kind in claims.endless:
        endless = claims.by_scheme(lambda n, k=kind: sql.as_sql(_is_endless(claims, n, k)))  # type: ignore[misc]
        of_kind = sql.compare(sql.column("code"), exp.EQ, sql.whole(claims.number(kind)))
        holds = sql.all_of((of_kind, _alive(claims), endless))
        parts.append(sql.bit_if(holds, bits.flag(without_end(kind))))
    return sql.either(*parts)


def _done(claims: Claims) -> list[Sql]:
    """For each subject, whether an activity surely completes it in the year."""
    mask, bits = sql.column("causes"), claims.bits
    found = []
    for subject in claims.completed:
        surely = sql.all_of((sql.has(mask, bits.flag(maybe(subject))), _certain(claims)))
        found.append(sql.bit_if(surely, bits.flag(done(subject))))
    return found


def _is_endless(claims: Claims, number: int, kind: str) -> bool:
    ruling = claims.rulings[number].get(kind)
    return ruling is not None and ruling.endless
