"""One cell, read carefully: what stands in a sheet, a CSV or a database → an exact value, or a fault."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Final

from policyhours.language.number import exact
from policyhours.roster.intake.columns import FIRST_DAY, LARGEST, LAST_DAY, Column, Value, described
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.folding import fold, key
from policyhours.sheet.spelling import ERRORS, spelled
from policyhours.text.nearest import hint

MERGED: Final = "\ue000"
"""Stands before a number that one merged cell gives to several rows: each, or all of them together?"""

LOST_DIGITS: Final = r"[0-9](\.[0-9]+)?[eE]\+[0-9]+"
"""A code that was taken for a number and has lost its last digits, as an SQL and a Python pattern."""

NEAR: Final = "1e-9"
"""A binary number that is this near to a whole number of steps means that number."""

_LOST: Final = re.compile(LOST_DIGITS)
_NUMBER: Final = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))(?:\.([0-9]+)|/([0-9]*[1-9][0-9]*))?")
_DATES: Final = (
    re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]+([0-9:.]+))?"),
    re.compile(r"([0-9]{4})()年([0-9]{1,2})月([0-9]{1,2})[日号]?"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_CLOCK: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?")
_YES: Final = frozenset({"是", "有", "√", "✓", "✔", "true", "yes", "y", "1"})
_NO: Final = frozenset({"否", "无", "×", "✗", "✘", "false", "no", "n", "0"})


def read_cell(cell: object, column: Column) -> Value | Fault | None:
    """What a cell says.

    Args:
        cell: a text, or what a typed file holds: a number, a day, true or false; ``None`` where it is empty.
        column: what it may say.

    Returns:
        The value: an option's id, a boolean, an exact number, a day or a text. ``None`` where the cell is
        empty. A fault where it fits nothing that the column may hold.
    """
    if cell is None:
        return None
    if column.type in ("integer", "number") and isinstance(cell, float | Decimal):
        return _binary(cell, column)
    if column.type == "date" and isinstance(cell, date):
        return _day(cell.date() if isinstance(cell, datetime) else cell, column)
    text = fold(spelled(cell) or "")
    if not text:
        return None
    if fault := _no_value(text, column):
        return fault
    match column.type:
        case "choice":
            return _option(text, column)
        case "boolean":
            return _boolean(text, column)
        case "integer" | "number":
            return _number(text, column)
        case "date":
            return _date(text, column)
        case _:
            return text


def _no_value(text: str, column: Column) -> Fault | None:
    """What stands in a cell that says nothing: a failed formula, or one that nobody has worked out."""
    if text in ERRORS:
        return Fault("RO304", {"found": text}, column.id)
    if text.startswith("="):
        return Fault("RO303", {"found": text}, column.id)
    if column.type in ("text", "stated") and _LOST.fullmatch(text):
        return Fault("RO302", {"found": text, "fact": column.title}, column.id)
    return None


def _option(text: str, column: Column) -> Value | Fault:
    spelling = key(text)
    if option := column.labels.get(spelling):
        return option
    if spelling in column.contested:
        return text
    known = [*column.options.values(), *column.options]
    words = {"found": text, "fact": column.title, "expected": described(column)}
    words |= {"expected_en": f"one of: {described(column, 'en')}"}
    if column.policies:
        policy = "、".join(column.policies)
        return Fault("PH803", words | {"policy": policy} | hint(text, known), column.id)
    return Fault("PH805", words | hint(text, known, (words["expected"], words["expected_en"])), column.id)


def _boolean(text: str, column: Column) -> bool | Fault:
    spelling = key(text)
    if spelling in _YES or spelling in _NO:
        return spelling in _YES
    zh, en = described(column), described(column, "en")
    words = {"found": text, "fact": column.title, "expected": zh, "expected_en": en}
    return Fault("PH805", words | hint(text, ["是", "否"], (zh, en)), column.id)


def _number(text: str, column: Column) -> int | Fraction | Fault:
    if text.startswith(MERGED):
        return Fault("RO307", {"found": text[len(MERGED) :], "fact": column.title}, column.id)
    bare = text.removesuffix(column.unit_word).rstrip() if column.unit_word else text
    found = _NUMBER.fullmatch(bare)
    if found is None or len(bare) > 30:
        return _misfit(text, column)
    whole, decimals, under = found.groups()
    number = Fraction(f"{whole.replace(',', '')}.{decimals or 0}")
    return _checked(number / int(under) if under else number, text, column)


def _binary(cell: float | Decimal, column: Column) -> int | Fraction | Fault:
    """A binary number means the number of steps that it is nearest to; without a step its decimal."""
    text = spelled(cell) or ""
    if not isfinite(cell):
        return _misfit(text, column)
    if column.step is None:
        return _checked(Fraction(Decimal(text)), text, column)
    steps = Fraction(cell) / Fraction(column.step)
    near = round(steps)
    if abs(steps - near) <= Fraction(NEAR):
        return _checked(near * Fraction(column.step), text, column)
    return _misfit(text, column)


def _checked(number: Fraction, text: str, column: Column) -> int | Fraction | Fault:
    """The number, if it is on the column's step and within its bounds."""
    low, high = column.at_least, column.at_most
    fits = (low is None or low <= number) and (high is None or number <= high)
    if column.step is not None:
        steps = number / Fraction(column.step)
        fits = fits and steps.denominator == 1 and column.steps[0] <= steps <= column.steps[1]
    return exact(number) if fits and abs(number) <= LARGEST else _misfit(text, column)


def _misfit(text: str, column: Column) -> Fault:
    words = {"found": text, "fact": column.title}
    return Fault(
        "PH806",
        words | {"expected": described(column), "expected_en": described(column, "en")},
        column.id,
    )


def _date(text: str, column: Column) -> date | Fault:
    packed = re.sub(r"\s*([年月日号])\s*", r"\1", text)
    found = next((m for pattern in _DATES if (m := pattern.fullmatch(packed))), None)
    clock = found[5] if found is not None and found.re is _DATES[0] else None
    if found is None or (clock is not None and not _CLOCK.fullmatch(clock)):
        return _no_date(text, column)
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        words = {"expected": described(column), "expected_en": described(column, "en")}
        return Fault("PH118", {"found": text, **words}, column.id)
    return _day(day, column)


def _day(day: date, column: Column) -> date | Fault:
    return day if FIRST_DAY <= day <= LAST_DAY else _no_date(day.isoformat(), column)


def _no_date(text: str, column: Column) -> Fault:
    words = {"expected": described(column), "expected_en": described(column, "en")}
    return Fault("RO301", {"found": text, "fact": column.title, **words}, column.id)
