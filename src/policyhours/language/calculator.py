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
    Call,
    Constant,
    Expression,
    Name,
    Negation,
    Operation,
    Table,
    Unfiled,
    names_in,
)
from policyhours.language.number import Number, Range
from policyhours.language.pattern import Given, Pattern, Unknown, fits
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
    """Computes quantities, given what is known; `gaps` notes the tables that had no row to offer.

    Not for use by several threads at once.
    """

    def __init__(self) -> None:
        self.given: Mapping[str, Given] = {}
        self.gaps: list[Table] = []
        self._eval = SimpleEval(
            operators=_OPERATORS, functions={**_FUNCTIONS, "table": self._table}, names={}
        )

    def value(self, what: Quantity, given: Mapping[str, Given]) -> Number:
        """The value of the quantity for the given facts and names.

        Raises:
            ZeroDivisionError: where a divisor is zero; a policy in which that can happen is refused at load.
        """
        if isinstance(what.expression, Constant):
            return what.expression.value
        self.given = self._eval.names = given
        return self._eval.eval("", previously_parsed=what.program)  # type: ignore[no-any-return]

    def _table(self, table: _Programs) -> Number:
        fact = self.given[table.of.by]
        possible: list[Number] = []
        for key, program in table.rows:
            answer = fits(key, fact)
            if answer is False:
                continue
            possible.append(self._eval.eval("", previously_parsed=program))
            if answer:
                return number.hull(possible)
        if table.otherwise is not None:
            possible.append(self._eval.eval("", previously_parsed=table.otherwise))
        elif not (possible and (table.of.total or _covered(table.rows, fact))):
            self.gaps.append(table.of)
            possible.append(Range(0, None))
        return number.hull(possible)


@dataclass(frozen=True, slots=True)
class _Programs:
    """A table whose rows are ready for simpleeval."""

    of: Table
    rows: tuple[tuple[Pattern, ast.expr], ...]
    otherwise: ast.expr | None


def _covered(rows: tuple[tuple[Pattern, ast.expr], ...], fact: Given) -> bool:
    """Whether every option that the fact may still be has a row."""
    if not isinstance(fact, Unknown) or fact.options is None:
        return False
    return all(any(fits(key, option) for key, _ in rows) for option in fact.options)


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
        case Table(rows=rows, otherwise=otherwise):
            ready = tuple((row.key, _program(row.worth)) for row in rows)
            table = _Programs(expression, ready, _program(otherwise) if otherwise else None)
            return ast.Call(ast.Name("table", ast.Load()), [_constant(table)], [])
        case Unfiled(at_least, at_most):
            return _constant(Range(at_least, at_most))


def _constant(value: object) -> ast.Constant:
    node = ast.Constant(None)
    node.value = value  # type: ignore[assignment]  # simpleeval hands a constant's value back as it is
    return node
