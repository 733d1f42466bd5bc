"""Encodings: bytes as UTF-8 text, or what else they seem to be.

Excel on a Chinese Windows saves GBK unless told otherwise, and "Unicode text" is UTF-16 to it. Neither is
guessed at and read: a file that was read wrongly would be wrong silently.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (  # the longer marks first: UTF-32's begins as UTF-16's does
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_WIDE: Final = (
    ("utf-32-le", "UTF-32"),
    ("utf-32-be", "UTF-32"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class OtherEncoding:
    """Text, it seems, but in the encoding of this name."""

    name: str


def decode(data: bytes) -> str | OtherEncoding | None:
    """The text that the bytes are in UTF-8, without byte-order mark, or what they seem to be instead.

    Returns:
        ``None`` where they are no text at all. Where they are UTF-8 but for a few damaged bytes, the text
        with U+FFFD in place of these.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return OtherEncoding(name)
    text = _decoded(data, "utf-8-sig")
    padding = data.count(0) * (20 if text is None else 4) >= len(data)  # a stray zero in UTF-8 is none
    if padding and (wide := _wide(data)):
        return OtherEncoding(wide)
    return _not_utf8(data) if text is None else text


def _wide(data: bytes) -> str | None:
    """The name of an encoding of several bytes each, recognised by the zeros that pad ASCII."""
    for codec, name in _WIDE:
        text = _decoded(data, codec)
        if text and not _CONTROL.search(text):
            return name
    return None


def _not_utf8(data: bytes) -> str | OtherEncoding | None:
    if _CONTROL.search(data.decode("ascii", errors="ignore")):
        return None
    damaged = data.decode("utf-8-sig", errors="replace")
    if _chinese(damaged) > 2 * damaged.count("\ufffd"):
        return damaged
    text = _decoded(data, "gb18030")
    if text is None or _CONTROL.search(text):
        return None
    foreign = sum(1 for character in text if not character.isascii())
    return OtherEncoding("GBK") if _chinese(text) * 2 >= foreign else None


def _chinese(text: str) -> int:
    """How many characters and marks of the text are Chinese."""
    return sum(
        "\u3400" <= c <= "\u9fff" or "\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in text
    )


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None
