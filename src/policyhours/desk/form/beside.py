"""The results of a trial, written beside the cases in the workbook that people filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from policyhours.desk.form.grid import has_formulas
from policyhours.desk.form.heads import Sheet
from policyhours.desk.form.paint import library, put
from policyhours.desk.form.trial_sheet import CHANGED, COUNTED, OUTCOME, RESULTS
from policyhours.desk.form.tried import Tried
from policyhours.text.aside import Aside, told
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path


def write_results(path: Path, output: Path, sheet: Sheet, results: Sequence[Tried]) -> None:
    """Write the results into a workbook, whole or not at all; nothing else in it is touched.

    Args:
        path: the workbook that was read.
        output: where it is put; it may be the same.
        sheet: its sheet 试算.
        results: of the cases that stand there.

    Raises:
        Refused: where it cannot be written, or formulas would lose what they came to.
    """
    excel = library()
    formulas = has_formulas(path)
    if formulas and path.resolve() == output.resolve():
        raise Refused((Finding("DK334", None, {"file": shown_path(path)}),))
    book = excel.load_workbook(path, data_only=formulas)
    page = book[sheet.grid.name]
    places = _places(page, sheet)
    for row in range(sheet.head + 1, sheet.grid.last_row() + 1):
        for head in RESULTS:
            page.cell(row, places[head]).value = None
    for each in results:
        for row in each.rows:
            put(page.cell(row, places[COUNTED]), each.counted(row))
        put(page.cell(each.rows[0], places[OUTCOME]), each.outcome())
        put(page.cell(each.rows[0], places[CHANGED]), each.changed())
        for place in places.values():
            page.cell(each.rows[0], place).alignment = excel.styles.Alignment(wrap_text=True, vertical="top")
        page.row_dimensions[each.rows[0]].height = None
    with Aside() as aside:
        with told(output):
            book.save(aside.beside(output))
        aside.put_in_place()


def _places(page: Any, sheet: Sheet) -> dict[str, int]:
    """The columns of the results; one that was deleted is put behind all others."""
    places: dict[str, int] = {head: sheet.places[head] for head in RESULTS if head in sheet.places}
    last = max([*sheet.places.values(), *sheet.added], default=0)
    for head in RESULTS:
        if head not in places:
            last += 1
            places[head] = last
            put(page.cell(sheet.head, last), head)
    return places
