"""Sources: the text of a file, decoded, or an error that names its encoding."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import Final

from policyhours.text.encoding import OtherEncoding, decode
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place

MAX_BYTES: Final = 4 * 1024 * 1024
"""The largest file that is read, in bytes; a policy has some twenty thousand."""

UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters
    "\xad\u200b\u2060\ufeff"  # characters without width, which make equal words unequal
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # separators, and what turns the direction of writing
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"  # halves of characters, and what is none
)
"""Characters that nobody sees and nobody means."""


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

    def lines(self) -> list[str]:
        """All lines, without their ends; not to be changed."""
        if not self._lines:
            self._lines.extend(self.text.split("\n"))
        return self._lines

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty beyond the end."""
        lines = self._lines or self.lines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


def read_source(path: Path, *, limit: int = MAX_BYTES) -> Source:
    """Read a file of at most `limit` bytes.

    Raises:
        Refused: where it cannot be read, is too large, or is not UTF-8 text.
    """
    name = shown_path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as fault:
        raise Refused((Finding(_why_unreadable(path, fault), None, {"file": name}),)) from None
    return source_from_bytes(data, name, limit=limit)


def source_from_bytes(data: bytes, name: str, *, limit: int = MAX_BYTES) -> Source:
    """The source that these bytes are, called `name`; for what does not come from a file.

    Raises:
        Refused: where they are more than `limit`, or not UTF-8 text.
    """
    if len(data) > limit:
        raise Refused((Finding("PH105", None, {"file": name, "limit": shown_size(limit)}),))
    text = decode(data)
    if text is None:
        raise Refused((Finding("PH107", None, {"file": name}),))
    if isinstance(text, OtherEncoding):
        raise Refused((Finding("PH106", None, {"file": name, "encoding": text.name}),))
    source = Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    if damage := source.text.find("\ufffd") + 1:
        raise Refused((Finding("PH129", _place(source, damage - 1)),))
    refuse_unseen(source)
    return source


def refuse_unseen(source: Source) -> None:
    """See to it that the text holds no character that nobody sees.

    Raises:
        Refused: where it does.
    """
    if unseen := UNSEEN.search(source.text):
        words = {"found": f"U+{ord(unseen.group()):04X}"}
        raise Refused((Finding("PH108", _place(source, unseen.start()), words),))


def shown_path(path: Path) -> str:
    """The path as people see it: with forward slashes, relative where it is below the working folder."""
    try:
        whole = path.resolve() if ".." in path.parts else path.absolute()
        return whole.relative_to(Path.cwd()).as_posix()
    except (OSError, ValueError, RuntimeError):
        return path.as_posix()


def file_alone(name: str) -> str:
    """A file's name without its folders, for what is handed over: they are those of one machine."""
    return PureWindowsPath(name).name or name  # it knows both kinds of slashes


def _why_unreadable(path: Path, fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return "PH101"
    try:
        if path.is_dir():  # Windows calls it a lack of permission
            return "PH103"
    except (OSError, ValueError):
        return "PH104"
    return "PH102" if isinstance(fault, PermissionError) else "PH104"


def _place(source: Source, offset: int) -> Place:
    before = source.text[:offset]
    return Place(source, before.count("\n") + 1, offset - before.rfind("\n"))


def shown_size(size: int) -> str:
    """A number of bytes as people read it."""
    for unit, bytes_each in (("MiB", 1024 * 1024), ("KiB", 1024)):
        if size >= bytes_each and size % bytes_each == 0:
            return f"{size // bytes_each} {unit}"
    return f"{size} B"
