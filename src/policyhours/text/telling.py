"""Telling: a finding as a clerk reads it, with its line and a caret under the very characters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue
from policyhours.text.place import Place

WINDOW: Final = 100
_SEVERITY: Final = {
    "zh": {"error": "错误", "warning": "警告", "advice": "建议"},
    "en": {"error": "error", "warning": "warning", "advice": "advice"},
}
_LABELS: Final = {
    "zh": {"first": "另一处在这里", "upper": "上位文件的规定在这里"},
    "en": {"first": "the other one is here", "upper": "the upper text says here"},
}
_TODO: Final = {"zh": "怎么办：", "en": "to do: "}
_COLOURS: Final = {"error": "31", "warning": "33", "advice": "36"}


def tell_all(findings: Iterable[Finding], lang: str = "zh", *, colour: bool = False) -> str:
    """All findings, by file, line and column."""
    ordered = sorted(findings, key=_order)
    return "\n\n".join(tell(finding, lang, colour=colour) for finding in ordered)


def tell(finding: Finding, lang: str = "zh", *, colour: bool = False) -> str:
    """One finding: what was found, where, and what to do."""
    message = catalogue()[finding.code]
    words = {key: _visible(word) for key, word in finding.args.items()}
    severity = _SEVERITY[lang][message.severity]
    mark = _COLOURS[message.severity]
    head = f"{_paint(severity, mark, colour)} {finding.code} {message.says[lang].format_map(words)}"
    lines = [f"{finding.place}: {head}" if finding.place else head]
    if finding.place:
        lines += _excerpt(finding.place, mark, colour)
    for label, place in finding.also:
        lines.append(f"  {_LABELS[lang][label]} {place}")
        lines += _excerpt(place, "36", colour)
    lines.append(f"  {_TODO[lang]}{message.do[lang].format_map(words)}")
    return "\n".join(lines)


def _excerpt(place: Place, mark: str, colour: bool) -> list[str]:
    """The line, cut to a window if it is long, and carets under what is meant."""
    text = place.source.line(place.line)
    start = place.column - 1
    before, marked, after = text[:start], text[start : start + place.width], text[start + place.width :]
    if len(text) > WINDOW:
        before = "…" + before[-40:] if len(before) > 41 else before
        marked = marked[: WINDOW // 2]
        after = after[:30] + "…" if len(after) > 31 else after
    before, marked, after = (_visible(part) for part in (before, marked, after))
    number = str(place.line)
    carets = _paint("^" * max(1, display_width(marked)), mark, colour)
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * display_width(before)}{carets}",
    ]


def display_width(text: str) -> int:
    """The columns that a text takes on a console; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))


def _visible(text: str) -> str:
    text = text.replace("\t", "    ")
    return "".join(c if c.isprintable() else "�" for c in text)


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _order(finding: Finding) -> tuple[str, int, int]:
    place = finding.place
    return (place.source.name, place.line, place.column) if place else ("", 0, 0)
