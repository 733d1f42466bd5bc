"""Sums in the plan: what each person's activities come to, by kind.

One pass over the activities gives a row a person of what is certain and, where something of theirs is
doubtful, one more of that. All that an activity has to say beside its hours is gathered as the bits of one
number; one of another year has nothing to say but what it completes in this one.
"""

from __future__ import annotations

from sqlglot import exp

from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import LOOK, done, maybe, without_end
from policyhours.roster.plan.claims import Claims
from policyhours.roster.plan.sql import Sql, Truth


def sums_query(claims: Claims) -> exp.Select:
    """The hours of each person and kind, and all flags, over ``claims``.

    Its columns: ``person``, ``doubtful`` (whether these are the doubtful hours; left out where none can be),
    ``flags``, and `sum_column` of each kind.
    """
    here = sql.is_true(sql.column("here"))
    counts = sql.all_of((here, _alive(claims)))
    made = {"slot": sql.only_if(sql.column("code"), counts), "flags": _flags(claims, here)}
    keys = [sql.column("person")]
    if claims.bits.doubts:
        made["doubtful"] = sql.as_sql(sql.all_of((counts, sql.has(sql.column("causes"), claims.bits.doubts))))
        keys.append(sql.column("doubtful"))
    inner = sql.select(
        [
            sql.column("person"),
            sql.column("worth"),
            *(sql.named(node, name) for name, node in made.items()),
        ],
        "claims",
    )
    flags = sql.named(sql.united(sql.column("flags")), "flags")
    sums = [sql.named(_of_slot(claims.number(kind)), sum_column(kind)) for kind in claims.counted]
    return sql.select([*keys, flags, *sums], inner, by=keys)


def sum_column(kind: str) -> str:
    """The column of a person's hours of a kind."""
    return f"sum_{kind}"


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


def _flags(claims: Claims, here: Sql) -> Sql:
    """What an activity says beside its hours: its causes, and the plan's own flags."""
    bits, causes = claims.bits, sql.column("causes")
    own: list[Sql] = [causes]
    for kind in claims.endless:
        endless = claims.by_scheme(lambda n, k=kind: sql.as_sql(_is_endless(claims, n, k)))  # type: ignore[misc]
        of_kind = sql.compare(sql.column("code"), exp.EQ, sql.whole(claims.number(kind)))
        holds = sql.all_of((of_kind, _alive(claims), endless))
        own.append(sql.bit_if(holds, bits.flag(without_end(kind))))
    reaching = bits.flag(LOOK)
    for subject in claims.completed:
        reaching |= bits.flag(maybe(subject))
    away = exp.Paren(this=exp.BitwiseAnd(this=sql.own(causes), expression=sql.whole(reaching)))
    return sql.either(sql.case([(here, sql.either(*own))], away), *_done(claims))


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
