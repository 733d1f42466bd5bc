"""Small libraries of versions, written to a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from helpers import ROOT
from policyhours.language.library import Library

TEXT = (ROOT / "policies/xinjiang/2023.1.yaml").read_text(encoding="utf-8")
FILING = (
    (ROOT / "policies/examples/general/2023.1.yaml")
    .read_text(encoding="utf-8")
    .replace("structure: {条: 20}\n", "")
    .partition("\n# 其余各条")[0]
)
"""A filing whose clauses are not accounted for, so that what it sets may be edited."""

TERM = "in_force: {from: 2023-02-01, until: 2028-01-31"
PAPER_CEILING = "ceiling: {hours: 20, per: year, article: 第八条第八项"


def province(
    version: str = "2023.1",
    *,
    starts: str = "2023-02-01",
    ends: str | None = "2028-01-31",
    supersedes: str | None = None,
    edits: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """A version of the province's text: its path, and its content with these edits."""
    return f"xinjiang/{version}.yaml", _edited(TEXT, "xinjiang", version, starts, ends, supersedes, edits)


def filing(
    name: str = "trade",
    version: str = "2025.1",
    *,
    starts: str = "2025-07-01",
    ends: str | None = "2028-01-31",
    supersedes: str | None = None,
    implements: str = "xinjiang@2023.1",
    header: str = "",
    edits: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """A version of a filing that fills every open slot; `header` holds lines to add."""
    edits = {"implements: xinjiang@2023.1": f"implements: {implements}", **(edits or {})}
    text = _edited(FILING, name, version, starts, ends, supersedes, edits)
    return f"{name}/{version}.yaml", text.replace("\nvalues:", f"\n{header}\nvalues:", 1)


def library(folder: Path, *files: tuple[str, str]) -> Library:
    """The files written below the folder, as a library."""
    for path, text in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return Library([folder])


def _edited(
    text: str,
    name: str,
    version: str,
    starts: str,
    ends: str | None,
    supersedes: str | None,
    edits: Mapping[str, str] | None,
) -> str:
    term = f"in_force: {{from: {starts}" + (f", until: {ends}" if ends else "")
    said = f"supersedes: {supersedes}\n" if supersedes else ""
    changes = {
        'version: "2023.1"': f'version: "{version}"',
        TERM: said + term,
        "policy: examples/general": f"policy: {name}",
        **(edits or {}),
    }
    for before, after in changes.items():
        assert before in text or before.startswith("policy:"), before
        text = text.replace(before, after, 1)
    return text
