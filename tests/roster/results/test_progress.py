"""Progress is one line on a terminal, a few elsewhere."""

from __future__ import annotations

import io
import os
import shutil
import time
from threading import Event

import duckdb
import pytest

from policyhours.roster.results.progress import Progress, watching
from policyhours.text.telling import display_width


class Terminal(io.StringIO):
    encoding = "gbk"

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch, columns: int) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((columns, 24)))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run(stream, total=1000, lang="zh", steps=4, seconds=12.0, title="评定") -> None:
    clock = Clock()
    with Progress(title, total, stream, lang, clock=clock) as progress:
        for step in range(1, steps + 1):
            clock.now += seconds
            progress.at(total * step // steps if total else 250 * step)


def test_elsewhere_there_are_plain_lines():
    stream = io.StringIO()
    run(stream)
    assert stream.getvalue().splitlines() == [
        "评定   25%  250/1,000 行  剩余约 36秒",
        "评定   50%  500/1,000 行  剩余约 24秒",
        "评定   75%  750/1,000 行  剩余约 12秒",
        "评定  100%  1,000/1,000 行",
        "评定  1,000 行  完成，用时 48秒",
    ]


def test_elsewhere_a_quick_run_has_one_line():
    stream = io.StringIO()
    run(stream, steps=100, seconds=0.05, lang="en", title="assess")
    assert stream.getvalue() == "assess  1,000 rows  done in 5s\n"


def test_a_terminal_shows_a_bar_that_ends_as_one_line(monkeypatch):
    terminal(monkeypatch, 60)
    stream = Terminal()
    run(stream, seconds=40.0)
    *drawn, last = stream.getvalue().split("\r")
    assert "评定  #######.......   50%  500/1,000 行  剩余约 1分20秒" in [
        line.strip().replace("█", "#").replace("░", ".") for line in drawn
    ]
    assert drawn[-1].strip() == ""
    assert last == "评定  1,000 行  完成，用时 2分40秒\n"


@pytest.mark.parametrize("columns", [10, 20, 40, 80, 200])
def test_the_line_of_a_terminal_never_breaks(monkeypatch, columns):
    terminal(monkeypatch, columns)
    stream = Terminal()
    run(stream, total=80_000_000)
    for line in stream.getvalue().split("\r")[:-1]:
        assert display_width(line) < columns


def test_a_shorter_line_leaves_nothing_of_a_longer_one(monkeypatch):
    terminal(monkeypatch, 80)
    stream = Terminal()
    clock = Clock()
    with Progress("评定", 1000, stream, clock=clock) as progress:
        for rows in (500, 1000):
            clock.now += 30
            progress.at(rows)
    _, _, half, whole, *_ = stream.getvalue().split("\r")
    assert "剩余约" in half
    assert "剩余约" not in whole
    assert display_width(whole) >= display_width(half)


def test_where_the_total_is_not_known_there_are_only_rows():
    stream = io.StringIO()
    run(stream, total=0, steps=2)
    assert stream.getvalue().splitlines() == ["评定  250 行", "评定  500 行", "评定  完成，用时 24秒"]


def test_without_a_stream_it_is_silent():
    run(None)


def test_a_stage_that_fails_is_not_told_as_done():
    stream = io.StringIO()

    def fail() -> None:
        with Progress("评定", 10, stream):
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the very fault
        fail()
    assert stream.getvalue() == ""


def test_the_queries_of_a_connection_are_watched():
    told: list[int] = []
    looked = Event()

    class Told(Progress):
        def at(self, rows: int) -> None:
            told.append(rows)
            looked.set()

    class Connection:
        def execute(self, query: str) -> None:
            assert query == "SET enable_progress_bar = true; SET enable_progress_bar_print = false"

        def query_progress(self) -> float:
            return 25.0

    with watching(Connection(), Told("评定", 1000, None), 1000):
        assert looked.wait(10)
    assert set(told) == {250}


def test_a_connection_that_runs_nothing_tells_nothing():
    told: list[int] = []

    class Told(Progress):
        def at(self, rows: int) -> None:
            told.append(rows)

    with watching(duckdb.connect(), Told("评定", 1000, None), 1000):
        time.sleep(0.5)
    assert told == []
