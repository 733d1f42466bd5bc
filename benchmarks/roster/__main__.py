"""Whole rosters, measured side by side: ``python benchmarks/roster [--quick]`` prints Markdown.

Nothing is asserted of times. What is asserted first, on a small sample, is that the peers' rules are the
policy's: each answer is compared with the evaluator's, person by person.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from aligned import markdown
from bytecode import bytecode_kept
from children import run
from country import country
from layout import Shape
from measuring import HERE, Measured, Workshop, evaluated, measure
from page import fill, fits
from peers import BY_HAND, OURS, PEERS, QUICK_PEERS, SPARK, SPARK_STARTS, Peer, roster
from telling import in_memory, table

SAMPLE = 1_500
PERSONS = {
    "peers": (100_000, 700_000),
    "scale": (100_000, 700_000, 7_000_000),
    "spark": (100_000, 700_000),
}
"""The parts, each with how many persons it is run on."""

QUICK = (5_000, 20_000)
MEMORY = "3GB"
ONCE = 1_000_000
"""With more persons than these one run is enough."""

PACKAGES = ("duckdb", "numpy", "pyarrow", "OpenFisca-Core", "zen-engine", "simpleeval", "pyspark")


def main() -> None:
    """Measure what is asked for."""
    said = _arguments()
    with bytecode_kept(), tempfile.TemporaryDirectory() as place:
        workshop = Workshop(said.folder or Path(place))
        text = []
        for part in _parts(workshop, said):
            print(part, flush=True)
            print(flush=True)
            text.append(part)
    if said.write:
        fill(said.write, said.part, "\n\n".join(text))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/roster", description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, nargs="+", help="how many, in place of the part's own")
    parser.add_argument("--quick", action="store_true", help="5,000 and 20,000 persons, once: does it run")
    parser.add_argument(
        "--part",
        choices=(*PERSONS, "check"),
        default="peers",
        help="all peers; scale: up to seven million persons under --memory; spark: Spark on this machine;"
        " check: only compare the answers on a small sample",
    )
    parser.add_argument("--check", action="store_const", dest="part", const="check", help="--part check")
    parser.add_argument("--memory", default=MEMORY, help="for scale (3GB)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--folder", type=Path, help="where to keep the data for the next time")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the text in its place in this page")
    said = parser.parse_args()
    if said.quick:
        said.persons, said.rounds = QUICK, 1
    if said.write and not fits(said.write, said.part):
        parser.error(f"{said.write}: no place for {said.part}, such as docs/scale.md has")
    return said


def _parts(workshop: Workshop, said: argparse.Namespace) -> Iterator[str]:
    yield _machine()
    yield checked(workshop)
    if said.part == "check":
        return
    persons = said.persons or PERSONS[said.part]
    if said.part == "scale":
        yield from scaled(workshop, persons, said.memory, said.rounds)
    elif said.part == "spark":
        yield from on_spark(workshop, persons, said.rounds)
    else:
        yield from sizes(workshop, persons, said.rounds)
        yield compiled(said.rounds)


def sizes(workshop: Workshop, persons: Sequence[int], rounds: int) -> Iterator[str]:
    """Every peer on every size; then a sorted file, and people whom only the evaluator can assess."""
    for number, count in enumerate(persons):
        # Slow peers have fewer persons anyway: once is enough.
        peers = [peer for peer in PEERS if number == 0 or peer.most is None]
        yield _section(workshop, "乱序 · shuffled", peers, Shape(count), rounds)
    largest = max(persons)
    yield _section(workshop, "按人排序 · sorted by person", QUICK_PEERS, Shape(largest, ordered=True), rounds)
    title = "有决定、有跨形式的同一活动 · with decisions, and events of two kinds"
    yield _section(workshop, title, (OURS, BY_HAND), Shape(largest, whole=True), rounds)


def scaled(workshop: Workshop, persons: Sequence[int], memory: str, rounds: int) -> Iterator[str]:
    """From a department to seven million persons, with bounded memory."""
    bounded = replace(OURS, name=f"{OURS.name} --memory {memory}", command=roster("--memory", memory))
    for count in persons:
        times = 1 if count > ONCE else rounds
        yield _section(workshop, "规模 · scale", (bounded, BY_HAND), Shape(count), times)


def on_spark(workshop: Workshop, persons: Sequence[int], rounds: int) -> Iterator[str]:
    """Spark on this machine beside DuckDB, on the smallest and the largest size; then a whole country."""
    measured = []
    for count in (min(persons), max(persons)):
        found = measure(workshop, (SPARK, OURS, BY_HAND, SPARK_STARTS), Shape(count), rounds)
        yield _told("Spark", Shape(count), found)
        measured.append(found[:2])
    few, many = measured
    yield country(few, many, os.cpu_count() or 1)


def compiled(rounds: int) -> str:
    """How long the policy takes to become a plan."""
    runs = [run([sys.executable, str(HERE / "compiling.py")]) for _ in range(max(rounds, 3))]
    head = "### 编译规则 · compiling the policy"
    if failed := next((ran.failed for ran in runs if ran.failed), None):
        return f"{head}\n\n{failed}"
    told = [json.loads(ran.said) for ran in runs]
    names = {
        "loading": "读规则 · loading the policy",
        "dialect": "读数据库的方言 · importing the dialect",
        "first": "编译，第一次 · compiling, first",
        "again": "再编译 · again, warm",
    }
    lines = [("", "中位 · median", "最快 · best")]
    for name, title in names.items():
        times = [each[name] * 1000 for each in told]
        lines.append((title, f"{median(times):.0f} ms", f"{min(times):.0f} ms"))
    return f"{head}\n\n{markdown(lines, right=(1, 2))}"


def checked(workshop: Workshop) -> str:
    """Whether the peers come to what the evaluator comes to, on a sample.

    Raises:
        SystemExit: where one of them doesn't.
    """
    lines = []
    for shape, peers in ((Shape(SAMPLE), PEERS), (Shape(SAMPLE, whole=True), (OURS,))):
        files = workshop.data(shape)
        judge = evaluated(files)
        for peer in peers:
            if not peer.answers:
                continue
            missing = peer.missing()
            out = files.folder / "checked.parquet"
            missing = missing or run(peer.command(files, out)).failed
            differing = None if missing else workshop.differing(Shape(SAMPLE), judge, out)
            lines.append(f"- {peer.name}，{shape.name}：{missing or differing}")
            if differing:
                raise SystemExit(f"与评定程序不同 · differs from the evaluator: {lines[-1]}")
    head = f"与评定程序不同的人数，共 {SAMPLE:,} 人 · persons that differ from the evaluator"
    return "\n".join([f"{head}:", "", *lines])


def _section(workshop: Workshop, title: str, peers: Sequence[Peer], shape: Shape, rounds: int) -> str:
    return _told(title, shape, measure(workshop, peers, shape, rounds))


def _told(title: str, shape: Shape, measured: Sequence[Measured]) -> str:
    told = f"### {title}，{shape.persons:,} 人 · persons\n\n{table(measured)}"
    return "\n\n".join(filter(None, (told, in_memory(measured))))


def _machine() -> str:
    versions = []
    for package in PACKAGES:
        try:
            versions.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            continue
    return f"{os.cpu_count()} 核 cores, Python {platform.python_version()}, {', '.join(versions)}"


if __name__ == "__main__":
    main()
