"""Tables: the sheet of a table, with labels, as the rows of a filing, with ids."""

from __future__ import annotations

from dataclasses import replace

from policyhours.desk.form import layout as at
from policyhours.desk.form.heads import Sheet
from policyhours.desk.form.labels import Labels, folded
from policyhours.desk.form.model import Cell, Row, Table
from policyhours.text.finding import Finding


def table_of(sheet: Sheet, labels: Labels, findings: list[Finding]) -> Table:
    """The table that stands in a sheet.

    Args:
        sheet: its added heads are what it goes by.
        labels: by which people name options.
        findings: rows that say nothing, or of which nobody can tell what they mean, are told here.
    """
    columns = sorted(sheet.added)
    by = [replace(sheet.added[column], text=labels.name(sheet.added[column].text)) for column in columns]
    rows: list[Row] = []
    blank: list[Cell] = []
    otherwise: Cell | None = None
    for number in sheet.rows():
        keys = [sheet.grid.cell(number, column) for column in columns]
        value = sheet.cell(number, at.RESULT)
        if keys and folded(keys[0].text) == folded(at.OTHERWISE):
            otherwise = value if value.text else otherwise
            continue
        while keys and not keys[-1].text:
            keys.pop()
        if not keys or any(not key.text for key in keys):
            place = value.place() if not keys else next(k for k in keys if not k.text).place()
            findings.append(Finding("DK316", place, {"sheet": sheet.grid.name}))
        elif not value.text:
            blank.append(value)
        else:
            meant = tuple(
                replace(key, text=labels.meant(name.text, key.text))
                for name, key in zip(by, keys, strict=False)
            )
            rows.append(Row(meant, value))
    if rows:
        findings += [Finding("DK318", cell.place()) for cell in blank]
    return Table(tuple(by), tuple(rows), otherwise)
