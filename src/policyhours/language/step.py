"""Steps: the greatest number of which everything that an expression can come to is a multiple."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from policyhours.language.expression import (
    Bounded,
    Call,
    Constant,
    Expression,
    Name,
    Negation,
    Operation,
    Table,
)
from policyhours.language.number import Rational, exact


def step_of(expression: Expression, steps: Mapping[str, Rational | None]) -> Rational | None:
    """The step of an expression; 0 where it is always 0, ``None`` where no step is known.

    Args:
        expression: over facts.
        steps: the step of every fact that is a number; ``None`` where it has none.
    """
    match expression:
        case Constant(value=number):
            return -number if number < 0 else number
        case Name(id=name):
            return steps.get(name)
        case Negation(operand):
            return step_of(operand, steps)
        case Operation("+" | "-", left, right):
            return _common(step_of(left, steps), step_of(right, steps))
        case Operation("*", left, right):
            a, b = step_of(left, steps), step_of(right, steps)
            return None if a is None or b is None else exact(Fraction(a) * b)
        case Operation("/", left, Constant(divisor)) if divisor:
            a = step_of(left, steps)
            return None if a is None else exact(abs(Fraction(a) / divisor))
        case Call("floor" | "ceil"):
            return 1
        case Call("round_to", (_, step)):
            return step_of(step, steps)
        case Call("min" | "max", arguments):
            return _all(arguments, steps)
        case Table(rows=rows, otherwise=otherwise, total=total) if total or otherwise:
            return _all((*(row.worth for row in rows), *((otherwise,) if otherwise else ())), steps)
        case Bounded(bounded):
            return step_of(bounded, steps)
        case _:
            return None


def _all(expressions: tuple[Expression, ...], steps: Mapping[str, Rational | None]) -> Rational | None:
    found: Rational | None = 0
    for expression in expressions:
        found = _common(found, step_of(expression, steps))
    return found


def _common(a: Rational | None, b: Rational | None) -> Rational | None:
    """The greatest number of which both are multiples; of a number and 0 that number."""
    if a is None or b is None:
        return None
    a, b = Fraction(a), Fraction(b)
    whole = lcm(a.denominator, b.denominator)
    return exact(Fraction(gcd(int(a * whole), int(b * whole)), whole))
