"""Asking in the plan: what counts by subject, and what is lacking of each requirement (article 5).

The low world has what is certain, the high one all that may count. A requirement is judged at its own worst
and its own best corner, as in `assess.verdict`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import lcm

from sqlglot import exp

from policyhours.language.rules import Requirement, Rules
from policyhours.language.values import TOTAL
from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import done, maybe, without_end
from policyhours.roster.plan.claims import Claims, rules_of
from policyhours.roster.plan.counted import People
from policyhours.roster.plan.people import PersonFacts
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.sums import flag
from policyhours.roster.plan.tables import Columns
from policyhours.roster.plan.term import Beyond, Scope, Term, constant, term_of
from policyhours.roster.schemes import Scheme as PeopleScheme


@dataclass(frozen=True, slots=True)
class Grid:
    """In how many parts hours have to be counted, as far as ceilings and requirements go.

    Attributes:
        parts: their own hours are whole numbers of these parts.
        shares: what they ask for of the hours earned is a whole number of this many parts of each of those.
    """

    parts: int
    shares: int


def grid_of(schemes: Sequence[PeopleScheme], persons: Columns) -> Grid:
    """The grid of all ceilings and requirements; what the plan can't say has none."""
    parts = shares = 1
    for scheme in schemes:
        rules = rules_of(scheme)
        scope = _with_totals(PersonFacts(rules, scheme.year, persons), _any_total)
        for quantity in (*(c.hours for c in rules.ceilings), *(r.hours for r in rules.requirements)):
            try:
                found = term_of(quantity.expression, scope).parts
            except Beyond:
                continue
            if quantity.needs & {TOTAL, *rules.subjects}:
                shares = lcm(shares, found)
            else:
                parts = lcm(parts, found)
    return Grid(parts, shares)


def subjects_of(claims: Claims) -> list[str]:
    """Every subject of some scheme, in order."""
    return list(dict.fromkeys(s for scheme in claims.schemes for s in rules_of(scheme).subjects))


def asked_of(claims: Claims) -> list[str]:
    """What the requirements are of, in order."""
    return list(dict.fromkeys(r.of for scheme in claims.schemes for r in rules_of(scheme).requirements))


def subjects_query(people: People) -> exp.Select:
    """What counts by subject, completions included, over ``counted``."""
    claims = people.claims
    made: dict[str, Sql] = {}
    for subject in subjects_of(claims):
        kinds = [kind for kind in claims.counted if claims.subject_of(kind) == subject]
        for end in ("low", "high"):
            hours = sql.total([sql.column(f"kind_{kind}_{end}") for kind in kinds])
            if subject in claims.completed:
                complete = flag(claims, done(subject) if end == "low" else maybe(subject))
                quota = claims.by_scheme(lambda n, s=subject: _quota(people, n, s))  # type: ignore[misc]
                hours = sql.case([(complete, _completed(claims, hours, quota))], hours)
            made[f"{subject}_{end}"] = hours
    return sql.select([exp.Star(), *(sql.named(node, name) for name, node in made.items())], "counted")


def judged_query(people: People) -> exp.Select:
    """What is lacking of each requirement at best and at worst, over ``stood``."""
    claims = people.claims
    made: dict[str, Sql] = {}
    looks: list[Truth] = [sql.column("look")]
    for of in asked_of(claims):
        best, worst = (
            claims.by_scheme(lambda n, o=of, w=world: _lacking(people, n, o, w))  # type: ignore[misc]
            for world in ("best", "worst")
        )
        complete = [s for s in (of, TOTAL) if s in claims.completed]
        sure, may = (sql.any_of(flag(claims, word(s)) for s in complete) for word in (done, maybe))
        best = sql.case([(sql.any_of((sure, may, endless(claims, of))), sql.whole(0))], best)
        worst = sql.case([(sure, sql.whole(0))], worst)
        looks += [sql.may_be_null(node) for node in (best, worst)]
        made[f"short_{of}_low"], made[f"short_{of}_high"] = best, worst
    depends = claims.truth_by_scheme(lambda scheme: goes_by_hours(rules_of(scheme)))
    looks.append(sql.all_of((depends, endless(claims, TOTAL))))
    kept = [*people.columns, "flags", "cuts", *(["tied"] if people.tied else [])]
    named = (*(f"kind_{kind}" for kind in claims.counted), *subjects_of(claims))
    kept += [f"{name}_{end}" for name in named for end in ("low", "high")]
    made["look"] = sql.as_sql(sql.any_of(looks))
    columns = [sql.column(name) for name in kept]
    return sql.select([*columns, *(sql.named(node, name) for name, node in made.items())], "stood")


def endless(claims: Claims, of: str) -> Truth:
    """Whether a subject, the total, or kinds joined with ``+`` have no upper end."""
    kinds = claims.endless
    if of in subjects_of(claims):
        kinds = [kind for kind in kinds if claims.subject_of(kind) == of]
    elif of != TOTAL:
        kinds = [kind for kind in kinds if kind in of.split("+")]
    return sql.any_of(flag(claims, without_end(kind)) for kind in kinds)


# ── completions ──


def _completed(claims: Claims, hours: Sql, quota: Sql) -> Sql:
    """What a completed subject counts: at least its requirement, or that much more."""
    higher = sql.case([(sql.compare(hours, exp.GT, quota), hours)], quota)
    added = sql.plus(hours, quota)
    modes = [rules_of(scheme).completion for scheme in claims.schemes]
    return claims.by_scheme(lambda n: added if modes[n] == "added" else higher)


def _quota(people: People, number: int, subject: str) -> Sql:
    """The hours that a subject asks for when the year's total is just reached; NULL where not known."""
    try:
        term = _quota_term(people, people.claims.schemes[number], subject)
        return term.on(people.claims.grid) if term is not None else sql.whole(0)
    except Beyond:
        return sql.null()


def _quota_term(people: People, scheme: PeopleScheme, subject: str) -> Term | None:
    reached = None if subject == TOTAL else _quota_term(people, scheme, TOTAL)
    scope = _with_totals(people.facts(scheme), lambda name: reached or constant(0))
    asked = [
        term_of(r.hours.expression, scope)
        for r in rules_of(scheme).requirements
        if r.of == subject and not r.kinds and r.over is None
    ]
    if len(asked) > 1:
        raise Beyond("requirements")
    return asked[0] if asked else None


# ── requirements ──


def goes_by_hours(rules: Rules) -> bool:
    """Whether what is asked for depends on the hours of the year."""
    return any(r.hours.needs & {TOTAL, *rules.subjects} for r in rules.requirements)


def _lacking(people: People, number: int, of: str, world: str) -> Sql:
    """What is lacking of a requirement at its best, or at its worst; NULL where it is not known."""
    claims, scheme = people.claims, people.claims.schemes[number]
    asked = [r for r in rules_of(scheme).requirements if r.of == of]
    if not asked:
        return sql.whole(0)
    needs: list[Sql] = []
    for requirement in asked:
        corner = _corner(claims, requirement, rules_of(scheme), world)
        try:
            scope = _with_totals(people.facts(scheme), corner)
            needs.append(term_of(requirement.hours.expression, scope).on(claims.grid))
        except Beyond:
            return sql.null()
    need = needs[0] if len(needs) == 1 else sql.greatest(*needs)
    lacking = sql.minus(need, _have(claims, asked[0], "low" if world == "worst" else "high"))
    if isinstance(need, exp.Literal):
        return sql.greatest(lacking, sql.whole(0))
    # GREATEST would pass over what is not known.
    return sql.case([(sql.compare(lacking, exp.LT, sql.whole(0)), sql.whole(0))], lacking)


def _have(claims: Claims, requirement: Requirement, end: str) -> Sql:
    names: Sequence[str] = [requirement.of]
    if requirement.kinds:
        names = [f"kind_{kind}" for kind in claims.counted if kind in requirement.kinds]
    elif requirement.of == TOTAL:
        names = subjects_of(claims)
    return sql.total([sql.column(f"{name}_{end}") for name in names])


def _corner(claims: Claims, requirement: Requirement, rules: Rules, world: str) -> Callable[[str], Term]:
    """The totals of a year at a requirement's worst or best.

    Its own subject is at one end, the others are at the other; of what is no subject all are at one.
    """
    own, others = ("low", "high") if world == "worst" else ("high", "low")
    ends = dict.fromkeys(rules.subjects, others)
    if requirement.of == TOTAL:
        ends = dict.fromkeys(rules.subjects, own)
    elif not requirement.kinds:
        ends[requirement.of] = own

    def number(name: str) -> Term:
        hours = sql.total([sql.column(f"{s}_{end}") for s, end in ends.items() if name in (TOTAL, s)])
        if claims.shares > 1:
            hours = sql.divided(hours, claims.shares)
        return Term(hours, claims.grid // claims.shares, 0, claims.most, True)

    return number


def _any_total(name: str) -> Term:
    return Term(sql.column(name), 1, 0, 1, True)


def _with_totals(facts: PersonFacts, totals: Callable[[str], Term]) -> Scope:
    """The names of requirements: facts of the person, and the hours of the year."""

    def number(name: str) -> Term:
        return totals(name) if name == TOTAL or name in facts.rules.subjects else facts.number(name)

    return Scope(number, facts.key)
