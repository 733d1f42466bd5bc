"""The page: what was measured stands between marks in a Markdown file, and a run writes it anew there."""

from __future__ import annotations

from pathlib import Path


def fits(page: Path, part: str) -> bool:
    """Whether the page has a place for a part."""
    return page.is_file() and all(page.read_text(encoding="utf-8").count(mark) == 1 for mark in _marks(part))


def fill(page: Path, part: str, text: str) -> None:
    """Put what was measured in its place; the rest of the page stays as it is.

    Args:
        page: that has a place for it; see `fits`.
        part: the name of the place.
        text: Markdown.
    """
    first, last = _marks(part)
    before, _, rest = page.read_text(encoding="utf-8").partition(first)
    _, _, after = rest.partition(last)
    page.write_text(f"{before}{first}\n\n{text}\n\n{last}{after}", encoding="utf-8", newline="\n")


def _marks(part: str) -> tuple[str, str]:
    return f"<!-- measured: {part} -->", f"<!-- end: {part} -->"
