"""The scripts that are shipped: what they say and how they call."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys

import pytest
from bundle.folder import FILES
from bundle.target import PYTHONS

BATS = sorted(FILES.rglob("*.bat"))
SHELLS = sorted(FILES.rglob("*.sh"))
CALLED = r'C:\Windows\system32\cmd.exe /c ""D:\工 具\检查.bat" {}"'


def names(paths):
    return [path.name for path in paths]


@pytest.mark.parametrize("path", SHELLS, ids=names(SHELLS))
def test_a_shell_script_can_be_read_by_sh(path):
    subprocess.run(["sh", "-n", str(path)], check=True)


@pytest.mark.parametrize("path", SHELLS, ids=names(SHELLS))
def test_a_shell_script_quotes_every_path_and_argument(path):
    code = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(("#", "  '"))
    ]
    for line in code:
        bare = re.sub(r'"\$@"|"[^"$]*\$\{?(?:here|python|0)\b[^"]*"', "", line)
        assert not re.search(r"\$(?!\()", bare), line


@pytest.mark.parametrize("path", BATS, ids=names(BATS))
def test_a_bat_quotes_every_path(path):
    for line in path.read_text(encoding="ascii").splitlines():
        bare = re.sub(r'"[^"]*"', "", line)
        assert "%~" not in bare, line


@pytest.mark.parametrize("path", BATS, ids=names(BATS))
def test_a_bat_leaves_the_code_page_alone_and_goes_nowhere_that_is_not_there(path):
    text = path.read_text(encoding="ascii")
    assert "chcp" not in text
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) == labels


@pytest.mark.parametrize("path", BATS, ids=names(BATS))
def test_a_bat_keeps_the_window_open_and_the_exit_code(path):
    text = path.read_text(encoding="ascii")
    assert "pause" in text
    assert re.search(r"^exit (?:/b )?(?:%CODE%|1)$", text.rstrip().splitlines()[-1])


def test_every_text_names_the_pythons_that_the_folder_serves():
    listed = "、".join(sorted(PYTHONS)[:-1]) + " 或 " + max(PYTHONS)
    for path in (
        *FILES.rglob("说明.txt"),
        FILES / "windows/scripts/no-python.txt",
        FILES / "linux/install.sh",
    ):
        assert listed in path.read_text(encoding="utf-8"), path


def test_what_finds_a_python_is_read_by_old_ones_too():
    source = (FILES / "scripts/start.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert not re.search(r"\bf[\"']", source)


FITS = {"version": "3.12", "bits": 64, "platform": "linux-x86_64", "glibc": [2, 36], "complete": True}
ABOUT = {"pythons": ["3.13", "3.12"], "platform": "linux-x86_64", "glibc": [2, 28]}


def test_a_fitting_python_fits(start):
    assert start.misfit(FITS, ABOUT) is None


@pytest.mark.parametrize(
    ("found", "zh"),
    [
        ({"version": "3.8"}, "它是 Python 3.8，这个文件夹用于 3.12、3.13"),
        ({"version": "3.14"}, "它是 Python 3.14，这个文件夹用于 3.12、3.13"),
        ({"bits": 32}, "它是 32 位的，这个文件夹用于 64 位"),
        ({"platform": "win-amd64"}, "它用于 win-amd64，这个文件夹用于 linux-x86_64"),
        ({"glibc": [2, 17]}, "这个系统太旧，或不用 glibc；需要 glibc 2.28 或更高版本"),
        ({"glibc": None}, "这个系统太旧，或不用 glibc；需要 glibc 2.28 或更高版本"),
        ({"complete": False}, "它缺少 venv 或 ensurepip；在 Debian、Ubuntu、UOS 上请安装 python3-venv"),
    ],
)
def test_a_python_that_does_not_fit_is_told_why(start, found, zh):
    assert start.misfit({**FITS, **found}, ABOUT)[0] == zh


def test_windows_asks_for_no_c_library(start):
    about = {**ABOUT, "platform": "win-amd64", "glibc": None}
    assert start.misfit({**FITS, "platform": "win-amd64", "glibc": None}, about) is None


def test_the_python_that_reads_says_what_it_is(start):
    said = start.facts_of([sys.executable])
    assert said["version"] == "{}.{}".format(*sys.version_info)
    assert start.facts_of(["no such command"]) is None


def test_where_no_python_fits_it_says_so_and_installs_nothing(tmp_path):
    shutil.copy(FILES / "scripts/start.py", tmp_path)
    about = {**ABOUT, "pythons": ["3.99"]}
    (tmp_path / "about.json").write_text(json.dumps(about), encoding="utf-8")
    command = [sys.executable, str(tmp_path / "start.py")]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env={"PYTHONUTF8": "1", "PATH": ""}, check=False
    )
    assert done.returncode == 1
    assert done.stderr == ""
    assert "这个文件夹用于 3.99" in done.stdout
    assert "this folder is for 3.99" in done.stdout
    assert "怎么办：请信息人员安装 Python 3.99" in done.stdout


def test_an_argument_is_what_the_shell_says(check):
    assert check.dropped(["a b.yaml", "-x"], {}) == ["a b.yaml", "-x"]


def test_a_dropped_name_that_cmd_cut_is_found_whole(check, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a&b.yaml", "x^y(1)!.yaml", "细则 一.yaml", "100%PATH%.yaml"):
        (tmp_path / name).touch()
    called = CALLED.format('a&b.yaml "细则 一.yaml" x^y(1)!.yaml 100%PATH%.yaml')
    environment = {"POLICYHOURS_CALLED": called, "POLICYHOURS_BAT": "检查.bat"}
    assert check.dropped(["a"], environment) == ["a&b.yaml", "细则 一.yaml", "x^y(1)!.yaml", "100%PATH%.yaml"]


def test_where_nothing_was_dropped_nothing_is_found(check):
    environment = {"POLICYHOURS_CALLED": CALLED.format(""), "POLICYHOURS_BAT": "检查.bat"}
    assert check.dropped([], environment) == []


@pytest.mark.parametrize(
    "called",
    [
        CALLED.format("a.yaml && echo done"),  # a program's line: what follows && is no file
        r'"C:\Windows\system32\cmd.exe"',  # a window in which somebody types
        r'C:\Windows\system32\cmd.exe /c ""D:\mine.bat" b.yaml"',  # somebody's own .bat that calls this one
        "",
    ],
)
def test_a_line_that_explorer_did_not_write_is_not_believed(check, called, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).touch()
    environment = {"POLICYHOURS_CALLED": called, "POLICYHOURS_BAT": "检查.bat"}
    assert check.dropped(["a.yaml"], environment) == ["a.yaml"]


def test_a_damaged_and_a_missing_wheel_are_named(install, tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels/a.whl").write_bytes(b"a")
    (tmp_path / "wheels/b.whl").write_bytes(b"")
    of_a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    lines = [f"{of_a}  wheels/{name}.whl" for name in "abc"] + [f"{of_a}  policies/edited.yaml"]
    (tmp_path / "SHA256SUMS").write_text("\n".join(lines), encoding="utf-8")
    assert list(install.damaged(tmp_path)) == ["wheels/b.whl", "wheels/c.whl"]
