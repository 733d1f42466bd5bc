"""The mutation score: how many single wrong edits lint catches, and how many lint and the cases together.

``python benchmarks/mutation_score.py [--every N] [--only PART]``: every policy and filing of the repository
(those whose path contains PART), every N-th edit (default 1). Prints a table per kind of edit and the
survivors; while it runs, every edit that lint alone misses, unless the cases catch a change of meaning. An
edit is equivalent where the file says the same, or where ``equivalent.txt`` names it with the reason. Nothing
is asserted.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from cold import ROOT
from mutating import CITING, FORM, Edit, edits
from policyhours.case.read import Draft, read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.expectation import misses
from policyhours.language.header import digest
from policyhours.language.library import Library
from policyhours.lint.check import check_files
from policyhours.lint.documents import file_from_bytes, files_in, read_file
from policyhours.text.finding import Refused
from policyhours.text.messages import catalogue

POLICIES = ROOT / "policies"
EQUIVALENT = Path(__file__).parent / "equivalent.txt"


def main(arguments: list[str]) -> None:
    """Run all and print."""
    every = int(arguments[arguments.index("--every") + 1]) if "--every" in arguments else 1
    equivalent = {
        line.partition("  ## ")[0]
        for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    drafts = _drafts()
    started = time.monotonic()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    survivors: list[tuple[str, Edit]] = []
    for path in _policies():
        name = path.relative_to(ROOT).as_posix()
        if only not in name:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        known, original = _found(path, path.read_bytes()), _says(path, path.read_bytes())
        chance = random.Random(name)
        for number, edit in enumerate(edits(lines, chance)):
            if number % every:
                continue
            count = counts[edit.kind]
            count[0] += 1
            if f"{name}: {edit.key}" in equivalent or _says(path, edit.of(lines)) == original:
                count[3] += 1
                continue
            caught = _caught(path, edit.of(lines), known, drafts)
            if caught == "lint":
                count[1] += 1
            elif caught == "cases":
                count[2] += 1
            else:
                survivors.append((name, edit))
            if caught != "lint" and (caught != "cases" or edit.kind in FORM):
                told = f"{caught or 'survives'}: {edit.kind}, {name}:{edit.line}: {edit.key}"
                print(told, file=sys.stderr, flush=True)
    _print(counts, survivors, time.monotonic() - started)


def _caught(path: Path, data: bytes, known: set[tuple[str, str]], drafts: Iterable[Draft]) -> str:
    """What catches the file with this content: ``lint``, ``cases``, or nothing; a crash is none of them."""
    try:
        if _found(path, data) - known:
            return "lint"
        return "cases" if _broken(path, data, drafts) else ""
    except Exception as crash:  # to be mended in the program: told, and counted as surviving
        return f"crash ({type(crash).__name__})"


def _policies() -> list[Path]:
    return [p for p in files_in(POLICIES) if "cases" not in p.parts]


def _drafts() -> list[Draft]:
    nodes = (node for p in files_in(POLICIES) if "cases" in p.parts for node in read_file(p).nodes)
    return [read_draft(node) for node in nodes]


def _says(path: Path, data: bytes) -> str | None:
    """What a file with this content says, however it is written; ``None`` where it cannot be read."""
    nodes = file_from_bytes(data, "例.yaml", path).nodes
    return digest(nodes[0]) if nodes else None


def _found(path: Path, data: bytes) -> set[tuple[str, str]]:
    """The errors and warnings of a file with this content: their codes and words, wherever they stand."""
    library = Library([POLICIES])
    report = check_files([file_from_bytes(data, "例.yaml", path)], library)
    told = [f for f in report.findings if catalogue()[f.code].severity != "advice"]
    return {(f.code, str(sorted(f.args.items()))) for f in told}


def _broken(path: Path, data: bytes, drafts: Iterable[Draft]) -> bool:
    """Whether some case no longer comes out as it should."""
    library = Library([POLICIES])
    (node,) = file_from_bytes(data, "例.yaml", path).nodes
    library.take(node, path)  # type: ignore[arg-type]
    for draft in drafts:
        try:
            if misses(evaluate(draft, library, try_readings=False)):
                return True
        except Refused:
            return True
    return False


def _print(counts: dict[str, list[int]], survivors: list[tuple[str, Edit]], seconds: float) -> None:
    print("| kind of edit | edits | equivalent | lint | lint and cases | survive |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    meaning = counts.keys() - FORM - CITING
    for kinds, title in ((FORM, "form"), (meaning, "meaning"), (CITING, "citations of another clause")):
        total = [0, 0, 0, 0]
        for kind in sorted(kinds & counts.keys()):
            total = [a + b for a, b in zip(total, counts[kind], strict=True)]
            print(_row(kind, counts[kind]))
        print(_row(f"**{title}**", total))
    print(f"\n{sum(c[0] for c in counts.values())} edits in {seconds:.0f} s\n")
    for name, edit in survivors:
        print(f"- {edit.kind}, {name}:{edit.line}\n  `{edit.key}`")


def _row(title: str, count: list[int]) -> str:
    edits_made, lint, cases, same = count
    real = max(1, edits_made - same)
    left = edits_made - same - lint - cases
    return (
        f"| {title} | {edits_made} | {same} | {100 * lint / real:.1f} % "
        f"| {100 * (lint + cases) / real:.1f} % | {left} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
