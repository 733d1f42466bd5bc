"""``policyhours certificate``, as an office calls it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from helpers import ROOT

CASES = ROOT / "policies/xinjiang/cases"
NAME, ID_NUMBER = "试例·某某", "999999190001010015"
HOLDER = f"姓名: {NAME}\n证件号码: {ID_NUMBER}\n"


def call(*arguments, cwd, stdin="", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", "certificate", *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def issuing(case="W5a.yaml", year=2025, out="证书.pdf", **more):
    words = {"key": "密钥.pem", "issuer": "试行签发机关", "number": "2025-0001", "date": "2026-01-12"}
    words |= {"holder": "持证人.yaml", "policies": ROOT / "policies"} | more
    options = [part for name, value in words.items() if value is not None for part in (f"--{name}", value)]
    return (CASES / case, "--year", year, "-o", out, *options)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A folder with a pair of keys, a holder, and a certificate."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "持证人.yaml").write_text(HOLDER, encoding="utf-8")
    assert call("key", "-o", "密钥.pem", cwd=folder)[0] == 0
    code, out, err = call(*issuing(), cwd=folder)
    assert (code, err) == (0, "")
    assert "已签发 证书.pdf" in out
    assert NAME not in out
    return folder


def verified(folder, *more, file="证书.pdf", key="密钥.公钥.pem", stdin=""):
    return call("verify", file, "--key", key, *more, cwd=folder, stdin=stdin)


def test_what_was_issued_is_verified_with_every_figure(office):
    case = ("--case", CASES / "W5a.yaml", "--policies", ROOT / "policies")
    code, out, err = verified(office, *case, "--name", NAME)
    assert (code, err) == (0, "")
    assert out.startswith("真的：签名有效")
    for said in (
        "2025-0001",
        "9999**********0015",
        "专业科目 60；公需科目 30",
        "视为完成",
        "xinjiang@2023.1",
    ):
        assert said in out
    assert NAME not in out
    assert ID_NUMBER not in out


def test_english_on_request(office):
    code, out, _ = verified(office, "--lang", "en")
    assert code == 0
    assert out.startswith("genuine")
    assert "  total: 90" in out


def test_a_changed_file_is_not_genuine(office):
    data = bytearray((office / "证书.pdf").read_bytes())
    at = data.index(b"/CreationDate") + 20
    data[at] ^= 1
    (office / "改.pdf").write_bytes(data)
    code, out, err = verified(office, file="改.pdf")
    assert code == 1
    assert out.startswith("不能证实是真的")
    assert "DK254" in err


def test_the_code_alone_is_verified_from_standard_input(office):
    data = (office / "证书.pdf").read_bytes()
    start = data.index(b"/Keywords (") + len(b"/Keywords (")
    text = data[start : data.index(b")", start)].decode()
    assert verified(office, file="-", stdin=text + "\n")[0] == 0
    code, out, err = verified(office, file="-", stdin=text[:-3])
    assert (code, out.splitlines()[0]) == (1, "不能证实是真的，不要采信")
    assert "DK251" in err


def test_another_case_is_told(office):
    case = ("--case", CASES / "W7.yaml", "--policies", ROOT / "policies")
    code, _, err = verified(office, *case)
    assert code == 1
    assert "DK256" in err
    assert "DK258 各科目与个案不同" in err


def test_a_year_that_may_not_be_certified_is_refused_and_nothing_is_written(office):
    code, out, err = call(*issuing("W5b.yaml", out="不.pdf"), cwd=office)
    assert (code, out) == (1, "")
    assert "DK212" in err
    assert "合计尚缺30学时" in err
    assert not (office / "不.pdf").exists()


def test_an_issued_certificate_is_not_written_over(office):
    before = (office / "证书.pdf").read_bytes()
    code, _, err = call(*issuing(number="2"), cwd=office)
    assert code == 1
    assert "DK244" in err
    assert (office / "证书.pdf").read_bytes() == before


def test_a_key_is_not_written_over(office):
    before = (office / "密钥.pem").read_bytes()
    code, _, err = call("key", "-o", "密钥.pem", cwd=office)
    assert code == 1
    assert "DK230" in err
    assert (office / "密钥.pem").read_bytes() == before


def test_a_password_comes_from_its_variable(office):
    code, _, err = call("key", "-o", "锁.pem", cwd=office, POLICYHOURS_KEY_PASSWORD="口令")
    assert (code, err) == (0, "")
    issue = issuing(out="锁.pdf", key="锁.pem")
    code, _, err = call(*issue, cwd=office)
    assert code == 1
    assert "DK234" in err
    assert call(*issue, cwd=office, POLICYHOURS_KEY_PASSWORD="口令")[0] == 0
    assert verified(office, file="锁.pdf", key="锁.公钥.pem")[0] == 0
    code, _, err = verified(office, file="锁.pdf")
    assert code == 1
    assert "DK252" in err


@pytest.mark.parametrize("missing", ["key", "issuer", "number"])
def test_what_is_needed_is_asked_for(office, missing):
    assert call(*issuing(out="x.pdf", **{missing: None}), cwd=office)[0] == 2


def test_a_holder_that_nobody_can_be_asked_for_is_a_wrong_call(office):
    code, _, err = call(*issuing(out="x.pdf", holder=None), cwd=office)
    assert code == 2
    assert "缺少姓名" in err


def test_two_cases_in_one_file_are_refused(office):
    text = (CASES / "W5a.yaml").read_text("utf-8")
    (office / "二.yaml").write_text(f"{text}---\n{text}", encoding="utf-8")
    code, _, err = call(*issuing(office / "二.yaml", out="x.pdf"), cwd=office)
    assert code == 1
    assert "DK217" in err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a folder that this user may not write")
def test_a_folder_that_cannot_be_written_is_told(office, tmp_path):
    tmp_path.chmod(0o500)
    code, _, err = call(*issuing(out=tmp_path / "x.pdf"), cwd=office)
    assert code == 1
    assert "RO404" in err


def test_a_folder_that_is_not_there_is_told(office):
    code, _, err = call(*issuing(out="无/x.pdf"), cwd=office)
    assert code == 1
    assert "RO402" in err


def test_help_needs_none_of_the_optional_packages(tmp_path):
    for name in ("fpdf", "cryptography", "fontTools"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)\n")
    path = f"{tmp_path}{os.pathsep}{ROOT / 'src'}"
    for words in (("--help",), ("issue", "--help"), ("verify", "--help")):
        assert call(*words, cwd=tmp_path, PYTHONPATH=path)[0] == 0


def test_a_key_that_is_none_says_nothing_of_the_certificate(office):
    code, out, err = verified(office, key="密钥.pem")
    assert (code, out) == (1, "")
    assert "DK233" in err
