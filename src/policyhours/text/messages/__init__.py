"""The catalogue of findings: their wording in Chinese and English, one file a family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Severity = Literal["error", "warning", "advice"]


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
    """Every message, by code."""
    found: dict[str, Message] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for code, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            assert code not in found, code
            languages = {lang: entry[lang] for lang in ("zh", "en")}
            found[code] = Message(
                code,
                entry["name"],
                entry["severity"],
                {lang: words["says"] for lang, words in languages.items()},
                {lang: words["do"] for lang, words in languages.items()},
            )
    return found
