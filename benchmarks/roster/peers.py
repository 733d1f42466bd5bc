"""The peers: how each is called, on how many persons it is sensible, and what it needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from layout import YEAR, Tables
from regulation import POLICY, REPOSITORY

HERE = Path(__file__).parent


def _always() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer.

    Attributes:
        command: how it is called, with the data and the file that it writes.
        most: on how many persons it is run at most; it is slow.
        missing: why it can't run here, if it can't.
        note: what is to be known of it.
        answers: whether it writes an answer.
    """

    name: str
    command: Callable[[Tables, Path], list[str]]
    most: int | None = None
    missing: Callable[[], str | None] = _always
    note: str = ""
    answers: bool = True


def _script(name: str) -> Callable[[Tables, Path], list[str]]:
    return lambda tables, out: [sys.executable, str(HERE / f"{name}.py"), str(tables.folder), str(out)]


def _needs(module: str) -> Callable[[], str | None]:
    def missing() -> str | None:
        return None if find_spec(module) else f"没有安装 · not installed: {module}"

    return missing


def _no_compiler() -> str | None:
    # Asked in a child: this process stays small, for its memory counts as a child's at first.
    asked = "import sys, c_pass; sys.exit(0 if c_pass.compiler() else 1)"
    found = subprocess.run([sys.executable, "-c", asked], cwd=HERE, check=False).returncode == 0
    return None if found else "没有 C 编译器 · no C compiler"


def _no_rosters() -> str | None:
    asked = [sys.executable, "-m", "policyhours", "roster", "--help"]
    done = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, check=False)
    return None if done.returncode == 0 else "还没有这个命令 · not there"


def roster(*more: str) -> Callable[[Tables, Path], list[str]]:
    """This system, with further options."""

    def command(tables: Tables, out: Path) -> list[str]:
        files = [tables.persons, tables.activities, tables.decisions]
        given = [str(file) for file in files if file.exists()]
        options = ["--policy", POLICY, "--years", str(YEAR), "-o", str(out), "--quiet", *more]
        return [sys.executable, "-m", "policyhours", "roster", *given, *options]

    return command


BY_HAND = Peer(
    "DuckDB 手写查询 · a DuckDB query by hand",
    _script("by_hand_sql"),
    note="只有结论和学时 · verdict and hours only",
)
OURS = Peer(
    "policyhours roster",
    roster(),
    missing=_no_rosters,
    note="并有缺口、各形式学时、原因、剔除的行 · also shortfalls, hours per kind, reasons, rejected rows",
)
C_PASS = Peer(
    "NumPy + C，一遍 · NumPy and one pass in C",
    _script("c_pass"),
    missing=_no_compiler,
    note="见下 · see below",
)
READING = Peer(
    "DuckDB 只读文件 · DuckDB only reads",
    _script("reading"),
    answers=False,
    note="什么也不算 · works out nothing",
)
OPENFISCA = Peer(
    "OpenFisca",
    _script("openfisca_peer"),
    missing=_needs("openfisca_core"),
    note="32 位浮点 · floats of 32 bits",
)
PYTHON = Peer("Python 手写循环 · a plain Python loop", _script("by_hand_python"), most=100_000)
ZEN = Peer(
    "zen-engine，逐人 · per case",
    _script("zen_peer"),
    most=20_000,
    missing=_needs("zen"),
    note="十进小数 · decimals",
)
SIMPLEEVAL = Peer(
    "simpleeval，逐人 · per case", _script("simpleeval_peer"), most=20_000, missing=_needs("simpleeval")
)
SPARK = Peer("policyhours roster --engine spark", roster("--engine", "spark"), missing=_no_rosters)
SPARK_STARTS = Peer(
    "其中 Spark 启动 · of which Spark starting",
    _script("spark_start"),
    missing=_needs("pyspark"),
    answers=False,
)

PEERS = (OURS, BY_HAND, C_PASS, READING, OPENFISCA, PYTHON, SIMPLEEVAL, ZEN)
QUICK_PEERS = (OURS, BY_HAND, C_PASS, READING)
"""Those that are also run on a sorted file."""
