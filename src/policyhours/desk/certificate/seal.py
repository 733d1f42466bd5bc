"""The seal: the file as it left the office, signed to its last byte.

The code proves the figures wherever it is copied to. What is drawn on the page is proved by the seal, a
comment behind the end of the PDF: change, save anew or add to the file, and it is broken.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PURPOSE: Final = b"policyhours-certificate-file\0"  # no other signature of the key can be taken for a seal
_SEAL: Final = re.compile(rb"%policyhours-seal ([A-Za-z0-9_-]{86})\n", re.ASCII)
_LENGTH: Final = len("%policyhours-seal \n") + 86


def sealed(data: bytes, key: Ed25519PrivateKey) -> bytes:
    """The file with its seal."""
    mark = base64.urlsafe_b64encode(key.sign(_meant(data))).rstrip(b"=")
    return data + b"%policyhours-seal " + mark + b"\n"


def is_sealed(data: bytes, key: Ed25519PublicKey) -> bool:
    """Whether the key sealed this very file."""
    from cryptography.exceptions import InvalidSignature

    found = _SEAL.fullmatch(data[-_LENGTH:])
    if found is None:
        return False
    signature = base64.urlsafe_b64decode(found[1] + b"==")
    if base64.urlsafe_b64encode(signature).rstrip(b"=") != found[1]:
        return False  # another way of writing the same signature
    try:
        key.verify(signature, _meant(data[:-_LENGTH]))
    except InvalidSignature:
        return False
    return True


def _meant(data: bytes) -> bytes:
    return _PURPOSE + hashlib.sha256(data).digest()
