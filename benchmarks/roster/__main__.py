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
from layout import Shape
from measuring import HERE, Workshop, evaluated, measure
from peers import BY_HAND, OURS, PEERS, QUICK_PEERS, SPARK, SPARK_STARTS, Peer, roster
from telling import in_memory, table

SAMPLE = 1_500
SIZES = (100_000, 700_000)
SCALE = (100_000, 700_000, 7_000_000)
MEMORY = "3GB"
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
        said.write.write_text("\n\n".join(text) + "\n", encoding="utf-8", newline="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/roster", description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, nargs="+", default=SIZES, help="how many (100000 700000)")
    parser.add_argument("--quick", action="store_true", help="20,000 persons, once, to see that it runs")
    parser.add_argument("--check", action="store_true", help="only compare the answers on a small sample")
    parser.add_argument("--scale", action="store_true", help="up to seven million persons under --memory")
    parser.add_argument("--memory", default=MEMORY, help="for --scale (3GB)")
    parser.add_argument("--spark", action="store_true", help="Spark on this machine, too")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (3)")
    parser.add_argument("--folder", type=Path, help="where to keep the data for the next time")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the text to a file, too")
    said = parser.parse_args()
    if said.quick:
        said.persons, said.rounds = [20_000], 1
    return said


def _parts(workshop: Workshop, said: argparse.Namespace) -> Iterator[str]:
    yield _machine()
    yield checked(workshop)
    if said.check:
        return
    if said.scale:
        yield from scaled(workshop, said.memory, said.rounds)
        return
    yield from sizes(workshop, said.persons, said.rounds)
    yield compiled(said.rounds)
    if said.spark:
        few = Shape(min(said.persons))
        yield _section(workshop, "Spark", (SPARK, SPARK_STARTS, BY_HAND), few, said.rounds)


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


def scaled(workshop: Workshop, memory: str, rounds: int) -> Iterator[str]:
    """From a department to seven million persons, with bounded memory."""
    bounded = replace(OURS, name=f"{OURS.name} --memory {memory}", command=roster("--memory", memory))
    for count in SCALE:
        times = 1 if count > max(SIZES) else rounds
        yield _section(workshop, "规模 · scale", (bounded, BY_HAND), Shape(count), times)


def compiled(rounds: int) -> str:
    """How long the policy takes to become a plan."""
    runs = [run([sys.executable, str(HERE / "compiling.py")]) for _ in range(max(rounds, 3))]
    head = "### 编译规则 · compiling the policy"
    if failed := next((ran.failed for ran in runs if ran.failed), None):
        return f"{head}\n\n{failed}"
    told = [json.loads(ran.said) for ran in runs]
    names = {
        "loading": "读规则 · loading the policy",
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
    measured = measure(workshop, peers, shape, rounds)
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
