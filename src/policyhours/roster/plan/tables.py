"""Tables: what the plan may read, and how each column holds its fact.

There are ``persons`` and ``activities``, and maybe ``decisions`` and ``bases``. A number stands in its column
as how many steps it is: 1.5 hours at a step of a tenth is 15.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policyhours.language.rules import Fact, Rules
from policyhours.roster.intake.columns import Column
from policyhours.roster.intake.vocabulary import vocabulary
from policyhours.roster.plan.term import Beyond


@dataclass(frozen=True, slots=True)
class Stored:
    """How a column holds its fact.

    Attributes:
        type: of the fact: choice, boolean, integer, number, text, date; ``stated`` where it is only text.
        step: of a number, what one of its whole numbers stands for.
    """

    type: str
    step: Fraction | None = None


Columns = Mapping[str, Stored]
"""The columns of one table, by name."""

Tables = Mapping[str, Columns]
"""The columns of the tables that there are."""


def stored(fact: Fact) -> Stored:
    """How a column holds a fact that only one policy has."""
    if fact.kind == "integer":
        return Stored("integer", Fraction(1))
    if fact.kind == "number":
        return Stored("number", None if fact.step is None else Fraction(fact.step))
    return Stored("text" if fact.kind == "identity" else fact.kind)


def held(column: Column) -> Stored:
    """How a relation of intake holds what may stand in one of its columns."""
    return Stored(column.type, None if column.step is None else Fraction(column.step))


def tables_for(rules: Sequence[Rules]) -> Tables:
    """All tables with every column that somebody under these rules may need."""
    named = vocabulary(rules).tables
    return {
        table: {name: held(column) for name, column in columns.items()} for table, columns in named.items()
    }


def step_in(columns: Columns, fact: Fact) -> Fraction | None:
    """What one whole number of the fact's column stands for; ``None`` where it is no number, or has no step.

    Raises:
        Beyond: where the column holds something else than the fact is.
    """
    own = stored(fact)
    there = columns.get(fact.id, own)
    numbers = ("integer", "number")
    if there.type != own.type and not (there.type in numbers and own.type in numbers):
        raise Beyond("stated")
    return there.step
