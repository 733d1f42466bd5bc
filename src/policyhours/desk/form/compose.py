"""A filing as a form: every part in its order with its comments; what no cell can say is kept as YAML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policyhours.desk.form.emit import entry_text, part_text
from policyhours.desk.form.model import Cell, Entry, Form, Note, Part, Row, Table
from policyhours.desk.form.scalars import Misfit, cell_text
from policyhours.desk.form.sections import SECTIONS, Section, head_kind
from policyhours.text.comments import Comment, Layout, layout_of
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import Source
from policyhours.text.tree import Entry as Written
from policyhours.text.tree import Mapping, Node, Scalar, plain
from policyhours.text.tree import Sequence as Listed

_TABLE: Final = ("by", "values", "otherwise")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An entry of the text with the lines that it takes, and its comments."""

    entry: Written
    last: int
    note: Note
    inner: bool


def compose(tree: Mapping, *, comments: bool = True) -> Form:
    """The form of a filing that has been read.

    Args:
        tree: the filing.
        comments: whether its comments are taken over.

    Raises:
        Refused: where it is written between braces as a whole: it has no lines of its own to keep.
    """
    source = tree.place.source
    layout = layout_of(source)
    stretches, after = _stretches(tree, layout, 0, len(source.lines()))
    parts = tuple(_part(stretch, layout, source) for stretch in stretches)
    return Form(parts, after) if comments else _bare(Form(parts))


def _bare(form: Form) -> Form:
    """The form without the comments of its parts and entries."""
    parts = tuple(
        Part(p.key, Note(), tuple(Entry(e.key, Note(), e.fields, e.table, e.text) for e in p.entries), p.text)
        for p in form.parts
    )
    return Form(parts)


def _stretches(node: Mapping, layout: Layout, since: int, end: int) -> tuple[list[_Stretch], tuple[str, ...]]:
    """The entries of a mapping that is written line by line, and the comments behind its last.

    Args:
        node: the mapping.
        layout: of the text.
        since: the line behind which it begins.
        end: the line with which it ends.

    Raises:
        Refused: where two of them stand on one line.
    """
    starts = [entry.key_place.line for entry in node.entries]
    found: list[_Stretch] = []
    for entry, start, limit in zip(node.entries, starts, [*starts[1:], end + 1], strict=True):
        if limit <= start:
            raise Refused((Finding("DK301", entry.key_place, {}),))
        last = max((line for line in layout.written if start <= line < limit), default=start)
        before = tuple(c.text for c in layout.comments if since < c.line < start and c.alone)
        own = [c for c in layout.comments if start <= c.line <= last]
        behind = _behind(entry, own, last)
        inner = [c for c in own if c is not behind]
        note = Note(before, behind.text if behind is not None else "")
        found.append(
            _Stretch(entry, last, note, bool(inner) or bool(layout.folded & {*range(start, last + 1)}))
        )
        since = last
    return found, tuple(c.text for c in layout.comments if since < c.line <= end and c.alone)


def _behind(entry: Written, own: Sequence[Comment], last: int) -> Comment | None:
    """The comment on the line of the key, where that line is the whole entry or the key alone."""
    first = entry.key_place.line
    alone = last == first or entry.value.place.line > first
    return next((c for c in own if c.line == first and alone), None)


def _part(stretch: _Stretch, layout: Layout, source: Source) -> Part:
    entry = stretch.entry
    key = Cell(entry.key)
    section = SECTIONS.get(entry.key)
    if section is not None and isinstance(entry.value, Mapping) and _is_spread(entry):
        return _section(section, stretch, layout, source)
    if section is None and not stretch.inner:
        part = _head(key, stretch)
        if part is not None:
            return part
    behind = Note(stretch.note.before)
    return Part(key, behind, text=_verbatim(stretch, source))


def _is_spread(entry: Written) -> bool:
    """Whether the value of a section is written line by line, below its key."""
    assert isinstance(entry.value, Mapping)
    lines = [inner.key_place.line for inner in entry.value.entries]
    return bool(lines) and entry.key_place.line < lines[0] and len(set(lines)) == len(lines)


def _section(section: Section, stretch: _Stretch, layout: Layout, source: Source) -> Part:
    node = stretch.entry.value
    assert isinstance(node, Mapping)
    start = stretch.entry.key_place.line
    key_line = [c for c in layout.comments if c.line == start]
    behind = key_line[0].text if key_line else ""
    own = Layout(
        tuple(c for c in layout.comments if start < c.line <= stretch.last), layout.written, layout.folded
    )
    inner, _ = _stretches(node, own, start, stretch.last)
    entries = tuple(_entry(section, each, source) for each in inner)
    return Part(Cell(section.key), Note(stretch.note.before, behind), entries)


def _entry(section: Section, stretch: _Stretch, source: Source) -> Entry:
    key = Cell(stretch.entry.key)
    if not stretch.inner:
        try:
            found = Entry(key, stretch.note, *_cells(section, stretch.entry.value))
            if _says(entry_text(section.key, found), section.key, stretch.entry):
                return found
        except Misfit:
            pass
    return Entry(key, Note(stretch.note.before), text=_verbatim(stretch, source))


def _says(text: str, section: str, entry: Written) -> bool:
    """Whether a text says just what the entry says."""
    try:
        tree = read_document(Source("", text))
    except Refused:
        return False
    return plain(tree) == {section: {entry.key: plain(entry.value)}}


def _cells(section: Section, node: Node) -> tuple[tuple[tuple[str, Cell], ...], Table | None]:
    """What an entry says, as cells of the section's columns, and its table.

    Raises:
        Misfit: where they cannot say it.
    """
    columns = {column.key: column for column in section.columns}
    if isinstance(node, Scalar):
        if "" not in columns:
            raise Misfit
        return (("", Cell(node.raw)),), None
    if not isinstance(node, Mapping):
        raise Misfit
    table = _table(node) if section.tables and "by" in node else None
    said = {e.key: e.value for e in node.entries if table is None or e.key not in _TABLE}
    if unknown := said.keys() - columns.keys():
        raise Misfit(unknown)
    return tuple((k, Cell(cell_text(said[k], columns[k].kind))) for k in columns if k in said), table


def _table(node: Mapping) -> Table:
    by, values, otherwise = (node.get(key) for key in _TABLE)
    if not isinstance(by, Scalar | Listed) or not isinstance(values, Mapping):
        raise Misfit
    items = by.items if isinstance(by, Listed) else (by,)
    names = tuple(Cell(_scalar(item).raw) for item in items)
    rest = Cell(_scalar(otherwise).raw) if otherwise is not None else None
    rows = tuple(_rows(values, (), len(names)))
    return Table(names, rows, rest)


def _rows(node: Mapping, before: tuple[Cell, ...], depth: int) -> list[Row]:
    found: list[Row] = []
    for entry in node.entries:
        keys = (*before, Cell(entry.key))
        if isinstance(entry.value, Scalar):
            found.append(Row(keys, Cell(entry.value.raw)))
        elif isinstance(entry.value, Mapping) and len(keys) < depth:
            found += _rows(entry.value, keys, depth)
        else:
            raise Misfit
    return found


def _scalar(node: Node) -> Scalar:
    if not isinstance(node, Scalar):
        raise Misfit
    return node


def _head(key: Cell, stretch: _Stretch) -> Part | None:
    """A line of the head as cells, where they can say it."""
    node = stretch.entry.value
    try:
        if isinstance(node, Mapping):
            entries = tuple(
                Entry(Cell(e.key), fields=(("", Cell(cell_text(e.value, head_kind(f"{key.text}.{e.key}")))),))
                for e in node.entries
            )
        else:
            entries = (Entry(Cell(""), fields=(("", Cell(cell_text(node, head_kind(key.text)))),)),)
    except Misfit:
        return None
    part = Part(key, stretch.note, entries)
    try:
        same = plain(read_document(Source("", part_text(part)))) == {key.text: plain(node)}
    except Refused:
        same = False
    return part if same else None


def _verbatim(stretch: _Stretch, source: Source) -> Cell:
    """The lines of an entry from its key on, as they are written."""
    place = stretch.entry.key_place
    lines = source.lines()[place.line - 1 : stretch.last]
    indent = place.column - 1
    kept = [line[indent:] if not line[:indent].strip() else line.lstrip() for line in lines]
    return Cell("\n".join(kept))
