"""The folders are really made, and the one for this machine is installed and used with the network off."""

from __future__ import annotations

import dataclasses
import platform
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bundle.__main__ import make
from bundle.fault import Unmade
from bundle.folder import files_in
from bundle.needs import pinned, pins
from bundle.target import TARGETS, Target
from bundle.wheel import read_wheel
from bundle.wheels import EXTRAS

from helpers import ROOT

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
GOOD = """\
policy: examples/traffic
version: "2026.1"
title: 示例交通行业实施细则（虚构）
document: 示例交备〔2026〕1号
authority: industry
implements: xinjiang@2023.1
issuers: [示例交通主管部门]
industries: [示例交通]
status: illustrative
in_force: {from: 2026-01-01}
sets:
  other.ceiling: {hours: 25, per: year, article: 细则第三条}
"""
BAD = GOOD.replace("hours: 25", "hours: 35")


def with_python(name: str, python: str) -> Target:
    """A target that serves one Python only: enough to see that it works."""
    (target,) = (each for each in TARGETS if each.name == name)
    return dataclasses.replace(target, pythons=(python,))


@pytest.fixture(scope="module")
def reachable(tmp_path_factory):
    """pip can get packages; else what follows is skipped."""
    click = pinned("click", pins(ROOT / "constraints.txt"))
    folder = tmp_path_factory.mktemp("reachable")
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--retries=0", "--timeout=15", "-q"]
    done = subprocess.run([*command, f"--dest={folder}", click], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("pip reaches no index, so no wheels can be gathered")


@pytest.fixture(scope="module")
def made(reachable, tmp_path_factory):
    """The folder for this machine, for the Python of these tests."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip("only the folder for Linux x64 is installed in a test")
    return make(with_python("linux-x64", HERE), tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def offline():
    """What a command begins with to run without any network: shown to be so, not believed."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if shutil.which("unshare") and not subprocess.run([*command, "true"], capture_output=True).returncode:
            break
    else:
        pytest.skip("this machine lets nobody make a space without network (unshare)")
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 5)"
        call = [sys.executable, "-c", connect]
        assert subprocess.run(call, capture_output=True, check=False).returncode == 0
        assert subprocess.run([*command, *call], capture_output=True, check=False).returncode != 0
    return command


class Desk:
    """A machine without network, with one Python, and settings of pip that would lead astray."""

    def __init__(self, folder: Path, offline: list[str], python: Path):
        self.folder = folder
        self.offline = offline
        self.python = python
        self._environment = {
            "HOME": str(python.parent),
            "LANG": "zh_CN.UTF-8",
            "PATH": f"{python.parent}:/usr/bin:/bin",
            "PIP_TARGET": "/nowhere",
            "PIP_INDEX_URL": "http://127.0.0.1:9/",
            "PYTHONPATH": str(ROOT / "src"),
        }

    def run(self, script: str, *arguments: Path | str, before: tuple[str, ...] = ()) -> tuple[int, str]:
        """Run a script of the folder from elsewhere; its exit code, and all that it said."""
        done = subprocess.run(
            [*self.offline, *before, str(self.folder / script), *map(str, arguments)],
            cwd="/",
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout


@pytest.fixture(scope="module")
def desk(made, offline, tmp_path_factory):
    """A copy of the folder in a place with a difficult name, on a machine without network."""
    folder = tmp_path_factory.mktemp("desk")
    python = folder / "bin/python3"
    python.parent.mkdir()
    python.symlink_to(Path(sys._base_executable).resolve())
    place = folder / "带 空格&(的) 文件夹!"
    shutil.copytree(made, place)
    return Desk(place, offline, python)


@pytest.fixture(scope="module")
def installed(desk):
    code, said = desk.run("install.sh")
    assert code == 0, said
    return desk


@pytest.fixture
def dropped(tmp_path):
    folder = tmp_path / "拖来的 文件&(一)"
    folder.mkdir()
    (folder / "好 细则.yaml").write_text(GOOD, encoding="utf-8")
    (folder / "坏&细则.yaml").write_text(BAD, encoding="utf-8")
    return folder


def test_before_it_is_installed_it_says_what_to_do(made, desk):
    for script in ("check.sh", "workbench.sh"):
        code, said = Desk(made, [], Path("/nowhere/python3")).run(script)
        assert code == 1
        assert "先运行 install.sh" in said


def test_the_zip_beside_it_holds_the_same(made):
    with zipfile.ZipFile(f"{made}.zip") as archive:
        packed = {entry.filename: entry.file_size for entry in archive.infolist()}
    assert packed == {
        f"{made.name}/{path.relative_to(made).as_posix()}": path.stat().st_size for path in files_in(made)
    }


def test_it_installs_without_network_and_says_what_is_next(installed):
    code, said = installed.run("install.sh")  # a second time: the same again
    assert code == 0
    assert "已安装 policyhours" in said
    assert "./check.sh 文件或文件夹…" in said


def test_what_is_installed_is_exactly_what_was_brought(installed):
    _, said = installed.run("env/bin/python", "-I", "-m", "pip", "list", "--format=freeze")
    brought = (installed.folder / "scripts/constraints.txt").read_text(encoding="utf-8").splitlines()
    present = {line.lower().replace("_", "-") for line in said.splitlines()}
    assert {line for line in present if not line.startswith(("pip==", "setuptools=="))} == set(brought)


def test_a_good_file_is_good(installed, dropped):
    code, said = installed.run("check.sh", dropped / "好 细则.yaml")
    assert code == 0
    assert "已校验1份：没有错误" in said


def test_a_bad_file_is_told_with_its_place_and_its_short_name(installed, dropped):
    code, said = installed.run("check.sh", dropped / "好 细则.yaml", dropped / "坏&细则.yaml")
    assert code == 1
    assert said.startswith("坏&细则.yaml:12:26: 错误 PH502 “other.ceiling”是35")
    assert "已校验2份：1处错误" in said


def test_a_folder_is_checked_whole(installed, dropped):
    code, said = installed.run("check.sh", dropped)
    assert code == 1
    assert "已校验2份：1处错误" in said


def test_the_policies_beside_a_file_are_the_ones_that_count(installed, dropped):
    own = dropped / "policies/examples/traffic/2026.1.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(GOOD, encoding="utf-8")
    case = dropped / "个案.yaml"
    case.write_text(
        "case: a\npolicy: examples/traffic@2026.1\nperson: {id: p-1, title_level: 中级}\nactivities:\n"
        "  - {id: t, kind: 其他继续教育形式, date: 2026-03-01, hours: 30}\n",
        encoding="utf-8",
    )
    assert installed.run("check.sh", case)[0] == 0
    own.unlink()
    assert installed.run("check.sh", case)[0] == 1


def test_a_file_that_is_not_there_is_told(installed):
    code, said = installed.run("check.sh", "没有.yaml")
    assert code == 1
    assert "找不到文件“没有.yaml”" in said


def test_an_empty_folder_has_nothing_to_check(installed, tmp_path):
    code, said = installed.run("check.sh", tmp_path)
    assert code == 3
    assert "没有可校验的内容" in said


def test_without_anything_the_rules_of_the_folder_are_checked_and_it_says_so(installed):
    code, said = installed.run("check.sh")
    assert code == 0
    assert said.startswith(f"没有拖入文件，校验这个文件夹中的规则：{installed.folder}/policies\n")
    assert "没有错误" in said


def test_a_form_is_checked_by_sheet_and_cell(installed, tmp_path):
    form = tmp_path / "表 一.xlsx"
    python = ("env/bin/python", "-I", "-m", "policyhours")
    code, said = installed.run(*python, "form", "new", "xinjiang", "--name", "agri", "-o", form)
    assert code == 0, said
    code, said = installed.run("check.sh", form)
    assert (code, said) == (0, "填写表“表 一.xlsx”没有错误，还有4处“待填”\n")
    form.write_text("no workbook", encoding="utf-8")
    code, said = installed.run("check.sh", form)
    assert code == 1
    assert "“表 一.xlsx”" in said


def test_every_extra_that_a_desk_needs_is_there(installed):
    modules = "cryptography, duckdb, fpdf, jinja2, multipart, openpyxl, sqlglot, starlette, uvicorn"
    code, said = installed.run("env/bin/python", "-I", "-c", f"import {modules}")
    assert code == 0, said


def test_the_folder_may_be_moved_when_it_is_installed(installed, dropped):
    moved = installed.folder.with_name("搬走了")
    installed.folder.rename(moved)
    try:
        code, said = Desk(moved, installed.offline, installed.python).run("check.sh", dropped)
    finally:
        moved.rename(installed.folder)
    assert code == 1
    assert "已校验2份：1处错误" in said


def test_a_damaged_copy_is_refused_by_name_and_nothing_is_installed(made, desk, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    wheel = next((copy / "wheels").glob("click-*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1])
    code, said = Desk(copy, desk.offline, desk.python).run("install.sh")
    assert code == 1
    assert f"这些文件缺失或已损坏：wheels/{wheel.name}" in said
    assert not (copy / "env").exists()


def test_an_installation_that_fails_leaves_the_earlier_one_and_nothing_else(installed, tmp_path):
    wheel = next((installed.folder / "wheels").glob("click-*.whl"))
    sums = (installed.folder / "SHA256SUMS").read_text(encoding="utf-8")
    kept = [line for line in sums.splitlines() if wheel.name not in line]
    away = shutil.move(wheel, tmp_path)
    (installed.folder / "SHA256SUMS").write_text("\n".join(kept), encoding="utf-8")
    try:
        code, said = installed.run("install.sh")
    finally:
        shutil.move(away, wheel)
        (installed.folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    assert code == 1
    assert "没有装成：\n" in said
    assert "  ERROR: " in said
    assert [path.name for path in installed.folder.glob("env*")] == ["env"]
    assert installed.run("check.sh")[0] == 0


def test_a_copy_that_lacks_its_sums_or_its_notes_is_refused(made, desk, tmp_path):
    copy = tmp_path / "copy"
    (copy / "wheels").mkdir(parents=True)
    shutil.copy(made / "install.sh", copy)
    shutil.copytree(made / "scripts", copy / "scripts")
    bare = Desk(copy, desk.offline, desk.python)
    code, said = bare.run("install.sh")
    assert code == 1
    assert said.startswith("这些文件缺失或已损坏：SHA256SUMS\n")
    (copy / "scripts/about.json").unlink()
    code, said = bare.run("install.sh")
    assert code == 1
    assert said.startswith("scripts/about.json 缺失或已损坏\n")


def test_a_folder_that_can_only_be_read_is_told(made, desk):
    read_only = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$1"'
    private = ["unshare", "-m"]
    if subprocess.run(
        [*private, "sh", "-c", read_only, str(made), "/bin/true"], capture_output=True
    ).returncode:
        pytest.skip("this machine lets nobody make a folder read-only for one command (unshare -m)")
    before = (*private, "sh", "-c", read_only, str(made))
    code, said = Desk(made, desk.offline, desk.python).run("install.sh", before=before)
    assert code == 1
    assert f"不能在这个文件夹中写入：{made}" in said
    assert not (made / "env").exists()


@pytest.mark.parametrize(("name", "python"), [("windows-x64", "3.12"), ("linux-arm64", "3.13")])
def test_pip_finds_everything_in_the_folder_of_another_machine(reachable, name, python, tmp_path):
    target = with_python(name, python)
    wheels = make(target, tmp_path) / "wheels"
    (own,) = wheels.glob("policyhours-*.whl")
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", f"--find-links={wheels}"]
    command += ["--only-binary=:all:", f"--python-version={python}", f"--target={tmp_path / 'none'}"]
    command += [f"--platform={tag}" for tag in target.tags]
    wanted = f"policyhours[{','.join(EXTRAS)}]"
    done = subprocess.run([*command, wanted], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (would,) = (line for line in done.stdout.splitlines() if line.startswith("Would install"))
    assert len(would.split()) - 2 == len(list(wheels.iterdir()))
    next(wheels.glob("cffi-*.whl")).unlink()  # only now that it was found does its lack say something
    assert subprocess.run([*command, wanted], capture_output=True, check=False).returncode == 1
    assert read_wheel(own).version in would


def test_a_package_that_cannot_be_had_is_named_and_nothing_is_left(reachable, tmp_path, monkeypatch):
    versions = {**pins(ROOT / "constraints.txt"), "cffi": "0.0.1"}
    monkeypatch.setattr("bundle.__main__.pins", lambda _: versions)
    with pytest.raises(Unmade) as unmade:
        make(with_python("windows-x64", "3.12"), tmp_path / "out")
    for text in (unmade.value.zh, unmade.value.en):
        assert "cffi==0.0.1" in text
        assert "windows-x64" in text
        assert "3.12" in text
    assert list((tmp_path / "out").iterdir()) == []
