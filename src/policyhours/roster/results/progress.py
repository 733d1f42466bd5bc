"""Progress: how far a run is, with the rows done and the time left.

On a terminal one line that is written anew; otherwise plain lines, a few of them; nothing where it is not
wanted.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TextIO

from policyhours.desk.layout import fitted, pad
from policyhours.roster.results.figures import grouped
from policyhours.text.telling import display_width

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BETWEEN_DRAWINGS: Final = 0.1  # seconds
_BETWEEN_LINES: Final = 10.0
_BETWEEN_LOOKS: Final = 0.2
_ENOUGH: Final = 2  # percent, before which the time left is a guess
_WORDS: Final = {
    "zh": ("行", "剩余约 {}", "完成，用时 {}", "{}分{:02}秒", "{}秒"),
    "en": ("rows", "about {} left", "done in {}", "{}m{:02}s", "{}s"),
}
_PEOPLE: Final = {"zh": "人", "en": "people"}


class Progress:
    """The progress of one stage of a run: a context, in which `at` says how far it is.

    Args:
        title: of the stage, such as 评定.
        total: rows that will be done; 0 where that is not known.
        stream: where to write, or ``None`` to be silent.
        lang: ``zh`` or ``en``.
        clock: gives the seconds.
        people: whether people are counted, and not rows.
    """

    def __init__(
        self,
        title: str,
        total: int,
        stream: TextIO | None,
        lang: str = "zh",
        *,
        clock: Callable[[], float] = time.monotonic,
        people: bool = False,
    ) -> None:
        self._title, self._total, self._stream, self._clock = title, total, stream, clock
        self._rows, self._left, self._done, self._long, self._short = _WORDS[lang]
        if people:
            self._rows = _PEOPLE[lang]
        self._live = stream is not None and stream.isatty()
        self._started = self._told = clock()
        self._drawn = 0

    def __enter__(self) -> Self:
        self._started = self._told = self._clock()
        if self._live:
            self._draw(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._write("\r" + " " * self._drawn + "\r")
        if kind is None:
            self._write(f"{self._title}  {self._counted(self._total)}{self._finished()}\n")

    def at(self, rows: int) -> None:
        """So many rows are done."""
        now = self._clock()
        if now - self._told < (_BETWEEN_DRAWINGS if self._live else _BETWEEN_LINES):
            return
        self._told = now
        if self._live:
            self._draw(rows)
        else:
            self._write(f"{self._title}  {self._said(rows)}\n")

    def _draw(self, rows: int) -> None:
        """The line anew, one column short of the terminal, so that it never breaks."""
        room = shutil.get_terminal_size((80, 24)).columns - 1
        line = f"{self._title}  {self._said(rows)}"
        # As long as the longest text leaves it, so that it grows in one measure.
        whole = f"{self._title}  100%  {grouped(self._total)}/{self._counted(self._total)}  "
        bar = min(30, room - display_width(whole + self._left.format(self._time(5999))) - 2)
        if self._total and bar >= 5:
            filled = min(bar, rows * bar // self._total)
            line = f"{self._title}  {'█' * filled}{'░' * (bar - filled)}  {self._said(rows)}"
        while display_width(line) > room:
            line = line[:-1]
        width = display_width(line)
        self._write("\r" + pad(line, min(self._drawn, room)))
        self._drawn = width

    def _said(self, rows: int) -> str:
        """The rows done, which share they are, and the time left."""
        if not self._total:
            return self._counted(rows)
        percent = min(100, rows * 100 // self._total)
        said = f"{percent:>3}%  {grouped(rows)}/{self._counted(self._total)}"
        if _ENOUGH <= percent < 100:
            took = self._clock() - self._started
            said += "  " + self._left.format(self._time(took * (self._total - rows) / rows))
        return said

    def _counted(self, rows: int) -> str:
        return f"{grouped(rows)} {self._rows}" if rows else ""

    def _finished(self) -> str:
        return ("  " if self._total else "") + self._done.format(self._time(self._clock() - self._started))

    def _time(self, seconds: float) -> str:
        minutes, rest = divmod(int(seconds + 0.5), 60)
        return self._long.format(minutes, rest) if minutes else self._short.format(rest)

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(fitted(text, getattr(self._stream, "encoding", None)))
            self._stream.flush()


@contextmanager
def watching(con: DuckDBPyConnection, progress: Progress, total: int) -> Iterator[None]:
    """Tell the progress of the queries that run on a connection meanwhile.

    Args:
        con: where they run.
        progress: told from a thread of its own, until the context ends.
        total: the rows that all of it comes to.
    """
    ended = Event()
    # DuckDB counts how far it is only where it may show it, and its own bar is not ours.
    con.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")

    def look() -> None:
        while not ended.wait(_BETWEEN_LOOKS):
            percent = con.query_progress()
            if percent > 0:
                progress.at(int(total * min(percent, 100) / 100))

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
