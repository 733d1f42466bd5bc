"""The strict YAML reader: documents as trees with exact places, or findings; nothing else comes out.

Refused are anchors, aliases, tags and merge keys (a filing says things once, plainly), keys that stand twice,
and files too deep or too large to be a filing. The tree is built from YAML's events without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.scalar import read_scalar
from policyhours.text.source import Source
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH: Final = 40
MAX_NODES: Final = 200_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WIDE_KEY = re.compile(r"(?:^|\s)([A-Za-z_][\w.]*|[\u4e00-\u9fff]{1,12})(：)")
_WIDE = {"：": ": ", "，": ", ", "［": "[", "］": "]", "｛": "{", "｝": "}", "　": " ", "【": "[", "】": "]"}


def read_document(source: Source) -> Node:
    """The one document of the source.

    Raises:
        Refused: where it is no valid YAML of ours, empty, or more than one document.
    """
    documents = read_documents(source)
    if not documents:
        raise Refused((Finding("PH109", None, {"file": source.name}),))
    if len(documents) > 1:
        raise Refused((Finding("PH120", documents[1].place),))
    return documents[0]


def read_documents(source: Source) -> list[Node]:
    """The documents of a YAML stream; empty ones are left out.

    Raises:
        Refused: with the place, where the text is no valid YAML of ours.
    """
    try:
        return list(_Builder(source).documents())
    except yaml.MarkedYAMLError as fault:
        raise Refused((_explain(source, fault),)) from None
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError):
        raise Refused((Finding("PH110", Place(source, 1, 1)),)) from None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    start: Place
    is_mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    key: Scalar | None = None


class _Builder:
    """Builds trees from YAML's events."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[_Open] = []
        self._nodes = 0

    def documents(self) -> Iterator[Node]:
        for event in yaml.parse(self._source.text, Loader=_LOADER):
            done: Node | None = None
            if isinstance(event, yaml.ScalarEvent):
                self._check(event)
                done = self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._check(event)
                self._open.append(_Open(self._place(event), isinstance(event, yaml.MappingStartEvent)))
                if len(self._open) > MAX_DEPTH:
                    self._refuse("PH123", event, limit=str(MAX_DEPTH))
            elif isinstance(event, yaml.CollectionEndEvent):
                done = self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse("PH124", event, found=f"*{event.anchor}")
            elif isinstance(event, yaml.DocumentStartEvent) and event.tags:
                self._refuse("PH125", event, found="%TAG")
            if done is not None and (document := self._place_in_parent(done)) is not None:
                yield document

    def _check(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse("PH126", event, limit=str(MAX_NODES))
        if event.anchor:
            self._refuse("PH124", event, found=f"&{event.anchor}")
        if event.tag:
            self._refuse("PH125", event, found=event.tag)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place = self._place(event)
        assert event.end_mark is not None
        ends = (event.end_mark.line + 1, event.end_mark.column + 1)
        if event.style:
            return Scalar(event.value, event.value, True, place, ends)
        if ends[0] > place.line and (wide := self._wide_colon(place.line, ends[0])):
            raise Refused((Finding("PH117", wide, {"found": "：", "expected": ": "}),))
        return Scalar(read_scalar(event.value, place), event.value, False, place, ends)

    def _wide_colon(self, first: int, last: int) -> Place | None:
        """A full-width colon after what looks like a key, in a plain text that runs over several lines."""
        for line in range(first, last + 1):
            if found := _WIDE_KEY.search(self._source.line(line)):
                return Place(self._source, line, found.start(2) + 1)
        return None

    def _close(self) -> Node:
        done = self._open.pop()
        if done.is_mapping:
            return Mapping(tuple(done.entries.values()), done.start)
        return Sequence(tuple(done.items), done.start)

    def _place_in_parent(self, node: Node) -> Node | None:
        """Put a finished node where it belongs; the node itself where it is a whole document."""
        if not self._open:
            return None if isinstance(node, Scalar) and node.value is None and not node.quoted else node
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            self._key(parent, node)
        else:
            parent.entries[parent.key.raw] = Entry(parent.key.raw, parent.key.place, node)
            parent.key = None
        return None

    def _key(self, parent: _Open, node: Node) -> None:
        if not isinstance(node, Scalar):
            raise Refused((Finding("PH127", node.place),))
        if node.raw == "<<" and not node.quoted:
            raise Refused((Finding("PH125", node.place, {"found": "<<"}),))
        if node.raw in parent.entries:
            also = (("first", parent.entries[node.raw].key_place),)
            raise Refused((Finding("PH111", node.place, {"key": node.raw}, also),))
        parent.key = node

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark  # both parsers set both
        line, column = start.line + 1, start.column + 1
        if end.line == start.line:
            width = end.column - start.column
        else:
            width = len(self._source.line(line)) - start.column
        return Place(self._source, line, column, width if width > 1 else 1)

    def _refuse(self, code: str, event: Any, **words: str) -> None:
        raise Refused((Finding(code, self._place(event), words),))


_PROBLEMS: Final = (
    ("mapping values are not allowed", "PH113"),
    ("could not find expected ':'", "PH114"),
    ("found unexpected end of stream", "PH115"),
    ("found unexpected document indicator", "PH115"),
    ("expected ',' or", "PH116"),
    ("did not find expected node content", "PH116"),
    ("cannot start any token", "PH121"),
    ("did not find expected key", "PH122"),
    ("expected <block end>", "PH122"),
    ("did not find expected '-' indicator", "PH122"),
    ("block sequence entries are not allowed", "PH122"),
    ("block mapping", "PH122"),
    ("unknown escape character", "PH128"),
    ("expected escape sequence", "PH128"),
)


def _explain(source: Source, fault: yaml.MarkedYAMLError) -> Finding:
    """A YAML error in our own words, at the place that most likely caused it."""
    mark = fault.problem_mark or fault.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = f"{fault.problem or ''} {fault.context or ''}"
    start = fault.context_mark
    lines = [line, *([start.line + 1] if start else []), line - 1]
    for near in dict.fromkeys(lines):
        text = source.line(near)
        code = text.split(" #")[0]
        for at, character in enumerate(code):
            if character in _WIDE and not _inside_quotes(code, at):
                words = {"found": character, "expected": _WIDE[character]}
                return Finding("PH117", Place(source, near, at + 1), words)
    text = source.line(line)
    if "\t" in text[: len(text) - len(text.lstrip())] or text[column - 1 : column] == "\t":
        return Finding("PH112", Place(source, line, text.index("\t") + 1))
    code = next((code for part, code in _PROBLEMS if part in problem), "PH110")
    if code in ("PH115", "PH116") and start is not None:
        line, column = start.line + 1, start.column + 1
    column = max(1, min(column, len(source.line(line)) + 1))
    return Finding(
        code, Place(source, line, column), {"found": source.line(line)[column - 1 : column] or "⏎"}
    )


def _inside_quotes(text: str, at: int) -> bool:
    before = text[:at]
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1
