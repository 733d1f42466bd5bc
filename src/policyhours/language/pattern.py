"""Patterns: what a fact may be. The one form of condition in a policy.

A pattern is a value, a list of values, a range of numbers (``2..``, ``..5``, ``2..3``) or ``any``. The same
form stands in conditions, as the key of a table, in review routes and in the title review.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from policyhours.language.number import Range, Rational, as_range, contains, exact, meet, overlap, within

Stated = str | bool | Rational
"""What a case can state as a fact: an option's id, true or false, a number, a text."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that a case does not state: any of the options, or anything at all where they are ``None``."""

    options: frozenset[Stated] | None


Given = Stated | Range | Unknown
"""What is known of a fact."""


@dataclass(frozen=True, slots=True)
class Anything:
    """``any``: every value fits, a missing one as well."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One value, or a list of them."""

    values: frozenset[Stated]


@dataclass(frozen=True, slots=True)
class Between:
    """A range of numbers, both ends included."""

    range: Range


Pattern = Anything | OneOf | Between

_RANGE = re.compile(r"(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")


def fits(pattern: Pattern, value: Given) -> bool | None:
    """Whether the value fits the pattern; ``None`` where the value is not known well enough to say."""
    match pattern:
        case Anything():
            return True
        case OneOf(values):
            if isinstance(value, Unknown):
                return _how_many(values, value.options)
            if isinstance(value, Range):
                known = any(not isinstance(v, str | bool) and contains(value, v) for v in values)
                return None if known else False
            return value in values
        case Between(span):
            if isinstance(value, Unknown):
                return None
            if isinstance(value, str | bool):
                return False
            given = as_range(value)
            if within(given, span):
                return True
            return None if meet(given, span) else False


def _how_many(values: frozenset[Stated], options: frozenset[Stated] | None) -> bool | None:
    if options is None:
        return None
    if options <= values:
        return True
    return None if options & values else False


def narrowed(value: Given, pattern: Pattern) -> Given:
    """What an unknown value may still be once the pattern is known to hold."""
    match pattern, value:
        case OneOf(values), Unknown(options):
            return Unknown(values if options is None else options & values)
        case OneOf(values), Range():
            numbers = [v for v in values if not isinstance(v, str | bool) and contains(value, v)]
            return Range(min(numbers), max(numbers)) if numbers else value
        case Between(span), Range():
            return overlap(value, span)
        case _:
            return value


def parse_range(text: str) -> Range | None:
    """The range that `text` writes (``2..``, ``..5``, ``2..3``), or ``None`` where it writes none."""
    found = _RANGE.fullmatch(text)
    if not found or not (found[1] or found[2]):
        return None
    low, high = (None if end is None else exact(Fraction(end)) for end in found.groups())
    return Range(low, high)
