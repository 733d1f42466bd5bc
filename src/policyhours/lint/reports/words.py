"""The wording of a finding for forms that are not drawn for a console."""

from __future__ import annotations

from policyhours.text.finding import Finding
from policyhours.text.messages import wordings


def says(finding: Finding, lang: str) -> str:
    """What was found and what was expected."""
    return wordings()[finding.code].says[lang].format_map(finding.args)


def does(finding: Finding, lang: str) -> str:
    """What to do."""
    return wordings()[finding.code].do[lang].format_map(finding.args)


def file_of(finding: Finding) -> str | None:
    """The name of the file concerned, where one is known; standard input has none."""
    name = finding.place.source.name if finding.place else finding.args.get("file")
    return None if name == "-" else name
