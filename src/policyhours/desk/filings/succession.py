"""Succession: the next version of a filing, begun from the last one.

The text is copied with its comments. Changed is only what cannot be the same: the version, what it
supersedes, its time in force, the upper text that it implements, and the status. What the old version says of
its own document stays, marked 待填, for it has to be checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policyhours.desk.filings.draft import quoted
from policyhours.language.header import Header
from policyhours.language.words import child, text_at
from policyhours.text.blank import BLANK
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Next:
    """What the next version says of itself.

    Attributes:
        version: its version.
        first: a first day in force that would do; the text asks to check it.
        upper: the version of the upper text that is in force on that day.
        title: its title, where it is another one.
    """

    version: str
    first: date
    upper: Header
    title: str | None = None


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters `start` to `end` of a line, from 0, become `text`."""

    line: int
    start: int
    end: int
    text: str


def succeeding(tree: Mapping, header: Header, wanted: Next) -> str:
    r"""The text of the next version, from the tree of the last; lines end by ``\n``."""
    lines = list(header.place.source.lines())
    edits = sorted(_edits(tree, header, wanted), key=lambda edit: (edit.line, edit.start), reverse=True)
    for edit in edits:
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text + line[edit.end :]
    for number, hint in sorted(_marks(tree, header, wanted).items()):
        lines[number - 1] = f"{lines[number - 1].rstrip()}  # {BLANK}：{hint}"
    if "supersedes" not in tree:
        version = tree.get("version")
        assert version is not None
        lines.insert(version.place.line, f"supersedes: {header.ref}")
    return "\n".join(lines)


def _edits(tree: Mapping, header: Header, wanted: Next) -> Iterator[_Edit]:
    yield from _replaced(tree.get("version"), f'"{wanted.version}"')
    yield from _replaced(tree.get("supersedes"), header.ref)
    yield from _replaced(tree.get("implements"), wanted.upper.ref)
    if wanted.title is not None:
        yield from _replaced(tree.get("title"), quoted(wanted.title))
    yield from _replaced(child(tree.get("in_force"), "from"), wanted.first.isoformat())
    if (last := _last(header, wanted)) is not None:
        yield from _replaced(child(tree.get("in_force"), "until"), last.isoformat())
    if header.status == "filed":  # nobody has filed the new version yet
        yield from _replaced(tree.get("status"), "draft")


def _last(header: Header, wanted: Next) -> date | None:
    """A last day that would do, where the one that is written would not."""
    ends = header.valid_until
    upper = wanted.upper.valid_until
    if ends is None or (wanted.first <= ends and (upper is None or ends <= upper)):
        return None
    return upper or date(wanted.first.year, 12, 31)


def _replaced(node: Node | None, text: str) -> Iterator[_Edit]:
    if isinstance(node, Scalar) and text_at(node) != text.strip('"'):
        start, line = node.place.column - 1, node.place.source.line(node.place.line)
        yield _Edit(node.place.line, start, start + _length(node, line[start:]), text)


def _length(node: Scalar, written: str) -> int:
    """How long the scalar is as written; those that are replaced stand on one line."""
    quote = written[:1]
    return written.index(quote, 1) + 1 if quote in ("'", '"') else len(node.raw)


def _marks(tree: Mapping, header: Header, wanted: Next) -> dict[int, str]:
    """By line, what has to be checked there; the first that is said of a line stands."""
    ends = "、到哪天止" if header.valid_until else ""
    begins = f"核对新版本从哪天起施行{ends}，这里先写{wanted.first.isoformat()}"
    spots: list[tuple[Entry | None, str]] = [
        (_entry(tree.get("in_force"), "from"), begins),
        (_entry(tree.get("in_force"), "until") if _last(header, wanted) else None, "核对到哪天止"),
        (tree.entry("document"), "改为新版本的文号"),
        (_entry(tree.get("filing"), "document"), "改为新版本的备案文号和印发日期"),
        (_entry(tree.get("filing"), "issued_on"), "改为新版本的印发日期"),
    ]
    found: dict[int, str] = {}
    for entry, hint in spots:
        if entry is not None and (place := _behind(entry.value)) is not None:
            found.setdefault(place.line, hint)
    return found


def _entry(node: Node | None, key: str) -> Entry | None:
    return node.entry(key) if isinstance(node, Mapping) else None


def _behind(node: Node) -> Place | None:
    """The place of a value behind whose line a comment may stand: one that is written on one line."""
    line = node.place.source.line(node.place.line)
    written = line[node.place.column - 1 :]
    if not isinstance(node, Scalar):
        return None
    whole = node.raw in written and written[:1] not in ("|", ">")
    return node.place if whole else None
