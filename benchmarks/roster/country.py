"""The country: what eighty million people cost, from the times of two sizes that were measured."""

from __future__ import annotations

from collections.abc import Sequence

from aligned import markdown
from measuring import Measured

PEOPLE = 80_000_000
CORES = (64, 256, 1024)


def country(few: Sequence[Measured], many: Sequence[Measured], cores: int) -> str:
    """What each peer would take, by the formula that docs/scale.md shows.

    Args:
        few: the peers on the smaller size.
        many: the same peers on the larger.
        cores: of this machine, all of which a run may use.
    """
    heads = (
        "做法 · what",
        "固定 · fixed",
        "每百万人 · core-seconds per million",
        "八千万人 · core-hours for 80 million",
        *(f"{count} 核 · cores" for count in CORES),
    )
    lines = [heads]
    for small, large in zip(few, many, strict=True):
        per_person, fixed = slope(small, large) if small.runs and large.runs else (0.0, 0.0)
        if per_person <= 0:  # it did not run, or the sizes are too small for what else the machine does
            lines.append((large.peer.name, *["—"] * 6))
            continue
        work = per_person * cores * PEOPLE
        spread = (f"{(fixed + work / count) / 60:.1f} min" for count in CORES)
        lines.append(
            (
                large.peer.name,
                f"{fixed:.1f} s",
                f"{per_person * cores * 1e6:.0f}",
                f"{work / 3600:.1f}",
                *spread,
            )
        )
    sizes = f"n₁ = {few[0].shape.persons:,}, n₂ = {many[0].shape.persons:,}, c = {cores}"
    head = f"### 八千万人 · eighty million people\n\n{sizes}（t：最快的一次 · of the best runs）"
    return f"{head}\n\n{markdown(lines, right=range(1, 7))}"


def slope(small: Measured, large: Measured) -> tuple[float, float]:
    """Seconds per person, and those that do not depend on how many there are."""
    people = large.shape.persons - small.shape.persons
    per_person = (large.best - small.best) / people
    return per_person, small.best - per_person * small.shape.persons
