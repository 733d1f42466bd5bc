"""Expressions: what a number of a policy is, as a tree.

A formula and a table are both expressions. Nothing here computes; `calculator` evaluates an expression for
one activity, and other readings of the same tree are possible because it is plain frozen data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from policyhours.language.number import Rational
from policyhours.language.pattern import Pattern


@dataclass(frozen=True, slots=True)
class Constant:
    """A number; in a formula as written only 0 or 1. `written` is how the policy writes it, such as 3/4."""

    value: Rational
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A named value, a fact, a subject, or ``total``; `offset` is where it stands in the formula's text."""

    id: str
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """Minus an expression."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions joined by an operator."""

    operator: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of `FUNCTIONS` with its arguments."""

    function: str
    arguments: tuple[Expression, ...]
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what the fact may be, and what the line is worth."""

    key: Pattern
    worth: Expression


@dataclass(frozen=True, slots=True)
class Table:
    """The row that fits `by`, a fact or a named value; `otherwise` where none does, if the table says so.

    Rows do not overlap. A table by several things is a table of tables.

    Attributes:
        total: some row fits whatever `by` may be.
        measure: what a named value comes to; a fact needs none.
        step: of the numbers that `by` may be, if it has one.
    """

    by: str
    rows: tuple[Row, ...]
    otherwise: Expression | None
    total: bool
    measure: Expression | None = None
    step: Rational | None = None


@dataclass(frozen=True, slots=True)
class Bounded:
    """A value that counts only within its bounds; what lies outside is not recognised, never cut to fit."""

    value: Expression
    at_least: Expression | None
    at_most: Expression | None


@dataclass(frozen=True, slots=True)
class Unfiled:
    """An open slot that nobody has filled: whatever lies between its bounds (articles 8(6) to 8(10))."""

    at_least: Rational | None
    at_most: Rational | None


Expression = Constant | Name | Negation | Operation | Call | Table | Bounded | Unfiled


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside this one."""
    match expression:
        case Negation(operand):
            return (operand,)
        case Operation(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case Table(rows=rows, otherwise=otherwise, measure=measure):
            inner = (measure, *(row.worth for row in rows), otherwise)
            return tuple(part for part in inner if part is not None)
        case Bounded(value, at_least, at_most):
            return tuple(part for part in (value, at_least, at_most) if part is not None)
        case _:
            return ()


def names_in(expression: Expression) -> Iterator[str]:
    """Every name that the expression depends on, table keys included, in the order of writing."""
    if isinstance(expression, Name):
        yield expression.id
    if isinstance(expression, Table) and expression.measure is None:
        yield expression.by
    for part in parts(expression):
        yield from names_in(part)
