"""Issuing: from an evaluation to a certificate that lies in its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.certificate.claims import claims
from policyhours.desk.certificate.code import short, signed
from policyhours.desk.certificate.figures import figures
from policyhours.desk.certificate.holder import Act, Holder
from policyhours.desk.certificate.keys import fingerprint
from policyhours.desk.certificate.page import page
from policyhours.desk.certificate.seal import sealed
from policyhours.desk.place import put_whole, refuse_existing
from policyhours.text.aside import usable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued: the bytes of the file, the code to compare, and by which key."""

    data: bytes
    short: str
    fingerprint: str


def issue(
    evaluation: Evaluation,
    year: int,
    holder: Holder,
    act: Act,
    key: Ed25519PrivateKey,
    *,
    font: Path | None = None,
) -> Issued:
    """The certificate of a year.

    Raises:
        Refused: where the year may not be certified, or the page can't be printed.
    """
    said = claims(figures(evaluation, year), holder, act, key)
    code, by = signed(said, key), fingerprint(key.public_key())
    return Issued(sealed(page(said, holder.name, code, by, font), key), short(code), by)


def ready(out: Path) -> None:
    """Make sure that a certificate can be put there, before anything is worked out.

    Raises:
        Refused: where a file stands there already, or none can be written.
    """
    usable(out)
    refuse_existing(out, "DK244")


def put(issued: Issued, out: Path) -> None:
    """Put the certificate in its place, whole.

    Raises:
        Refused: where a file stands there already, or it can't be written.
    """
    ready(out)
    put_whole(issued.data, out)
