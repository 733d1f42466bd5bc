"""Within a value: where in the file each of its characters stands.

A value is not always spelled as it reads: quotes double or escape characters, a line break inside a text
reads as a blank, block texts (``|`` and ``>``) lose their indentation. `within` walks along the spelling, so
that a fault in the middle of a formula is marked under the very character.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from policyhours.text.place import Place

Spot = tuple[int, int]
"""A line and a column, from 1."""

_BLANK = " \t"
_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}


def within(place: Place, raw: str, offset: int, width: int = 1) -> Place:
    """The place of `width` characters from character `offset` of the value `raw` that starts at `place`.

    An offset behind the last character is the place just behind it.
    """
    source, line, start = place.source, place.line, place.column - 1
    text = source.line(line)
    if text.startswith(raw, start) and text[start : start + 1] not in ("'", '"', "|", ">"):
        return Place(source, line, place.column + offset, width)
    known = list(islice(spots(place, raw), min(offset + width, len(raw))))
    if not known:
        return place
    if offset >= len(known):
        line, column = known[-1]
        return Place(source, line, column + 1)
    (line, column), (last_line, last_column) = known[offset], known[-1]
    end = last_column if last_line == line else len(source.line(line))
    return Place(source, line, column, max(1, end - column + 1))


def spots(place: Place, raw: str) -> Iterator[Spot]:
    """Where each character of the value `raw` stands that starts at `place`; may run on beyond its end."""
    lines = place.source.lines()
    match place.source.line(place.line)[place.column - 1 : place.column]:
        case "'":
            return _quoted(lines, place.line, place.column + 1, "'")
        case '"':
            return _quoted(lines, place.line, place.column + 1, '"')
        case "|":
            return _literal(lines, place.line + 1, _indentation(lines, place.line + 1, raw))
        case ">":
            return _folded(lines, place.line + 1, _indentation(lines, place.line + 1, raw))
        case _:
            return _plain(lines, place.line, place.column)


def _plain(lines: list[str], line: int, column: int) -> Iterator[Spot]:
    while line <= len(lines):
        end = len(lines[line - 1].rstrip(_BLANK))
        yield from ((line, at) for at in range(column, end + 1))
        yield from _break(lines, line, end + 1)
        line, column = _next_text(lines, line)


def _quoted(lines: list[str], line: int, column: int, quote: str) -> Iterator[Spot]:
    while line <= len(lines):
        text = lines[line - 1]
        end = len(text.rstrip(_BLANK))
        at = column - 1
        while at < end and not (quote == '"' and text[at:] == "\\"):
            length = 1
            if text[at] == quote:
                if text[at : at + 2] != "''":
                    return
                length = 2
            elif text[at] == "\\" and quote == '"':
                length = _ESCAPE_LENGTHS.get(text[at + 1], 2)
            yield line, at + 1
            at += length
        reads_as = _break(lines, line, end + 1)
        following, column = _next_text(lines, line)
        if at < end and following == line + 1:
            next(reads_as)  # a backslash at the end of a line joins it to the next without a blank
        yield from reads_as
        line = following


def _literal(lines: list[str], line: int, indent: int) -> Iterator[Spot]:
    for number in range(line, len(lines) + 1):
        yield from ((number, at) for at in range(indent + 1, len(lines[number - 1]) + 1))
        yield number, max(indent, len(lines[number - 1])) + 1


def _folded(lines: list[str], line: int, indent: int) -> Iterator[Spot]:
    """As literal, but a break between two lines of text reads as a blank, or as the empty lines after it."""
    while line <= len(lines):
        text = lines[line - 1][indent:]
        end = indent + len(text)
        yield from ((line, at) for at in range(indent + 1, end + 1))
        following = line + 1
        if text:
            while following <= len(lines) and not lines[following - 1][indent:]:
                following += 1
        folds = text[:1] not in ("", *_BLANK) and _continues(lines, following, indent)
        if not folds or following == line + 1:
            yield line, max(indent, end) + 1
        yield from ((empty, 1) for empty in range(line + 1, following))
        line = following


def _continues(lines: list[str], line: int, indent: int) -> bool:
    """Whether the line belongs to the block and is not indented further."""
    if line > len(lines):
        return False
    text = lines[line - 1]
    return not text[:indent].strip(" ") and text[indent : indent + 1] not in ("", *_BLANK)


def _break(lines: list[str], line: int, column: int) -> Iterator[Spot]:
    """What a line break inside a plain or quoted value reads as: a blank, or the empty lines after it."""
    following, _ = _next_text(lines, line)
    if following == line + 1:
        yield line, column
    yield from ((empty, 1) for empty in range(line + 1, following))


def _next_text(lines: list[str], line: int) -> Spot:
    """Where the text goes on after this line, past empty lines and indentation."""
    for number in range(line + 1, len(lines) + 1):
        text = lines[number - 1]
        if rest := text.lstrip(_BLANK):
            return number, len(text) - len(rest) + 1
    return len(lines) + 1, 1


def _indentation(lines: list[str], line: int, raw: str) -> int:
    """How far a block's text is indented: its first line of text reads with that much less."""
    for number, text in enumerate(lines[line - 1 :]):
        if rest := text.lstrip(" "):
            rows = raw.split("\n", number + 1)
            reads = rows[number] if number < len(rows) else ""
            return len(text) - len(rest) - (len(reads) - len(reads.lstrip(" ")))
    return 0
