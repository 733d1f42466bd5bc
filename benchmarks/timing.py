"""Timing: peers take turns in one run (A B C A B C …), and the median of each is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from roster.aligned import markdown

HEADS = (
    "测量 · measured",
    "中位 · median",
    "最快 · best",
    "倍数 · ratio",
    "按最快 · of bests",
    "目标 · target",
    "说明 · note",
)
RIGHT = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Times:
    """The median and the best of many repetitions, in nanoseconds."""

    median: float
    best: float


def take_turns(peers: Mapping[str, Callable[[], object]], rounds: int, warm_up: int) -> dict[str, Times]:
    """Time every peer `rounds` times, in turns, after `warm_up` rounds that do not count."""
    clock = time.perf_counter_ns
    taken: dict[str, list[int]] = {name: [] for name in peers}
    for number in range(warm_up + rounds):
        for name, run in peers.items():
            start = clock()
            run()
            end = clock()
            if number >= warm_up:
                taken[name].append(end - start)
    return {name: Times(median(times), min(times)) for name, times in taken.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a line without times is a heading, or says why there are none."""

    name: str
    times: Times | None = None
    against: Times | None = None
    target: str = ""
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        """What stands in the columns."""
        if self.times is None:
            return (self.name, "", "", "", "", self.target, self.note)
        ratios = ("", "")
        if self.against is not None:
            ratios = (
                f"{self.times.median / self.against.median:.2f}",
                f"{self.times.best / self.against.best:.2f}",
            )
        return (
            self.name,
            shown(self.times.median),
            shown(self.times.best),
            *ratios,
            self.target,
            self.note,
        )


def shown(nanoseconds: float) -> str:
    """A time in milliseconds, three digits of it."""
    milliseconds = nanoseconds / 1e6
    places = 3 if milliseconds < 1 else 2 if milliseconds < 10 else 1
    return f"{milliseconds:.{places}f} ms"


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    return markdown([HEADS, *(row.cells() for row in rows)], RIGHT)
