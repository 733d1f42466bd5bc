"""Full-width punctuation where YAML's own was meant.

A Chinese input method writes ``：``, ``，``, ``［`` where YAML reads a colon, a comma, a bracket. Often
YAML then fails, and `blame` finds the culprit. Sometimes it reads on and takes a whole line for a text;
`misplaced` notices that. Both are careful: Chinese prose is full of such punctuation, and none of it is a
mistake.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, Literal

from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.within import spots, within

Position = Literal["document", "key", "value", "value below", "item", "flow item"]
"""Where a text stands: ``value`` is on its key's line, ``value below`` on a later one."""

HALF_WIDTH: Final = {
    **{"：": ": ", "，": ",", "、": ","},
    **{"［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}"},
}
"""What each full-width mark stands for where it was meant as YAML's."""

_SPACES = "\u3000\xa0"
_KEY = re.compile("(?:^|[ \n])([a-z_][a-z0-9_]* *)(：)")
_KEY_BEHIND_COMMA = re.compile("([，、]) *[a-z][a-z0-9_]{2,} *：")
_BRACKET_BEHIND_COLON = re.compile("(：) *[{\\[]")
_ASCII_LIST = re.compile("[ -~]+(?:[，、][ -~]+)+")
_BRACKETED = re.compile("［.*］|｛.*｝", re.DOTALL)


def misplaced(raw: str, place: Place, position: Position) -> Finding | None:
    """What is wrong with an unquoted text that YAML accepts, if it surely was meant otherwise."""
    if raw[0] in _SPACES or raw[-1] in _SPACES:
        offset = 0 if raw[0] in _SPACES else len(raw) - 1
        return slip(within(place, raw, offset))
    if _BRACKETED.fullmatch(raw) or (position == "key" and raw[0] in "［｛"):
        return slip(within(place, raw, 0))
    if position == "flow item" and _ASCII_LIST.fullmatch(raw):
        return slip(within(place, raw, next(at for at, mark in enumerate(raw) if mark in "，、")))
    comma = _KEY_BEHIND_COMMA.search(raw) if position == "value" and "。" not in raw else None
    if comma:  # between braces, where the rest of them has become part of one text
        return slip(within(place, raw, comma.start(1)))
    colon = _colon(raw, place, position) if "：" in raw else None
    return slip(colon) if colon else None


def slip(place: Place) -> Finding:
    """The finding for the full-width mark or space at this place."""
    found = place.source.line(place.line)[place.column - 1]
    if found in HALF_WIDTH:
        return Finding("PH117", place, {"found": found, "expected": HALF_WIDTH[found]})
    return Finding("PH132", place, {"found": f"U+{ord(found):04X}"})


def _colon(raw: str, place: Place, position: Position) -> Place | None:
    """Where a full-width colon stands that can only have been meant as YAML's.

    It stands behind a key of ours, in small Latin letters, at the start of a line or an item: no prose begins
    like that. Or it stands in a document that is nothing but a text, or before a bracket that it keeps from
    opening.
    """
    if position == "document":
        return within(place, raw, raw.index("："))
    if position == "key":
        found = _BRACKET_BEHIND_COLON.search(raw)
        return within(place, raw, found.start(1)) if found else None
    where = list(islice(spots(place, raw), len(raw)))
    for found in _KEY.finditer(raw):
        start, colon = found.start(1), found.start(2)
        starts_line = position != "value" if start == 0 else where[start - 1][0] < where[start][0]
        if starts_line:
            return Place(place.source, *where[colon])
    return None
