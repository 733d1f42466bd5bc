"""What stands in each folder, in which encoding, and that the same folder is the same .zip."""

from __future__ import annotations

import hashlib
import json
import zipfile

import pytest
from bundle.folder import encoded, files_in, lay_out
from bundle.packed import pack
from bundle.target import TARGETS
from bundle.wheel import read_wheel

from helpers import ROOT

WINDOWS, LINUX, ARM = TARGETS
SCRIPTS = {"scripts/start.py", "scripts/install.py", "scripts/check.py", "scripts/about.json"}
EVERYWHERE = {
    *("wheels/policyhours-0.1-py3-none-any.whl", "wheels/other-2.0-py3-none-any.whl"),
    *("policies/xinjiang/2023.1.yaml", "LICENSE.txt", "许可清单.txt", "说明.txt", "SHA256SUMS"),
    *(*SCRIPTS, "scripts/constraints.txt"),
}
ON_WINDOWS = {"安装.bat", "检查.bat", "工作台.bat", "scripts/no-python.txt", "scripts/not-installed.txt"}
ON_LINUX = {"install.sh", "check.sh", "workbench.sh", "scripts/ready.sh"}


@pytest.fixture
def laid_out(wheel, tmp_path):
    def made(target, name="policyhours-0.1"):
        folder = tmp_path / f"{name}-{target.name}"
        (folder / "wheels").mkdir(parents=True)
        policy = {"policyhours/_data/policies/xinjiang/2023.1.yaml": "policy: xinjiang\n"}
        for path in (
            wheel("policyhours", "0.1", "License-Expression: Apache-2.0", files=policy),
            wheel("other", "2.0", "License-Expression: MIT"),
        ):
            (folder / "wheels" / path.name).write_bytes(path.read_bytes())
        wheels = [read_wheel(path) for path in files_in(folder / "wheels")]
        own = next(each for each in wheels if each.name == "policyhours")
        lay_out(folder, target, own, wheels, ROOT / "LICENSE")
        return folder

    return made


@pytest.mark.parametrize(("target", "own"), [(WINDOWS, ON_WINDOWS), (LINUX, ON_LINUX), (ARM, ON_LINUX)])
def test_a_folder_holds_what_its_machine_runs_and_nothing_else(laid_out, target, own):
    folder = laid_out(target)
    assert {path.relative_to(folder).as_posix() for path in files_in(folder)} == EVERYWHERE | own


def test_a_bat_is_ascii_with_crlf(laid_out):
    for path in laid_out(WINDOWS).rglob("*.bat"):
        text = path.read_bytes().decode("ascii")
        assert text.count("\r\n") == text.count("\n") > 3
        assert text.startswith("@echo off\r\n")


def test_a_bat_that_is_not_ascii_is_never_written(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        encoded(tmp_path / "x.bat", "echo 中文\n", WINDOWS)


def test_what_cmd_shows_is_utf_16_and_what_notepad_opens_is_utf_8_with_a_mark(laid_out):
    folder = laid_out(WINDOWS)
    shown = (folder / "scripts/no-python.txt").read_bytes()
    assert shown.startswith(b"\xff\xfe")
    assert "没有找到 Python。\r\n" in shown.decode("utf-16")
    opened = (folder / "说明.txt").read_bytes()
    assert opened.startswith(b"\xef\xbb\xbf")
    assert "检查.bat" in opened.decode("utf-8-sig")
    assert opened.count(b"\r\n") == opened.count(b"\n")


def test_what_programs_read_has_no_mark(laid_out):
    for target in TARGETS:
        folder = laid_out(target)
        for name in (*SCRIPTS, "scripts/constraints.txt", "SHA256SUMS"):
            assert not (folder / name).read_bytes().startswith((b"\xef\xbb\xbf", b"\xff\xfe")), name


def test_linux_texts_are_plain_and_its_scripts_may_be_run(laid_out):
    folder = laid_out(LINUX)
    for path in files_in(folder):
        if path.suffix in (".txt", ".sh"):
            assert b"\r" not in path.read_bytes()
        if path.suffix == ".sh":
            assert path.stat().st_mode & 0o111 == 0o111


def test_the_scripts_know_for_which_machine_and_pythons_the_folder_is(laid_out):
    about = json.loads((laid_out(WINDOWS) / "scripts/about.json").read_text(encoding="utf-8"))
    assert about == {
        "glibc": None,
        "install": "policyhours[roster,workbench]==0.1",
        "platform": "win-amd64",
        "pythons": ["3.13", "3.12", "3.11"],
        "version": "0.1",
    }
    about = json.loads((laid_out(ARM) / "scripts/about.json").read_text(encoding="utf-8"))
    assert (about["platform"], about["glibc"]) == ("linux-aarch64", [2, 28])


def test_versions_and_licences_are_listed(laid_out):
    folder = laid_out(LINUX)
    assert (folder / "scripts/constraints.txt").read_text(
        encoding="utf-8"
    ) == "other==2.0\npolicyhours==0.1\n"
    listed = (folder / "许可清单.txt").read_text(encoding="utf-8").splitlines()
    assert listed[-2:] == ["other        2.0  MIT", "policyhours  0.1  Apache-2.0"]


def test_the_sums_are_those_of_all_other_files(laid_out):
    folder = laid_out(WINDOWS)
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    summed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    others = [path for path in files_in(folder) if path.name != "SHA256SUMS"]
    assert summed == {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in others
    }


def test_the_same_folder_is_the_same_zip(laid_out, tmp_path):
    packed = []
    for number in range(2):
        (tmp_path / str(number)).mkdir()
        folder = laid_out(LINUX, f"{number}/policyhours-0.1")
        pack(folder, tmp_path / f"{number}.zip")
        packed.append((tmp_path / f"{number}.zip").read_bytes())
    assert packed[0] == packed[1]


def test_the_zip_has_the_folder_at_its_top_marks_chinese_names_and_keeps_what_may_be_run(laid_out, tmp_path):
    folder = laid_out(WINDOWS)
    pack(folder, tmp_path / "w.zip")
    with zipfile.ZipFile(tmp_path / "w.zip") as archive:
        entry = archive.getinfo(f"{folder.name}/检查.bat")
        assert entry.flag_bits & 0x800
        assert archive.read(entry) == (folder / "检查.bat").read_bytes()
        assert len(archive.namelist()) == len(files_in(folder))
    folder = laid_out(LINUX)
    pack(folder, tmp_path / "l.zip")
    with zipfile.ZipFile(tmp_path / "l.zip") as archive:
        assert archive.getinfo(f"{folder.name}/check.sh").external_attr >> 16 & 0o111 == 0o111
        assert not archive.getinfo(f"{folder.name}/说明.txt").external_attr >> 16 & 0o111
