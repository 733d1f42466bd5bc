"""The code: all that a certificate says, signed, in one line of characters.

It is a JSON web signature in its compact form (RFC 7515, with Ed25519 as RFC 8037 says), so that whoever has
the public key can check it with other tools too. The claims in it are canonical: one content is one text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from policyhours.desk.certificate.keys import fingerprint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAX_CODE: Final = 64 * 1024
"""The characters that a code may have; one has some two thousand."""

_KIND: Final = "policyhours-certificate"
_SIGNATURE: Final = 64  # bytes, of Ed25519
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NoCode(ValueError):
    """A text is no code of a certificate, or not whole."""


def canonical(data: Mapping[str, Any]) -> bytes:
    """The one text of these data: JSON, keys in order, no blanks, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def signed(claims: Mapping[str, Any], key: Ed25519PrivateKey) -> str:
    """The code of these claims."""
    head = {"alg": "EdDSA", "kid": fingerprint(key.public_key()), "typ": _KIND}
    body = f"{_coded(canonical(head))}.{_coded(canonical(claims))}"
    return f"{body}.{_coded(key.sign(body.encode('ascii')))}"


def claims_of(code: str) -> tuple[str, dict[str, Any]]:
    """The fingerprint of the key that a code names, and its claims; nothing is checked but its form.

    Raises:
        NoCode: where it is none.
    """
    head, claims, _ = _parts(code)
    kid = head.get("kid")
    if head != {"alg": "EdDSA", "kid": kid, "typ": _KIND} or not isinstance(kid, str):
        raise NoCode
    return kid, claims


def is_signed(code: str, key: Ed25519PublicKey) -> bool:
    """Whether the key signed this very code."""
    from cryptography.exceptions import InvalidSignature

    _, _, signature = _parts(code)
    try:
        key.verify(signature, code.rpartition(".")[0].encode("ascii"))
    except InvalidSignature:
        return False
    return True


def short(code: str) -> str:
    """What a person compares: 80 bits of the code's SHA-256, without the letters I, L, O and U."""
    number = int.from_bytes(hashlib.sha256(code.encode("ascii")).digest()[:10])
    digits = "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def _parts(code: str) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    parts = code.split(".") if len(code) <= MAX_CODE else []
    if len(parts) != 3:
        raise NoCode
    signature = _decoded(parts[2])
    if len(signature) != _SIGNATURE:
        raise NoCode
    return _object(_decoded(parts[0])), _object(_decoded(parts[1])), signature


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _decoded(text: str) -> bytes:
    """What the characters say; only the one way of writing it is taken."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise NoCode from None
    if _coded(data) != text:
        raise NoCode
    return data


def _object(data: bytes) -> dict[str, Any]:
    """The JSON object of these bytes; only its canonical text is taken."""
    try:
        found = json.loads(data.decode("utf-8"))
        same = isinstance(found, dict) and canonical(found) == data
    except (ValueError, RecursionError):
        raise NoCode from None
    if not same:
        raise NoCode
    return dict(found)
