"""Keys: the issuing office's pair (Ed25519). The private part signs; the public part is handed out."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policyhours.desk.extra import needed
from policyhours.desk.place import refuse_existing, write
from policyhours.text.aside import Aside
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_MAX_BYTES: Final = 16 * 1024


def public_path(private: Path) -> Path:
    """Where the public part stands: beside the private one, as ``密钥.公钥.pem``."""
    return private.with_name(f"{private.stem}.公钥.pem")


def make_pair(private: Path, password: str = "") -> str:
    """Make a pair of keys and write both parts; gives the fingerprint.

    The private part can be read by its owner only (on Windows as its folder says), and is encrypted where a
    password is given.

    Raises:
        Refused: where a file stands there already, or can't be written. A key is never written over.
    """
    with needed("DK201"):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    for path in (private, public_path(private)):
        refuse_existing(path, "DK230")
    key = Ed25519PrivateKey.generate()
    pem = serialization.Encoding.PEM
    locked: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        locked = serialization.BestAvailableEncryption(password.encode("utf-8", "surrogateescape"))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, locked)
    public = key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo)
    with Aside() as aside:
        write(aside.beside(private, private=True), secret, private)
        write(aside.beside(public_path(private)), public, public_path(private))
        aside.put_in_place()
    return fingerprint(key.public_key())


def private_key(path: Path, password: str = "") -> Ed25519PrivateKey:
    """The private part that a file holds.

    Raises:
        Refused: where it can't be read, holds another thing, or the password is missing or wrong.
    """
    with needed("DK201"):
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    data = _read(path)
    if b"PUBLIC KEY" in data:
        raise _refused("DK232", path)
    try:
        key = load_pem_private_key(
            data, password.encode("utf-8", "surrogateescape") or None if is_locked(data) else None
        )
    except TypeError:
        raise _refused("DK234", path) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _refused("DK235" if is_locked(data) else "DK231", path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _refused("DK231", path)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public part that a file holds.

    Raises:
        Refused: where it can't be read or holds another thing, such as the private part.
    """
    with needed("DK201"):
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    data = _read(path)
    if b"PRIVATE KEY" in data:
        raise _refused("DK233", path)
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise _refused("DK231", path) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _refused("DK231", path)
    return key


def is_locked(data: bytes) -> bool:
    """Whether a private part is encrypted."""
    return b"ENCRYPTED" in data


def needs_password(path: Path) -> bool:
    """Whether a file holds a private part that is encrypted.

    Raises:
        Refused: where it can't be read.
    """
    return is_locked(_read(path))


def fingerprint(key: Ed25519PublicKey) -> str:
    """By what people tell keys apart: 32 hexadecimal digits of its SHA-256, in groups of four."""
    digits = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32].upper()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX_BYTES)
    except (OSError, ValueError):
        raise _refused("DK236", path) from None


def _refused(code: str, path: Path) -> Refused:
    return Refused((Finding(code, None, {"file": shown_path(path)}),))
