"""Comments: what a YAML text says beside its data, with places; the reader of trees leaves it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from policyhours.text.source import Source


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment.

    Attributes:
        line: from 1.
        text: from its ``#`` to the end of the line.
        alone: nothing else stands on its line.
    """

    line: int
    text: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is laid out.

    Attributes:
        comments: in order.
        written: the lines on which data stand.
        folded: the lines of texts that take several lines.
    """

    comments: tuple[Comment, ...]
    written: frozenset[int]
    folded: frozenset[int]


def layout_of(source: Source) -> Layout:
    """The layout of a text that the reader has read."""
    comments: list[Comment] = []
    written: set[int] = set()
    folded: set[int] = set()
    last = 0
    for token in yaml.scan(source.text, Loader=yaml.SafeLoader):
        start, end = token.start_mark, token.end_mark
        comments += _between(source, last, start.index)
        last = max(last, end.index)
        if start.index == end.index:
            continue
        final = end.line + (end.column > 0)
        lines = range(start.line + 1, max(final, start.line + 1) + 1)
        written.update(lines)
        if len(lines) > 1 or getattr(token, "style", None) in ("|", ">"):
            folded.update(lines)
    return Layout(tuple(comments), frozenset(written), frozenset(folded))


def _between(source: Source, start: int, end: int) -> Iterator[Comment]:
    """The comments between two things that are written: nothing else stands there but space."""
    at = start
    while (mark := source.text.find("#", at, end)) >= 0:
        at = source.text.find("\n", mark)
        at = len(source.text) if at < 0 else at
        begin = source.text.rfind("\n", 0, mark) + 1
        number = source.text.count("\n", 0, mark) + 1
        yield Comment(number, source.text[mark:at].rstrip(), not source.text[begin:mark].strip())
