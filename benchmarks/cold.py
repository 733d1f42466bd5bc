"""Whole processes, cold: what a clerk waits for when a command is typed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from roster.bytecode import bytecode_kept
from timing import Row, take_turns

ROOT = Path(__file__).resolve().parent.parent
CASE = "policies/examples/general/cases/W3b.yaml"
FILING = "policies/examples/general/2023.1.yaml"
IMPORTS = 'python -c "import click, yaml"'
COMMANDS: dict[str, tuple[str, ...]] = {
    "policyhours --version": ("-m", "policyhours", "--version"),
    "policyhours policies": ("-m", "policyhours", "policies"),
    "policyhours evaluate W3b": ("-m", "policyhours", "evaluate", CASE),
    "policyhours lint (examples/general@2023.1)": ("-m", "policyhours", "lint", FILING),
    IMPORTS: ("-c", "import click, yaml"),
    'python -c "pass"': ("-c", "pass"),
}


def cold(rounds: int) -> list[Row]:
    """The rows of the table."""
    with bytecode_kept():
        codes = {name: _run(arguments) for name, arguments in COMMANDS.items()}
        peers: dict[str, Callable[[], object]] = {
            name: partial(_run, COMMANDS[name]) for name, code in codes.items() if code == 0
        }
        times = take_turns(peers, rounds, warm_up=1)
    peer = times.get(IMPORTS)
    rows = [Row("**3 · 整个进程，从零启动 · whole processes, cold**", note=f"倍数对照 · ratio to: {IMPORTS}")]
    for name, code in codes.items():
        target = "< 3 ×" if name.startswith("policyhours") else ""
        if name in times:
            rows.append(Row(name, times[name], peer, target))
        else:
            rows.append(Row(name, target=target, note=f"未能运行 · did not run (exit code {code})"))
    return rows


def _run(arguments: tuple[str, ...]) -> int:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
