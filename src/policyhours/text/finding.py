"""Findings: what is wrong with a text, as data; `telling` puts them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policyhours.text.place import Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found.

    Attributes:
        code: its stable code, such as ``PH111``; the wording stands in the catalogue under it.
        place: where, if it has a place.
        args: the words that the wording quotes.
        also: other places that belong to it, each with a label's key (``first``, ``upper``).
    """

    code: str
    place: Place | None
    args: Mapping[str, str] = field(default_factory=dict)
    also: tuple[tuple[str, Place], ...] = ()


class Refused(Exception):
    """A text is refused; `findings` say why, each with place, cause and remedy."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        from policyhours.text.telling import tell_all

        return tell_all(self.findings)
