"""Findings as SARIF 2.1.0, the form in which code hosts and editors exchange them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from policyhours.lint.fixes import Fix, fix_of
from policyhours.lint.pages import explanation
from policyhours.lint.reports.words import does, file_of, says
from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue
from policyhours.text.place import Place
from policyhours.text.telling import LABELS
from policyhours.version import VERSION

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "advice": "note"}


def render(findings: Iterable[Finding], lang: str) -> str:
    """All findings as one log with one run."""
    found = list(findings)
    codes = sorted({finding.code for finding in found})
    driver = {"name": "policyhours", "version": VERSION, "rules": [_rule(code, lang) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code), lang) for finding in found],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _rule(code: str, lang: str) -> dict[str, Any]:
    message = catalogue()[code]
    texts = [text for each in ("zh", "en") if (text := explanation(code, each))] or [message.name]
    return {
        "id": code,
        "name": message.name,
        "shortDescription": {"text": message.name},
        "fullDescription": {"text": explanation(code, lang) or message.name},
        "help": {"text": "\n\n".join(texts)},
        "defaultConfiguration": {"level": _LEVELS[message.severity]},
    }


def _result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    level = _LEVELS[catalogue()[finding.code].severity]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level,
        "message": {"text": f"{says(finding, lang)}\n{does(finding, lang)}"},
        "locations": [],
    }
    if finding.place is not None:
        result["locations"] = [{"physicalLocation": _location(finding.place)}]
    elif (name := file_of(finding)) is not None:
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(name)}}}]
    if finding.also:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": LABELS[lang][label]}, "physicalLocation": _location(place)}
            for number, (label, place) in enumerate(finding.also, 1)
        ]
    if (fix := fix_of(finding)) is not None:
        result["fixes"] = [_fix(fix, does(finding, lang))]
    return result


def _location(place: Place) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": _uri(place.source.name)},
        "region": _region(place.line, place.column, place.width),
    }


def _region(line: int, column: int, width: int) -> dict[str, int]:
    """A stretch of one line, in characters; the end is behind the last."""
    return {"startLine": line, "startColumn": column, "endColumn": column + width}


def _fix(fix: Fix, text: str) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.line, edit.column, edit.width), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(fix.source.name)}, "replacements": replacements}
    return {"description": {"text": text}, "artifactChanges": [change]}


def _uri(name: str) -> str:
    """A relative name as a relative URI; one that is not below the working folder as a whole one."""
    return Path(name).as_uri() if Path(name).is_absolute() else quote(name)
