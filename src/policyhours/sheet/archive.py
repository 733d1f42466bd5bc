"""Archives: whether a workbook's file is one that may be unpacked at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

_MAX_UNPACKED: Final = 6 * 1024**3
_MAX_STRINGS: Final = 1024**3
_MAX_RATIO: Final = 250
_SMALL: Final = 32 * 1024**2
_ENCRYPTED: Final = 1


def check_archive(path: Path, most: int = _MAX_UNPACKED) -> None:
    """See to it that a workbook unpacks to no more than a workbook may; nothing is unpacked for that.

    Args:
        path: the workbook.
        most: the bytes that all of it may unpack to.

    Raises:
        Refused: where it does, where it is protected by a password, and where it is damaged.
    """
    name = shown_path(path)
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError):
        raise Refused((Finding("RO104", None, {"file": name}),)) from None
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Refused((Finding("RO103", None, {"file": name}),))
    if not any(member.filename == "xl/workbook.xml" for member in members):
        raise Refused((Finding("RO102", None, {"file": name}),))
    total = sum(member.file_size for member in members)
    if total > most:
        raise _oversized(name, total, most)
    for member in members:
        limit = _MAX_STRINGS if member.filename.endswith("sharedStrings.xml") else _MAX_UNPACKED
        limit = min(limit, max(_SMALL, member.compress_size * _MAX_RATIO))
        if member.file_size > limit:
            raise _oversized(name, member.file_size, limit)


def _oversized(name: str, found: int, limit: int) -> Refused:
    words = {"file": name, "found": _shown(found), "limit": _shown(limit)}
    return Refused((Finding("RO105", None, words),))


def _shown(size: int) -> str:
    return f"{-(-size // 1024**2):,} MiB"
