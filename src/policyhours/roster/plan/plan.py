"""The plan of a year: one query over persons, activities, decisions and bases.

Its parts in order: ``people`` (whose scheme is whose), ``claims`` (one row an activity), ``naming``,
``matters``, ``tangles`` and ``ties`` (activities that are one matter), ``sums``, ``away`` and ``doubts`` (one
row a person), ``joined``, ``counted``, ``stood``, ``judged``, and last the verdict. Parts whose columns the
input does not have are left out.
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
from policyhours.roster.plan.rows import claims_query, possibly_doubtful
from policyhours.roster.plan.sql import Sql, columns_in
from policyhours.roster.plan.sums import away_query, doubts_query, sums_query
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
    doubtful = columns_in(possibly_doubtful(claims))
    parts["claims"] = claims_query(claims, [*columns_of(identities), *doubtful])
    if people.tied:
        parts["naming"] = naming_query(claims, identities)
        parts["matters"] = matters_query(claims, identities)
        parts["tangles"] = tangles_query(claims)
        parts["ties"] = ties_query(claims, people.tied)
    parts["sums"] = sums_query(claims)
    parts["away"] = away_query(claims)
    if claims.bits.doubts:
        parts["doubts"] = doubts_query(claims)
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
    claims, nothing = people.claims, sql.whole(0)
    source = "people" if len(claims.schemes) > 1 else "persons"
    numbers = {("sums", "s"): [f"certain_{kind}" for kind in claims.counted], ("away", "a"): []}
    if claims.bits.doubts:
        numbers[("doubts", "d")] = [f"doubtful_{kind}" for kind in claims.counted]
    if people.tied:
        numbers[("ties", "t")] = [lost_column(kind) for kind in people.tied]
    made = {
        name: sql.coalesce(sql.column(name, short), nothing)
        for (_, short), names in numbers.items()
        for name in names
    }
    for name in ("look", "tied") if people.tied else ():
        made[name] = sql.coalesce(sql.column(name, "t"), sql.as_sql(False))
    flags = (sql.coalesce(sql.column(*where), nothing) for where in (("flags", "s"), ("far", "a")))
    made["flags"] = sql.either(*flags)
    decided = "decisions" in tables
    made["decided"] = sql.is_known(sql.column("person", "c")) if decided else sql.as_sql(False)
    columns = [sql.column(name, "p") for name in people.columns]
    query = sql.select(
        [*columns, *(sql.named(node, name) for name, node in made.items())], sql.table(source, "p")
    )
    for part, short in numbers:
        sql.joined(query, sql.table(part, short), _same(short))
    if decided:
        person = sql.column("person")
        whose = sql.select([person], "decisions", by=[person])
        sql.joined(query, whose.subquery("c", copy=False), _same("c"))
    return query


def _same(other: str) -> Sql:
    return sql.compare(sql.column("id", "p"), exp.EQ, sql.column("person", other))
