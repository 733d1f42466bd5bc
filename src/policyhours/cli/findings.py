"""Findings as data for programs."""

from __future__ import annotations

from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue


def finding_data(finding: Finding, lang: str) -> dict[str, object]:
    """A finding with its wording in ``zh`` or ``en``, for JSON."""
    message = catalogue()[finding.code]
    place = finding.place
    return {
        "code": finding.code,
        "name": message.name,
        "severity": message.severity,
        "file": place.source.name if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "says": message.says[lang].format_map(finding.args),
        "do": message.do[lang].format_map(finding.args),
        "also": [
            {"label": label, "file": p.source.name, "line": p.line, "column": p.column}
            for label, p in finding.also
        ],
    }
