"""Columns: what one column of a table may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from policyhours.language.number import Rational
from policyhours.language.unit import parse_unit, unit_title
from policyhours.language.words import shown

Table = Literal["persons", "activities", "decisions", "bases"]
TABLES: Final[tuple[Table, ...]] = ("persons", "activities", "decisions", "bases")

Type = Literal["text", "choice", "boolean", "integer", "number", "date", "stated"]
"""What a cell of a column is; ``stated`` is a text that only the person's own rules can read."""

Value = str | bool | int | Fraction | date
"""What a cell says: an option's id, a text, true or false, an exact number, a day."""

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2200
LARGEST: Final = 10**12
"""No number in a roster is further from zero, in steps where it has a step: so nothing overflows."""


@dataclass(frozen=True, slots=True)
class Column:
    """What one column may hold.

    Attributes:
        id: the canonical name.
        titles: the Chinese words that may head it, the best first.
        needed: whether a row without it says nothing.
        unit: as a policy writes it.
        step: every number is a multiple of it; ``None`` for any number.
        options: id → label, for a choice.
        labels: every spelling of an option, as `folding.key` gives it → the option.
        contested: spellings that mean different options in different rules.
        policies: for the kinds of activity, the policies that declare them.
        narrow: stored as a 32-bit integer, as years are.
    """

    id: str
    titles: tuple[str, ...]
    type: Type
    needed: bool = False
    unit: str | None = None
    step: Rational | None = None
    at_least: Rational | None = None
    at_most: Rational | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    contested: frozenset[str] = frozenset()
    policies: tuple[str, ...] = ()
    narrow: bool = False

    @property
    def title(self) -> str:
        """The Chinese title."""
        return self.titles[0]

    @property
    def stored(self) -> str:
        """The type in the database: a number with a step is stored as its number of steps."""
        if self.type in ("integer", "number") and self.step is not None:
            return "INTEGER" if self.narrow else "BIGINT"
        return {"boolean": "BOOLEAN", "date": "DATE"}.get(self.type, "VARCHAR")

    @property
    def steps(self) -> tuple[int, int]:
        """The least and the greatest number of steps; only where there is a step."""
        assert self.step is not None
        step = Fraction(self.step)
        low = -LARGEST if self.at_least is None else -(-self.at_least // step)
        high = LARGEST if self.at_most is None else self.at_most // step
        return max(int(low), -LARGEST), min(int(high), LARGEST)

    @property
    def unit_word(self) -> str:
        """The unit in Chinese, such as 天; empty where there is none."""
        return unit_title(parse_unit(self.unit)) if self.unit else ""


def stored_value(value: Value, column: Column) -> str | bool | int | date:
    """What the database holds for the value: steps for a number with a step, else its exact text."""
    if isinstance(value, bool | str | date):
        return value
    if column.step is None:
        return shown(value)
    return int(Fraction(value) / column.step)


def described(column: Column, lang: str = "zh") -> str:
    """In words, what the column may hold."""
    zh = lang == "zh"
    match column.type:
        case "choice":
            return "、".join(column.options.values()) if zh else ", ".join(column.options)
        case "boolean":
            return "是、否" if zh else "true or false"
        case "date":
            return "日期，如 2025-06-30" if zh else "a date such as 2025-06-30"
        case "integer" | "number":
            return _number(column, zh)
        case _:
            return "文字" if zh else "a text"


def _number(column: Column, zh: bool) -> str:
    whole = column.type == "integer"
    words = [("整数" if zh else "a whole number") if whole else ("数" if zh else "a number")]
    if column.at_least is not None:
        words.append(f"{'不小于' if zh else 'at least '}{shown(column.at_least)}")
    if column.at_most is not None:
        words.append(f"{'不大于' if zh else 'at most '}{shown(column.at_most)}")
    if column.step not in (None, 1):
        words.append(f"{shown(column.step)}的倍数" if zh else f"a multiple of {shown(column.step)}")
    return ("，" if zh else ", ").join(words)
