"""Trimming in the plan: whose hours a ceiling cuts, and which activity on a matter counts (articles 8 and 9).

Sums of hours need no order. Here every activity has its place: what is certain before what is not, then by
day, then by id. Only who is judged by the plan is meant: no ceiling over several kinds cuts any of their
hours, and what is one matter is of one kind, certain, and under no ceiling that cuts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlglot import exp

from policyhours.roster.plan import sql
from policyhours.roster.plan.claims import Claims
from policyhours.roster.plan.counted import People, cap_of
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.ties import Identity

GAVE_WAY: Final = "gave_way"
"""The part of the query that `gave_way_query` is."""
CEILINGS: Final = "ceilings"
"""The part that `ceilings_query` is."""


def gave_way_query(claims: Claims, identities: Sequence[Identity]) -> exp.Select:
    """The activities in whose place another on the same matter counts, over ``claims``.

    Of one matter the largest counts; of equal ones the earliest, then the first by id. Its columns:
    ``whose`` and ``which``.
    """
    queries: list[exp.Query] = [_places(claims, identity) for identity in identities]
    whole = queries[0]
    for query in queries[1:]:
        whole = exp.union(whole, query, distinct=False, copy=False)
    keys = [sql.column("whose"), sql.column("which")]
    beaten = sql.compare(sql.column("place"), exp.GT, sql.whole(1))
    return sql.select(keys, whole.subquery("places", copy=False), where=beaten, by=keys)


def ceilings_query(people: People) -> exp.Select:
    """The ceilings over single kinds that are not the same for everybody of a scheme, one row a person."""
    claims = people.claims
    made = {_own(kind): claims.by_scheme(lambda n, k=kind: cap_of(people, n, k)) for kind in varying(people)}  # type: ignore[misc]
    columns = [sql.named(sql.column("id"), "holder"), *(sql.named(cap, name) for name, cap in made.items())]
    return sql.select(columns, "people" if len(claims.schemes) > 1 else "persons")


def varying(people: People) -> list[str]:
    """The kinds whose ceiling is not the same for everybody of a scheme."""
    return [
        kind
        for kind in people.claims.counted
        if any(not isinstance(cap, exp.Literal | exp.Null) for cap in _caps(people, kind))
    ]


def capped(people: People) -> list[str]:
    """The kinds that have a ceiling of their own under some scheme."""
    return [
        kind
        for kind in people.claims.counted
        if any(not isinstance(cap, exp.Null) for cap in _caps(people, kind))
    ]


def live_query(people: People, kept: Sequence[str], whose: str, *, tied: bool) -> exp.Select:
    """The activities of the year, over ``claims``, each with what it claims of a ceiling, and which that is.

    Its columns: those that are `kept`, ``way`` (another counts in its place), ``live`` (the hours that count
    unless a ceiling cuts them), ``most`` (what its kind may count; NULL where that has no end).

    Args:
        people: what the plan says of persons.
        kept: columns of the claims.
        whose: the table of the people whose activities are wanted.
        tied: whether activities may give way.
    """
    claims = people.claims
    way: Truth = sql.is_known(sql.column("which")) if tied else False
    counts = sql.all_of((alive(claims), sql.not_(way)))
    made = {
        "way": sql.as_sql(way),
        "live": sql.case([(counts, sql.column("worth"))], sql.whole(0)),
        "most": _most(people),
    }
    wanted = sql.select([sql.column("id")], whose)
    of_them = exp.In(this=sql.column("person"), query=wanted.subquery(copy=False))
    query = sql.select(
        [*(sql.column(name) for name in kept), *(sql.named(node, name) for name, node in made.items())],
        "claims",
        where=sql.all_of((sql.column("here"), of_them)),
    )
    person = sql.column("person")
    if tied:
        same = (sql.compare(person, exp.EQ, sql.column("whose")), _same_id())
        sql.joined(query, sql.table(GAVE_WAY, "g"), sql.as_sql(sql.all_of(same)))
    if varying(people):
        sql.joined(query, sql.table(CEILINGS, "l"), sql.compare(person, exp.EQ, sql.column("holder")))
    return query


def filled_query(claims: Claims, source: exp.Select) -> exp.Select:
    """The activities of `source`, each with ``filled``: what its kind claims, up to and with this one."""
    doubtful = sql.case([(is_doubtful(claims), sql.whole(1))], sql.whole(0))
    order = (doubtful, sql.column("date"), sql.column("id"))
    filled = exp.Window(
        this=exp.Sum(this=sql.column("live")),
        partition_by=[sql.column("person"), sql.column("code")],
        order=_ordered(order),
        spec=exp.WindowSpec(
            kind="ROWS", start="UNBOUNDED", start_side="PRECEDING", end="CURRENT ROW", end_side=None
        ),
    )
    return sql.select([exp.Star(), sql.named(sql.big(filled), "filled")], source)


def counting() -> Sql:
    """What of an activity's live hours counts, over `filled_query`: what those before it have left over."""
    live, most = sql.column("live"), sql.column("most")
    left = sql.minus(most, sql.minus(sql.column("filled"), live))
    within = sql.greatest(sql.least(live, left), sql.whole(0))
    return sql.case([(sql.is_null(most), live)], within)


def alive(claims: Claims) -> Truth:
    """Whether nothing surely refuses an activity."""
    return sql.lacks(sql.column("causes"), claims.bits.refusals) if claims.bits.refusals else True


def is_doubtful(claims: Claims) -> Truth:
    """Whether something leaves an activity open."""
    return sql.has(sql.column("causes"), claims.bits.doubts) if claims.bits.doubts else False


def _places(claims: Claims, identity: Identity) -> exp.Select:
    """The place of each activity among those on its matter; only who is worth something takes one."""
    worth = sql.column("worth")
    where = (
        sql.column("here"),
        alive(claims),
        sql.one_of(sql.column("code"), [sql.whole(claims.number(kind)) for kind in identity.kinds]),
        *(sql.is_known(sql.column(name)) for name in identity.stated),
        sql.compare(worth, exp.GT, sql.whole(0)),
    )
    told = [sql.column("code" if name == "kind" else name) for name in identity.facts]
    place = exp.Window(
        this=exp.RowNumber(),
        partition_by=[sql.column("person"), *told],
        order=_ordered((exp.Neg(this=worth), sql.column("date"), sql.column("id"))),
    )
    columns = {"whose": sql.column("person"), "which": sql.column("id"), "place": place}
    return sql.select(
        [sql.named(node, name) for name, node in columns.items()], "claims", where=sql.all_of(where)
    )


def _same_id() -> Sql:
    return sql.compare(sql.column("id"), exp.EQ, sql.column("which"))


def _ordered(nodes: Sequence[Sql]) -> exp.Order:
    return exp.Order(expressions=[exp.Ordered(this=sql.own(node)) for node in nodes])


def _caps(people: People, kind: str) -> list[Sql]:
    return [cap_of(people, number, kind) for number in range(len(people.claims.schemes))]


def _own(kind: str) -> str:
    return f"most_{kind}"


def _most(people: People) -> Sql:
    """The ceiling over an activity's kind."""
    claims, differing = people.claims, set(varying(people))

    def of(number: int) -> Sql:
        kinds: dict[Sql, list[Sql]] = {}
        for kind in claims.counted:
            cap = sql.column(_own(kind)) if kind in differing else cap_of(people, number, kind)
            if not isinstance(cap, exp.Null):
                kinds.setdefault(cap, []).append(sql.whole(claims.number(kind)))
        code = sql.column("code")
        return sql.case([(sql.one_of(code, numbers), cap) for cap, numbers in kinds.items()], sql.null())

    return claims.by_scheme(of)
