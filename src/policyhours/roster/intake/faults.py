"""Faults: what is wrong with one cell or row, as data; the catalogue of findings has the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policyhours.text.messages import wordings

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit.

    Attributes:
        code: its stable code; the wording stands in the catalogue under it.
        words: what the wording quotes, such as ``found``, ``expected`` and ``expected_en``.
        column: the canonical column; empty where the whole row is meant.
    """

    code: str
    words: Mapping[str, str] = field(default_factory=dict)
    column: str = ""

    def says(self, lang: str) -> str:
        """What was found, and what was expected."""
        return wordings()[self.code].says[lang].format_map(self._short())

    def do(self, lang: str) -> str:
        """What to do about it."""
        return wordings()[self.code].do[lang].format_map(self._short())

    def word(self, name: str) -> str:
        """One of the words; empty where there is none."""
        return self._short().get(name, "")

    def _short(self) -> dict[str, str]:
        return {k: w if len(w) <= _LONGEST else w[:_LONGEST] + "…" for k, w in self.words.items()}
