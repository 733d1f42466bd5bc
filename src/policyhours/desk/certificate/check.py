"""Checking: whether a certificate is genuine, and if not, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.certificate.claims import FORM, is_named
from policyhours.desk.certificate.code import MAX_CODE, NoCode, claims_of, is_signed, short
from policyhours.desk.certificate.figures import figures
from policyhours.desk.certificate.keys import fingerprint
from policyhours.desk.certificate.labels import label, shown
from policyhours.desk.certificate.seal import is_sealed
from policyhours.text.finding import Finding, Refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_BYTES: Final = 16 * 1024 * 1024
"""The largest file that is read, in bytes; a certificate has some twenty thousand."""

_PDF: Final = b"%PDF-"
_KEYWORDS: Final = re.compile(rb"/Keywords \(([A-Za-z0-9_.-]+)\)")
_UNCOMPARED: Final = frozenset({"program"})  # another release that gives the same figures is no fault


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a certificate.

    Attributes:
        findings: what is wrong; empty where it is genuine.
        claims: what it says, where that was signed by the key; else nothing is vouched for.
        fingerprint: of the key by which it was checked.
        short: the code to compare with a printed page; empty where there is no code.
    """

    findings: tuple[Finding, ...]
    claims: Mapping[str, Any] | None
    fingerprint: str
    short: str

    @property
    def genuine(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.findings


def read_certificate(source: Path | BinaryIO) -> bytes:
    """The bytes of a certificate, from a file or a stream.

    Raises:
        Refused: where it can't be read or is too large to be one.
    """
    try:
        if isinstance(source, Path):
            with source.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        else:
            data = source.read(MAX_BYTES + 1)
    except (OSError, ValueError):
        raise Refused((Finding("DK236", None, {"file": str(source)}),)) from None
    if len(data) > MAX_BYTES:
        raise Refused((Finding("DK237", None, {"file": str(source) if isinstance(source, Path) else "-"}),))
    return data


def check(
    data: bytes, key: Ed25519PublicKey, *, evaluation: Evaluation | None = None, name: str | None = None
) -> Checked:
    """Check a certificate: the PDF as it was issued, or its code alone.

    Args:
        data: the bytes of the PDF, or of a text that is the code.
        key: the issuing office's public key.
        evaluation: the case, assessed anew, to compare every figure with.
        name: the name that the certificate should bear, if that is to be checked.

    Raises:
        Refused: where there is no code in it.
    """
    is_file, code = data.startswith(_PDF), _code_of(data)
    try:
        named, said = claims_of(code)
        by_key = is_signed(code, key)
    except NoCode:
        raise Refused((Finding("DK251", None),)) from None
    own = fingerprint(key)
    findings: list[Finding] = []
    if not by_key:
        words = {"named": named, "given": own}
        findings.append(Finding("DK253" if named == own else "DK252", None, words))
    elif said.get("form") != FORM:
        raise Refused((Finding("DK255", None, {"form": str(said.get("form"))}),))
    if is_file and not is_sealed(data, key) and by_key:
        findings.append(Finding("DK254", None))
    if name is not None and by_key and not is_named(said, name):
        findings.append(Finding("DK259", None))
    if evaluation is not None:
        findings += _differences(said, evaluation)
    return Checked(tuple(findings), said if by_key else None, own, short(code))


def _code_of(data: bytes) -> str:
    """The code in a PDF or a text."""
    if data.startswith(_PDF):
        found = _KEYWORDS.findall(data)
        if len(found) != 1:
            raise Refused((Finding("DK250" if not found else "DK251", None),))
        return str(found[0].decode("ascii"))
    try:
        text = "".join(data[: 4 * MAX_CODE].decode("utf-8-sig").split())
    except ValueError:
        raise Refused((Finding("DK250", None),)) from None
    if text.count(".") != 2 or not text.isascii():
        raise Refused((Finding("DK250", None),))
    return text


def _differences(said: Mapping[str, Any], evaluation: Evaluation) -> Iterator[Finding]:
    """What the certificate says otherwise than the case as it now comes out, each by its name."""
    year = said.get("year")
    try:
        now = figures(evaluation, year if isinstance(year, int) else 0).data()
    except Refused as refused:
        yield from (Finding("DK257", f.place, f.args) if f.code == "DK210" else f for f in refused.findings)
        return
    for key, value in now.items():
        if key in _UNCOMPARED or said.get(key) == value:
            continue
        words = {"label": label(key, "zh"), "label_en": label(key, "en")}
        words |= {"signed": shown(key, said.get(key)), "now": shown(key, value)}
        yield Finding("DK256" if key == "case" else "DK258", None, words)
