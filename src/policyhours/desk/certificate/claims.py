"""Claims: everything that a certificate says, as the data that are signed.

The name stands on the page in clear and here as a digest only, so that a code can be passed on without it.
The digest is salted and slow (scrypt): who holds the paper can check the name, who holds only the code can at
best guess names one by one. The id number stands here as on the page: masked.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from policyhours.desk.certificate.code import canonical
from policyhours.desk.certificate.figures import Figures
from policyhours.desk.certificate.holder import Act, Holder, line

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORM: Final = 1
"""The form of the claims; another number is another program's."""

_PURPOSE: Final = b"policyhours-certificate-salt\0"


def claims(figures: Figures, holder: Holder, act: Act, key: Ed25519PrivateKey) -> dict[str, Any]:
    """What the certificate says.

    The salt comes from the key and from all else that is said, so that one certificate is always the same
    bytes, and nobody without the key can tell its salt.
    """
    said: dict[str, Any] = {
        "form": FORM,
        "number": act.number,
        "issuer": act.issuer,
        "date": act.day.isoformat(),
        "id": holder.masked_id,
        "title": holder.title or figures.title,
        **figures.data(),
    }
    salt = hashlib.sha256(key.sign(_PURPOSE + canonical(said))).hexdigest()[:32]
    return said | {"name": {"salt": salt, "scrypt": _digest(holder.name, salt)}}


def is_named(said: Mapping[str, Any], name: str) -> bool:
    """Whether this is the name that was signed.

    Raises:
        Refused: where no certificate could bear such a name.
    """
    found = said["name"]
    return hmac.compare_digest(_digest(line("holder", name), found["salt"]), found["scrypt"])


def _digest(name: str, salt: str) -> str:
    return hashlib.scrypt(name.encode("utf-8"), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
