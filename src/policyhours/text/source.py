"""Sources: the text of a file, decoded, or an error that names its encoding."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 4 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CHINESE = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    r"""A text and the name under which people know it.

    Attributes:
        name: the path as shown, with forward slashes, relative to the working folder where it is below it.
        text: decoded, without byte-order mark, lines ended by ``\n``.
    """

    name: str
    text: str = field(repr=False)
    _lines: list[str] = field(default_factory=list, repr=False)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty beyond the end."""
        if not self._lines:
            self._lines.extend(self.text.split("\n"))
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""


def read_source(path: Path, *, limit: int = MAX_BYTES) -> Source:
    """Read a file.

    Raises:
        Refused: where it cannot be read, is too large, or is not UTF-8 text.
    """
    from policyhours.text.finding import Finding, Refused

    name = shown_path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as fault:
        reasons = {FileNotFoundError: "PH101", PermissionError: "PH102", IsADirectoryError: "PH103"}
        code = next((code for kind, code in reasons.items() if isinstance(fault, kind)), "PH104")
        code = "PH103" if path.is_dir() else code
        raise Refused((Finding(code, None, {"file": name}),)) from None
    return source_from_bytes(data, name, limit=limit)


def source_from_bytes(data: bytes, name: str, *, limit: int = MAX_BYTES) -> Source:
    """The source that these bytes are, called `name`.

    Raises:
        Refused: where they are too many, or not UTF-8 text.
    """
    from policyhours.text.finding import Finding, Refused
    from policyhours.text.place import Place

    if len(data) > limit:
        words = {"file": name, "limit": f"{limit // (1024 * 1024)} MiB"}
        raise Refused((Finding("PH105", None, words),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        code, encoding = _other_encoding(data)
        raise Refused((Finding(code, None, {"file": name, "encoding": encoding}),)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    source = Source(name, text)
    if bad := _CONTROL.search(text):
        if bad.group() == "\0":
            code, encoding = _other_encoding(data)
            raise Refused((Finding(code, None, {"file": name, "encoding": encoding}),))
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1) + 1
        words = {"found": f"U+{ord(bad.group()):04X}"}
        raise Refused((Finding("PH108", Place(source, line, column), words),))
    return source


def shown_path(path: Path) -> str:
    """The path as people see it: with forward slashes, relative where it is below the working folder."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path.as_posix()


def _other_encoding(data: bytes) -> tuple[str, str]:
    """The finding for bytes that are not UTF-8, and the encoding that they seem to be in."""
    marks = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32"}
    marks |= {codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
    for mark, encoding in marks.items():
        if data.startswith(mark):
            return "PH106", encoding
    if b"\0" in data:
        wide = data[:2000]
        half = max(1, len(wide) // 2)
        looks_wide = max(wide[0::2].count(0), wide[1::2].count(0)) / half > 0.3
        return ("PH106", "UTF-16") if looks_wide and b"\0\0\0" not in wide else ("PH107", "")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return "PH107", ""
    foreign = [c for c in text if ord(c) > 127]
    chinese = sum(1 for c in foreign if _CHINESE.match(c))
    return ("PH106", "GBK") if chinese * 2 >= len(foreign) and not _CONTROL.search(text) else ("PH107", "")
