"""The verdict in the plan: each person's row, with everything that speaks for and against it."""

from __future__ import annotations

from sqlglot import exp

from policyhours.language.values import TOTAL
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.asked import asked_of, endless, subjects_of
from policyhours.roster.plan.bits import LOOK, maybe
from policyhours.roster.plan.claims import rules_of
from policyhours.roster.plan.counted import People
from policyhours.roster.plan.people import Inside, inside
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.sums import flag


def verdict_query(people: People) -> exp.Select:
    """The row of each person, over ``judged``.

    Its columns: ``id``, ``scheme`` (where there are several), the person's facts, the hours of subjects,
    total, requirements and kinds, each with ``_low`` and ``_high`` (NULL where there is no upper end),
    ``verdict``, ``causes`` (bits), and ``look``: the evaluator must tell. Hours and causes are 64-bit whole
    numbers.
    """
    claims, none = people.claims, sql.whole(0)
    scopes = [inside(rules_of(scheme).scope, people.facts(scheme)) for scheme in claims.schemes]
    short = [(of, sql.column(f"short_{of}_low"), sql.column(f"short_{of}_high")) for of in asked_of(claims)]
    outside = claims.by_scheme(lambda n: sql.as_sql(sql.any_of(truth for _, truth in scopes[n].fails)))
    doubtful = claims.by_scheme(lambda n: sql.as_sql(sql.any_of(truth for _, truth in scopes[n].open)))
    verdict = sql.case(
        [
            (outside, sql.text("not_assessable")),
            (doubtful, sql.text("undetermined")),
            (sql.any_of(sql.compare(low, exp.GT, none) for _, low, _ in short), sql.text("not_met")),
            (sql.any_of(sql.compare(high, exp.GT, none) for _, _, high in short), sql.text("undetermined")),
        ],
        sql.text("met"),
    )
    found = _causes(people, scopes)
    untold = sql.has(found, claims.bits.flag(LOOK)) if claims.bits.full else False
    look = sql.as_sql(sql.any_of((sql.column("look"), untold)))
    made = {"verdict": verdict, "causes": sql.big(found), "look": look}
    columns = [*_columns(people), *(sql.named(node, name) for name, node in made.items())]
    return sql.select(columns, "judged")


def _causes(people: People, scopes: list[Inside]) -> Sql:
    """Every cause of the year, as bits."""
    claims, bits, none = people.claims, people.claims.bits, sql.whole(0)
    masks: list[Sql] = [sql.column("flags"), sql.column("cuts")]
    for of in asked_of(claims):
        lacking = sql.compare(sql.column(f"short_{of}_high"), exp.GT, none)
        masks.append(sql.bit_if(lacking, bits.other(f"short:{of}")))
    for subject in claims.completed:
        complete = flag(claims, maybe(subject))
        masks.append(sql.bit_if(complete, bits.other(causes.COMPLETES)))
    if people.tied:
        masks.append(sql.bit_if(sql.column("tied"), bits.other(causes.ELSEWHERE)))
    for said in scopes:
        for cause, _ in (*said.fails, *said.open):
            bits.other(cause)
    masks.append(claims.by_scheme(lambda n: _of_scope(scopes[n], people)))
    return sql.either(*masks)


def _of_scope(said: Inside, people: People) -> Sql:
    bits = people.claims.bits
    branches = [
        (truth, sql.whole(bits.other(c))) for c, truth in (*said.fails, *said.open) if truth is not False
    ]
    return sql.case(branches, sql.whole(0))


def _columns(people: People) -> list[Sql]:
    claims = people.claims
    columns: list[Sql] = [sql.column(name) for name in people.columns]
    subjects = subjects_of(claims)
    for subject in subjects:
        columns += _both(
            sql.column(f"{subject}_low"), sql.column(f"{subject}_high"), endless(claims, subject), subject
        )
    low, high = (
        sql.total([sql.column(f"{subject}_{end}") for subject in subjects]) for end in ("low", "high")
    )
    columns += _both(low, high, endless(claims, TOTAL), TOTAL)
    for of in asked_of(claims):
        columns += [_hours(sql.column(f"short_{of}_{end}"), f"short_{of}_{end}") for end in ("low", "high")]
    for kind in claims.counted:
        ends = sql.column(f"kind_{kind}_low"), sql.column(f"kind_{kind}_high")
        columns += _both(*ends, endless(claims, kind), f"kind_{kind}")
    return columns


def _both(low: Sql, high: Sql, without_end: Truth, name: str) -> list[Sql]:
    ended = sql.case([(without_end, sql.null())], high)
    return [_hours(low, f"{name}_low"), _hours(ended, f"{name}_high")]


def _hours(parts: Sql, name: str) -> Sql:
    """A column of hours; cast, since engines widen sums, and a file may hold wider numbers as floats only."""
    return sql.named(sql.big(parts), name)
