"""Counting in the plan: what of the hours of each kind counts under the ceilings (article 8).

A ceiling over one kind is the lesser of two numbers. Where one over several kinds cuts hours, whose they are
goes by the dates of activities: that is for the evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from policyhours.language.rules import Rules
from policyhours.roster.plan import sql
from policyhours.roster.plan.bits import LOOK
from policyhours.roster.plan.claims import Claims, rules_of
from policyhours.roster.plan.people import PersonFacts
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.standards import ceiling_of
from policyhours.roster.plan.sums import flag
from policyhours.roster.plan.tables import Columns
from policyhours.roster.plan.term import Beyond, term_of
from policyhours.roster.plan.ties import lost_column
from policyhours.roster.schemes import Scheme


@dataclass(frozen=True, slots=True)
class People:
    """What the plan says of persons.

    Attributes:
        present: the columns that the table of persons has.
        tied: the kinds of which hours may be lost to another activity on the same matter.
    """

    claims: Claims
    present: Columns
    tied: Sequence[str]

    def facts(self, scheme: Scheme) -> PersonFacts:
        """The facts of a person of a scheme."""
        return PersonFacts(rules_of(scheme), scheme.year, self.present)

    @property
    def columns(self) -> list[str]:
        """The columns of a person that later steps need."""
        several = ["scheme"] if len(self.claims.schemes) > 1 else []
        return list(dict.fromkeys(("id", *several, *sorted(set(self.present) - {"id"}))))


def counted_query(people: People) -> exp.Select:
    """What counts by kind in both worlds, over ``joined``."""
    claims = people.claims
    looks: list[Truth] = [flag(claims, LOOK), sql.column("decided"), claims.truth_by_scheme(is_beyond)]
    made: dict[str, Sql] = {}
    cuts: list[Sql] = []
    for kind in claims.counted:
        certain: Sql = sql.column(f"certain_{kind}")
        if kind in people.tied:
            certain = sql.minus(certain, sql.column(lost_column(kind)))
        whole = sql.plus(certain, sql.column(f"doubtful_{kind}")) if claims.bits.doubts else certain
        cap = claims.by_scheme(lambda n, k=kind: cap_of(people, n, k))  # type: ignore[misc]
        capped = claims.truth_by_scheme(lambda scheme, k=kind: _is_capped(rules_of(scheme), k))  # type: ignore[misc]
        made[f"kind_{kind}_low"], made[f"kind_{kind}_high"] = certain, whole
        if capped is False:
            continue
        settled = isinstance(cap, exp.Literal)
        over: Sql = sql.compare(whole, exp.GT, cap)
        over = over if settled else sql.coalesce(over, sql.as_sql(False))
        # Where there is no ceiling, or it is not known, the other number is the least.
        made[f"kind_{kind}_low"], made[f"kind_{kind}_high"] = sql.least(certain, cap), sql.least(whole, cap)
        cuts.append(sql.bit_if(over, claims.bits.other(f"ceiling:{kind}")))
        if not settled:
            looks.append(sql.all_of((capped, sql.is_null(cap), sql.compare(whole, exp.GT, sql.whole(0)))))
        if kind in people.tied:
            # Which of the tied activities is chosen matters for whom the ceiling cuts.
            looks.append(sql.all_of((sql.compare(sql.column(lost_column(kind)), exp.GT, sql.whole(0)), over)))
    looks.append(claims.truth_by_scheme(lambda scheme: _joint_bites(people, scheme, made)))
    if people.tied:
        looks.append(sql.column("look"))
    kept = [*people.columns, "flags", *(["tied"] if people.tied else [])]
    made["look"] = sql.as_sql(sql.any_of(looks))
    made["cuts"] = sql.either(*cuts) if cuts else sql.whole(0)
    columns = [sql.column(name) for name in kept]
    return sql.select([*columns, *(sql.named(node, name) for name, node in made.items())], "joined")


def is_beyond(scheme: Scheme) -> bool:
    """Whether all people of a scheme are beyond the plan: hours move between years, or years are added up."""
    rules = rules_of(scheme)
    return rules.carrying is not None or any(r.over is not None for r in rules.requirements)


def cap_of(people: People, number: int, kind: str) -> Sql:
    """The ceiling over a kind, NULL where there is none or where it is not known."""
    scheme = people.claims.schemes[number]
    try:
        ceiling = ceiling_of(rules_of(scheme), kind)
        if ceiling is None or kind not in people.claims.rulings[number]:
            return sql.null()
        return term_of(ceiling.hours.expression, people.facts(scheme).scope).on(people.claims.grid)
    except Beyond:
        return sql.null()


def _is_capped(rules: Rules, kind: str) -> bool:
    return any(
        ceiling.of == {kind} and not ceiling.per and ceiling.over is None for ceiling in rules.ceilings
    )


def _joint_bites(people: People, scheme: Scheme, made: Mapping[str, Sql]) -> Truth:
    """Whether a ceiling over several kinds cuts hours."""
    found: list[Truth] = []
    for ceiling in rules_of(scheme).ceilings:
        kinds = [kind for kind in sorted(ceiling.of) if f"kind_{kind}_high" in made]
        if len(ceiling.of) < 2 or not kinds or ceiling.per or ceiling.over:
            continue
        together = sql.total([made[f"kind_{kind}_high"] for kind in kinds])
        try:
            cap = term_of(ceiling.hours.expression, people.facts(scheme).scope)
        except Beyond:
            found.append(sql.compare(together, exp.GT, sql.whole(0)))
            continue
        found.append(sql.compare(together, exp.GT, cap.on(people.claims.grid)))
        if not cap.surely:
            found.append(sql.is_null(cap.sql))
    return sql.any_of(found)
