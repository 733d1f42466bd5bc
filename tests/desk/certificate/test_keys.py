"""Keys are made once, kept private, never written over, and told apart."""

from __future__ import annotations

import os
import stat
import sys

import pytest
from certified import codes

from policyhours.desk.certificate.keys import (
    fingerprint,
    make_pair,
    needs_password,
    private_key,
    public_key,
    public_path,
)
from policyhours.text.finding import Refused

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")


def refusal(call, *args) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(*args)
    return codes(refused)


def test_both_parts_belong_together(tmp_path):
    made = make_pair(tmp_path / "密钥.pem")
    assert public_path(tmp_path / "密钥.pem").name == "密钥.公钥.pem"
    assert fingerprint(public_key(tmp_path / "密钥.公钥.pem")) == made
    assert fingerprint(private_key(tmp_path / "密钥.pem").public_key()) == made
    assert sorted(p.name for p in tmp_path.iterdir()) == ["密钥.pem", "密钥.公钥.pem"]


@POSIX
def test_the_private_part_is_its_owners_alone(tmp_path):
    make_pair(tmp_path / "k.pem")
    assert stat.S_IMODE((tmp_path / "k.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["k.pem", "k.公钥.pem"])
def test_no_key_is_written_over(tmp_path, there):
    (tmp_path / there).write_text("旧")
    assert refusal(make_pair, tmp_path / "k.pem") == ["DK230"]
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(there, "旧")]


def test_a_password_is_needed_and_has_to_be_right(tmp_path):
    path = tmp_path / "k.pem"
    make_pair(path, "口令 1")
    assert needs_password(path)
    assert b"ENCRYPTED" in path.read_bytes()
    assert private_key(path, "口令 1")
    assert refusal(private_key, path) == ["DK234"]
    assert refusal(private_key, path, "口令 2") == ["DK235"]


def test_the_parts_are_not_taken_for_each_other(tmp_path):
    make_pair(tmp_path / "k.pem")
    assert refusal(private_key, tmp_path / "k.公钥.pem") == ["DK232"]
    assert refusal(public_key, tmp_path / "k.pem") == ["DK233"]


@pytest.mark.parametrize(
    "data", [b"", b"\0\xff", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
)
def test_what_is_no_key_is_refused(tmp_path, data):
    (tmp_path / "k.pem").write_bytes(data)
    assert refusal(public_key, tmp_path / "k.pem") == ["DK231"]


def test_a_key_of_another_kind_is_refused(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    other = X25519PrivateKey.generate()
    private, public = tmp_path / "a.pem", tmp_path / "b.pem"
    private.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert refusal(private_key, private) == refusal(public_key, public) == ["DK231"]


def test_a_key_that_is_not_there_is_refused(tmp_path):
    assert refusal(public_key, tmp_path / "none.pem") == refusal(needs_password, tmp_path) == ["DK236"]


def test_without_the_package_the_extra_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives", None)
    assert refusal(make_pair, tmp_path / "k.pem") == ["DK201"]
