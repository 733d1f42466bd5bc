"""Scalars by our own rules: what an unquoted text is.

``90`` is a number, ``0.5`` and ``2/3`` are exact rationals, ``2025-06-30`` is a date, ``true`` and ``false``
are what they say, ``null`` and nothing at all are nothing; all else is text. So ``no`` is not false,
``1:30`` is not ninety, ``010`` is not eight, ``1e3`` is not a thousand: where such a text does not belong, it
is refused as text.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Value

MAX_DIGITS: Final = 18
"""The most digits of a whole number, and of each part of a decimal or a rational."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(?:\.([0-9]+)|/([1-9][0-9]*))?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "": None}
_STARTS = frozenset("-0123456789")


def read_scalar(raw: str, place: Place) -> Value:
    """What an unquoted text is.

    Raises:
        Refused: for a day that does not exist, and for a number with more digits than any can need.
    """
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] not in _STARTS:
        return raw
    if found := _NUMBER.fullmatch(raw):
        if len(raw) > MAX_DIGITS and any(len(part or "") > MAX_DIGITS for part in found.groups()):
            raise Refused((Finding("PH119", place, {"found": raw, "limit": str(MAX_DIGITS)}),))
        return int(raw) if found.lastindex == 1 else Fraction(raw)
    if found := _DATE.fullmatch(raw):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise Refused((Finding("PH118", place, {"found": raw}),)) from None
    return raw
