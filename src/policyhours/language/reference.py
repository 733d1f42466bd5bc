"""References: a policy as people name it, ``id@version``, or ``id`` for the version in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place

_ID: Final = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)*")
_VERSION: Final = re.compile(r"\d{4}(\.\d{1,4}){1,3}")


@dataclass(frozen=True, slots=True)
class Reference:
    """A policy as people name it; without a version it is the one in force."""

    id: str
    version: str | None

    def __str__(self) -> str:
        return self.id if self.version is None else f"{self.id}@{self.version}"


def is_id(text: str) -> bool:
    """Whether a policy may have this id; one that may cannot lead out of the policies folder."""
    return _ID.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Whether a policy may have this version, such as ``2023.1``."""
    return _VERSION.fullmatch(text) is not None


def parse_reference(text: str, place: Place | None = None) -> Reference:
    """Read a reference.

    Raises:
        Refused: where the text is none, or would lead out of the policies folder.
    """
    name, at, version = text.partition("@")
    if not is_id(name) or (at and not is_version(version)):
        raise Refused((Finding("PH320", place, {"found": text}),))
    return Reference(name, version or None)
