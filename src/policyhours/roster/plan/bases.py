"""Bases in the plan: whether the recognition by a base holds (articles 4 and 15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

from policyhours.language.pattern import fits as settled
from policyhours.language.rules import Fact, Rules
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import Bits
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.term import Beyond, Key, fits

TABLE = "b"
"""How the query calls the table of bases."""


def base_mask(rules: Rules, bits: Bits) -> Sql:
    """What is wrong with, or unknown of, the recognition of an activity; 0 where nothing is.

    Raises:
        Beyond: where a condition on bases goes by a fact that the table of bases does not give.
    """
    return _first_amiss(rules, lambda cause, _: bits.doubt(cause))


def base_place(rules: Rules) -> Sql:
    """Which of the conditions on bases `base_mask` speaks of, counted from 1; 0 where it speaks of none.

    Raises:
        Beyond: see `base_mask`.
    """
    return _first_amiss(rules, lambda _, place: place)


def _first_amiss(rules: Rules, said: Callable[[str, int], int]) -> Sql:
    """What is said of the first thing that is amiss with a recognition; 0 where nothing is."""
    recognised = sql.is_known(sql.column("recognised_by"))
    branches: list[tuple[Truth, Sql]] = [(sql.not_(recognised), sql.whole(0))]
    branches += [(truth, sql.whole(said(cause, place))) for truth, cause, place in _amiss(rules)]
    return sql.case(branches, sql.whole(0)) if len(branches) > 1 else sql.whole(0)


def _amiss(rules: Rules) -> Iterator[tuple[Truth, str, int]]:
    """What may be amiss with a recognition, in order: when, the cause, and which condition says so."""
    for place, condition in enumerate(rules.bases.requires if rules.bases else (), start=1):
        for name, pattern in condition.patterns:
            key = _key(rules.facts[name])
            yield sql.not_(fits(pattern, key)), causes.BASE, place
            if settled(pattern, rules.facts[name].domain()) is not True:
                yield sql.is_null(key.sql), causes.BASE_UNKNOWN, place


def _key(fact: Fact) -> Key:
    """A fact of a base on the day on which it recognised an activity; see `case.read`."""
    on = sql.column("recognised_on")
    start, end, revoked = (
        sql.column(f"base_{name}") for name in ("authorised_from", "authorised_until", "revoked_on")
    )
    match fact.id:
        case "base_level":
            return Key(sql.column("base_level"))
        case "base_authorised":
            inside = sql.all_of(
                (
                    sql.coalesce(sql.compare(start, exp.LTE, on), sql.as_sql(True)),
                    sql.coalesce(sql.compare(on, exp.LTE, end), sql.as_sql(True)),
                )
            )
            return Key(sql.case([(sql.is_null(on), sql.null())], sql.as_sql(inside)), truth=True)
        case "base_revoked":
            return Key(
                sql.case(
                    [
                        (sql.is_null(revoked), sql.text("never")),
                        (sql.is_null(on), sql.null()),
                        (sql.compare(revoked, exp.LTE, on), sql.text("already")),
                    ],
                    sql.text("later"),
                )
            )
        case _:
            raise Beyond("base")
