"""Fixes: the edit that a finding asks for, where it is safe.

Everything follows from the code, the place, the words and the text there. A misspelt word is replaced only
where one known word is near, by a slip or two of letters; digits are never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from policyhours.text.blame import suspects
from policyhours.text.finding import Finding
from policyhours.text.fullwidth import HALF_WIDTH
from policyhours.text.nearest import slips
from policyhours.text.place import Place
from policyhours.text.source import Source


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of one line, replaced.

    Attributes:
        line, column: from 1, in characters.
        width: how many characters go; 0 where something is put in.
        text: what takes their place.
    """

    line: int
    column: int
    width: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The edits that mend one finding, all in one file."""

    source: Source
    edits: tuple[Edit, ...]


def fix_of(finding: Finding) -> Fix | None:
    """How to mend the finding, where that is safe."""
    if finding.place is None:
        return None
    maker = _BY_CODE.get(finding.code) or (_name if _is_about_a_name(finding) else None)
    edits = maker(finding.place, finding.args) if maker is not None else ()
    return Fix(finding.place.source, tuple(sorted(edits))) if edits else None


Words = Mapping[str, str]
Maker = Callable[[Place, Words], Iterable[Edit]]

_OPENING = re.compile(r"[\[{［｛【]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_PLAIN = re.compile(
    r"[^\s\"'\\,，、\[\]{}:：#&*!|>%@`](?:[^\"'\\,，、\[\]{}:：#\n]*[^\s\"'\\,，、\[\]{}:：#])?"
)
_UNSEEN: Final = frozenset("\xad\u200b\u2060\ufeff")
_UNGUESSED: Final = frozenset({"PH320", "PH322", "PH330", "PH331", "PH522"})
"""About references: which version was meant, nobody can tell."""


_MATES = {"［": "］", "【": "】", "｛": "｝"}


def _full_width(place: Place, words: Words) -> Iterable[Edit]:
    """The mark, and within brackets all others on the line: half of them would read as one text."""
    line = place.source.line(place.line)
    if words.get("found") == ":":
        return [Edit(place.line, place.column, 1, ": ")] if words.get("expected") == ": " else []
    if place.column > len(line):
        return []  # what is wrong is the end of the line
    marks = {place.column}
    if _OPENING.search(line[: place.column]):
        marks |= {other.column for other in suspects(place.source, place.line, in_brackets=True)}
    mate = _MATES.get(line[place.column - 1])
    inside = line[place.column :].partition(mate)[0] if mate else ""
    if any(mark in "，、" and place.column + at + 1 not in marks for at, mark in enumerate(inside)):
        return []  # whether such a comma parts two items or stands in one nobody can tell
    return [
        Edit(place.line, column, 1, _half_width(line, column))
        for column in sorted(marks)
        if line[column - 1] in HALF_WIDTH or line[column - 1] in "\u3000\xa0"
    ]


def _half_width(line: str, column: int) -> str:
    """What takes the place of a full-width mark; a blank behind it only where there is none."""
    mark, behind = line[column - 1], line[column : column + 1]
    if mark in "\u3000\xa0":
        if not line[column:].strip():
            return ""
        return "  " if mark == "\u3000" and not line[: column - 1].strip() else " "
    half = HALF_WIDTH[mark].strip()
    return half if half not in ":," or behind in ("", " ") else f"{half} "


def _wide_space(place: Place, words: Words) -> Iterable[Edit]:
    """The space, and those beside it: two columns for a full-width one where it indents."""
    line = place.source.line(place.line)
    columns = [place.column]
    while line[columns[-1] : columns[-1] + 1] in ("\u3000", "\xa0"):
        columns.append(columns[-1] + 1)
    return [Edit(place.line, column, 1, _half_width(line, column)) for column in columns]


def _unseen(place: Place, words: Words) -> Iterable[Edit]:
    """Delete what takes no room and says nothing; what might stand for something stays."""
    found = place.source.line(place.line)[place.column - 1 : place.column]
    return [Edit(place.line, place.column, 1, "")] if found in _UNSEEN else []


def _expected(place: Place, words: Words) -> Iterable[Edit]:
    """Write what is expected in place of the value."""
    return _replaced(place, words["found"], words["expected"])


def _unquoted(place: Place, words: Words) -> Iterable[Edit]:
    """A number without its quotes."""
    found = words["found"]
    if not _NUMBER.fullmatch(found) or _written(place)[0] not in (f'"{found}"', f"'{found}'"):
        return []
    return [Edit(place.line, place.column, place.width, found)]


def _number(place: Place, words: Words) -> Iterable[Edit]:
    """A number in a case without its quotes, in plain digits."""
    found = words["found"]
    plain = unicodedata.normalize("NFKC", found).strip()
    written, bare = _written(place)
    if bare != found or written == plain or not _NUMBER.fullmatch(plain):
        return []
    return [Edit(place.line, place.column, place.width, plain)]


def _quoted(place: Place, words: Words) -> Iterable[Edit]:
    """A text with quotes."""
    found = words["found"]
    if _written(place)[0] != found or '"' in found or "\\" in found or not found.strip():
        return []
    return [Edit(place.line, place.column, place.width, f'"{found}"')]


def _bracketed(place: Place, words: Words) -> Iterable[Edit]:
    """A lone value as a list of one."""
    written, bare = _written(place)
    plain = bare == words["found"] and (written != bare or _PLAIN.fullmatch(written))
    return [Edit(place.line, place.column, place.width, f"[{written}]")] if plain else []


def _name(place: Place, words: Words) -> Iterable[Edit]:
    """The one known name that is near."""
    found, near = words["found"], words["nearest"]
    if "、" in near or "……" in near or not is_slip(found, near):
        return []
    return _replaced(place, found, near)


def _option(place: Place, words: Words) -> Iterable[Edit]:
    """The one option that is near, or the one that is called so in Chinese."""
    found, near = words["found"], words["nearest"]
    if "、" not in near and f"{near}（{found}）" in words.get("expected", ""):
        return _replaced(place, found, near)
    return _name(place, words)


def _key(place: Place, words: Words) -> Iterable[Edit]:
    """The one key that is near, or whose Chinese title was written in its stead."""
    found, near = words["found"], words["nearest"]
    titled = "、" not in near and near.isascii() and not found.isascii() and _is_chinese(found)
    return _replaced(place, found, near) if titled else _name(place, words)


_BY_CODE: Final[dict[str, Maker]] = {
    "PH108": _unseen,
    "PH114": _full_width,
    "PH117": _full_width,
    "PH132": _wide_space,
    "PH201": _key,
    "PH205": _option,
    "PH210": _unquoted,
    "PH211": _expected,
    "PH212": _expected,
    "PH213": _quoted,
    "PH214": _expected,
    "PH217": _bracketed,
    "PH222": _expected,
    "PH806": _number,
}


def _is_about_a_name(finding: Finding) -> bool:
    return {"found", "nearest"} <= finding.args.keys() and finding.code not in _UNGUESSED


def is_slip(found: str, near: str) -> bool:
    """Whether one is the other with a slip or two: not more than a letter in four, and no digit."""
    wanted = unicodedata.normalize("NFKC", found)
    if re.sub(r"\D", "", wanted) != re.sub(r"\D", "", near):
        return False
    longest = max(len(wanted), len(near))
    return slips(wanted.lower(), near.lower()) <= (2 if longest >= 8 else 1 if longest >= 3 else 0)


def _replaced(place: Place, found: str, text: str) -> Iterable[Edit]:
    """The edit of the word at the place, its quotes kept; none where something else stands there."""
    written, bare = _written(place)
    if bare != found:
        return []
    start = place.column + (written != bare)
    return [Edit(place.line, start, len(bare), text)]


def _written(place: Place) -> tuple[str, str]:
    """What stands at the place, with its quotes and without."""
    written = place.source.line(place.line)[place.column - 1 : place.column - 1 + place.width]
    quoted = len(written) >= 2 and written[0] == written[-1] and written[0] in "\"'"
    return written, written[1:-1] if quoted else written


def _is_chinese(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in text)
