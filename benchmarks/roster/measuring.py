"""Measuring: peers take turns as processes of their own; each answer is compared with that of the query."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from children import Ran, run
from layout import Shape, Tables
from peers import BY_HAND, Peer

HERE = Path(__file__).parent
APART = (
    "SELECT person FROM '{activities}' WHERE event IS NOT NULL GROUP BY person, event"
    " HAVING count(DISTINCT kind) > 1 UNION SELECT person FROM '{decisions}'"
)
"""Those whom the query by hand can't tell: one event of two kinds, or a decision."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A peer's runs on one data set.

    Attributes:
        runs: those that ended well, in order.
        differing: how many persons it answers otherwise than the query by hand; ``None`` if not compared.
        missing: why it did not run, or how it failed.
    """

    peer: Peer
    shape: Shape
    runs: tuple[Ran, ...] = ()
    differing: int | None = None
    missing: str | None = None

    @property
    def best(self) -> float:
        """Seconds of the fastest run."""
        return min(run.seconds for run in self.runs)

    @property
    def median(self) -> float:
        """Seconds of the middle run."""
        return median(run.seconds for run in self.runs)

    @property
    def peak(self) -> int:
        """Bytes of memory, the most of all runs."""
        return max(run.peak for run in self.runs)

    def told(self, name: str) -> float:
        """A time that the peer measured itself, of its fastest run."""
        fastest = min(self.runs, key=lambda run: run.seconds)
        return float(json.loads(fastest.said.splitlines()[-1])[name])


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where data and answers lie.

    Attributes:
        folder: for the data, which are made once.
    """

    folder: Path

    def data(self, shape: Shape) -> Tables:
        """The files of a data set, made in a process of its own, so that this one stays small."""
        options = ["--sorted"] if shape.ordered else []
        options += ["--whole"] if shape.whole else []
        _progress(f"{shape.name}: 数据 · data")
        _well([sys.executable, str(HERE / "data.py"), str(self.folder), str(shape.persons), *options])
        return Tables(self.folder / shape.name)

    def differing(self, shape: Shape, ours: Path, theirs: Path) -> int:
        """How many persons two answers differ in; see `answers`."""
        tables = Tables(self.folder / shape.name)
        but = ""
        if shape.whole:
            but = APART.format(activities=tables.activities.as_posix(), decisions=tables.decisions.as_posix())
        return int(_well([sys.executable, str(HERE / "answers.py"), str(ours), str(theirs), but]))


def evaluated(tables: Tables) -> Path:
    """The evaluator's answer, as a file."""
    out = tables.folder / "evaluated.parquet"
    _well([sys.executable, str(HERE / "evaluator.py"), str(tables.folder), str(out)])
    return out


def measure(workshop: Workshop, peers: Sequence[Peer], shape: Shape, rounds: int) -> list[Measured]:
    """Run the peers in turns; those that are slow on fewer persons.

    The query by hand has to be among them, for it is what the others are compared with.
    """
    shapes = {peer: _for(peer, shape) for peer in peers}
    tables = {each: workshop.data(each) for each in dict.fromkeys(shapes.values())}
    missing = {peer: peer.missing() for peer in peers}
    runs: dict[Peer, list[Ran]] = {peer: [] for peer in peers}
    outs = {peer: tables[shapes[peer]].folder / f"answer-{n}.parquet" for n, peer in enumerate(peers)}
    for number in range(rounds):
        for peer in peers:
            if missing[peer]:
                continue
            _progress(f"{shape.name}: {number + 1}/{rounds} {peer.name}")
            ran = run(peer.command(tables[shapes[peer]], outs[peer]))
            missing[peer] = ran.failed
            runs[peer].append(ran)
    judges = _judges(workshop, shapes, tables, outs)
    return [
        Measured(peer, shapes[peer], missing=missing[peer])
        if missing[peer]
        else Measured(
            peer,
            shapes[peer],
            tuple(runs[peer]),
            workshop.differing(shapes[peer], judges[shapes[peer]], outs[peer]) if _compared(peer) else None,
        )
        for peer in peers
    ]


def _compared(peer: Peer) -> bool:
    """Whether the peer is held against the query by hand; that one is not held against itself."""
    return peer.answers and peer is not BY_HAND


def _for(peer: Peer, shape: Shape) -> Shape:
    if peer.most is None or shape.persons <= peer.most:
        return shape
    return Shape(peer.most, shape.ordered, shape.whole)


def _judges(
    workshop: Workshop, shapes: dict[Peer, Shape], tables: dict[Shape, Tables], outs: dict[Peer, Path]
) -> dict[Shape, Path]:
    """For each data set the answer of the query by hand; where it has not run on one, it does so now."""
    judges = {shapes[BY_HAND]: outs[BY_HAND]}
    for shape, files in tables.items():
        if shape not in judges:
            judges[shape] = files.folder / "judge.parquet"
            _well(BY_HAND.command(files, judges[shape]))
    return judges


def _well(command: Sequence[str]) -> str:
    """What a command says, which has to end well."""
    ran = run(command)
    if ran.failed:
        raise SystemExit(ran.failed)
    return ran.said


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
