"""A workbook as a form: everything that people filled in, each with its cell; nothing is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policyhours.desk.form import layout as at
from policyhours.desk.form.grid import Grid, grids_of
from policyhours.desk.form.labels import Labels
from policyhours.desk.form.model import EMPTY, Form
from policyhours.desk.form.rows import Reader
from policyhours.desk.form.sections import SECTIONS
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused
from policyhours.text.messages import wordings
from policyhours.text.nearest import hint
from policyhours.text.source import shown_path

_NEEDED: Final = (at.GUIDE, at.HEAD, *(s.sheet for s in SECTIONS.values()), at.REST)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that came back.

    Attributes:
        form: what it says.
        upper: the text for which it was made.
        labels: of that text and of the form.
        grids: its sheets.
        findings: what people should know; none of them is an error.
    """

    form: Form
    upper: Policy
    labels: Labels
    grids: Mapping[str, Grid]
    findings: tuple[Finding, ...]


def read_form(path: Path, library: Library) -> Filled:
    """Read a workbook that was written as a form.

    Raises:
        Refused: where it is no form, or something in it cannot be read; each with its sheet and cell.
    """
    grids, findings = grids_of(path)
    file = shown_path(path)
    if at.GUIDE not in grids and at.HEAD not in grids:
        raise Refused((Finding("DK303", None, {"file": file, "found": "、".join(grids)}),))
    if missing := [name for name in _NEEDED if name not in grids]:
        words = {"file": file, "missing": "、".join(missing)}
        near = hint(missing[0], list(grids), ("从原来的表复制过来", "copy it from the form as it was"))
        raise Refused((Finding("DK304", None, words | near),))
    upper = _upper(grids[at.GUIDE], library, findings, file)
    form, labels = Reader(grids, findings, upper).form()
    _check_version(form, upper, findings)
    told = tuple(findings)
    if any(wordings()[finding.code].severity == "error" for finding in told):
        raise Refused(told)
    return Filled(form, upper, labels, grids, told)


def _upper(grid: Grid, library: Library, findings: list[Finding], file: str) -> Policy:
    """The text for which the form was made; that it has changed since is told.

    Raises:
        Refused: where the form does not say it, or there is no such text.
    """
    said = {cells[1].text: grid.cell(row, 2) for row, cells in grid.rows.items() if 1 in cells}
    ref, digest, version = (said.get(key, EMPTY) for key in (at.UPPER, at.DIGEST, at.VERSION))
    if not ref.text:
        raise Refused((Finding("DK303", None, {"file": file, "found": at.GUIDE}),))
    if version.text != at.FORMAT:
        words = {"found": version.text or "—", "expected": at.FORMAT}
        raise Refused((Finding("DK324", version.place(), words),))
    place = ref.place(1, 1, len(ref.text))
    upper = library.policy(parse_reference(ref.text, place), None, place)
    if digest.text != upper.header.digest:
        findings.append(Finding("DK313", place, {"upper": upper.ref}, (("upper", upper.header.place),)))
    return upper


def _check_version(form: Form, upper: Policy, findings: list[Finding]) -> None:
    part = form.part("implements")
    cell = part.entries[0].get("") if part is not None and part.entries else EMPTY
    if cell.text and cell.text != upper.ref:
        words = {"found": cell.text, "upper": upper.ref}
        findings.append(Finding("DK314", cell.place(1, 1, len(cell.text)), words))
