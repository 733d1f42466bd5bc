"""Stored rows: a row of a canonical relation back as the exact values that it states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from policyhours.language.number import exact
from policyhours.language.rules import Rules
from policyhours.roster.intake.columns import Column, Table, Value
from policyhours.roster.intake.rows import own_columns, together

Columns = Mapping[str, Column]


def values_of(names: Sequence[str], row: Sequence[object], columns: Columns) -> dict[str, Value]:
    """The values of a row; what is silent, or no column of a relation, is left out.

    Args:
        names: of the row's columns.
        row: as the database gives it.
        columns: what the relation's columns hold.
    """
    return {
        name: _value(stored, columns[name])
        for name, stored in zip(names, row, strict=True)
        if stored is not None and name in columns
    }


def fitting(
    table: Table, values: Mapping[str, Value], columns: Columns, rules: Rules
) -> dict[str, Value] | None:
    """What a row says under one set of rules; what these do not know has no effect.

    ``None`` where something does not fit, or only the row as it stands in the file can tell: see
    `intake.rows.read_row`.
    """
    own = own_columns(table, rules)
    kept = {name: value for name, value in values.items() if name in own}
    if any(not _fits(value, columns[name], own[name]) for name, value in kept.items()):
        return None
    if any(column.needed and column.id not in kept for column in own.values()):
        return None
    return None if together(table, kept, rules) else kept


def _value(stored: object, column: Column) -> Value:
    assert isinstance(stored, bool | str | int | date)
    if column.type not in ("integer", "number") or isinstance(stored, bool | date):
        return stored
    if column.step is None:
        return exact(Fraction(stored))
    assert isinstance(stored, int)
    return exact(stored * Fraction(column.step))


def _fits(value: Value, column: Column, own: Column) -> bool:
    """Whether a value that fits the column of all rules fits that of these."""
    if column.type == "stated":
        return own.type == "text"
    if own.type == "choice":
        return value in own.options and column.type == "choice"
    if own.type not in ("integer", "number"):
        return column.type == own.type
    if isinstance(value, bool | str | date):
        return False
    low, high = own.at_least, own.at_most
    within = (low is None or low <= value) and (high is None or value <= high)
    return within and (own.step is None or Fraction(value) % own.step == 0)
