"""The detail of a year: one query, a row for every activity of everybody whom the plan judges by itself.

Its parts in order: ``people``, ``claims``, ``gave_way`` (what another activity on the same matter counts in
the place of), ``ceilings`` (those that differ from person to person), and last the rows. Parts that nobody
needs are left out. What a mask of causes means in words and articles is told by `cited`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlglot import exp

from policyhours.roster import causes
from policyhours.roster.plan import sql, trimmed
from policyhours.roster.plan.asked import grid_of
from policyhours.roster.plan.bases import base_place
from policyhours.roster.plan.bits import LOOK
from policyhours.roster.plan.claims import Claims, claims_of, rules_of
from policyhours.roster.plan.counted import People
from policyhours.roster.plan.parted import Parted
from policyhours.roster.plan.plan import check_names, people_query
from policyhours.roster.plan.rows import claims_query
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.standards import Ruling
from policyhours.roster.plan.tables import Tables
from policyhours.roster.plan.ties import columns_of, identities_of, tied_kinds
from policyhours.roster.schemes import Scheme

AMOUNTS: Final = ("claimed", "counted", "lost")
"""Of what the rows have hours, each with a ``_low`` and a ``_high``."""


class DetailPlan(Parted):
    """The detail of a year; its rows are the activities of the year."""

    __slots__ = ()


def detail_of(
    schemes: Sequence[Scheme], tables: Tables, *, whose: str = "persons", unnamed: Sql | None = None
) -> DetailPlan:
    """The detail of the schemes of one year; those without rules are left out.

    The columns of its rows: ``person``, ``year``, ``id``, ``kind``, ``date``, ``grid``; what was claimed,
    what counts and what was lost, in parts of an hour, at least and at most (NULL where there is no upper
    end); ``outcome``; and for `cited`: ``scheme``, ``causes`` and ``base``. Where ``look`` is true, only the
    evaluator can tell what was claimed.

    Args:
        schemes: of one year.
        tables: the columns that there are.
        whose: the table whose ``id`` says whose activities are wanted: whom the plan judges by itself. Of
            others the rows mean nothing.
        unnamed: what an activity is called that states no id.

    Raises:
        Beyond: see `plan.plan_of`.
    """
    ruled = tuple(scheme for scheme in schemes if scheme.rules is not None)
    grid = grid_of(ruled, tables["persons"])
    claims = claims_of(ruled, tables["activities"], grid.parts, grid.shares)
    identities = identities_of(claims)
    people = People(claims, tables["persons"], tied_kinds(claims, identities) if identities else [])
    parts: dict[str, exp.Query] = {}
    if len(ruled) > 1:
        parts["people"] = people_query(people)
    base = _base(claims)
    named = ["kind", "date", *columns_of(identities), *sql.columns_in(base)]
    parts["claims"] = _named_claims(claims, list(dict.fromkeys(named)), tables, unnamed)
    if people.tied:
        parts[trimmed.GAVE_WAY] = trimmed.gave_way_query(claims, identities)
    if trimmed.varying(people):
        parts[trimmed.CEILINGS] = trimmed.ceilings_query(people)
    last = _rows(people, base, whose)
    return DetailPlan(ruled, tuple(parts.items()), last, claims.grid, claims.bits)


def by_row(*, several: bool) -> Sql:
    """What an activity is called that states no id: the row where it stands.

    Args:
        several: whether activities come from several sources, so that a row's number alone tells nothing.
    """
    row = sql.as_text(sql.column("_row"))
    words: list[Sql] = [sql.text("#"), row]
    if several:
        source = sql.as_text(sql.plus(sql.column("_source"), sql.whole(1)))
        words = [sql.text("#"), source, sql.text("-"), row]
    joined = words[0]
    for word in words[1:]:
        joined = exp.DPipe(this=joined, expression=word)
    return joined


# ── rows ──


def _named_claims(claims: Claims, named: list[str], tables: Tables, unnamed: Sql | None) -> exp.Select:
    """The claims, each with the activity's id."""
    stated = ["id"] if "id" in claims.present else []
    beside = [] if unnamed is None else sql.columns_in(unnamed)
    query = claims_query(claims, [*stated, *named, *beside])
    check_names([query], tables)
    if unnamed is None:
        return query
    id_ = sql.coalesce(sql.column("id"), unnamed) if stated else unnamed
    several = ["scheme"] if len(claims.schemes) > 1 else []
    kept = dict.fromkeys(("person", *several, "code", "here", *named, "worth", "causes"))
    return sql.select([*(sql.column(name) for name in kept), sql.named(id_, "id")], query)


def _base(claims: Claims) -> Sql:
    """Which condition on bases fails or is open, counted from 1."""
    if "recognised_by" not in claims.present:
        return sql.whole(0)
    return claims.by_scheme(lambda number: base_place(rules_of(claims.schemes[number])))


def _rows(people: People, base: Sql, whose: str) -> exp.Select:
    """The rows, over ``claims``."""
    claims = people.claims
    several = ["scheme"] if len(claims.schemes) > 1 else []
    kept = ["person", *several, "id", "kind", "code", "date", "worth", "causes", *sql.columns_in(base)]
    source = trimmed.live_query(people, list(dict.fromkeys(kept)), whose, tied=bool(people.tied))
    if trimmed.capped(people):
        source = trimmed.filled_query(claims, source)
        counted = trimmed.counting()
    else:
        counted = sql.column("live")
    with_hours = sql.select([exp.Star(), sql.named(counted, "counts"), sql.named(base, "base")], source)
    mask = _mask(people)
    made: dict[str, Sql] = {
        "person": sql.column("person"),
        "year": exp.Cast(this=sql.whole(claims.year), to=exp.DataType.build("INT")),
        **{name: sql.column(name) for name in ("id", "kind", "date")},
        "grid": sql.big(sql.whole(claims.grid)),
        **{name: sql.big(node) for name, node in _hours(claims).items()},
        "outcome": _outcome(claims),
        "scheme": sql.column("scheme") if several else sql.whole(0),
        "causes": sql.big(mask),
        "base": sql.column("base"),
        "look": sql.as_sql(
            sql.any_of((sql.is_null(sql.column("worth")), sql.has(mask, claims.bits.flag(LOOK))))
        ),
    }
    return sql.select((sql.named(node, name) for name, node in made.items()), with_hours)


def _hours(claims: Claims) -> Mapping[str, Sql]:
    """What was claimed, what counts and what was lost: claimed is what counts and what was lost, exactly."""
    worth, counts, none = sql.column("worth"), sql.column("counts"), sql.whole(0)
    doubtful, living = trimmed.is_doubtful(claims), trimmed.alive(claims)
    endless = _of_kind(claims, lambda ruling: ruling.endless)
    # What nobody has filed a value for may be worth nothing, whether or not it is refused as well.
    unfiled = _of_kind(claims, lambda ruling: any(cause == causes.UNFILED for cause, _ in ruling.open))
    claimed = sql.case([(sql.any_of((doubtful, unfiled)), none)], worth)
    counted = sql.case([(doubtful, none)], counts)
    return {
        "claimed_low": claimed,
        "claimed_high": sql.case([(endless, sql.null())], worth),
        "counted_low": counted,
        "counted_high": sql.case([(sql.all_of((endless, living)), sql.null())], counts),
        "lost_low": sql.minus(claimed, counted),
        "lost_high": sql.case(
            [(sql.all_of((endless, sql.not_(living))), sql.null())], sql.minus(worth, counts)
        ),
    }


def _outcome(claims: Claims) -> Sql:
    """What became of an activity; the same questions in the same order as `assess.trace` asks."""
    counts, mask, bits = sql.column("counts"), sql.column("causes"), claims.bits
    of = {cause: bits.of[cause] for cause in (causes.VOID, causes.NO_BASIS) if cause in bits.of}
    named = {causes.VOID: "void", causes.NO_BASIS: "no_basis"}
    branches: list[tuple[Truth, Sql]] = [
        *((sql.has(mask, bit), sql.text(named[cause])) for cause, bit in of.items()),
        (sql.not_(trimmed.alive(claims)), sql.text("not_counted")),
        (trimmed.is_doubtful(claims), sql.text("uncertain")),
        (_of_kind(claims, lambda ruling: ruling.first is not None), sql.text("completes")),
        (sql.column("way"), sql.text("counted_elsewhere")),
        (sql.compare(counts, exp.EQ, sql.whole(0)), sql.text("not_counted")),
        (sql.compare(counts, exp.LT, sql.column("live")), sql.text("partly_counted")),
    ]
    return sql.case(branches, sql.text("counted"))


def _mask(people: People) -> Sql:
    """Every cause of an activity, as bits."""
    claims, bits = people.claims, people.claims.bits
    parts: list[Sql] = [sql.column("causes")]
    if people.tied:
        parts.append(sql.bit_if(sql.column("way"), bits.other(causes.ELSEWHERE)))
    if kinds := trimmed.capped(people):
        cuts = [
            (
                sql.compare(sql.column("code"), exp.EQ, sql.whole(claims.number(kind))),
                sql.whole(bits.other(f"ceiling:{kind}")),
            )
            for kind in kinds
        ]
        cut = sql.compare(sql.column("counts"), exp.LT, sql.column("live"))
        parts.append(sql.case([(cut, sql.case(cuts, sql.whole(0)))], sql.whole(0)))
    return sql.either(*parts)


def _of_kind(claims: Claims, holds: Callable[[Ruling], bool]) -> Truth:
    """Whether something holds of an activity's kind under the person's scheme."""
    if not claims.some(holds):
        return False
    return claims.by_kind(lambda ruling: sql.as_sql(holds(ruling)), sql.as_sql(False))
