"""Children: a command as a process of its own, with its time and its peak memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regulation import REPOSITORY

EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended.

    Attributes:
        seconds: from its start to its end.
        peak: bytes of memory at the peak, its own children included.
        said: what it wrote to standard output.
        failed: the last line of its errors, where it did not end well.
    """

    seconds: float
    peak: int
    said: str
    failed: str | None


def run(command: Sequence[str]) -> Ran:
    """Run a command from the root of the repository, and wait for it."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=errors, stdin=subprocess.DEVNULL, cwd=REPOSITORY
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        said, complaint = (_text(file) for file in (out, errors))
    lines = complaint.strip().splitlines() or said.strip().splitlines() or [""]
    failed = None if process.returncode == 0 else f"({process.returncode}) {lines[-1]}"
    # The kernel tells the peak of the largest process, in kibibytes; several together were watched.
    return Ran(seconds, max(usage.ru_maxrss * 1024, watch.peak), said, failed)


def _text(file: object) -> str:
    assert hasattr(file, "seek") and hasattr(file, "read")
    file.seek(0)
    return str(file.read().decode("utf-8", "replace"))


class _Watch(threading.Thread):
    """Adds up the memory of a process and its descendants, what they share only once."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY):
            family = _family(self._pid)
            if len(family) > 1:
                self.peak = max(self.peak, sum(map(_share, family)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def _family(pid: int) -> list[int]:
    try:
        said = [tasks.read_text() for tasks in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return [pid]
    return [pid, *(one for line in said for child in line.split() for one in _family(int(child)))]


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
