"""Fonts: a Chinese typeface that this computer has, or the one that is named."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from policyhours.desk.extra import needed
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

_PAIRS: Final = (
    ("simsun.ttc", "simhei.ttf"),
    ("msyh.ttc", "msyhbd.ttc"),
    ("simhei.ttf", "simhei.ttf"),
    ("notoserifcjk-regular.ttc", "notoserifcjk-bold.ttc"),
    ("notoserifcjksc-regular.otf", "notoserifcjksc-bold.otf"),
    ("sourcehanserifsc-regular.otf", "sourcehanserifsc-bold.otf"),
    ("sourcehanserif-regular.ttc", "sourcehanserif-bold.ttc"),
    ("sourcehanserifcn-regular.otf", "sourcehanserifcn-bold.otf"),
    ("songti.ttc", "songti.ttc"),
    ("notosanscjk-regular.ttc", "notosanscjk-bold.ttc"),
    ("notosanscjksc-regular.otf", "notosanscjksc-bold.otf"),
    ("sourcehansanssc-regular.otf", "sourcehansanssc-bold.otf"),
    ("sourcehansanscn-regular.otf", "sourcehansanscn-bold.otf"),
    ("pingfang.ttc", "pingfang.ttc"),
    ("hiragino sans gb.ttc", "hiragino sans gb.ttc"),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    ("wqy-microhei.ttc", "wqy-microhei.ttc"),
    ("uming.ttc", "uming.ttc"),
)
"""What is looked for, best first: the file of the text's face and that of the headings'."""

_ENDINGS: Final = (".ttf", ".ttc", ".otf", ".otc")


@dataclass(frozen=True, slots=True)
class Face:
    """One face: its file, and its number where that holds several."""

    path: Path
    number: int = 0


@dataclass(frozen=True, slots=True)
class Faces:
    """The face of the text and that of the headings."""

    text: Face
    heading: Face


def faces(letters: frozenset[str], chosen: Path | None = None) -> Faces:
    """The first pair of faces that has all the letters.

    Args:
        letters: every character that is to be printed.
        chosen: the only file to be used, if any.

    Raises:
        Refused: where the file is no font, no Chinese font is found, or none has a letter.
    """
    if chosen is not None:
        face = Faces(_face(chosen, bold=False), _face(chosen, bold=True))
        if missing := _missing(face, letters):
            raise _refused("DK242", file=shown_path(chosen), letters=_named(missing))
        return face
    least: frozenset[str] | None = None
    for pair in _installed():
        try:
            face = Faces(_face(pair[0], bold=False), _face(pair[1], bold=True))
            missing = _missing(face, letters)
        except Refused as refused:
            if refused.findings[0].code != "DK240":
                raise
            continue  # a damaged file; the next may be sound
        if not missing:
            return face
        least = missing if least is None or len(missing) < len(least) else least
    if least is None:
        raise _refused("DK241", folders="、".join(str(folder) for folder in folders()))
    raise _refused("DK243", letters=_named(least))


def folders() -> list[Path]:
    """Where fonts are installed on this computer."""
    home = Path.home()
    if sys.platform == "win32":
        own = os.environ.get("LOCALAPPDATA") or home / "AppData/Local"
        return [Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), Path(own, "Microsoft/Windows/Fonts")]
    if sys.platform == "darwin":
        roots = ("/System/Library/Fonts", "/Library/Fonts")
        return [*map(Path, roots), home / "Library/Fonts"]
    roots = ("/usr/share/fonts", "/usr/local/share/fonts")
    return [*map(Path, roots), home / ".local/share/fonts", home / ".fonts"]


def _installed() -> Iterator[tuple[Path, Path]]:
    """The pairs of which both files are there."""
    found: dict[str, Path] = {}
    for folder in folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in _ENDINGS:
                found.setdefault(path.name.lower(), path)
    for text, heading in _PAIRS:
        if text in found:
            yield found[text], found.get(heading, found[text])


def _face(path: Path, *, bold: bool) -> Face:
    """The simplified Chinese face of a file, the bold one of several if that is wanted."""
    with needed("DK201"):
        from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]
    with _usable(path) as stream:
        if path.suffix.lower() not in (".ttc", ".otc"):
            TTFont(stream, lazy=True)
            return Face(path)
        fonts = TTCollection(stream, lazy=True).fonts
        names = [str(font["name"].getDebugName(4) or "") for font in fonts]
        return Face(path, max(range(len(names)), key=lambda i: (_likeness(names[i], bold), -i)))


@contextlib.contextmanager
def _usable(path: Path) -> Iterator[BinaryIO]:
    """The font's file, open; whatever its reader stumbles over is told as that it is no usable font."""
    try:
        with path.open("rb") as stream:
            yield stream
    except Exception:  # a damaged font makes fontTools fail in any way
        raise _refused("DK240", file=shown_path(path)) from None


def _likeness(name: str, bold: bool) -> tuple[bool, bool, bool]:
    words = name.replace("-", " ").split()
    chinese = not {"SC", "CN", "GB"}.isdisjoint(words)
    return chinese, "Mono" not in words, ("Bold" in words) is bold


def _missing(pair: Faces, letters: frozenset[str]) -> frozenset[str]:
    """The letters that one of the faces has not."""
    from fontTools.ttLib import TTFont

    lacking: set[str] = set()
    for face in {pair.text, pair.heading}:
        with _usable(face.path) as stream:
            known = TTFont(stream, fontNumber=face.number, lazy=True).getBestCmap() or {}
            lacking |= {letter for letter in letters if ord(letter) not in known}
    return frozenset(lacking)


def _named(letters: frozenset[str]) -> str:
    return "、".join(f"{letter}（U+{ord(letter):04X}）" for letter in sorted(letters)[:20])


def _refused(code: str, **words: str) -> Refused:
    return Refused((Finding(code, None, words),))
