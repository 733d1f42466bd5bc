"""Rows in the plan: one activity in, one claim out (articles 4, 6 to 8, 12, 14, 15).

Each layer of the query uses what the one below has made: the number of the kind; whether the row can be used;
what it is worth and what is against it; and last everything against it together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from sqlglot import exp

from policyhours.language.rules import Fact
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.bases import TABLE, base_mask
from policyhours.roster.plan.bits import LOOK, maybe
from policyhours.roster.plan.claims import Claims, rules_of
from policyhours.roster.plan.facts import clashing
from policyhours.roster.plan.sql import Sql, Truth
from policyhours.roster.plan.standards import Ruling
from policyhours.roster.plan.tables import step_in
from policyhours.roster.plan.term import Beyond
from policyhours.roster.schemes import How, Scheme

_DOUBTS: Final = (("status", "pending", causes.PENDING), ("evidence", "missing", causes.EVIDENCE))
"""What leaves an activity open whatever its kind: the column, what it says, and the cause (article 12)."""


def claims_query(claims: Claims, extra: Sequence[str]) -> exp.Select:
    """The claims, over ``activities``.

    Its columns: ``person``, ``scheme`` (where there are several), ``code`` (the kind's number), ``here`` (of
    the year reported), ``worth`` (whole parts of an hour; NULL where only the evaluator can tell), ``causes``
    (what is against it, and the plan's flags), and those of `extra`.
    """
    several = ["scheme"] if len(claims.schemes) > 1 else []
    handed = list(dict.fromkeys(("person", *several, "code", "here", *extra)))
    inner = _valued(claims, handed)
    columns = [sql.column(name) for name in (*handed, "worth")]
    return sql.select([*columns, sql.named(_with_doubts(claims), "causes")], inner)


def _of_kinds(claims: Claims, truths: Mapping[str, Truth]) -> Truth:
    """Whether what is said of an activity's kind holds; kinds of which the same is said are told together."""
    kinds: dict[Truth, list[Sql]] = {}
    for kind, truth in truths.items():
        if truth is not False:
            kinds.setdefault(truth, []).append(sql.whole(claims.number(kind)))
    code = sql.column("code")
    return sql.any_of(sql.all_of((sql.one_of(code, numbers), truth)) for truth, numbers in kinds.items())


def _with_doubts(claims: Claims) -> Sql:
    """What is against an activity: what its kind says, and unless that refuses it, what leaves it open."""
    bits, mask = claims.bits, sql.column("ruled")
    alive: Truth = sql.lacks(mask, bits.refusals) if bits.refusals else True
    untold = sql.all_of((sql.column("here"), sql.is_null(sql.column("worth"))))
    parts = [sql.bit_if(untold, bits.flag(LOOK))]
    for column, value, cause in _DOUBTS:
        if column in claims.present:
            parts.append(sql.bit_if(sql.is_exactly(sql.column(column), value), bits.doubt(cause)))
    if "recognised_by" in claims.present:
        parts.append(sql.column("base"))
    return sql.either(mask, sql.only_if(sql.either(*parts), alive))


def _valued(claims: Claims, handed: Sequence[str]) -> exp.Select:
    """Each activity under the ruling of its kind; nothing is computed of a row that can't be used."""
    bits, bad = claims.bits, sql.column("bad")
    refusing: list[tuple[Truth, Sql]] = [
        (sql.any_of((bad, _far(claims))), sql.whole(bits.flag(LOOK))),
    ]
    other_rules = claims.truth_by_scheme(lambda scheme: _on_days(scheme, "evaluator"))
    if other_rules is not False:
        # What it comes to in its own year is not known here; it may have counted, and its matter be spent.
        refusing.append((other_rules, sql.whole(0)))
    # Where nothing is in force at all, an activity is of another year, and completes nothing here.
    without_basis = claims.truth_by_scheme(lambda scheme: _on_days(scheme, "no_basis", "nothing"))
    if without_basis is not False:
        refusing.append((without_basis, sql.whole(bits.refusal(causes.NO_BASIS))))
    if "status" in claims.present:
        void = sql.is_exactly(sql.column("status"), "void")
        refusing.append((void, sql.whole(bits.refusal(causes.VOID))))
    made = {
        "worth": sql.case([(bad, sql.null())], claims.by_kind(lambda r: r.worth.on(claims.grid), sql.null())),
        "ruled": sql.case(refusing, claims.by_kind(lambda r: _mask(r, claims), sql.whole(0))),
    }
    kept = [name for name in ("status", "evidence") if name in claims.present and name not in handed]
    kept += ["base"] if "recognised_by" in claims.present else []
    columns = [sql.column(name) for name in dict.fromkeys((*handed, *kept))]
    return sql.select([*columns, *(sql.named(node, name) for name, node in made.items())], _usable(claims))


def _usable(claims: Claims) -> exp.Select:
    """Each activity with whether it is of the year reported, and whether the row can't be used."""
    made = {
        "here": claims.by_scheme(lambda n: sql.as_sql(_of_year(claims.schemes[n]))),
        "bad": sql.as_sql(_bad(claims)),
    }
    if "recognised_by" in claims.present:
        made["base"] = claims.by_scheme(lambda n: base_mask(rules_of(claims.schemes[n]), claims.bits))
    return sql.select([exp.Star(), *(sql.named(node, name) for name, node in made.items())], _coded(claims))


def _coded(claims: Claims) -> exp.Select:
    """The activities, each with its kind's number, the person's scheme, and the base that recognised it."""
    columns: list[Sql] = [
        exp.Column(this=exp.Star(), table=exp.to_identifier("a")),
        sql.named(sql.number_among(sql.column("kind", "a"), claims.kinds), "code"),
    ]
    recognised, several = "recognised_by" in claims.present, len(claims.schemes) > 1
    if several:
        columns.append(sql.column("scheme", "p"))
    if recognised:
        names = ("level", "authorised_from", "authorised_until", "revoked_on")
        columns += [sql.named(sql.column(name, TABLE), f"base_{name}") for name in ("id", *names)]
    select = sql.select(columns, sql.table("activities", "a"))
    if several:
        same = sql.compare(sql.column("person", "a"), exp.EQ, sql.column("id", "p"))
        sql.joined(select, sql.table("people", "p"), same, kept=False)
    if recognised:
        same = sql.compare(sql.column("recognised_by", "a"), exp.EQ, sql.column("id", TABLE))
        sql.joined(select, sql.table("bases", TABLE), same)
    return select


def _bad(claims: Claims) -> Truth:
    """Whether a row does not fit its columns, contradicts itself, or is of no kind that its scheme knows."""
    found: list[Truth] = []
    if "_sound" in claims.present:
        found.append(sql.not_(sql.column("_sound")))
    found.append(sql.is_null(sql.column("date")))
    found.append(claims.truth_by_scheme(lambda scheme: clashing(rules_of(scheme), claims.present)))
    found.append(claims.by_scheme(lambda number: sql.as_sql(_silent(claims, number))))
    if "recognised_by" in claims.present:
        by, on = sql.column("recognised_by"), sql.column("recognised_on")
        found.append(sql.all_of((sql.is_known(by), sql.is_null(sql.column("base_id")))))
        if "recognised_on" in claims.present:
            found.append(sql.all_of((sql.is_null(by), sql.is_known(on))))
    found.append(claims.truth_by_scheme(lambda scheme: _strange(scheme, claims)))
    return sql.any_of(found)


def _silent(claims: Claims, number: int) -> Truth:
    """Whether a row is of no kind that the scheme knows, or of a timed one and states no time."""
    known = claims.rulings[number]
    unknown = [sql.whole(0)] + [sql.whole(claims.number(k)) for k in claims.kinds if k not in known]
    silent = _of_kinds(claims, {kind: ruling.silent for kind, ruling in known.items()})
    return sql.any_of((sql.one_of(sql.column("code"), unknown), silent))


def _strange(scheme: Scheme, claims: Claims) -> Truth:
    """Whether a row states what only the vocabulary of another scheme knows."""
    rules = rules_of(scheme)
    found: list[Truth] = []
    for name in sorted({f for s in claims.schemes for f in rules_of(s).facts} & set(claims.present)):
        fact = rules.facts.get(name)
        if fact is None or fact.of != "activity":
            found.append(sql.is_known(sql.column(name)))
            continue
        others = [other for s in claims.schemes if (other := rules_of(s).facts.get(name)) is not None]
        found += [_unlike(fact, claims) for _ in others[:1] if any(_differs(fact, o) for o in others)]
    return sql.any_of(found)


def _differs(fact: Fact, other: Fact) -> bool:
    """Whether another scheme's fact of the same name can be what this one can't."""
    own = (fact.kind, fact.step, fact.at_least, fact.at_most)
    return own != (other.kind, other.step, other.at_least, other.at_most) or bool(
        set(other.options) - set(fact.options)
    )


def _unlike(fact: Fact, claims: Claims) -> Truth:
    """Whether a column holds what the fact can't be under one scheme."""
    column = sql.column(fact.id)
    try:
        step = step_in(claims.present, fact)
    except Beyond:
        return sql.is_known(column)
    if fact.options:
        return sql.not_(sql.one_of(column, [sql.text(option) for option in fact.options]))
    if step is None or (fact.step is None and fact.kind == "number"):
        return sql.is_known(column) if fact.kind == "number" else False
    found: list[Truth] = []
    if fact.at_least is not None:
        found.append(sql.compare(column, exp.LT, sql.whole(int(Fraction(fact.at_least) / step))))
    if fact.at_most is not None:
        found.append(sql.compare(column, exp.GT, sql.whole(int(Fraction(fact.at_most) / step))))
    several = Fraction(fact.step or 1) / step
    if several != 1:
        rest = exp.Mod(this=sql.own(column), expression=sql.whole(int(several)))
        found.append(sql.compare(rest, exp.NEQ, sql.whole(0)))
    return sql.any_of(found)


def _far(claims: Claims) -> Truth:
    """Whether a row of another year may touch this one in a way that only the evaluator can tell."""
    spread = claims.some(lambda ruling: ruling.beyond in ("counts_in", "completes", "span"))
    reaching = list(dict.fromkeys((*claims.completing, *spread)))
    found: list[Truth] = []
    code = sql.column("code")
    days = claims.truth_by_scheme(lambda scheme: _on_days(scheme, "evaluator"))
    if days is not False:
        of_kind = sql.one_of(code, [sql.whole(claims.number(k)) for k in reaching]) if reaching else False
        found.append(sql.all_of((sql.any_of((sql.column("here"), of_kind)), days)))
    if spread:
        found.append(sql.one_of(code, [sql.whole(claims.number(kind)) for kind in spread]))
    return sql.any_of(found)


def _mask(ruling: Ruling, claims: Claims) -> Sql:
    """The causes of one kind: the first that refuses, or all that leave it open; and what it completes."""
    bits = claims.bits
    refusing = [(truth, sql.whole(bits.refusal(c))) for c, truth in ruling.fails if truth is not False]
    doubts = [(truth, bits.doubt(cause)) for cause, truth in ruling.open if truth is not False]
    surely = 0
    for truth, bit in doubts:
        surely |= bit if truth is True else 0
    parts = [sql.case([(truth, sql.whole(bit))], sql.whole(0)) for truth, bit in doubts if truth is not True]
    if ruling.first is not None and ruling.last is not None:
        parts.append(_reached(ruling.subject, ruling.first, ruling.last, claims))
    if surely or not parts:
        parts.append(sql.whole(surely))
    return sql.case(refusing, sql.either(*parts))


def _reached(subject: str, first: Sql, last: Sql, claims: Claims) -> Sql:
    """Whether an activity completes a subject in the year reported."""
    own = sql.big(exp.Extract(this=exp.Var(this="YEAR"), expression=sql.column("date")))
    away = sql.minus(sql.whole(claims.year), own)
    covers = sql.all_of((sql.compare(first, exp.LTE, away), sql.compare(away, exp.LTE, last)))
    unknown = sql.any_of(sql.is_null(end) for end in (first, last) if not isinstance(end, exp.Literal))
    branches: list[tuple[Truth, Sql]] = [(unknown, sql.whole(claims.bits.flag(LOOK)))]
    return sql.case([*branches, (covers, sql.whole(claims.bits.flag(maybe(subject))))], sql.whole(0))


def _of_year(scheme: Scheme) -> Truth:
    """Whether an activity is of the year reported."""
    days = [d for d in scheme.days if d.year == scheme.year]
    return _between(days[0].first, days[-1].last)


def _on_days(scheme: Scheme, *hows: How) -> Truth:
    stretches: list[tuple[date, date]] = []
    for days in scheme.days:
        if days.how in hows:
            follows = bool(stretches) and stretches[-1][1] + timedelta(1) == days.first
            first = stretches.pop()[0] if follows else days.first
            stretches.append((first, days.last))
    return sql.any_of(_between(first, last) for first, last in stretches)


def _between(first: date, last: date) -> Truth:
    day = sql.column("date")
    return sql.all_of((sql.compare(day, exp.GTE, sql.day(first)), sql.compare(day, exp.LTE, sql.day(last))))
