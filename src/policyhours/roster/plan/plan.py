"""The plan of a year: one query over persons, activities, decisions and bases.

Its parts in order: ``people`` (whose scheme is whose), ``claims`` (one row an activity), ``naming``,
``matters``, ``tangles`` and ``ties`` (activities that are one matter), ``sums`` (what is certain and what is
doubtful of each person), ``joined``, ``counted``, ``stood``, ``judged``, and last the verdict. Parts whose
columns the input does not have are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from policyhours.roster.plan import sql
from policyhours.roster.plan.asked import asked_of, grid_of, judged_query, subjects_of, subjects_query
from policyhours.roster.plan.claims import claims_of
from policyhours.roster.plan.counted import People, counted_query
from policyhours.roster.plan.parted import Parted
from policyhours.roster.plan.people import scheme_number
from policyhours.roster.plan.rows import claims_query
from policyhours.roster.plan.sql import Sql
from policyhours.roster.plan.sums import sum_column, sums_query
from policyhours.roster.plan.tables import Tables
from policyhours.roster.plan.term import Beyond
from policyhours.roster.plan.ties import (
    columns_of,
    identities_of,
    lost_column,
    matters_query,
    naming_query,
    tangles_query,
    tied_kinds,
    ties_query,
)
from policyhours.roster.plan.verdict import verdict_query
from policyhours.roster.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Plan(Parted):
    """The plan of a year; its rows are the people of the year.

    Attributes:
        subjects, asked, kinds: of what the rows have hours.
        codes: the number of each kind.
        beyond: the kinds that the plan leaves to the evaluator, each with the scheme's number and why.
    """

    subjects: tuple[str, ...]
    asked: tuple[str, ...]
    kinds: tuple[str, ...]
    codes: Mapping[str, int]
    beyond: tuple[tuple[int, str, str], ...]


def plan_of(schemes: Sequence[Scheme], tables: Tables) -> Plan:
    """The plan of the schemes of one year; those without rules are left out.

    Raises:
        Beyond: where the policies have more kinds and requirements than a number has bits, sums that 64 bits
            can't hold, or a fact that is named as a column of the plan's own.
    """
    ruled = tuple(scheme for scheme in schemes if scheme.rules is not None)
    persons = tables["persons"]
    grid = grid_of(ruled, persons)
    claims = claims_of(ruled, tables["activities"], grid.parts, grid.shares)
    identities = identities_of(claims)
    people = People(claims, persons, tied_kinds(claims, identities) if identities else [])
    parts: dict[str, exp.Query] = {}
    if len(ruled) > 1:
        parts["people"] = people_query(people)
    parts["claims"] = claims_query(claims, columns_of(identities))
    if people.tied:
        parts["naming"] = naming_query(claims, identities)
        parts["matters"] = matters_query(claims, identities)
        parts["tangles"] = tangles_query(claims)
        parts["ties"] = ties_query(claims, people.tied)
    parts["sums"] = sums_query(claims)
    parts["joined"] = _joined(people, tables)
    parts["counted"] = counted_query(people)
    parts["stood"] = subjects_query(people)
    parts["judged"] = judged_query(people)
    last = verdict_query(people)
    check_names((*parts.values(), last), tables)
    beyond = tuple(
        (number, kind, ruling.beyond)
        for number, rulings in enumerate(claims.rulings)
        for kind, ruling in rulings.items()
        if ruling.beyond
    )
    return Plan(
        ruled,
        tuple(parts.items()),
        last,
        claims.grid,
        claims.bits,
        tuple(subjects_of(claims)),
        tuple(asked_of(claims)),
        tuple(claims.counted),
        {kind: claims.number(kind) for kind in claims.kinds},
        beyond,
    )


def check_names(queries: Iterable[exp.Query], tables: Tables) -> None:
    """Make sure that no column that the plan makes hides one that the tables have."""
    made = {alias.alias for query in queries for alias in query.find_all(exp.Alias)}
    if made & {*tables["persons"], *tables["activities"]}:
        raise Beyond("name")


def people_query(people: People) -> exp.Select:
    """The persons of the schemes that have rules, each with the number of the scheme."""
    columns = [sql.column(name) for name in people.columns if name != "scheme"]
    number = scheme_number(people.claims.schemes, people.present)
    return sql.select([*columns, sql.named(number, "scheme")], "persons")


def _joined(people: People, tables: Tables) -> exp.Select:
    """Every person with what the activities come to; nothing where there are none."""
    claims = people.claims
    source = "people" if len(claims.schemes) > 1 else "persons"
    of_kinds = {kind: sum_column(kind) for kind in claims.counted}
    made = {f"certain_{kind}": _or_nothing(name, "s") for kind, name in of_kinds.items()}
    flags = [_or_nothing("flags", "s")]
    beside = {"s": "sums"}
    if claims.bits.doubts:
        made |= {f"doubtful_{kind}": _or_nothing(name, "d") for kind, name in of_kinds.items()}
        flags.append(_or_nothing("flags", "d"))
        beside["d"] = "sums"
    if people.tied:
        made |= {lost_column(kind): _or_nothing(lost_column(kind), "t") for kind in people.tied}
        made |= {n: sql.coalesce(sql.column(n, "t"), sql.as_sql(False)) for n in ("look", "tied")}
        beside["t"] = "ties"
    made["flags"] = sql.either(*flags)
    decided = "decisions" in tables
    made["decided"] = sql.is_known(sql.column("person", "c")) if decided else sql.as_sql(False)
    columns = [sql.column(name, "p") for name in people.columns]
    query = sql.select(
        [*columns, *(sql.named(node, name) for name, node in made.items())], sql.table(source, "p")
    )
    for short, part in beside.items():
        doubtful = sql.column("doubtful", short)
        which = {"s": sql.not_(doubtful), "d": doubtful} if "d" in beside else {}
        on = sql.as_sql(sql.all_of((_same(short), which.get(short, True))))
        sql.joined(query, sql.table(part, short), on)
    if decided:
        person = sql.column("person")
        whose = sql.select([person], "decisions", by=[person])
        sql.joined(query, whose.subquery("c", copy=False), _same("c"))
    return query


def _same(other: str) -> Sql:
    return sql.compare(sql.column("id", "p"), exp.EQ, sql.column("person", other))


def _or_nothing(name: str, short: str) -> Sql:
    return sql.coalesce(sql.column(name, short), sql.whole(0))
