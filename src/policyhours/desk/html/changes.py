"""The changes: the difference between two policies as a page, and for whom it matters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from policyhours.desk.changes.compared import Line, count_text, impact_lines, lines_text
from policyhours.desk.changes.difference import Change, Difference, change_text
from policyhours.desk.changes.impact import Impact
from policyhours.desk.changes.terms import section_term
from policyhours.desk.html.page import fill, page
from policyhours.version import VERSION


def changes_html(found: Difference, met: Impact | None = None, lang: str = "zh") -> str:
    """The changes as a page of its own."""
    title = f"{found.old.ref} → {found.new.ref}"
    return page(title, changes_body(found, met, lang), lang, "changes")


def changes_body(found: Difference, met: Impact | None = None, lang: str = "zh") -> str:
    """The changes as markup, to stand in a page that has the style ``changes``."""
    sections = [
        (section_term(section, lang), [_change(change, found, lang) for change in those])
        for section, those in groupby(found.changes, key=lambda change: change.said.section)
    ]
    return fill(
        "changes",
        old=found.old.header,
        new=found.new.header,
        count=count_text(found, lang),
        sections=sections,
        impact=parts(impact_lines(met, lang, folders=False)) if met is not None else [],
        program=f"policyhours {VERSION}",
    )


def _change(change: Change, found: Difference, lang: str) -> dict[str, str]:
    return {
        "text": change_text(change, lang),
        "places": lines_text(change, found, lang),
        "kind": f"{change.change} {change.direction or ''}".strip(),
        "mark": _MARKS[change.direction or change.change],
    }


_MARKS: Final = {"stricter": "▲", "looser": "▽", "added": "＋", "removed": "－", "changed": "～"}
"""The mark of a change, which needs no colour; in words the change says it itself."""


def parts(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines that belong together, part by part."""
    return [list(part) for said, part in groupby(lines, key=lambda line: bool(line.text)) if said]
