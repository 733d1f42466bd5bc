"""A case of the sheet 试算 as a file says it, every word of it traced to its cell."""

from __future__ import annotations

from collections.abc import Iterator

from policyhours.case.read import Draft, read_draft
from policyhours.desk.form.filing import Filing
from policyhours.desk.form.heads import Sheet
from policyhours.desk.form.model import Cell
from policyhours.desk.form.read import Filled
from policyhours.desk.form.scalars import written, written_key
from policyhours.desk.form.sections import Kind
from policyhours.desk.form.traced import Piece, Pieces, Traced
from policyhours.desk.form.trial_sheet import CASE, DAY, FIXED, ID
from policyhours.language.rules import Fact
from policyhours.text.finding import Finding
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes


class TrialCase(Traced):
    """One case, written as a file says it.

    Attributes:
        ids: by row, the id of its activity; what has none is counted through.
    """

    def __init__(
        self,
        sheet: Sheet,
        filled: Filled,
        filing: Filing,
        name: str,
        rows: tuple[int, ...],
        findings: list[Finding],
    ) -> None:
        super().__init__()
        self.sheet, self.filled, self.filing = sheet, filled, filing
        self.name, self.rows, self.findings = name, rows, findings
        self.ids: dict[int, str] = {}

    def write(self) -> None:
        """Write the case; what its rows say of the person has to agree."""
        first = self.sheet.cell(self.rows[0], CASE)
        self.line([("case: ", None), (written(first.text, "text"), first)], "")
        self.line([(f"policy: {self.filing.policy.ref}", None)], "")
        person = list(self._person())
        self.line(
            [("person: {", None), ("id: ", None), (written(first.text, "text"), first), *person, ("}", None)],
            "",
        )
        self.line([("activities:", None)], "")
        for number, row in enumerate(self.rows, 1):
            self.line([("- {", None), *self._activity(row, number), ("}", None)], "  ")

    def draft(self) -> Draft:
        """The case as written.

        Raises:
            Refused: where it is none.
        """
        return read_draft(read_document(source_from_bytes(self.text.encode("utf-8"), "-")))

    def _person(self) -> Iterator[Piece]:
        for column, fact, head in self._facts("person"):
            said = [cell for row in self.rows if (cell := self.sheet.grid.cell(row, column)).text]
            if other := next((cell for cell in said if cell.text != said[0].text), None):
                words = {"case": self.name, "fact": fact.title, "first": said[0].text, "second": other.text}
                self.findings.append(Finding("DK331", other.place(), words))
            if said:
                yield from ((", ", None), (f"{fact.id}: ", head), self._value(fact, said[0]))

    def _activity(self, row: int, number: int) -> Pieces:
        named = self.sheet.cell(row, ID)
        self.ids[row] = named.text or f"a{number}"
        found: Pieces = [("id: ", named), (written(self.ids[row], "text"), named)]
        for title, key in FIXED.items():
            cell = self.sheet.cell(row, title)
            if key in ("kind", "date", "status") and cell.text:
                kind: Kind = "value" if title == DAY else "text"
                found += [(f", {key}: ", cell), (written(cell.text, kind), cell)]
        for column, fact, head in self._facts("activity"):
            cell = self.sheet.grid.cell(row, column)
            if cell.text:
                found += [(", ", None), (f"{fact.id}: ", head), self._value(fact, cell)]
        for column, name in self._unknown():
            cell = self.sheet.grid.cell(row, column)
            if cell.text:
                key = f", {written_key(name.text)}: "
                found += [(key, name), (written(cell.text, "text"), cell)]
        return found

    def _facts(self, of: str) -> Iterator[tuple[int, Fact, Cell]]:
        facts = self.filing.policy.rules().facts
        for column, head in sorted(self.sheet.added.items()):
            fact = facts.get(self.filled.labels.name(head.text))
            if fact is not None and fact.of == of:
                yield column, fact, head

    def _unknown(self) -> Iterator[tuple[int, Cell]]:
        """The columns that name no fact of people or activities; the case is refused for what they say."""
        facts = self.filing.policy.rules().facts
        for column, head in sorted(self.sheet.added.items()):
            fact = facts.get(self.filled.labels.name(head.text))
            if fact is None or fact.of not in ("person", "activity"):
                yield column, head

    def _value(self, fact: Fact, cell: Cell) -> Piece:
        meant = self.filled.labels.meant(fact.id, cell.text)
        kind: Kind = "text" if fact.kind in ("text", "identity") else "value"
        return written(meant, kind), cell
