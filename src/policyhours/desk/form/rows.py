"""The sheets of a form, row by row, as parts and entries; what belongs nowhere is told, not dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from policyhours.desk.form import layout as at
from policyhours.desk.form.grid import Grid
from policyhours.desk.form.heads import Sheet, headed
from policyhours.desk.form.labels import Labels, folded, labels_of
from policyhours.desk.form.model import EMPTY, Cell, Entry, Form, Note, Part, Table
from policyhours.desk.form.province import with_part
from policyhours.desk.form.sections import SECTIONS, Section
from policyhours.desk.form.tables import table_of
from policyhours.language.policy import Policy
from policyhours.text.finding import Finding
from policyhours.text.nearest import hint
from policyhours.text.source import Source

_KNOWN: Final = (at.GUIDE, at.HEAD, *(s.sheet for s in SECTIONS.values()), at.REST, at.TRIAL, at.LISTS)


@dataclass(slots=True)
class Reader:
    """Reads the sheets of a form.

    Attributes:
        grids: its sheets.
        findings: what is wrong is added here.
        upper: the text for which the form was made.
    """

    grids: Mapping[str, Grid]
    findings: list[Finding]
    upper: Policy
    _rest: dict[tuple[str, str], Cell] = field(default_factory=dict)
    _used: set[tuple[str, str]] = field(default_factory=set)
    _named: dict[str, Cell] = field(default_factory=dict)

    def form(self) -> tuple[Form, Labels]:
        """The form, and the labels by which its tables were read."""
        self._read_rest()
        form = self._head()
        for section in SECTIONS.values():
            entries = self._entries(section)
            part = form.part(section.key)
            if part is None and not entries:
                continue
            if part is not None and part.text is not None:
                if entries:
                    words = {"sheet": section.sheet, "key": section.key}
                    self.findings.append(Finding("DK325", entries[0].key.place(), words))
                continue
            form = with_part(form, replace(part or Part(Cell(section.key)), entries=entries))
        kept = tuple(p for p in form.parts if p.text is not None or p.entries or p.key.text not in SECTIONS)
        lost = [p for p in form.parts if p not in kept and (p.note.before or p.note.behind)]
        form = replace(form, parts=kept, after=(*(c for p in lost for c in _comments(p)), *form.after))
        labels = labels_of(self.upper, form)
        form = self._with_tables(form, labels)
        self._check_unused()
        return form, labels

    # ── the head ──

    def _head(self) -> Form:
        sheet = headed(self.grids[at.HEAD], at.HEAD_COLUMNS, self.findings, lax=(at.HINT, at.ITEM))
        if sheet is None:
            return Form(())
        parts: list[Part] = []
        after: tuple[str, ...] = ()
        for row in sheet.rows():
            key, value, note = sheet.cell(row, at.KEY), sheet.cell(row, at.VALUE), _note(sheet, row)
            if key.text == at.AFTER:
                after = (*note.before, *((note.behind,) if note.behind else ()))
                if value.text:
                    self._stray(value)
                continue
            if not key.text:
                self._keyless(sheet, row)
                continue
            name, _, inner = key.text.partition(".")
            if value.text.startswith(at.ARROW.strip()):
                part = self._referring(key, value, note)
                parts.append(part)
                if part.text is not None:
                    self._no_place_behind(sheet, row)
            elif value.text:
                entry = Entry(replace(key, text=inner), fields=(("", value),))
                last = parts[-1] if parts else None
                if inner and last is not None and last.key.text == name and last.entries:
                    both = Note((*last.note.before, *note.before), _both(last.note.behind, note.behind))
                    parts[-1] = replace(last, note=both, entries=(*last.entries, entry))
                else:
                    parts.append(Part(replace(key, text=name), note, (entry,)))
            elif note != Note():
                self.findings.append(Finding("DK326", value.place(), {"key": key.text}))
        return Form(tuple(parts), after)

    def _referring(self, key: Cell, value: Cell, note: Note) -> Part:
        """A part that stands in a sheet of its own, or as YAML in the rest."""
        target = _target(value)
        section = SECTIONS.get(key.text)
        if section is not None and folded(target) == folded(section.sheet):
            return Part(key, note)
        return Part(key, note, text=self._from_rest(key.text, "", value))

    # ── sections ──

    def _entries(self, section: Section) -> tuple[Entry, ...]:
        heads = [section.named, *(column.head for column in section.columns), at.BEFORE, at.BEHIND]
        info = at.INFORMING if section.key == "sets" else ()
        sheet = headed(self.grids[section.sheet], [*heads, *info], self.findings, lax=info)
        found: list[Entry] = []
        for row in sheet.rows() if sheet is not None else ():
            assert sheet is not None
            said = {column.key: sheet.cell(row, column.head) for column in section.columns}
            key, note = sheet.cell(row, section.named), _note(sheet, row)
            filled = tuple((name, cell) for name, cell in said.items() if cell.text)
            if not key.text:
                if filled or note != Note():
                    self._keyless(sheet, row)
                continue
            if not filled:
                if note != Note():
                    self.findings.append(Finding("DK326", key.place(1, 1, len(key.text)), {"key": key.text}))
                continue
            content = said[section.content]
            if content.text.startswith(at.ARROW.strip()):
                found += self._named_entry(section, sheet, row, content, filled)
            else:
                found.append(Entry(key, note, filled))
        return tuple(found)

    def _named_entry(
        self,
        section: Section,
        sheet: Sheet,
        row: int,
        content: Cell,
        filled: tuple[tuple[str, Cell], ...],
    ) -> list[Entry]:
        """An entry whose content stands in another sheet: in the rest, or in a table, read later."""
        key, note = sheet.cell(row, section.named), _note(sheet, row)
        if folded(_target(content)) == folded(at.REST):
            text = self._from_rest(section.key, key.text, content)
            self._no_place_behind(sheet, row)
            for name, cell in filled:
                if name != section.content:
                    self._stray(cell)
            return [Entry(key, Note(note.before), text=text)]
        fields = tuple((name, cell) for name, cell in filled if name != section.content)
        if not section.tables or self._sheet_named(content) is None:
            return []
        self._named[f"{section.key}.{key.text}"] = content
        return [Entry(key, note, fields, Table((), ()))]

    def _sheet_named(self, content: Cell) -> Grid | None:
        """The sheet that a cell names; where there is none, that is told."""
        target = _target(content)
        grid = next((g for name, g in self.grids.items() if folded(name) == folded(target)), None)
        if grid is None or grid.name in _KNOWN:
            others = [name for name in self.grids if name not in _KNOWN]
            near = hint(target, others, ("核对工作表的名称", "check the name of the sheet"))
            place = content.place(1, 1, len(content.text.partition("\n")[0]))
            self.findings.append(Finding("DK311", place, {"found": target} | near))
            return None
        return grid

    # ── tables ──

    def _with_tables(self, form: Form, labels: Labels) -> Form:
        parts = []
        for part in form.parts:
            entries = [self._with_table(part.key.text, entry, labels) for entry in part.entries]
            kept = tuple(entry for entry in entries if entry is not None)
            if kept or not part.entries or part.key.text not in SECTIONS:
                parts.append(replace(part, entries=kept))
        return replace(form, parts=tuple(parts))

    def _with_table(self, section: str, entry: Entry, labels: Labels) -> Entry | None:
        """The entry with its table; ``None`` where nothing is filled in yet."""
        content = self._named.get(f"{section}.{entry.key.text}")
        if content is None or entry.table is None:
            return entry
        grid = self._sheet_named(content)
        assert grid is not None
        sheet = headed(grid, (at.RESULT,), self.findings, open_=True)
        if sheet is None:
            return None
        table = table_of(sheet, labels, self.findings)
        said = table.rows or table.otherwise is not None
        if not said and section != "sets":
            self.findings.append(Finding("DK327", content.place(), {"sheet": grid.name}))
        return replace(entry, table=table) if said else None

    # ── the rest ──

    def _read_rest(self) -> None:
        sheet = headed(self.grids[at.REST], at.REST_COLUMNS, self.findings)
        for row in sheet.rows() if sheet is not None else ():
            assert sheet is not None
            where = sheet.cell(row, at.PART).text, sheet.cell(row, at.KEY).text
            cell = sheet.cell(row, at.CONTENT)
            if not where[0]:
                self._keyless(sheet, row)
            elif where in self._rest:
                self._rest[where] = _joined(self._rest[where], cell)
            else:
                self._rest[where] = cell

    def _from_rest(self, part: str, key: str, value: Cell) -> Cell:
        self._used.add((part, key))
        found = self._rest.get((part, key))
        if found is None or not found.text:
            self.findings.append(Finding("DK320", value.place(), {"part": part, "key": key or "—"}))
            return EMPTY
        return found

    def _check_unused(self) -> None:
        for where, cell in self._rest.items():
            if where not in self._used:
                words = {"part": where[0], "key": where[1] or "—"}
                self.findings.append(Finding("DK321", cell.place(), words))
        used = {folded(_target(cell)) for cell in self._named.values()}
        for name, grid in self.grids.items():
            if name not in _KNOWN and folded(name) not in used and grid.rows:
                row = min(grid.rows)
                cell = grid.rows[row][min(grid.rows[row])]
                self.findings.append(Finding("DK312", cell.place(), {"sheet": name}))

    def _keyless(self, sheet: Sheet, row: int) -> None:
        cell = next(c for c in sheet.grid.rows[row].values())
        self.findings.append(Finding("DK310", cell.place(1, 1, len(cell.text.partition("\n")[0])), {}))

    def _no_place_behind(self, sheet: Sheet, row: int) -> None:
        """Tell of a comment behind what is kept as it is written: it has to stand there."""
        if (behind := sheet.cell(row, at.BEHIND)).text:
            self._stray(behind)

    def _stray(self, cell: Cell) -> None:
        self.findings.append(Finding("DK306", cell.place(), {"found": cell.text[:60]}))


def _target(cell: Cell) -> str:
    return cell.text.removeprefix(at.ARROW.strip()).strip()


def _note(sheet: Sheet, row: int) -> Note:
    before = at.comment_lines(sheet.cell(row, at.BEFORE).text)
    behind = at.comment_lines(" ".join(sheet.cell(row, at.BEHIND).text.split("\n")))
    return Note(before, behind[0] if behind else "")


def _both(first: str, second: str) -> str:
    return f"{first} {second}" if first and second else first or second


def _comments(part: Part) -> tuple[str, ...]:
    return (*part.note.before, *((part.note.behind,) if part.note.behind else ()))


def _joined(first: Cell, second: Cell) -> Cell:
    """Two pieces of one text; both keep the place of the first."""
    text = f"{first.text}\n{second.text}"
    source = first.source
    return Cell(text, Source(source.name, text) if source is not None else None)
