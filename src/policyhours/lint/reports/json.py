"""Findings as data for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable

from policyhours.lint.fixes import Fix, fix_of
from policyhours.lint.reports.words import does, says
from policyhours.text.finding import Finding
from policyhours.text.messages import wordings


def render(findings: Iterable[Finding], lang: str) -> str:
    """All findings as one list."""
    return json.dumps([finding_data(finding, lang) for finding in findings], ensure_ascii=False)


def finding_data(finding: Finding, lang: str) -> dict[str, object]:
    """A finding with its wording in ``zh`` or ``en``; lines and columns count from 1, in characters."""
    message = wordings()[finding.code]
    place = finding.place
    fix = fix_of(finding)
    return {
        "code": finding.code,
        "name": message.name,
        "severity": message.severity,
        "file": place.source.name if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "says": says(finding, lang),
        "do": does(finding, lang),
        "also": [
            {"label": label, "file": p.source.name, "line": p.line, "column": p.column}
            for label, p in finding.also
        ],
        "fix": None if fix is None else _fix_data(fix),
    }


def _fix_data(fix: Fix) -> list[dict[str, object]]:
    return [
        {"line": edit.line, "column": edit.column, "width": edit.width, "text": edit.text}
        for edit in fix.edits
    ]
