"""Tables: files in, the four canonical relations out, in a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from policyhours.roster.intake import notes
from policyhours.roster.intake.columns import TABLES, Table
from policyhours.roster.intake.csv_file import CsvFile, as_it_is, counted, open_csv
from policyhours.roster.intake.encodings import as_utf8
from policyhours.roster.intake.files import Format, expand, format_of, table_of_name
from policyhours.roster.intake.fixed import EXPLANATION, OPTIONS
from policyhours.roster.intake.heads import Reader, find_head, headings, heads_reader, likely_table
from policyhours.roster.intake.parquet import Schema, parquet_pieces, schema_of
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.relation import Intake, Piece, Source, put_together
from policyhours.roster.intake.text_table import headless, text_piece
from policyhours.roster.intake.vocabulary import Vocabulary
from policyhours.roster.intake.workbook import Sheet, sheet_grid, sheets_of
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.source import shown_path

if TYPE_CHECKING:
    import duckdb

Rows = Sequence[Sequence[str]]


def take_in(
    paths: Iterable[Path | str],
    con: duckdb.DuckDBPyConnection,
    vocabulary: Vocabulary,
    columns: Mapping[str, str],
    scratch: Path,
) -> Intake:
    """Read the files into the database.

    Args:
        paths: workbooks, CSV and Parquet files; a name may hold wildcards.
        con: an empty database; the relations become views of it.
        vocabulary: what may stand in the tables.
        columns: heads that the files have → the id or title of the column that each is.
        scratch: a folder for copies of texts that the database cannot read where they are; they hold what
            the files hold, and have to last as long as the relations are read.

    Raises:
        Refused: with every file that cannot be read at all, and why.
    """
    taking = _Taking(con, heads_reader(vocabulary, columns), scratch)
    files, faults = expand(paths)
    parquet: dict[Table, list[tuple[Path, Schema]]] = {}
    for path in files:
        try:
            match format_of(path):
                case Format.PARQUET:
                    schema = schema_of(con, path)
                    table = taking.table(path.stem, [[name for name, _ in schema]], shown_path(path))
                    parquet.setdefault(table, []).append((path, schema))
                case Format.WORKBOOK:
                    taking.workbook(path)
                case Format.TEXT:
                    taking.csv(path)
        except Refused as refused:
            faults += refused.findings
    for table, several in parquet.items():
        try:
            taking.parquet(table, several)
        except Refused as refused:
            faults += refused.findings
    faults += taking.unsaid(columns)
    if faults:
        raise Refused(tuple(faults))
    relations = {
        table: put_together(con, table, taking.pieces[table], vocabulary.tables[table])
        for table in TABLES
        if any(source.rows for piece in taking.pieces.get(table, ()) for source in piece.sources)
    }
    return Intake(relations, taking.sources, taking.notes, taking.rejected)


@dataclass(slots=True)
class _Taking:
    """What has been taken in so far."""

    con: duckdb.DuckDBPyConnection
    reader: Reader
    scratch: Path
    pieces: dict[Table, list[Piece]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def parquet(self, table: Table, files: Sequence[tuple[Path, Schema]]) -> None:
        """Files of one table in Parquet."""
        for piece in parquet_pieces(self.con, table, files, self.reader, len(self.sources)):
            self._add(piece, 1)

    def csv(self, path: Path) -> None:
        """A file of texts."""
        text = as_utf8(path, self.scratch)
        name = shown_path(path)
        file = open_csv(name, text, self._score)
        if text.read_as:
            self.notes.append(notes.of_encoding(name, text.read_as))
        table = self.table(path.stem, file.top, name)
        head = find_head(self.reader, table, file.top, name)
        self._add(self._csv_piece(file, table, head), head + 1)

    def workbook(self, path: Path) -> None:
        """Every sheet of a workbook that is one of the tables."""
        with sheets_of(path) as sheets:
            named = {sheet.name: table_of_name(sheet.name, whole=True) for sheet in sheets}
            if len(sheets) == 1 and not any(named.values()):
                named[sheets[0].name] = self.table(path.stem, sheets[0].top, shown_path(path))
            unread = [sheet.name for sheet in sheets if named[sheet.name] is None]
            if len(unread) == len(sheets):
                tops = [row for sheet in sheets for row in sheet.top]
                words = {"file": shown_path(path), "found": headings(self.reader, tops)}
                raise Refused((Finding("RO110", None, words),))
            faults: list[Finding] = []
            for sheet in sheets:
                try:
                    if (table := named[sheet.name]) is not None:
                        self._sheet(sheet, table)
                except Refused as refused:
                    faults += refused.findings
            if faults:
                raise Refused(tuple(faults))
            if others := [name for name in unread if name not in (EXPLANATION, OPTIONS)]:
                self.notes.append(notes.of_sheets(shown_path(path), others))

    def table(self, name: str, top: Rows, file: str) -> Table:
        """The table that a file is: by its name, else by its heads.

        Raises:
            Refused: where neither tells.
        """
        found = table_of_name(name) or likely_table(self.reader, top)
        if found is None:
            raise Refused((Finding("RO110", None, {"file": file, "found": headings(self.reader, top)}),))
        return found

    def unsaid(self, columns: Mapping[str, str]) -> Iterator[Finding]:
        """The names of ``--columns`` that no file has."""
        for head in columns:
            if head not in self.said:
                yield Finding("RO112", None, {"found": head, **hint(head, sorted(self.seen))})

    def _score(self, top: Rows) -> int:
        return max((self.reader.fitting(table, row) for table in TABLES for row in top), default=0)

    def _csv_piece(self, file: CsvFile, table: Table, head: int) -> Piece:
        import duckdb

        heads = self.reader.read(table, file.top[head], file.name)
        grid = as_it_is(file, head)
        if grid is not None:
            try:
                return text_piece(self.con, grid, heads, self.reader, len(self.sources), file.name)
            except duckdb.Error:
                pass  # some row has a wrong number of cells: they are counted one by one
        grid = counted(file, head, heads, self.scratch)
        self.rejected += grid.rejected
        return text_piece(self.con, grid, heads, self.reader, len(self.sources), file.name)

    def _sheet(self, sheet: Sheet, table: Table) -> None:
        file = notes.where(sheet.file, sheet.name)
        if not any(map(any, sheet.top)):
            raise Refused((Finding("RO107", None, {"file": file}),))
        head = find_head(self.reader, table, sheet.top, file)
        heads = self.reader.read(table, sheet.top[head], file)
        columns = self.reader.vocabulary.tables[table]
        numbers = {place for id_, place in heads.of.items() if columns[id_].type in ("integer", "number")}
        grid, beyond = sheet_grid(sheet, head, heads, numbers, self.scratch)
        number = len(self.sources)
        piece = text_piece(self.con, grid, heads, self.reader, number, sheet.file, sheet.name)
        self._add(piece, head + 1, beyond)

    def _add(self, piece: Piece, head: int, beyond: int = 0) -> None:
        """Keep a piece, and what is to be told of it."""
        heads = piece.heads
        first = piece.sources[0]
        self.notes += notes.of_source(first, head)
        file = notes.where(first.file, first.sheet)
        self.notes += notes.of_heads(file, heads, self.reader.vocabulary)
        if headless_rows := headless(self.con, piece) + beyond:
            self.notes.append(notes.of_headless(file, headless_rows))
        self.said |= heads.said
        self.seen |= {name for name in heads.names if not name.startswith("#")}
        self.pieces.setdefault(heads.table, []).append(piece)
        self.sources += piece.sources
