"""The benchmarks: ``python benchmarks [--quick]`` prints one table. Nothing is asserted.

With ``--profile`` they print what one assessment of the case spends its time on instead.
"""

from __future__ import annotations

import cProfile
import os
import platform
import pstats
import sys

from cold import ROOT, cold
from lint_speed import lint_speed
from loading import loading
from one_case import one_case, pending_case, settled_case
from policyhours.assess.assessment import assess
from policyhours.language.files import folders
from policyhours.language.library import Library
from timing import table


def main(arguments: list[str]) -> None:
    """Run all, or the profile."""
    found = folders(ROOT / "policies")
    library = Library(found)
    if "--profile" in arguments:
        profile(library)
        return
    quick = "--quick" in arguments
    rows, notes = one_case(library, rounds=50 if quick else 400)
    rows += loading(found, rounds=5 if quick else 41)
    rows += cold(rounds=3 if quick else 21)
    lint_rows, lint_notes = lint_speed(rounds=1 if quick else 3, count=100 if quick else 1000)
    rows, notes = rows + lint_rows, notes + lint_notes
    major, minor = platform.python_version_tuple()[:2]
    print(f"{os.cpu_count()} 核 cores, Python {major}.{minor}")
    print()
    print(table(rows))
    print()
    print("\n".join(notes))


def profile(library: Library) -> None:
    """Where one assessment, readings tried, spends its time: the case as it is, then with some pending."""
    settled = settled_case(library)
    for name, this in (("as it is", settled), ("some pending", pending_case(settled))):
        rules = this.rules_of()
        assess(this.case, rules, this.rules_of)
        for told, under in (("trace only", None), ("readings tried", this.rules_of)):
            profiler = cProfile.Profile()
            profiler.enable()
            for _ in range(200):
                assess(this.case, rules, under)
            profiler.disable()
            print(f"── {name}, {told}: 200 runs")
            pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main(sys.argv[1:])
