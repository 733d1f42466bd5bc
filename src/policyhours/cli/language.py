"""Which language to speak: ``--lang``, else the locale, else Chinese."""

from __future__ import annotations

import os
from collections.abc import Sequence


def language_from(arguments: Sequence[str]) -> str:
    """The language that the arguments ask for, before they are parsed."""
    for index, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return "en" if argument[7:] == "en" else "zh"
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "zh"
    return default_language()


def default_language() -> str:
    """English where the locale is English, else Chinese."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"
