"""Telling: a finding as a clerk reads it, with its line and a caret under the very characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from policyhours.text.finding import Finding
from policyhours.text.messages import wordings
from policyhours.text.place import Place

WINDOW: Final = 100
"""The characters of a line that are shown uncut; in columns of a console, a fifth more."""

MAX_WORD: Final = 300
"""The characters of a quoted word that are shown."""

SEVERITIES: Final = {
    "zh": {"error": "错误", "warning": "警告", "advice": "建议"},
    "en": {"error": "error", "warning": "warning", "advice": "advice"},
}
"""The severities in words."""

LABELS: Final = {
    "zh": {"first": "另一处在这里", "upper": "上位文件的规定在这里", "national": "国家规定在这里"},
    "en": {
        "first": "the other one is here",
        "upper": "the upper text says here",
        "national": "the national text says here",
    },
}
"""What another place that belongs to a finding is to it, by its key."""

REMEDY: Final = {"zh": "怎么办：", "en": "to do: "}
_WITHOUT_WIDTH: Final = frozenset({"Mn", "Me", "Mc", "Cc", "Cf"})
_COLOURS: Final = {"error": "31", "warning": "33", "advice": "36"}


def tell_all(findings: Iterable[Finding], lang: str = "zh", *, colour: bool = False) -> str:
    """All findings, by file, line and column, with empty lines between."""
    ordered = sorted(findings, key=_order)
    return "\n\n".join(tell(finding, lang, colour=colour) for finding in ordered)


def tell(finding: Finding, lang: str = "zh", *, colour: bool = False) -> str:
    """One finding in ``zh`` or ``en``: what was found, where, and what to do."""
    message = wordings()[finding.code]
    words = {key: _word(word) for key, word in finding.args.items()}
    mark = _COLOURS[message.severity]
    severity = _paint(SEVERITIES[lang][message.severity], mark, colour)
    head = f"{severity} {finding.code} {message.says[lang].format_map(words)}"
    lines = [head]
    if finding.place:
        lines = [f"{_word(str(finding.place))}: {head}", *_excerpt(finding.place, mark, colour)]
    for label, place in finding.also:
        lines.append(f"  {LABELS[lang][label]} {_word(str(place))}")
        lines += _excerpt(place, _COLOURS["advice"], colour)
    lines.append(f"  {REMEDY[lang]}{message.do[lang].format_map(words)}")
    return "\n".join(lines)


def display_width(text: str) -> int:
    """The columns that a text takes on a console; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    """The columns of a character: none of what stands over or under another, two of what is wide."""
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _excerpt(place: Place, mark: str, colour: bool) -> list[str]:
    """The line, cut to a window if it is long, and carets under what is meant."""
    text = place.source.line(place.line)
    start = place.column - 1
    before, marked, after = text[:start], text[start : start + place.width], text[start + place.width :]
    if _fitting(text, WINDOW) < len(text):
        before, marked, after = _ending(before, 40), marked[: _fitting(marked, 50)], _beginning(after, 30)
    before, marked, after = (_visible(part) for part in (before, marked, after))
    number = str(place.line)
    carets = _paint("^" * max(1, display_width(marked)), mark, colour)
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * display_width(before)}{carets}",
    ]


def _beginning(text: str, size: int) -> str:
    """The beginning, with an ellipsis where more than one character is left out."""
    kept = _fitting(text, size)
    return text if kept >= len(text) - 1 else text[:kept] + "…"


def _ending(text: str, size: int) -> str:
    """The end, with an ellipsis where more than one character is left out."""
    kept = _fitting(text[: -size - 1 : -1], size)
    return text if kept >= len(text) - 1 else "…" + text[len(text) - kept :]


def _fitting(text: str, size: int) -> int:
    """How many characters fit into a window; what is mostly Chinese has to take fewer."""
    widths = accumulate(display_width(_visible(character)) for character in text[:size])
    return sum(1 for width in widths if width <= size * 6 // 5)


def _word(text: str) -> str:
    return _visible(text if len(text) <= MAX_WORD else text[:MAX_WORD] + "…")


def _visible(text: str) -> str:
    """The text with nothing in it that a console would act upon; blanks of every kind stay blanks."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _stand_in(c) for c in text)


def _stand_in(character: str) -> str:
    if character == "\t":
        return "    "
    return character if unicodedata.category(character) == "Zs" else "�"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return (place.source.name, place.line, place.column) if place else ("", 0, 0)
