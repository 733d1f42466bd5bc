"""The holder and the act of issuing: what stands on a certificate and in no case file, result or log."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import UNSEEN, read_source, shown_path
from policyhours.text.tree import Mapping, Scalar

MAX_TEXT: Final = 60
"""The characters that a name, a title, an issuer or a number may have."""

_MAX_BYTES: Final = 16 * 1024
_BLANKS: Final = re.compile("[ \u00a0\u3000]+")
_RESIDENT: Final = re.compile(r"\d{17}[\dX]", re.ASCII)
_OTHER: Final = re.compile(r"[A-Z0-9()]{6,20}", re.ASCII)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate is for; the id number is kept masked only.

    Attributes:
        title: the title or qualification to print instead of what the case states; empty for that.
    """

    name: str
    masked_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """The act of issuing."""

    number: str
    issuer: str
    day: date


@dataclass(frozen=True, slots=True)
class Fields:
    """What a holder's file says; empty where it does not."""

    name: str = ""
    id_number: str = ""
    title: str = ""


def read_holder(path: Path) -> Fields:
    """The holder's file: ``姓名``, ``证件号码``, ``职称``, or in English, each on a line.

    Raises:
        Refused: where it can't be read or says another thing. What it says is not quoted.
    """
    source = read_source(path, limit=_MAX_BYTES)
    words = {"file": shown_path(path)}
    try:
        tree = read_document(source)
    except Refused:
        raise Refused((Finding("DK227", None, words),)) from None
    said: dict[str, str] = {}
    for entry in tree.entries if isinstance(tree, Mapping) else ():
        key = _KEYS.get(entry.key)
        if key is None or key in said or not isinstance(entry.value, Scalar):
            raise Refused((Finding("DK226", None, words),))
        said[key] = entry.value.raw
    if not said:
        raise Refused((Finding("DK226", None, words),))
    return Fields(**said)


def holder(name: str, id_number: str, title: str = "") -> Holder:
    """The holder, checked.

    Raises:
        Refused: where the name or the title can't be printed, or the id number can't be one.
    """
    return Holder(line("holder", name), mask(id_number), line("title", title) if title else "")


def act(number: str, issuer: str, day: date) -> Act:
    """The act of issuing, checked.

    Raises:
        Refused: where the number or the issuer can't be printed.
    """
    return Act(line("number", number), line("issuer", issuer), day)


_KEYS: Final = {
    "姓名": "name",
    "证件号码": "id_number",
    "职称": "title",
    "name": "name",
    "id_number": "id_number",
    "title": "title",
}
_FIELDS: Final = {
    "holder": ("姓名", "the name"),
    "title": ("职称或职业资格", "the title"),
    "number": ("证书编号", "the number"),
    "issuer": ("签发机关", "the issuer"),
}


def line(field: str, text: str) -> str:
    """A text that fits on one printed line, in Unicode's composed form.

    Raises:
        Refused: where it is empty, too long, or holds what nobody sees or no printer has.
    """
    if len(text) > 10 * MAX_TEXT:
        raise _misfit("DK222", field)
    if UNSEEN.search(text):
        raise _misfit("DK223", field)
    clean = _BLANKS.sub(" ", unicodedata.normalize("NFC", text).strip())
    if not clean:
        raise _misfit("DK221", field)
    if len(clean) > MAX_TEXT:
        raise _misfit("DK222", field)
    if not clean.isprintable():
        raise _misfit("DK223", field)
    return clean


def mask(id_number: str) -> str:
    """The id number with its middle hidden: never more than eight characters, and half of it at most, show.

    A resident's number of 18 characters has to have the right check character (GB 11643).

    Raises:
        Refused: where it can't be an id number. What was given is not repeated.
    """
    clean = unicodedata.normalize("NFKC", id_number[:100]).strip().upper()
    if len(clean) == 18 and not _is_resident(clean):
        raise Refused((Finding("DK225", None),))
    if not _OTHER.fullmatch(clean):
        raise Refused((Finding("DK224", None),))
    shown = min(4, len(clean) // 4)
    return clean[:shown] + "*" * (len(clean) - 2 * shown) + clean[-shown:]


def _is_resident(number: str) -> bool:
    if not _RESIDENT.fullmatch(number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECK[total % 11] == number[-1]


def _misfit(code: str, field: str) -> Refused:
    zh, en = _FIELDS[field]
    return Refused((Finding(code, None, {"field": zh, "field_en": en, "limit": str(MAX_TEXT)}),))
