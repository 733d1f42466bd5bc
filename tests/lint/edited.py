"""Policies and cases with some lines changed, and the findings that come out, for tests of the rules."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from helpers import ROOT
from policyhours.language.library import Library
from policyhours.lint.check import check
from policyhours.text.finding import Finding
from policyhours.text.telling import tell

PROVINCE = "xinjiang/2023.1.yaml"
GENERAL = "examples/general/2023.1.yaml"
AGRICULTURE = "examples/agriculture/2024.1.yaml"
EDUCATION = "examples/education/2024.1.yaml"
HEALTH = "examples/health/2024.1.yaml"
ACCOUNTING = "xinjiang/accounting/2023.1.yaml"


def written(path: str) -> str:
    """A policy of the repository as it stands."""
    return (ROOT / "policies" / path).read_text(encoding="utf-8")


def changed(text: str, *edits: tuple[str, str]) -> str:
    """The text with each edit made once."""
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def lint(folder: Path, path: str, text: str, others: Mapping[str, str] | None = None) -> list[Finding]:
    """The findings of one file among the policies of the repository; both wordings can be told."""
    root = folder / "policies"
    if not root.exists():
        shutil.copytree(ROOT / "policies", root)
    for name, content in {**(others or {}), path: text}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    findings = list(check([str(root / path)], Library([root])).findings)
    for finding in findings:
        for lang in ("zh", "en"):
            assert "{" not in tell(finding, lang).splitlines()[0]
    return findings


def told(
    folder: Path, path: str, *edits: tuple[str, str], others: Mapping[str, str] | None = None
) -> list[str]:
    """What is told anew when a policy is edited: code, and the text at the place of the finding."""
    before = {_spot(finding) for finding in lint(folder / "before", path, written(path))}
    after = lint(folder / "after", path, changed(written(path), *edits), others)
    return [spot for finding in after if (spot := _spot(finding)) not in before]


def _spot(finding: Finding) -> str:
    place = finding.place
    if place is None:
        return finding.code
    start = place.column - 1
    return f"{finding.code} {place.source.line(place.line)[start : start + place.width]}"
