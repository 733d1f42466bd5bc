"""Assessing: everybody on the desks, several side by side, each line that needs it read again first."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from policyhours.roster.gather import Key, raw_rows
from policyhours.roster.intake.columns import Table
from policyhours.roster.intake.rejected import Rejected
from policyhours.roster.intake.relation import Intake
from policyhours.roster.papers import Line, Papers
from policyhours.roster.singly import Desk, Setting, Single, Unread
from policyhours.roster.stored import values_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Found = list[Single] | Unread

_AT_ONCE: Final = 100
"""So many people are handed to a process at once."""
_FEW: Final = 3_000
"""With fewer people other processes would take longer to begin than to do it."""


@dataclass(slots=True)
class Assessing:
    """Assesses people, and keeps what was rejected on the way.

    Attributes:
        workers: how many processes assess side by side.
        done: told how many people have been assessed so far.
        rows_rejected: how many rows; one may be rejected for several reasons.
    """

    con: DuckDBPyConnection
    intake: Intake
    desk: Desk
    workers: int
    done: Callable[[int], None] = lambda people: None
    rejected: list[Rejected] = field(default_factory=list)
    rows_rejected: int = 0

    def all(self, papers: Iterable[Papers], people: int) -> Iterator[Single]:
        """Every year of everybody.

        Args:
            papers: of each person.
            people: how many there are.
        """
        finished = 0
        for batch in self._batches(papers, people):
            unread = []
            for found in batch:
                if isinstance(found, Unread):
                    unread.append(found)
                else:
                    yield from found
            for again in self._read_again(unread):
                singles = self.desk.assess(again)
                assert not isinstance(singles, Unread)  # every line has been read or rejected
                yield from singles
            finished += len(batch)
            self.done(finished)

    def _batches(self, papers: Iterable[Papers], people: int) -> Iterator[list[Found]]:
        batches = _batches(papers)
        if people < _FEW or self.workers < 2:
            for batch in batches:
                yield [self.desk.assess(each) for each in batch]
            return
        waiting: deque[Future[list[Found]]] = deque()
        # Never forked: the database has threads of its own.
        with ProcessPoolExecutor(
            self.workers, get_context("spawn"), initializer=_begin, initargs=(self.desk.setting,)
        ) as pool:
            try:
                for batch in batches:
                    waiting.append(pool.submit(_assess, batch))
                    if len(waiting) > 4 * self.workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _read_again(self, unread: Sequence[Unread]) -> Iterator[Papers]:
        wanted: dict[Table, list[Key]] = {}
        for each in unread:
            for table, line in each.lines:
                wanted.setdefault(table, []).append((table, line.source, line.row))
        raws: dict[Key, dict[str, object]] = {}
        for table, keys in wanted.items():
            raws |= raw_rows(self.con, table, keys)
        for each in unread:
            yield self._with_lines_read(each, raws)

    def _with_lines_read(self, unread: Unread, raws: Mapping[Key, Mapping[str, object]]) -> Papers:
        """The papers with their lines read as they stand in the file; what does not fit is rejected."""
        papers = unread.papers
        lines = {table: list(several) for table, several in papers.lines.items()}
        rejected, doubtful = set(papers.rejected), set(papers.doubtful)
        for table, line in unread.lines:
            source = self.intake.sources[line.source]
            read = self.desk.read_again(
                table, raws[table, line.source, line.row], source.heads, papers.industry
            )
            place = lines[table].index(line)
            if not isinstance(read, list):
                lines[table][place] = replace(line, read=read)
                continue
            for fault in read:
                head = source.heads.get(fault.column, "")
                self.rejected.append(Rejected(source.file, source.sheet, line.row, head, fault, papers.id))
            self.rows_rejected += 1
            rejected.add(table)
            if table == "persons":
                wrong = {fault.column for fault in read}
                doubtful |= wrong
                lines[table][place] = replace(line, read=self._rest(table, line, wrong))
            else:
                lines[table][place] = replace(line, sound=False, cells=())
        kept = {
            table: [line for line in several if line.sound or line.read is not None]
            for table, several in lines.items()
        }
        return replace(papers, lines=kept, doubtful=frozenset(doubtful), rejected=frozenset(rejected))

    def _rest(self, table: Table, line: Line, wrong: set[str]) -> dict[str, object]:
        """What else a line states."""
        names = self.desk.setting.names[table]
        values = values_of(names, line.cells, self.desk.setting.columns[table])
        return {name: value for name, value in values.items() if name not in wrong}


def workers_of(asked: int | None) -> int:
    """How many processes to use: as many as asked for, or as there are cores."""
    return asked if asked is not None else (os.cpu_count() or 1)


def _batches(papers: Iterable[Papers]) -> Iterator[list[Papers]]:
    several = iter(papers)
    while batch := list(islice(several, _AT_ONCE)):
        yield batch


_desk: Desk | None = None


def _begin(setting: Setting) -> None:
    """Make this process's own desk."""
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run; it ends its processes itself
    _desk = Desk(setting)


def _assess(batch: list[Papers]) -> list[Found]:
    assert _desk is not None
    return [_desk.assess(each) for each in batch]
