"""Blanks: what a draft leaves to be filled in or checked carries a word that nobody means otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from policyhours.text.place import Place

BLANK: Final = "待填"
"""Stands for a value that is still to be filled in; in a comment, for a line that is still to be checked."""

_ALONE: Final = re.compile(rf"(?<![\w]){BLANK}(?!\w)")
_KEY: Final = re.compile(r"[-\s]*([^\s:#{}\[\],\"']+):")


@dataclass(frozen=True, slots=True)
class Blank:
    """A line that is still to be filled in or checked.

    Attributes:
        key: the first key on the line, where there is one.
        place: where the word stands.
    """

    key: str
    place: Place


def blanks(start: Place) -> Iterator[Blank]:
    """What is still to be filled in, from a place to the end of its document; one blank a line.

    Lines that are comments altogether are no blanks: what they offer is not said.
    """
    source = start.source
    for number in range(start.line, len(source.lines()) + 1):
        line = source.line(number)
        if number > start.line and line.startswith("---"):
            return
        found = None if line.lstrip().startswith("#") else _ALONE.search(line)
        if found is not None:
            key = _KEY.match(line)
            place = Place(source, number, found.start() + 1, len(BLANK))
            yield Blank(key[1] if key else BLANK, place)
