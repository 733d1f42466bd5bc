"""Replies: what goes back over HTTP, as plain data that a worker can hand over."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from policyhours.case.written import WRITTEN
from policyhours.lint.reports.json import finding_data
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.workbench.stated import Path

Where = Callable[[Place], Path | None]

JSON: Final = "application/json"
YAML: Final = "application/yaml"
HTML: Final = "text/html; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply.

    Attributes:
        media: its media type.
        name: the name under which a browser is to keep it; ``None`` where it is to be shown.
    """

    status: int
    media: str
    body: bytes
    name: str | None = None


def as_json(data: Any, status: int = 200) -> Reply:
    """Data for programs."""
    return Reply(status, JSON, json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))


def refusal(findings: Iterable[Finding], status: int, lang: str) -> Reply:
    """Why a request of a program was not carried out."""
    return as_json({"findings": [told(f, lang) for f in findings]}, status)


def told(finding: Finding, lang: str, where: Where = lambda place: None) -> dict[str, Any]:
    """A finding as data, each of its places with the JSON pointer of what stands there.

    Lines are told only of a text that somebody has seen.

    Args:
        finding: what was found.
        lang: the language of the words.
        where: the path to what stands at a place of the text that was sent, if that is known.
    """
    data = finding_data(finding, lang)
    also = data["also"]
    assert isinstance(also, list)
    pairs = zip(also, (place for _, place in finding.also), strict=True)
    return {**data, **_at(finding.place, where), "also": [{**entry, **_at(p, where)} for entry, p in pairs]}


def _at(place: Place | None, where: Where) -> dict[str, Any]:
    path = where(place) if place is not None else None
    unseen = place is not None and place.source.name == WRITTEN
    lines = dict.fromkeys(("file", "line", "column")) if unseen else {}
    return {"pointer": None if path is None else _pointer(path), **lines}


def _pointer(path: Path) -> str:
    """The path as RFC 6901 writes it."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
