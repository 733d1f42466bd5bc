# -*- coding: utf-8 -*-
"""Finds a Python that fits this folder and installs with it.

This file is read by whatever Python the machine has, even by 2.7, so that an old one is told from a fitting
one. `install.py` beside it may then count on a fitting one.
"""

# What these rules ask for, an old Python can't read.
# ruff: noqa: UP009, UP010, UP018, UP020, UP024, UP031, PTH100, PTH118, PTH120, RUF005

from __future__ import print_function, unicode_literals

import io
import json
import os
import struct
import subprocess
import sys
import sysconfig

HERE = os.path.dirname(os.path.abspath(__file__))
if isinstance(HERE, bytes):
    HERE = HERE.decode(sys.getfilesystemencoding())


def main():
    """Install with the first Python that fits; else say of each that was found why it doesn't.

    Returns:
        The exit code.
    """
    try:
        with io.open(os.path.join(HERE, "about.json"), encoding="utf-8") as file:
            about = json.load(file)
    except (IOError, ValueError):
        say("scripts/about.json 缺失或已损坏\n  怎么办：重新复制整个文件夹（或重新解压），再安装")
        say("scripts/about.json is missing or damaged\n  to do: copy or unpack the whole folder again")
        return 1
    unfit = {}
    for command in candidates(about):
        found = facts_of(command)
        if found is None:
            continue
        wrong = misfit(found, about)
        if wrong is None:
            try:
                return subprocess.call(command + ["-I", os.path.join(HERE, "install.py")])
            except KeyboardInterrupt:  # install.py, which it reaches too, says so
                return 130
        unfit[found["where"]] = wrong
    for where in sorted(unfit):
        zh, en = unfit[where]
        say("这个 Python 不能用：%s\n  %s" % (where, zh))
        say("this Python does not fit: %s\n  %s" % (where, en))
    releases = list(reversed(about["pythons"]))
    say("怎么办：请信息人员安装 Python %s 中的一种，64 位，再运行一次" % "、".join(releases))
    say("to do: have Python %s installed, for 64 bits, then run this again" % " or ".join(releases))
    return 1


def candidates(about):
    """The commands that may start a fitting Python: the one that reads this, then others by their names."""
    named = [["py", "-" + v] if os.name == "nt" else ["python" + v] for v in about["pythons"]]
    return [[sys.executable]] + named


def facts_of(command):
    """What a Python says of itself, or None where the command starts none."""
    if command == [sys.executable]:
        return facts()
    try:
        process = subprocess.Popen(
            command + [os.path.join(HERE, "start.py"), "--facts"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        said = process.communicate()[0]
        return json.loads(said.decode("ascii")) if process.returncode == 0 else None
    except (OSError, ValueError):
        return None


def facts():
    """What matters of the Python that reads this."""
    try:
        import ensurepip
        import venv

        complete = bool(ensurepip and venv)
    except ImportError:
        complete = False
    return {
        "where": sys.executable,
        "version": "%d.%d" % sys.version_info[:2],
        "bits": struct.calcsize("P") * 8,
        "platform": sysconfig.get_platform(),
        "glibc": glibc(),
        "complete": complete,
    }


def glibc():
    """The version of the C library, such as [2, 36]; None where it isn't glibc."""
    try:
        name, version = os.confstr(str("CS_GNU_LIBC_VERSION")).split()
    except (AttributeError, ValueError, OSError):
        return None
    return [int(part) for part in version.split(".")[:2]] if name == "glibc" else None


def misfit(found, about):
    """Why a Python does not fit this folder, in Chinese and English; None where it does."""
    if found["version"] not in about["pythons"]:
        releases = list(reversed(about["pythons"]))
        return (
            "它是 Python %s，这个文件夹用于 %s" % (found["version"], "、".join(releases)),
            "it is Python %s; this folder is for %s" % (found["version"], ", ".join(releases)),
        )
    if found["bits"] != 64:
        return "它是 32 位的，这个文件夹用于 64 位", "it is made for 32 bits; this folder is for 64"
    if found["platform"] != about["platform"]:
        words = (found["platform"], about["platform"])
        return "它用于 %s，这个文件夹用于 %s" % words, "it is for %s; this folder is for %s" % words
    if about["glibc"] and (found["glibc"] is None or found["glibc"] < about["glibc"]):
        least = "%d.%d" % tuple(about["glibc"])
        return (
            "这个系统太旧，或不用 glibc；需要 glibc %s 或更高版本" % least,
            "this system is too old or does not use glibc; it takes glibc %s or later" % least,
        )
    if not found["complete"]:
        return (
            "它缺少 venv 或 ensurepip；在 Debian、Ubuntu、UOS 上请安装 python3-venv",
            "it lacks venv or ensurepip; on Debian, Ubuntu and UOS install python3-venv",
        )
    return None


def say(text):
    """Print a text, in characters that the console has."""
    encoding = sys.stdout.encoding or "utf-8"
    shown = text.encode(encoding, "replace")
    try:
        print(shown if str is bytes else shown.decode(encoding))
        sys.stdout.flush()
    except IOError:  # whoever read this has gone
        os._exit(1)


if __name__ == "__main__":
    if sys.argv[1:] == ["--facts"]:
        print(json.dumps(facts()))
        sys.exit(0)
    sys.exit(main())
