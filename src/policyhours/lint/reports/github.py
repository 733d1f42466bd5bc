"""Findings as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policyhours.lint.reports.words import does, file_of, says
from policyhours.text.finding import Finding
from policyhours.text.messages import catalogue

_COMMANDS: Final = {"error": "error", "warning": "warning", "advice": "notice"}
_REMEDY: Final = {"zh": "怎么办：", "en": "to do: "}


def render(findings: Iterable[Finding], lang: str) -> str:
    """One command a line."""
    return "\n".join(_command(finding, lang) for finding in findings)


def _command(finding: Finding, lang: str) -> str:
    message = catalogue()[finding.code]
    known: dict[str, str] = {}
    if name := file_of(finding):
        known["file"] = name
    if place := finding.place:
        known |= {
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.column + place.width),
        }
    known["title"] = f"{finding.code} {message.name}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in known.items())
    text = f"{says(finding, lang)}\n{_REMEDY[lang]}{does(finding, lang)}"
    return f"::{_COMMANDS[message.severity]} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
