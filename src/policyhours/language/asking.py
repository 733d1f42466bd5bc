"""Asking: which facts to ask for at all, and which first where what else is needed depends on them."""

from __future__ import annotations

from collections.abc import Mapping

from policyhours.language.calculator import open_names
from policyhours.language.expression import Expression, Table, parts
from policyhours.language.number import Range
from policyhours.language.pattern import Given, Unknown, fits
from policyhours.language.rules import Rules


def facts_asked(rules: Rules, kind: str) -> frozenset[str]:
    """The facts of an activity of this kind that can have any effect, under whatever reading."""
    standard = rules.standards[kind]
    per = {name for ceiling in rules.ceilings if kind in ceiling.of for name in ceiling.per}
    return standard.mentions | standard.matters | per


def first_open_names(expression: Expression, given: Mapping[str, Given]) -> set[str]:
    """The names to settle first, of those that leave the expression open.

    While it is not known which row of a table holds, only what the table goes by is asked for: what else is
    needed depends on the row. Of the parts of a sum or a product each is asked for.

    Args:
        expression: over facts and what a decision may set.
        given: what is known of the names in it.
    """
    if not parts(expression):
        return open_names(expression, given)
    if not isinstance(expression, Table):
        return _each(parts(expression), given)
    if expression.measure is not None:
        by = first_open_names(expression.measure, given)
        return by or _each(tuple(p for p in parts(expression) if p is not expression.measure), given)
    fact = given[expression.by]
    held = tuple(row.worth for row in expression.rows if fits(row.key, fact))
    if not held and isinstance(fact, Range | Unknown):
        return {expression.by}
    otherwise = () if held or expression.otherwise is None else (expression.otherwise,)
    return _each((*held, *otherwise), given)


def _each(expressions: tuple[Expression, ...], given: Mapping[str, Given]) -> set[str]:
    return set().union(*(first_open_names(part, given) for part in expressions))
