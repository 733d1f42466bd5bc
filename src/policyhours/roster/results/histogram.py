"""Histogram: how many people have how many hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policyhours.language.number import Rational

_STEPS: Final = (1, 2, 5)
_UP_TO_REQUIRED: Final = 12
_MOST: Final = 20
_USUAL: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """People with at least `first` hours and fewer than `end`; the last bin may have no end."""

    first: int
    end: int | None
    people: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """How hours are spread.

    Attributes:
        required: the hours that most people need, if that is known; a bin begins there wherever it can.
    """

    bins: tuple[Bin, ...]
    required: Rational | None = None


def histogram_of(hours: Mapping[Fraction, int], required: Rational | None = None) -> Histogram:
    """Put people into bins of one width.

    Args:
        hours: how many people have so many hours.
        required: the hours that most people need.
    """
    width = width_for(required)
    people: dict[int, int] = {}
    for value, number in hours.items():
        place = min(int(value // width), _MOST)
        people[place] = people.get(place, 0) + number
    last = max((*people, int(required // width) if required else 0))
    bins = tuple(
        Bin(place * width, (place + 1) * width if place < _MOST else None, people.get(place, 0))
        for place in range(min(last, _MOST) + 1)
    )
    return Histogram(bins, required)


def width_for(required: Rational | None) -> int:
    """The width of a bin: a round number that puts about ten bins below what is required."""
    if not required:
        return _USUAL
    tens = 1
    while True:
        for step in _STEPS:
            if required <= step * tens * _UP_TO_REQUIRED:
                return step * tens
        tens *= 10
