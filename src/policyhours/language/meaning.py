"""Meaning: what a value as written comes to, and the unit that its parts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyhours.language.expression import Expression, Row
from policyhours.language.formula import FormulaFault
from policyhours.language.pattern import Anything
from policyhours.language.unit import ANY, Unit, unit_title
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a value node comes to: worked in, as written, and its unit."""

    worked: Expression
    stated: Expression
    unit: Unit


def common(units: Sequence[Unit], offset: int) -> Unit:
    """The unit that all share.

    Raises:
        FormulaFault: at `offset`, where they do not.
    """
    known = [unit for unit in units if unit is not ANY]
    for unit in known[1:]:
        if unit != known[0]:
            a, b = (unit_title(u) for u in (known[0], unit))
            a_en, b_en = (unit_title(u, "en") for u in (known[0], unit))
            raise FormulaFault("PH409", offset, first=a, second=b, first_en=a_en, second_en=b_en)
    return known[0] if known else ANY


def alike(meanings: Sequence[Meaning], table: Node) -> Unit:
    """The unit that the rows of a table share.

    Raises:
        Refused: where they do not.
    """
    try:
        return common([meaning.unit for meaning in meanings], 0)
    except FormulaFault as fault:
        raise refusal(fault.code, table, **fault.words) from None


def any_last(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with ``any`` behind the others, so that it takes only what they leave."""
    return tuple(sorted(rows, key=lambda row: isinstance(row.key, Anything)))


def refusal(code: str, node: Node, **words: str) -> Refused:
    """The refusal of a node."""
    return Refused((Finding(code, node.place, words),))
