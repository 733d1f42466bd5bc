"""Aligned: a Markdown table that lines up on a terminal, too."""

from __future__ import annotations

from collections.abc import Container, Sequence

from wcwidth import wcswidth


def markdown(lines: Sequence[Sequence[str]], right: Container[int]) -> str:
    """The table.

    Args:
        lines: the heads, then the rows.
        right: the columns that are aligned to the right.
    """
    widths = [max(wcswidth(line[n]) for line in lines) for n in range(len(lines[0]))]

    def told(cells: Sequence[str]) -> str:
        padded = []
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            gap = " " * (width - wcswidth(cell))
            padded.append(gap + cell if n in right else cell + gap)
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * (width - 1) + ":" if n in right else "-" * width for n, width in enumerate(widths)]
    return "\n".join([told(lines[0]), "| " + " | ".join(rule) + " |", *map(told, lines[1:])])
