"""Terms: an expression of a policy as whole-number SQL, exact by construction.

A term is a whole number of equal parts of an hour (or of whatever the expression counts). Its bounds are
carried along: from the bounds of the facts they prove that no 64-bit number overflows. What is not known is
NULL: the plan does not guess, the person goes to the evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

from sqlglot import exp

from policyhours.language.expression import (
    Bounded,
    Call,
    Constant,
    Expression,
    Name,
    Negation,
    Operation,
    Table,
    Unfiled,
)
from policyhours.language.number import Rational
from policyhours.language.pattern import Anything, Between, OneOf, Pattern
from policyhours.roster.plan import sql
from policyhours.roster.plan.sql import Sql, Truth

WIDEST: Final = 2**62
"""No number of the plan may be larger: half of what 64 bits hold, so that no intermediate sum overflows."""


class Beyond(Exception):
    """The plan can't say this; the evaluator can. The argument is a code of why."""


@dataclass(frozen=True, slots=True)
class Term:
    """A number: ``sql / parts``, between `low` and `high`; NULL where it is not known.

    Attributes:
        surely: it is never NULL.
        value: the number itself, where it is the same for everybody.
    """

    sql: Sql
    parts: int
    low: Rational
    high: Rational
    surely: bool
    value: Rational | None = None

    def __post_init__(self) -> None:
        if max(-self.low, self.low, -self.high, self.high) * self.parts > WIDEST:
            raise Beyond("wide")

    def on(self, parts: int) -> Sql:
        """The number as a whole number of finer parts; `parts` is a multiple of the term's own."""
        if parts % self.parts:
            raise Beyond("grid")
        if self.value is not None:
            return sql.whole(int(self.value * parts))
        return sql.times(self.sql, parts // self.parts)


@dataclass(frozen=True, slots=True)
class Key:
    """What a table or a condition goes by: a text, a truth, or a number in steps.

    Attributes:
        sql: NULL where it is not known.
        step: of a number, what one of its whole numbers stands for; ``None`` for a text or a truth.
        truth: whether it is true or false.
    """

    sql: Sql
    step: Fraction | None = None
    truth: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression may use.

    Attributes:
        numbers: the number that a name stands for.
        keys: what a name is as the key of a table.
    """

    numbers: Callable[[str], Term]
    keys: Callable[[str], Key]


def constant(number: Rational) -> Term:
    """A number that is the same for everybody."""
    return Term(sql.whole(number.numerator), number.denominator, number, number, True, number)


def unknown() -> Term:
    """A number that nobody knows."""
    return Term(sql.null(), 1, 0, 0, False)


def term_of(expression: Expression, scope: Scope) -> Term:
    """The expression as a term.

    Raises:
        Beyond: where the plan can't say it: it divides by something that is not a number of the policy, it
            rounds what may be negative, a fact has no bounds, or the numbers get too large.
    """
    match expression:
        case Constant(value=number):
            return constant(number)
        case Name(id=name):
            return scope.numbers(name)
        case Negation(operand):
            return _minus(constant(0), term_of(operand, scope))
        case Operation("+", left, right):
            return _plus(term_of(left, scope), term_of(right, scope))
        case Operation("-", left, right):
            return _minus(term_of(left, scope), term_of(right, scope))
        case Operation("*", left, right):
            return _times(term_of(left, scope), term_of(right, scope))
        case Operation("/", left, right):
            return _over(term_of(left, scope), term_of(right, scope))
        case Call("floor", (inner,)):
            return _floor(term_of(inner, scope))
        case Call("ceil", (inner,)):
            return _ceil(term_of(inner, scope))
        case Call("round_to", (inner, step)):
            return _round_to(term_of(inner, scope), term_of(step, scope))
        case Call("min" | "max" as which, arguments):
            return _extreme(which, [term_of(argument, scope) for argument in arguments])
        case Table():
            return _table(expression, scope)
        case Bounded(value, at_least, at_most):
            ends = [term_of(end, scope) if end is not None else None for end in (at_least, at_most)]
            return _bounded(term_of(value, scope), *ends)
        case Unfiled():
            return unknown()
        case _:
            raise Beyond("form")


def fits(pattern: Pattern, key: Key) -> Truth:
    """Whether the key fits the pattern; never true where the key is not known, save for ``any``."""
    match pattern:
        case Anything():
            return True
        case OneOf(values):
            found = [worth for value in sorted(values, key=str) if (worth := _stated(value, key)) is not None]
            if not found:
                return False
            if key.truth:
                truths = [worth for worth in found if isinstance(worth, exp.Boolean)]
                return sql.any_of(sql.compare(key.sql, exp.EQ, truth) for truth in truths)
            return sql.one_of(key.sql, found)
        case Between(span):
            if key.step is None:
                return False
            low = None if span.low is None else -(-Fraction(span.low) // key.step)
            high = None if span.high is None else Fraction(span.high) // key.step
            return sql.all_of(
                (
                    True if low is None else sql.compare(key.sql, exp.GTE, sql.whole(int(low))),
                    True if high is None else sql.compare(key.sql, exp.LTE, sql.whole(int(high))),
                )
            )


def _stated(value: object, key: Key) -> Sql | None:
    """One value of a pattern as the key has it; ``None`` where the key can never be that."""
    if isinstance(value, bool):
        return sql.as_sql(value) if key.truth else None
    if isinstance(value, str):
        return sql.text(value) if key.step is None and not key.truth else None
    if key.step is None or not isinstance(value, int | Fraction):
        return None
    steps = Fraction(value) / key.step
    return sql.whole(int(steps)) if steps.denominator == 1 else None


# ── arithmetic ──


def _plus(a: Term, b: Term) -> Term:
    if a.value is not None and b.value is not None:
        return constant(a.value + b.value)
    if a.value == 0 or b.value == 0:
        return b if a.value == 0 else a
    parts = lcm(a.parts, b.parts)
    joined = sql.plus(a.on(parts), b.on(parts))
    return Term(joined, parts, a.low + b.low, a.high + b.high, a.surely and b.surely)


def _minus(a: Term, b: Term) -> Term:
    if a.value is not None and b.value is not None:
        return constant(a.value - b.value)
    parts = lcm(a.parts, b.parts)
    joined = sql.minus(a.on(parts), b.on(parts))
    return Term(joined, parts, a.low - b.high, a.high - b.low, a.surely and b.surely)


def _times(a: Term, b: Term) -> Term:
    if a.value is not None and b.value is not None:
        return constant(a.value * b.value)
    if b.value is not None:
        a, b = b, a
    corners = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    low, high = min(corners), max(corners)
    if a.value is not None:
        if a.value == 1:
            return b
        factor = Fraction(a.value)
        scaled = sql.times(b.sql, factor.numerator)
        return Term(scaled, b.parts * factor.denominator, low, high, b.surely)
    return Term(sql.product(a.sql, b.sql), a.parts * b.parts, low, high, a.surely and b.surely)


def _over(a: Term, b: Term) -> Term:
    if b.value is None:
        raise Beyond("division")
    return _times(a, constant(Fraction(1) / b.value))


def _floor(a: Term) -> Term:
    if a.value is not None:
        return constant(a.value.numerator // a.value.denominator)
    if a.parts == 1:
        return a
    if a.low < 0:
        raise Beyond("rounding")
    return Term(sql.divided(a.sql, a.parts), 1, _down(a.low), _down(a.high), a.surely)


def _ceil(a: Term) -> Term:
    return a if a.parts == 1 else _floor(_plus(a, constant(Fraction(a.parts - 1, a.parts))))


def _round_to(a: Term, step: Term) -> Term:
    return _times(_floor(_plus(_over(a, step), constant(Fraction(1, 2)))), step)


def _down(number: Rational) -> int:
    return number.numerator // number.denominator


def _extreme(which: str, terms: list[Term]) -> Term:
    parts = lcm(*(term.parts for term in terms))
    pick, choose = (sql.least, min) if which == "min" else (sql.greatest, max)
    low, high = choose(t.low for t in terms), choose(t.high for t in terms)
    together = pick(*(term.on(parts) for term in terms))
    # LEAST and GREATEST skip NULL in every engine: one unknown argument leaves the whole unknown.
    doubtful = [sql.is_null(term.sql) for term in terms if not term.surely]
    guarded = sql.case([(sql.any_of(doubtful), sql.null())], together)
    return Term(guarded, parts, low, high, not doubtful)


def _table(table: Table, scope: Scope) -> Term:
    key = scope.keys(table.by) if table.measure is None else _key_of(term_of(table.measure, scope))
    rows = [(fits(row.key, key), term_of(row.worth, scope)) for row in table.rows]
    last = term_of(table.otherwise, scope) if table.otherwise is not None else unknown()
    terms = [term for truth, term in rows if truth is not False]
    if table.otherwise is not None or not terms:
        terms.append(last)
    parts = lcm(*(term.parts for term in terms))
    branches: list[tuple[Truth, Sql]] = [(truth, term.on(parts)) for truth, term in rows]
    if table.otherwise is not None and not (rows and rows[0][0] is True):
        branches.insert(0, (sql.is_null(key.sql), sql.null()))
    low, high = min(t.low for t in terms), max(t.high for t in terms)
    return Term(sql.case(branches, last.on(parts)), parts, low, high, False)


def _key_of(term: Term) -> Key:
    """A worked-out number as the key of a table."""
    return Key(term.sql, Fraction(1, term.parts))


def _bounded(value: Term, at_least: Term | None, at_most: Term | None) -> Term:
    """The value where it surely lies within its bounds; NULL elsewhere."""
    ends = [end for end in (at_least, at_most) if end is not None]
    parts = lcm(value.parts, *(end.parts for end in ends))
    inside: list[Truth] = []
    if at_least is not None:
        inside.append(sql.compare(value.on(parts), exp.GTE, at_least.on(parts)))
    if at_most is not None:
        inside.append(sql.compare(value.on(parts), exp.LTE, at_most.on(parts)))
    within = sql.case([(sql.all_of(inside), value.on(parts))], sql.null())
    return Term(within, parts, value.low, value.high, False)


def number_column(
    column: Sql, step: Rational, at_least: Rational | None, at_most: Rational | None, *, surely: bool
) -> Term:
    """A fact that is a number, in a column that holds how many steps it is.

    Raises:
        Beyond: where the fact has no bounds, so that nothing proves that its sums stay small.
    """
    if at_least is None or at_most is None:
        raise Beyond("unbounded")
    unit = Fraction(step)
    scaled = sql.times(column, unit.numerator)
    return Term(scaled, unit.denominator, at_least, at_most, surely)


Names = Mapping[str, Term]
