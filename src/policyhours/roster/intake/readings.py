"""Readings: a column of a typed file, read in SQL without looking at a single cell in Python.

Where a file already holds numbers, days, booleans and the options themselves, its rows are only checked. What
cannot be read so is left to `distinct`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policyhours.roster.intake.cells import LOST_DIGITS, NEAR
from policyhours.roster.intake.columns import FIRST_DAY, LAST_DAY, Column
from policyhours.roster.quoting import literal

_WHOLE: Final = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
_DAYS: Final = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"})
_BINARY: Final = frozenset({"FLOAT", "DOUBLE"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a column is read, as SQL expressions.

    Attributes:
        value: the canonical value; nothing where the cell is empty or does not fit.
        fits: whether the cell fits, never nothing; empty where every cell does.
    """

    value: str
    fits: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """How a typed column is read: with care, or plainly where it is known that every cell fits.

    Attributes:
        name: the file's column, quoted.
        plain: the canonical value of a cell for which `sure` holds; empty where there is no plainer form.
        sure: a condition on the file's column; nothing where the cell is empty.
        fits: of a text, what a cell that is read plainly has to fit; empty where every cell does.
    """

    name: str
    careful: Reading
    plain: str = ""
    sure: str = ""
    fits: str = ""


def read_typed(column: Column, name: str, type_: str, *, shared: bool) -> Typed | None:
    """How a typed column is read; ``None`` where its cells have to be looked at.

    Args:
        column: what it may hold.
        name: the file's column, quoted.
        type_: its type in the file.
        shared: another fact has the same head, so a text that is no option here is kept as it stands.
    """
    match column.type:
        case "text" | "stated":
            return _text(column, name, type_)
        case "choice" if type_ == "VARCHAR":
            return _choice(column, name, shared)
        case "boolean" if type_ == "BOOLEAN":
            return Typed(name, Reading(name))
        case "date" if type_ in _DAYS:
            return _day(name)
        case "integer" | "number" if column.step is not None:
            return _number(column, name, type_)
        case _:
            return None


def needed(reading: Reading) -> Reading:
    """The reading of a column without which a row says nothing: empty cells do not fit."""
    there = f"{reading.value} IS NOT NULL"
    return Reading(reading.value, f"({there} AND {reading.fits})" if reading.fits else there)


def whole_code(text: str) -> str:
    """Whether a text is no code that was taken for a number and has lost its last digits, in SQL."""
    lost = f"regexp_full_match({text}, {literal(LOST_DIGITS)})"
    return f"CASE WHEN contains({text}, 'E+') OR contains({text}, 'e+') THEN NOT {lost} ELSE TRUE END"


def _text(column: Column, name: str, type_: str) -> Typed | None:
    if type_ in _WHOLE:
        return Typed(name, Reading(f"CAST({name} AS VARCHAR)"))
    if type_ != "VARCHAR":
        return None
    # Trimming ten million texts is slow, so only those are trimmed that may have a space at an end.
    spaced = f"contains({name}, ' ') OR strlen({name}) <> length({name})"
    value = f"CASE WHEN {name} = '' THEN NULL WHEN {spaced} THEN nullif(trim({name}), '') ELSE {name} END"
    listed = column.needed and column.id == "id"  # whoever names a listed code has to name it as it stands
    careful, plain = (f"COALESCE({whole_code(v)}, TRUE)" if listed else "" for v in (value, name))
    return Typed(name, Reading(value, careful), name, f"({name} <> '' AND NOT ({spaced}))", plain)


def _choice(column: Column, name: str, shared: bool) -> Typed:
    spelled = {spelling: spelling for spelling in column.contested} | dict(column.labels)
    spelled |= {label: option for option, label in column.options.items() if label not in column.contested}
    known = ", ".join(literal(spelling) for spelling in spelled)
    options = ", ".join(literal(option) for option in spelled.values())
    trimmed = f"trim({name})"
    option = f"MAP([{known}], [{options}])[{trimmed}]"
    fits = f"COALESCE({trimmed} = '' OR {option} IS NOT NULL, TRUE)"
    careful = Reading(f"COALESCE({option}, nullif({trimmed}, ''))" if shared else option, fits)
    ids = ", ".join(literal(option) for option in column.options)
    return Typed(name, careful, name, f"{name} IN ({ids})")


def _day(name: str) -> Typed:
    day = f"CAST({name} AS DATE)"
    sure = f"{day} BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}'"
    return Typed(name, Reading(f"CASE WHEN {sure} THEN {day} END", f"COALESCE({sure}, TRUE)"), day, sure)


def _number(column: Column, name: str, type_: str) -> Typed | None:
    assert column.step is not None
    step = Fraction(column.step)
    low, high = column.steps
    if type_ in _WHOLE and step.numerator == 1:
        # Compared before it is multiplied: the bounds keep the product small.
        least, most = -(-low // step.denominator), high // step.denominator
        sure = f"{name} BETWEEN {least} AND {most}"
        steps = f"CAST({name} AS BIGINT)" + (f" * {step.denominator}" if step.denominator != 1 else "")
    elif type_ in _BINARY or type_.startswith("DECIMAL"):
        over = f" / {step.numerator}" if step.numerator != 1 else ""
        exact = f"CAST({name} AS DOUBLE) * {step.denominator}{over}"
        near = f"round({exact})"
        sure = f"(abs({exact} - {near}) <= {NEAR} AND {near} BETWEEN {low} AND {high})"
        if type_ in _BINARY:  # asked outright: what a file says of its least and greatest leaves them out
            sure = f"(isfinite({name}) AND {sure})"
        steps = f"CAST({near} AS BIGINT)"
    else:
        return None
    if column.narrow:
        steps = f"CAST({steps} AS INTEGER)"
    # Both sides of a case may be worked out.
    careful = f"CASE WHEN {sure} THEN {steps.replace('CAST(', 'TRY_CAST(')} END"
    return Typed(name, Reading(careful, f"COALESCE({sure}, TRUE)"), steps, sure)
