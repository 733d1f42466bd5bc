"""The catalogue of findings: their wording in Chinese and English, one file a family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml

Severity = Literal["error", "warning", "advice"]
LANGUAGES: Final = ("zh", "en")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Message:
    """The wording of one finding.

    Attributes:
        name: a stable name in words, such as ``duplicate-key``.
        says: by language, what was found and what was expected.
        do: by language, the remedy.
    """

    code: str
    name: str
    severity: Severity
    says: Mapping[str, str]
    do: Mapping[str, str]


@cache
def catalogue() -> Mapping[str, Message]:
    """Every message about policies and cases, by code; each has a page in ``docs/rules``."""
    return {code: message for code, message in wordings().items() if code.startswith("PH")}


@cache
def wordings() -> Mapping[str, Message]:
    """Every message, by code; read when first asked for. ``RO`` codes are about rosters."""
    found: dict[str, Message] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        entries = yaml.load(
            path.read_text(encoding="utf-8"), Loader=_LOADER
        )  # our own file, and a safe loader
        for code, entry in entries.items():
            assert code not in found, code
            found[code] = Message(
                code,
                entry["name"],
                entry["severity"],
                says={lang: entry[lang]["says"] for lang in LANGUAGES},
                do={lang: entry[lang]["do"] for lang in LANGUAGES},
            )
    return found
