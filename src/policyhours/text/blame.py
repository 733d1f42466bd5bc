"""Blame: which full-width mark made YAML fail; see `fullwidth`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyhours.text.place import Place
from policyhours.text.source import Source

_WORD = "(?:[A-Za-z_][A-Za-z0-9_.]{0,60}|[\u4e00-\u9fff]{1,12}|[\"'] *[\"'])"
_ON_A_LINE: Final = (
    re.compile(f"^ *(?:- +)*{_WORD} ?(：)"),  # a key and its colon
    re.compile("(?:.*?[:：-])? *([［｛【])"),  # a bracket where a value starts
    re.compile(" *([\u3000\xa0])"),  # indentation
)
_IN_BRACKETS: Final = (
    re.compile(f"[{{\\[｛［,，] *{_WORD} ?(：)"),
    re.compile("[{\\[,，] *([［｛【])"),
    re.compile("([］｝】]) *(?:$|[,，\\]}])"),  # a bracket where a value ends
    re.compile(f"([，、]) *(?:$|{_WORD} ?[:：]|[{{\\[｛［\"'])"),  # what parts two items
    re.compile("[}\\]\"'] *([，、])"),
)
_QUOTED_OR_COMMENT = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:^| )#.*""")
_MAX_LINE = 1000
_MAX_LINES = 50


def blamed(source: Source, first: int, line: int, column: int, *, in_brackets: bool = False) -> Place | None:
    """The full-width mark to blame for YAML's failure at line and column in what began on line `first`.

    The last one before the failure; if there is none, the first one behind it on the same line.
    """
    before: Place | None = None
    for number in range(max(1, first, line - _MAX_LINES), line + 1):
        for place in suspects(source, number, in_brackets=in_brackets):
            if number == line and place.column > column:
                return before or place
            before = place
    return before


def suspects(source: Source, number: int, *, in_brackets: bool) -> Iterator[Place]:
    """The full-width marks on a line that may have been meant as YAML's, from left to right."""
    text = source.line(number)
    if text.isascii() or len(text) > _MAX_LINE:
        return
    bare = _QUOTED_OR_COMMENT.sub(_blanked, text)
    found = [first for pattern in _ON_A_LINE if (first := pattern.match(bare))]
    if in_brackets:
        found += [each for pattern in _IN_BRACKETS for each in pattern.finditer(bare)]
    yield from (Place(source, number, at + 1) for at in sorted({each.start(1) for each in found}))


def _blanked(quoted: re.Match[str]) -> str:
    """The quotes, or whatever stands at both ends, with blanks between."""
    text = quoted[0]
    return text[0] + " " * (len(text) - 2) + text[-1] if text[0] in "\"'" else " " * len(text)
