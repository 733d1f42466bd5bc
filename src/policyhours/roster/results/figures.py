"""Figures: numbers of people and shares of them, as they are printed."""

from __future__ import annotations


def grouped(number: int) -> str:
    """A number with its thousands apart: ``700,000``."""
    return f"{number:,}"


def share(part: int, whole: int) -> str:
    """A share in tenths of a percent, such as ``73.2%``; all is said of all only, nothing of none only."""
    if not whole:
        return "—"
    tenths = (2000 * part + whole) // (2 * whole)
    if part and not tenths:
        return "<0.1%"
    if part < whole and tenths == 1000:
        return ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"
