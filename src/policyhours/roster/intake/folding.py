"""Folding: one spelling for what looks alike, in Python and in SQL.

Chinese input methods write full-width digits, letters and spaces; copied cells carry spaces that nobody
sees. Two spellings of one thing must not become two things.
"""

from __future__ import annotations

import re
from typing import Final

from policyhours.roster.quoting import literal

SPACES: Final = " \t\n\r\v\f\xa0\u1680\u2002\u2003\u2007\u2009\u202f\u205f\u3000"
"""What is cut off at both ends of a cell."""

_WIDTHLESS: Final = "\xad\u200b\u200c\u200d\u2060\ufeff"
_FULL: Final = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000\xa0"
_HALF: Final = "".join(chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)) + "  "
_FOLDS: Final = str.maketrans(_FULL, _HALF, _WIDTHLESS)
_BRACKETED: Final = re.compile(r"\([^()]*\)$|\[[^\[\]]*\]$")
_MARKS: Final = " \t\n\r:*"


def fold(text: str) -> str:
    """The text with half-width digits, letters and marks, and without what nobody sees around or in it."""
    return text.translate(_FOLDS).strip(SPACES)


def key(text: str) -> str:
    """What two labels or heads that mean the same have in common: folded, small letters, no spaces."""
    return "".join(fold(text).casefold().split())


def head_keys(head: str) -> tuple[str, ...]:
    """The keys of a head: as it stands, and without the unit or remark in brackets at its end."""
    whole = key(head).strip(_MARKS)
    bare = _BRACKETED.sub("", whole).strip(_MARKS)
    return (whole, bare) if bare and bare != whole else (whole,)


def folded_sql(column: str) -> str:
    """`fold` as an SQL expression over the column; nothing where only spaces are left."""
    from_, to = literal(_FULL + _WIDTHLESS), literal(_HALF)
    folded = f"nullif(trim(translate({column}, {from_}, {to}), {literal(SPACES)}), '')"
    return f"CASE WHEN {is_plain(column)} THEN {column} ELSE {folded} END"


def is_plain(column: str) -> str:
    """Whether a text stays as it is when it is folded, in SQL: folding is slow, and this is not."""
    return f"regexp_full_match({column}, '[!-~]+')"
