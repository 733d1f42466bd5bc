"""Encodings of text files: every one is brought into UTF-8 before it is read.

Excel on a Chinese Windows saves GBK unless told otherwise, and "Unicode text" is UTF-16 to it.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policyhours.roster.intake.scratch import private_file
from policyhours.text.encoding import OtherEncoding, decode
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

_BLOCK: Final = 1024 * 1024
_MARKS: Final = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_READ_AS: Final = {"utf-16": "UTF-16", "gb18030": "GBK（GB18030）"}


@dataclass(frozen=True, slots=True)
class Utf8:
    """A text file in UTF-8.

    Attributes:
        path: the file itself, or a copy of it in UTF-8.
        read_as: the encoding that it had, as people call it; empty where it was UTF-8.
        even: no line is empty and all end alike, so that records are counted alike everywhere.
    """

    path: Path
    read_as: str
    even: bool


def as_utf8(path: Path, scratch: Path) -> Utf8:
    """The file in UTF-8; a copy in the scratch folder where it is in GBK, GB18030 or UTF-16.

    Raises:
        Refused: where its encoding is not known, or it is damaged.
    """
    with path.open("rb") as stream:
        head = stream.read(4)
    if not head:
        raise Refused((Finding("RO107", None, {"file": shown_path(path)}),))
    codec = next((codec for mark, codec in _MARKS if head.startswith(mark)), "")
    if not codec:
        try:
            return Utf8(path, "", _even(path, "utf-8"))
        except UnicodeDecodeError as fault:
            codec = _other(path, fault)
    copy = private_file(scratch, ".csv")
    try:
        with copy.open("w", encoding="utf-8", newline="") as out:
            even = _even(path, codec, out.write)
    except UnicodeDecodeError:
        raise _damaged(path) from None
    return Utf8(copy, _READ_AS[codec], even)


def _even(path: Path, codec: str, take: Callable[[str], object] | None = None) -> bool:
    """Whether no line of a text is empty; `take` is given the text, piece by piece.

    Raises:
        UnicodeDecodeError: where it is not in this encoding.
    """
    even, last = True, "\n"
    for text in _texts(path, codec):
        if "\0" in text:
            raise _damaged(path)
        if take is not None:
            take(text)
        joined = last + text
        even = even and "\n\n" not in joined and "\n\r" not in joined
        even = even and joined.removesuffix("\r").count("\r") == joined.count("\r\n")
        last = text[-1:] or last
    return even


def _texts(path: Path, codec: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _other(path: Path, fault: UnicodeDecodeError) -> str:
    """The codec of a text that is not UTF-8.

    Raises:
        Refused: where it is UTF-8 but for damaged bytes, or no text that we know.
    """
    with path.open("rb") as stream:
        while block := stream.readline(_BLOCK):
            if not block.isascii():
                break
        sample = block + b"".join(stream.readline(_BLOCK) for _ in range(2000))
    found = decode(sample)
    if isinstance(found, OtherEncoding) and found.name == "GBK":
        return "gb18030"
    raise _damaged(path) from fault


def _damaged(path: Path) -> Refused:
    return Refused((Finding("RO113", None, {"file": shown_path(path)}),))
