"""The value of an expression for one activity, exactly.

`simpleeval` does the evaluating, given only the operators and functions of a formula. What a case leaves
unknown enters as a `Range` or an `Unknown`, and comes out as the range of everything the value may be.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simpleeval import SimpleEval

from policyhours.language import number
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
    names_in,
    parts,
)
from policyhours.language.number import Number, Range, Rational, as_range, meet, overlap, within
from policyhours.language.pattern import Between, Given, OneOf, Pattern, Unknown, fits
from policyhours.language.unit import Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """An expression ready to be computed.

    Attributes:
        expression: over facts, subjects, ``total`` and what a decision may set; all else is worked in.
        stated: the expression as the policy writes it, over its own names.
        unit: what it counts.
        needs: the names that the expression depends on.
        program: the same expression as simpleeval takes it.
    """

    expression: Expression
    stated: Expression
    unit: Unit
    needs: frozenset[str]
    program: ast.expr


def quantity(expression: Expression, stated: Expression, unit: Unit) -> Quantity:
    """Make an expression ready to be computed."""
    return Quantity(expression, stated, unit, frozenset(names_in(expression)), _program(expression))


class Calculator:
    """Computes quantities, given what is known.

    Not for use by several threads at once.

    Attributes:
        gaps: the tables that had no row to offer since it was last emptied.
        outside: the bounds that a value surely was not within, likewise.
    """

    def __init__(self) -> None:
        self.given: Mapping[str, Given] = {}
        self.gaps: list[Table] = []
        self.outside: list[tuple[Number, Range]] = []
        functions = {**_FUNCTIONS, "table": self._table, "bounded": self._bounded}
        self._eval = SimpleEval(operators=_OPERATORS, functions=functions, names={})

    def value(self, what: Quantity, given: Mapping[str, Given]) -> Number:
        """The value of the quantity for the given facts and names.

        Raises:
            ZeroDivisionError: where a divisor is zero; a policy in which that can happen is refused at load.
        """
        if isinstance(what.expression, Constant):
            return what.expression.value
        self.given = self._eval.names = given
        return self._run(what.program)

    def _table(self, table: _Programs) -> Number:
        fact = self.given[table.of.by] if table.measure is None else self._run(table.measure)
        possible: list[Number] = []
        for key, program in table.rows:
            answer = fits(key, fact)
            if answer is False:
                continue
            possible.append(self._run(program))
            if answer:
                return number.hull(possible)
        if table.otherwise is not None:
            possible.append(self._run(table.otherwise))
        elif not (possible and (table.of.total or _covered(table, fact))):
            self.gaps.append(table.of)
            possible.append(Range(0, None))
        return number.hull(possible)

    def _bounded(self, value: Number, at_least: Number | None, at_most: Number | None) -> Number:
        """The value, as far as it lies within the bounds; the bounds themselves where it surely does not."""
        low, high = (Range(None, None) if end is None else as_range(end) for end in (at_least, at_most))
        if within(as_range(value), Range(low.high, high.low)):
            return value
        widest = Range(low.low, high.high)
        if meet(as_range(value), widest):
            if isinstance(value, Range):
                return overlap(value, widest)
            # The bounds are not known well enough to say whether it lies within them.
            above, below = (
                high.low is not None and value > high.low,
                low.high is not None and value < low.high,
            )
            return Range(widest.low if above else value, widest.high if below else value)
        self.outside.append((value, widest))
        return widest

    def _run(self, program: ast.expr) -> Number:
        return self._eval.eval("", previously_parsed=program)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Programs:
    """A table whose rows are ready for simpleeval."""

    of: Table
    measure: ast.expr | None
    rows: tuple[tuple[Pattern, ast.expr], ...]
    otherwise: ast.expr | None


def _covered(table: _Programs, fact: Given) -> bool:
    """Whether everything that the fact may still be has a row."""
    keys = [key for key, _ in table.rows]
    if isinstance(fact, Unknown):
        return fact.options is not None and all(any(fits(key, o) for key in keys) for o in fact.options)
    if not isinstance(fact, Range) or fact.low is None:
        return False
    reached: Rational | None = fact.low - (table.of.step or 0)
    spans = [key.range for key in keys if isinstance(key, Between)]
    points = [value for key in keys if isinstance(key, OneOf) for value in key.values]
    spans += [Range(point, point) for point in points if not isinstance(point, str | bool)]
    for span in sorted(spans, key=lambda span: (span.low is not None, span.low or 0)):
        if reached is None or (span.low is not None and span.low > reached + (table.of.step or 0)):
            break
        reached = None if span.high is None else max(reached, span.high)
    return reached is None or (fact.high is not None and reached >= fact.high)


_OPERATORS: Final = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: number.divide,
    ast.USub: operator.neg,
}
_SIGNS: Final[dict[str, ast.operator]] = {"+": ast.Add(), "-": ast.Sub(), "*": ast.Mult(), "/": ast.Div()}
_FUNCTIONS: Final = {
    "min": number.smallest,
    "max": number.greatest,
    "floor": number.floor,
    "ceil": number.ceil,
    "round_to": number.round_to,
}


def open_names(expression: Expression, given: Mapping[str, Given]) -> set[str]:
    """The names that leave the expression open, of those that can still matter where some are known."""
    if isinstance(expression, Table) and expression.measure is None:
        fact = given[expression.by]
        answers = [(row, fits(row.key, fact)) for row in expression.rows]
        possible = [row.worth for row, answer in answers if answer is not False]
        if any(answer for _, answer in answers):
            return open_names(possible[0], given)
        inner = [*possible, *((expression.otherwise,) if expression.otherwise else ())]
        here = {expression.by} if isinstance(fact, Range | Unknown) else set()
        return here.union(*(open_names(part, given) for part in inner))
    if isinstance(expression, Name):
        return {expression.id} if isinstance(given.get(expression.id), Range | Unknown) else set()
    return set().union(*(open_names(part, given) for part in parts(expression)))


def _program(expression: Expression) -> ast.expr:
    match expression:
        case Constant(value):
            return _constant(value)
        case Name(id=name):
            return ast.Name(name, ast.Load())
        case Negation(operand):
            return ast.UnaryOp(ast.USub(), _program(operand))
        case Operation(sign, left, right):
            return ast.BinOp(_program(left), _SIGNS[sign], _program(right))
        case Call(function, arguments):
            return ast.Call(ast.Name(function, ast.Load()), [_program(a) for a in arguments], [])
        case Table(rows=rows, otherwise=otherwise, measure=measure):
            ready = tuple((row.key, _program(row.worth)) for row in rows)
            by, other = (_program(part) if part else None for part in (measure, otherwise))
            table = _Programs(expression, by, ready, other)
            return ast.Call(ast.Name("table", ast.Load()), [_constant(table)], [])
        case Bounded(value, at_least, at_most):
            ends = [_program(end) if end else _constant(None) for end in (at_least, at_most)]
            return ast.Call(ast.Name("bounded", ast.Load()), [_program(value), *ends], [])
        case Unfiled(at_least, at_most):
            return _constant(Range(at_least, at_most))


def _constant(value: object) -> ast.Constant:
    node = ast.Constant(None)
    node.value = value  # type: ignore[assignment]  # simpleeval hands a constant's value back as it is
    return node
