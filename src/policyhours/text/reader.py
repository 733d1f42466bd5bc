"""The strict YAML reader: documents as trees with exact places, or findings; nothing else comes out.

Refused are anchors, aliases, tags and merge keys (a filing says things once, plainly), keys that stand twice,
and files too deep or too large to be a filing. The tree is built from YAML's events without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import yaml

from policyhours.text.finding import Finding, Refused
from policyhours.text.fullwidth import Position, misplaced, slip
from policyhours.text.place import Place
from policyhours.text.scalar import read_scalar
from policyhours.text.source import UNSEEN, Source, refuse_unseen
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence

MAX_DEPTH: Final = 64
"""How deep lists and groups may stand in each other."""

MAX_NODES: Final = 200_000
"""How many keys, values and lists a file may hold."""

_MARK = re.compile(r"[&!][^\s,\[\]{}]*")
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_document(source: Source) -> Node:
    """The one document of the source.

    Raises:
        Refused: where it is no valid YAML of ours, empty, or more than one document.
    """
    documents = read_documents(source)
    if not documents:
        raise Refused((Finding("PH109", None, {"file": source.name}),))
    if len(documents) > 1:
        also = (("first", documents[0].place),)
        raise Refused((Finding("PH120", documents[1].place, {}, also),))
    return documents[0]


def read_documents(source: Source) -> list[Node]:
    """The documents of a YAML stream; empty ones are left out.

    Raises:
        Refused: with the place, where the text is no valid YAML of ours.
    """
    refuse_unseen(source)
    try:
        return list(_Builder(source).documents())
    except yaml.MarkedYAMLError as fault:
        from policyhours.text.syntax import explain  # most files have no such fault

        raise Refused((explain(source, fault),)) from None
    except (yaml.YAMLError, ValueError):
        raise Refused((Finding("PH110", Place(source, 1, 1)),)) from None


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    start: Place
    is_mapping: bool
    flow: bool
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
        """The documents that are not empty, as they end."""
        for event in yaml.parse(self._source.text, Loader=_PARSER):
            done: Node | None = None
            if isinstance(event, yaml.ScalarEvent):
                self._check(event)
                done = self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._check(event)
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                done = self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse("PH124", event, found=f"*{event.anchor}")
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                self._check_directives(event)
            if done is not None:
                if self._open:
                    self._add(done)
                elif not (isinstance(done, Scalar) and not done.raw and not done.quoted):
                    yield done

    def _check(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse("PH126", event, limit=str(MAX_NODES))
        if event.anchor or event.tag:
            self._refuse_mark(self._place(event))

    def _refuse_mark(self, start: Place) -> NoReturn:
        """Refuse an anchor or a tag, quoted as it is written."""
        found = _MARK.match(self._source.line(start.line), start.column - 1)
        shown = found[0] if found else "!"
        place = Place(self._source, start.line, start.column, len(shown))
        raise Refused((Finding("PH124" if shown.startswith("&") else "PH125", place, {"found": shown}),))

    def _check_directives(self, event: Any) -> None:
        for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
            line = self._source.line(number)
            if line.startswith("%") and not line.startswith("%YAML"):
                place = Place(self._source, number, 1, len(line))
                raise Refused((Finding("PH130", place, {"found": line}),))

    def _scalar(self, event: Any) -> Scalar:
        place, raw = self._place(event), event.value
        if event.style:
            if event.style == '"' and (unseen := UNSEEN.search(raw)):
                found = f"U+{ord(unseen.group()):04X}"
                where = Scalar(raw, raw, True, place).place_at(unseen.start())
                raise Refused((Finding("PH108", where, {"found": found}),))
            return Scalar(raw, raw, True, place)
        position = self._position(place)
        if not raw and position in ("value", "value below"):
            place = self._behind_key()
        if not raw.isascii() and (fault := misplaced(raw, place, position)):
            raise Refused((fault,))
        return Scalar(raw if position == "key" else read_scalar(raw, place), raw, False, place)

    def _position(self, place: Place) -> Position:
        """Where in its surroundings a value stands that starts here."""
        if not self._open:
            return "document"
        parent = self._open[-1]
        if not parent.is_mapping:
            return "flow item" if parent.flow else "item"
        if parent.key is None:
            return "key"
        return "value" if parent.key.place.line == place.line else "value below"

    def _behind_key(self) -> Place:
        """Where a value would stand that is not there; the parsers have different opinions on that."""
        key = self._open[-1].key
        assert key is not None
        place = key.place
        line = self._source.line(place.line)
        return Place(self._source, place.line, min(place.column + place.width, len(line)) + 1)

    def _start(self, event: Any) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        self._open.append(_Open(self._place(event), is_mapping, event.flow_style))
        if len(self._open) > MAX_DEPTH:
            self._refuse("PH123", event, limit=str(MAX_DEPTH))

    def _end(self) -> Node:
        done = self._open.pop()
        if done.is_mapping:
            return Mapping(tuple(done.entries.values()), done.start)
        return Sequence(tuple(done.items), done.start)

    def _add(self, node: Node) -> None:
        """Put a finished node where it belongs: an item, a key, or the value of the key before it."""
        parent = self._open[-1]
        key = parent.key
        if not parent.is_mapping:
            parent.items.append(node)
        elif key is None:
            parent.key = self._key(parent, node)
        else:
            if parent.flow and isinstance(node, Scalar) and not node.raw and not node.quoted:
                self._check_lone(key)
            parent.entries[key.raw] = Entry(key.raw, key.place, node)
            parent.key = None

    def _key(self, parent: _Open, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            raise Refused((Finding("PH127", node.place),))
        if not node.raw:
            raise Refused((Finding("PH131", node.place),))
        if node.raw == "<<" and not node.quoted:
            raise Refused((Finding("PH136", node.place),))
        if node.raw in parent.entries:
            also = (("first", parent.entries[node.raw].key_place),)
            raise Refused((Finding("PH111", node.place, {"key": node.raw}, also),))
        return node

    def _check_lone(self, key: Scalar) -> None:
        """Refuse ``{a:1}`` and ``{a：1}``: to YAML these are keys without a value."""
        if key.quoted:
            return
        for colon, code in (("：", "PH117"), (":", "PH114")):
            if (offset := key.raw.find(colon)) > 0:
                behind = key.raw[offset + 1 : offset + 2]
                if behind and behind in "\u3000\xa0":
                    raise Refused((slip(key.place_at(offset + 1)),))
                words = {"found": colon, "expected": ": "}
                raise Refused((Finding(code, key.place_at(offset), words),))

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        line, column = start.line + 1, start.column + 1
        last = end.column if end.line == start.line else len(self._source.line(line))
        return Place(self._source, line, column, max(1, last - start.column))

    def _refuse(self, code: str, event: Any, **words: str) -> NoReturn:
        raise Refused((Finding(code, self._place(event), words),))
