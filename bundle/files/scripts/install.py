"""Installs policyhours into ``env/`` beside this folder, from ``wheels/`` and from nowhere else.

It is run by a Python that fits: `start.py` sees to that.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent.parent
SUMS = "SHA256SUMS"
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"

_ON_WINDOWS = (
    "把细则、个案的文件或文件夹拖到“检查.bat”上校验；双击“工作台.bat”，在浏览器里读规则、填个案",
    "drop filings and cases on 检查.bat to check them; open 工作台.bat to work in a browser",
)
_ON_LINUX = (
    "用 ./check.sh 文件或文件夹… 校验细则、个案；用 ./workbench.sh 在浏览器里读规则、填个案",
    "./check.sh FILE… checks filings and cases; ./workbench.sh opens a page to work in",
)


class Failed(Exception):
    """It can't be installed; the words say why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = (zh, en)


def main() -> int:
    """Install, and say how it went.

    Returns:
        The exit code: 0 installed, 1 not.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    about = json.loads((BUNDLE / "scripts/about.json").read_text(encoding="utf-8"))
    try:
        check_writable()
        check_whole()
        say("正在安装，约需一分钟……", "installing; this takes about a minute …")
        install(about["install"])
    except Failed as failed:
        say(*failed.words)
        return 1
    except KeyboardInterrupt:
        say("已中断，没有安装", "interrupted; nothing is installed")
        return 130
    how = _ON_WINDOWS if os.name == "nt" else _ON_LINUX
    say(
        f"已安装 policyhours {about['version']}\n  {how[0]}",
        f"policyhours {about['version']} is installed\n  {how[1]}",
    )
    return 0


def check_writable() -> None:
    """See to it that something can be put into the folder."""
    try:
        with tempfile.TemporaryFile(dir=BUNDLE):
            pass
    except OSError:
        raise Failed(
            f"不能在这个文件夹中写入：{BUNDLE}\n  怎么办：把整个文件夹复制到本机硬盘上自己的文件夹中，再安装",
            f"this folder can't be written: {BUNDLE}\n  to do: copy all of it to a folder of your own first",
        ) from None


def check_whole() -> None:
    """See to it that every wheel came over as it was made."""
    bad = list(damaged(BUNDLE)) if (BUNDLE / SUMS).is_file() else [SUMS]
    if bad:
        raise Failed(
            f"这些文件缺失或已损坏：{'、'.join(bad)}\n  怎么办：重新复制整个文件夹（或重新解压），再安装",
            f"missing or damaged: {', '.join(bad)}\n  to do: copy or unpack the whole folder again",
        )


def damaged(bundle: Path) -> Iterator[str]:
    """The wheels that are not what ``SHA256SUMS`` says, or that are missing."""
    for line in (bundle / SUMS).read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        if name.startswith("wheels/"):
            path = bundle / name
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
                yield name


def install(what: str) -> None:
    """Make an environment aside, install into it and put it in place; an earlier one stays until then."""
    aside = BUNDLE / "env.new"
    try:
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", with_pip=True).create(aside)
        _run(aside / PYTHON, "-m", "pip", *_PIP, what)
        _run(aside / PYTHON, "-m", "policyhours", "--version")
        _put_in_place(aside)
    except (OSError, subprocess.SubprocessError) as failure:
        raise _told(failure) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put_in_place(aside: Path) -> None:
    """Let the new environment take the place of an earlier one; Windows refuses while that one is in use."""
    env, old = BUNDLE / "env", BUNDLE / "env.old"
    shutil.rmtree(old, ignore_errors=True)
    if env.exists():
        env.rename(old)
    try:
        aside.rename(env)
    except OSError:
        if old.exists():
            old.rename(env)
        raise
    shutil.rmtree(old, ignore_errors=True)


_PIP = (
    *("install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-warn-script-location"),
    *("--no-cache-dir", "--no-index", "--only-binary=:all:"),
    f"--find-links={BUNDLE / 'wheels'}",
    f"--constraint={BUNDLE / 'scripts/constraints.txt'}",
)


def _run(python: Path, *arguments: str) -> None:
    """Run the new environment's Python; no setting of pip on this machine has a say in it."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PIP_")}
    subprocess.run(
        [python, "-I", *arguments],
        env={**kept, "PIP_CONFIG_FILE": os.devnull},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )


def _told(failure: OSError | subprocess.SubprocessError) -> Failed:
    """A failure in words, with the last that was said by what failed."""
    said = str(getattr(failure, "stderr", None) or failure).strip()
    last = "\n".join(f"  {line}" for line in said.splitlines()[-3:])
    return Failed(
        f"没有装成：\n{last}\n  怎么办：关闭正在运行的工作台；看硬盘是否已满；"
        "文件夹放得很深的，移到近处，例如 D:\\policyhours；再安装一次",
        f"not installed:\n{last}\n  to do: close a workbench that is running; see whether the disk is full; "
        "move a folder that lies deep nearer to the top; then install again",
    )


def say(zh: str, en: str) -> None:
    """Print a message in Chinese, then in English."""
    try:
        print(f"{zh}\n{en}", flush=True)
    except BrokenPipeError:  # whoever read this has gone; the installation goes on
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


if __name__ == "__main__":
    sys.exit(main())
