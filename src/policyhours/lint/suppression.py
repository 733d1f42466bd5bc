"""Suppression: a comment with a reason keeps a finding back.

``# policyhours: 不查 PH605 理由`` (or ``ignore``) stands at the end of the line of the finding, or alone on
the line above. Only what YAML takes for a comment is one: in a quote or a block of text the same characters
are text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue
from policyhours.text.nearest import hint
from policyhours.text.place import Place
from policyhours.text.source import Source

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*policyhours[ \t]*[:：][ \t]*(?:不查|ignore\b)[ \t]*(.*)")
_CODE = re.compile(r"(?:(?:PH|ph)[0-9A-Za-z]+|[a-z]+(?:-[a-z]+)+)(?![0-9A-Za-z-])")
_BETWEEN = re.compile(r"[ \t,，、]+")
_REASON = re.compile(r"[A-Za-z0-9\u3400-\u9fff]")
_MOST_CODES: Final = 20
"""The codes that one comment may name; what follows is its reason."""
_MOST_GUESSES: Final = 50
"""For so many words that are no code it is said which one may have been meant."""
_PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A code that a comment names.

    Attributes:
        said: the code or name as written.
        place: where.
        line: the line whose findings are meant.
        reason: why; empty where none is given.
    """

    said: str
    place: Place
    line: int
    reason: str

    @property
    def code(self) -> str | None:
        """The code that is meant, if there is one."""
        known = catalogue()
        if self.said.upper() in known:
            return self.said.upper()
        return next((code for code, message in known.items() if message.name == self.said), None)


def suppressed(findings: Sequence[Finding], sources: Iterable[Source]) -> list[Finding]:
    """The findings without those kept back, and with what is wrong with the comments in these sources."""
    by_spot: dict[tuple[str, int, str], list[Finding]] = {}
    for finding in findings:
        if finding.place is not None:
            spot = (finding.place.source.name, finding.place.line, finding.code)
            by_spot.setdefault(spot, []).append(finding)
    kept_back: set[int] = set()
    wrong: list[Finding] = []
    for source in sources:
        for suppression in suppressions_in(source):
            code = suppression.code
            fault = _fault(suppression, code, guess=len(wrong) < _MOST_GUESSES)
            if fault is not None:
                wrong.append(fault)
                continue
            assert code is not None
            meant = by_spot.get((source.name, suppression.line, code), [])
            kept_back |= {id(finding) for finding in meant}
            if not meant:
                wrong.append(Finding("PH902", suppression.place, {"found": code}))
    return [*(finding for finding in findings if id(finding) not in kept_back), *wrong]


def _fault(suppression: Suppression, code: str | None, *, guess: bool) -> Finding | None:
    if code is None:
        known = [*catalogue(), *(message.name for message in catalogue().values())]
        near = hint(suppression.said, known if guess else (), ("PH605 这样的代码", "a code such as PH605"))
        return Finding("PH903", suppression.place, {"found": suppression.said, **near})
    if catalogue()[code].severity == "error" or code.startswith("PH9"):
        return Finding("PH904", suppression.place, {"found": code})
    if not _REASON.search(suppression.reason):
        return Finding("PH901", suppression.place, {"found": code})
    return None


def suppressions_in(source: Source) -> Iterator[Suppression]:
    """Every suppression that the comments of a source make; none where it is no sound YAML."""
    if "policyhours" not in source.text or not _COMMENT_ANYWHERE.search(source.text):
        return
    texts = _texts(source)
    if texts is None:
        return
    alone: set[int] = set()
    found: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(source.lines(), 1):
        comment = next((m for m in _COMMENT.finditer(line) if not _within(texts, number, m.start())), None)
        if comment is not None:
            found.append((number, comment))
            if not line[: comment.start()].strip():
                alone.add(number)
    targets: dict[int, int] = {}
    for number, _ in reversed(found):  # from below, so that a long run of them is walked once
        targets[number] = targets.get(number + 1, number + 1) if number in alone else number
    for number, comment in found:
        yield from _named(source, number, comment, targets[number])


_COMMENT_ANYWHERE = re.compile(r"#[ \t]*policyhours[ \t]*[:：]")


def _named(source: Source, number: int, comment: re.Match[str], target: int) -> Iterator[Suppression]:
    """The codes that a comment names, each with the reason that it gives."""
    rest, start = comment[1], comment.start(1)
    codes: list[re.Match[str]] = []
    at = 0
    while len(codes) < _MOST_CODES and (code := _CODE.match(rest, at)):
        codes.append(code)
        between = _BETWEEN.match(rest, code.end())
        at = between.end() if between else code.end()
    reason = rest[at:].strip()
    if not codes:  # the first word stands where a code belongs
        word = rest.split(maxsplit=1)[0] if rest.strip() else "…"
        yield Suppression(word, Place(source, number, start + 1, len(word)), target, reason)
    for code in codes:
        place = Place(source, number, start + code.start() + 1, len(code[0]))
        yield Suppression(code[0], place, target, reason)


@dataclass(frozen=True, slots=True)
class _Text:
    """A quoted or block text: from its first to behind its last character, as line (from 1) and column."""

    start: tuple[int, int]
    end: tuple[int, int]

    def holds(self, line: int, column: int) -> bool:
        return self.start <= (line, column) < self.end


def _within(texts: Sequence[_Text], line: int, column: int) -> bool:
    """Whether the place is in one of the texts, which come in order."""
    before = bisect_right(texts, (line, column), key=lambda text: text.start)
    return before > 0 and texts[before - 1].holds(line, column)


def _texts(source: Source) -> list[_Text] | None:
    """The quoted and block texts that YAML finds; ``None`` where it fails."""
    found = []
    try:
        for event in yaml.parse(source.text, Loader=_PARSER):
            if isinstance(event, yaml.ScalarEvent) and event.style:
                start, end = event.start_mark, event.end_mark
                assert start is not None and end is not None
                first = (start.line + 1, start.column)
                if event.style in "|>":  # behind its head, on the same line, a comment may stand
                    first = (start.line + 2, 0)
                found.append(_Text(first, (end.line + 1, end.column)))
    except (yaml.YAMLError, ValueError):
        return None
    return found
