"""Ties in the plan: activities that are one matter (article 9).

Of activities of one kind and one matter, all certain, the largest counts: no choice across kinds is needed.
What needs one, spans years or is uncertain goes to the evaluator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import maybe
from policyhours.roster.plan.claims import Claims, rules_of
from policyhours.roster.plan.sql import Sql, Truth

JOINT = "\x1f"
"""Stands between the facts of an identity that has several."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Facts that make activities one matter, and the kinds of which that is said."""

    facts: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def stated(self) -> list[str]:
        """The facts that an activity may leave open; its kind and its day are always known."""
        return [name for name in self.facts if name not in ("kind", "date")]


def identities_of(claims: Claims) -> list[Identity]:
    """The identities that the table of activities has columns for."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for scheme in claims.schemes:
        for kind, identities in rules_of(scheme).identities.items():
            for facts in identities:
                stated = Identity(facts, ()).stated
                if all(name in claims.present for name in stated) and kind not in kinds.setdefault(facts, []):
                    kinds[facts].append(kind)
    return [Identity(facts, tuple(of)) for facts, of in sorted(kinds.items()) if of]


def columns_of(identities: Sequence[Identity]) -> list[str]:
    """The columns that tell matters apart, beside the kind."""
    return sorted({name for identity in identities for name in identity.facts} - {"kind"})


def naming_query(claims: Claims, identities: Sequence[Identity]) -> exp.Select:
    """The activities that name a matter, over ``claims``, but for those that surely count nothing.

    Beside their own columns they have ``many``, how many facts they name a matter by, and ``more``.
    """
    facts = sorted({name for identity in identities for name in identity.stated})
    stated = [sql.is_known(sql.column(name)) for name in facts]
    many = sql.total([sql.case([(truth, sql.whole(1))], sql.whole(0)) for truth in stated])
    alive = sql.lacks(sql.column("causes"), claims.bits.refusals) if claims.bits.refusals else True
    own = ("person", "code", "here", "worth", "causes")
    columns = [sql.column(name) for name in (*own, *columns_of(identities))]
    made = [sql.named(many, "many"), sql.named(sql.as_sql(_counts_more(claims)), "more")]
    return sql.select([*columns, *made], "claims", where=sql.all_of((sql.any_of(stated), alive)))


def matters_query(claims: Claims, identities: Sequence[Identity]) -> exp.Query:
    """Every matter that an activity names, over ``naming``: one row a matter."""
    own = ("person", "code", "here", "worth", "causes", "many", "more")
    queries: list[exp.Query] = []
    for number, identity in enumerate(identities):
        stated = [sql.is_known(sql.column(name)) for name in identity.stated]
        of_kind: Truth = sql.one_of(sql.column("code"), [sql.whole(claims.number(k)) for k in identity.kinds])
        queries.append(
            sql.select(
                [
                    sql.named(sql.whole(number), "tag"),
                    sql.named(_matter(identity), "matter"),
                    *(sql.column(name) for name in own),
                ],
                "naming",
                where=sql.all_of((*stated, of_kind)),
            )
        )
    whole = queries[0]
    for query in queries[1:]:
        whole = exp.union(whole, query, distinct=False, copy=False)
    return whole


def tangles_query(claims: Claims) -> exp.Select:
    """The matters that several activities of a person name: what is lost, and what the evaluator must see."""
    here, worth, more = sql.column("here"), sql.column("worth"), sql.column("more")
    away = sql.not_(here)
    # In one year, what is worth nothing takes nothing from others of its kind.
    weighs = sql.any_of((sql.is_null(worth), sql.compare(worth, exp.GT, sql.whole(0)), more))
    live = sql.all_of((here, weighs))
    doubtful = sql.has(sql.column("causes"), claims.bits.doubts) if claims.bits.doubts else False
    code = sql.case([(live, sql.column("code"))], sql.null())
    tied = sql.compare(_count(live), exp.GT, sql.whole(1))
    kind = sql.case([(here, sql.column("code"))], sql.null())
    several = sql.compare(exp.Min(this=sql.own(kind)), exp.NEQ, exp.Max(this=sql.own(kind)))
    across = sql.any_of(
        (
            sql.any_row(sql.all_of((live, sql.any_of((doubtful, sql.is_null(worth), more))))),
            sql.compare(exp.Max(this=sql.column("many")), exp.GT, sql.whole(1)),
        )
    )
    far = sql.all_of((sql.any_row(away), sql.any_of((sql.any_row(here), sql.any_row(more)))))
    look = sql.any_of((far, several, sql.all_of((tied, across))))
    lost = sql.minus(sql.summed(worth, live), sql.big(exp.Max(this=sql.case([(live, worth)], sql.null()))))
    person = sql.column("person")
    query = sql.select(
        [
            person,
            sql.named(exp.Min(this=sql.own(code)), "code"),
            sql.named(sql.as_sql(look), "look"),
            sql.named(tied, "tied"),
            sql.named(sql.case([(tied, lost)], sql.whole(0)), "lost"),
        ],
        "matters",
        by=[person, sql.column("tag"), sql.column("matter")],
    )
    return query.having(sql.compare(exp.Count(this=exp.Star()), exp.GT, sql.whole(1)), copy=False)


def ties_query(claims: Claims, kinds: Sequence[str]) -> exp.Select:
    """The tangles of each person: what is lost of each of the kinds, over ``tangles``."""
    code, lost = sql.column("code"), sql.column("lost")
    sums = [
        sql.named(sql.summed(lost, sql.compare(code, exp.EQ, sql.whole(claims.number(k)))), lost_column(k))
        for k in kinds
    ]
    person = sql.column("person")
    truths = [sql.named(sql.any_row(sql.column(name)), name) for name in ("look", "tied")]
    return sql.select([person, *truths, *sums], "tangles", by=[person])


def lost_column(kind: str) -> str:
    """The column of what is lost of a kind."""
    return f"lost_{kind}"


def tied_kinds(claims: Claims, identities: Sequence[Identity]) -> list[str]:
    """The kinds of which hours may be lost."""
    named = {kind for identity in identities for kind in identity.kinds}
    return [kind for kind in claims.counted if kind in named]


def _counts_more(claims: Claims) -> Truth:
    """Whether an activity may count for more than its hours say: it completes a subject, or has no end."""
    completes = 0
    for subject in claims.completed:
        completes |= claims.bits.flag(maybe(subject))
    endless = [sql.whole(claims.number(kind)) for kind in claims.endless]
    return sql.any_of(
        (
            sql.has(sql.column("causes"), completes) if completes else False,
            sql.one_of(sql.column("code"), endless) if endless else False,
        )
    )


def _count(where: Truth) -> Sql:
    return sql.summed(sql.case([(where, sql.whole(1))], sql.whole(0)))


def _matter(identity: Identity) -> Sql:
    own = {"kind": "code"}
    parts: list[Sql] = []
    for name in identity.facts:
        part = sql.column(own.get(name, name))
        parts.append(sql.as_text(part) if name in ("kind", "date") else part)
    joined = parts[0]
    for part in parts[1:]:
        joined = exp.DPipe(this=exp.DPipe(this=joined, expression=sql.text(JOINT)), expression=part)
    return joined
