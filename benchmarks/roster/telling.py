"""Telling: what was measured, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from aligned import markdown
from measuring import Measured
from peers import BY_HAND, C_PASS, READING

HEADS = (
    "做法 · what",
    "人数 · persons",
    "中位 · median",
    "最快 · best",
    "倍数 · ratio",
    "按最快 · of bests",
    "每秒人数 · persons/s",
    "峰值内存 · peak",
    "结果不同 · differing",
    "说明 · note",
)
RIGHT = range(1, 9)


def table(measured: Sequence[Measured]) -> str:
    """One line a peer; ratios are of the time per person, to that of the query by hand."""
    judge = next((one for one in measured if one.peer is BY_HAND and one.runs), None)
    return markdown([HEADS, *(_cells(one, judge) for one in measured)], RIGHT)


def _cells(one: Measured, judge: Measured | None) -> tuple[str, ...]:
    persons = one.shape.persons
    if one.missing:
        return (one.peer.name, f"{persons:,}", *[""] * 7, one.missing)
    ratios = ("", "")
    if judge is not None:
        each = judge.shape.persons / persons
        ratios = (f"{one.median / judge.median * each:.2f}", f"{one.best / judge.best * each:.2f}")
    return (
        one.peer.name,
        f"{persons:,}",
        f"{one.median:.2f} s",
        f"{one.best:.2f} s",
        *ratios,
        f"{persons / one.best:,.0f}",
        f"{one.peak / 1e9:.2f} GB",
        _differing(one),
        one.peer.note,
    )


def _differing(one: Measured) -> str:
    if one.peer is BY_HAND:
        return "对照 · reference"
    return "" if one.differing is None else f"{one.differing:,}"


def in_memory(measured: Sequence[Measured]) -> str:
    """The C pass from memory to memory, and what a system may take at five times that, reading included."""
    passed = next((one for one in measured if one.peer is C_PASS and one.runs), None)
    reading = next((one for one in measured if one.peer is READING and one.runs), None)
    if passed is None or reading is None:
        return ""
    parts = {name: passed.told(name) for name in ("reading", "pass", "writing")}
    five = reading.best + 5 * parts["pass"]
    return (
        f"NumPy + C，{passed.shape.persons:,} 人：读 · reading {parts['reading']:.2f} s，"
        f"内存到内存 · memory to memory {parts['pass']:.3f} s，写 · writing {parts['writing']:.2f} s。"
        f"DuckDB 读完，再加五倍于 C 的一遍 · DuckDB's reading and five times the C pass: {five:.2f} s。"
    )
