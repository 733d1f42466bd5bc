"""Files are put in place whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from made_results import LABELS, made

from policyhours.roster.results.output import Outputs, ready, write_outputs
from policyhours.text.aside import Aside, sweep, usable
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions and signals as POSIX has them")
HERE = Path(__file__).resolve().parent
RUN = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from made_results import LABELS, made
from policyhours.roster.results.output import Further, Outputs, write_outputs
{before}
plan = Outputs(Path({out!r}), LABELS, further=(Further(Path({out!r} + ".more"), {further}),))
write_outputs(made({{}}), plan)
"""


def code(refused) -> str:
    (finding,) = refused.value.findings
    return finding.code


def run(out: Path, further: str, before: str = "") -> subprocess.Popen:
    text = RUN.format(here=str(HERE), out=str(out), further=further, before=before)
    return subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@POSIX
def test_a_killed_run_leaves_the_earlier_file_and_the_next_run_sweeps(tmp_path):
    out = tmp_path / "r.csv"
    out.write_text("earlier", "utf-8")
    killed = run(out, "lambda path: (print('half', flush=True), __import__('time').sleep(60))")
    assert killed.stdout.readline() == b"half\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert out.read_text("utf-8") == "earlier"
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert len(left) == 2
    write_outputs(made({}), Outputs(out, LABELS))
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]
    assert out.read_text("utf-8-sig").startswith("人员编号")


@POSIX
def test_an_interrupted_run_leaves_nothing_beside(tmp_path):
    out = tmp_path / "r.csv"
    interrupted = run(out, "lambda path: (print('half', flush=True), __import__('time').sleep(60))")
    assert interrupted.stdout.readline() == b"half\n"
    interrupted.send_signal(signal.SIGINT)
    _, error = interrupted.communicate()
    assert b"KeyboardInterrupt" in error
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_a_full_disk_leaves_the_earlier_file_and_says_so(tmp_path):
    """A disk that takes no more than so many bytes of a file stands for a full one."""
    out = tmp_path / "r.csv"
    out.write_text("earlier", "utf-8")
    before = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    full = run(out, "lambda path: None", before)
    _, error = full.communicate()
    assert b"RO405" in error or "磁盘已满".encode() in error
    assert out.read_text("utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]


def test_what_a_run_that_goes_on_has_beside_is_not_swept(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with Aside() as aside:
            mine = aside.beside(tmp_path / "r.csv")
            theirs = mine.with_name(mine.name.replace(f"-{os.getpid()}.", f"-{other.pid}."))
            theirs.touch()
            sweep(tmp_path)
            assert theirs.exists()
            assert mine.exists()
            other.kill()
            other.wait()
            sweep(tmp_path)
            assert not theirs.exists()
            assert mine.exists()
    finally:
        other.kill()
        other.wait()


def test_files_of_other_programs_and_computers_are_not_swept(tmp_path):
    for name in (".r.csv.elsewhere-1.part", ".r.csv.part", "r.part", ".git"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 4


@POSIX
def test_a_private_file_is_its_owners_from_the_first_byte_on(tmp_path):
    mask = os.umask(0)
    try:
        with Aside() as aside:
            path = aside.beside(tmp_path / "r.rejected.csv", private=True)
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            path.write_text("x", "utf-8")
            aside.put_in_place()
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "r.rejected.csv").stat().st_mode) == 0o600


@POSIX
@pytest.mark.parametrize("name", ["r.csv", "r.parquet", "r.xlsx"])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path, name):
    out = tmp_path / name
    out.touch(mode=0o640)
    out.chmod(0o640)
    write_outputs(made({}), Outputs(out, LABELS))
    assert stat.S_IMODE(out.stat().st_mode) == 0o640


@POSIX
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "r.csv").symlink_to(tmp_path / "real" / "r.csv")
    write_outputs(made({}), Outputs(tmp_path / "r.csv", LABELS))
    assert (tmp_path / "r.csv").is_symlink()
    assert (tmp_path / "real" / "r.csv").is_file()


def test_a_file_that_excel_holds_is_refused_and_no_other_is_replaced(tmp_path, monkeypatch):
    """On Windows a file that Excel has open can't be opened for writing."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("earlier", "utf-8")
    with Aside() as aside:
        for name in ("a.csv", "b.csv"):
            aside.beside(tmp_path / name).write_text("new", "utf-8")
        opened = Path.open

        def held(self, mode="r", *more, **named):
            if self.name == "b.csv" and "+" in mode:
                raise PermissionError
            return opened(self, mode, *more, **named)

        monkeypatch.setattr(Path, "open", held)
        with pytest.raises(Refused) as refused:
            aside.put_in_place()
        monkeypatch.undo()
    assert code(refused) == "RO404"
    assert "在 Excel 中关闭它" in tell_all(refused.value.findings)
    assert [(tmp_path / name).read_text("utf-8") for name in ("a.csv", "b.csv")] == ["earlier", "earlier"]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_missing_folder_and_a_folder_in_its_place_are_told_beforehand(tmp_path):
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "missing" / "r.csv", LABELS))
    assert code(refused) == "RO402"
    (tmp_path / "r.csv").mkdir()
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "r.csv", LABELS))
    assert code(refused) == "RO403"


@POSIX
def test_a_device_is_never_replaced():
    with pytest.raises(Refused) as refused:
        usable(Path(os.devnull))
    assert code(refused) == "RO403"


@POSIX
def test_a_folder_that_cannot_be_written_is_told_beforehand(tmp_path, monkeypatch):
    """Whoever may do everything can write anywhere, so the answer of the system is given here."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "r.csv", LABELS))
    assert code(refused) == "RO404"


def test_a_fault_while_writing_cleans_up(tmp_path):
    def broken_off() -> None:
        with Aside() as aside:
            aside.beside(tmp_path / "r.csv").write_text("half", "utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert list(tmp_path.iterdir()) == []
