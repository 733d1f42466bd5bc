"""Spelling names and texts in SQL."""

from __future__ import annotations

from pathlib import Path


def quoted(name: str) -> str:
    """A name of a column or a table."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text."""
    return "'" + text.replace("'", "''") + "'"


def file_literal(path: Path) -> str:
    """A path, its marks taken as they are and not as wildcards."""
    return literal("".join(f"[{mark}]" if mark in "[*?" else mark for mark in str(path.absolute())))
