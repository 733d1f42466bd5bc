"""The layout: which files a data set has, what stands in their columns, and what an answer looks like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

YEAR = 2025

TIMES = ("days", "minutes", "hours")
FACTS = (
    "assessment",
    "organiser_level",
    "degree",
    "obtained",
    "ip_type",
    "role",
    "concluded",
    "authorship",
    "author_order",
    "subjects_passed",
)
MATTERS = ("event", "work")
PERSONS = ("id", "title_level", "prefecture", "industry")
ACTIVITIES = ("person", "id", "kind", "date", "status", "evidence", *TIMES, *FACTS, *MATTERS)

SPANS = ("professional_low", "professional_high", "public_low", "public_high", "total_low", "total_high")
ANSWER = ("person", "verdict", *SPANS)
"""The columns that every peer writes, one row a person."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a data set looks like.

    Attributes:
        persons: how many there are.
        ordered: whether the files are sorted by person, and not shuffled.
        whole: whether some have decisions, and some one event of two kinds, which only a choice can settle.
    """

    persons: int
    ordered: bool = False
    whole: bool = False

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.persons}-{'sorted' if self.ordered else 'shuffled'}{'-whole' if self.whole else ''}"


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of a data set."""

    folder: Path

    @property
    def persons(self) -> Path:
        return self.folder / "persons.parquet"

    @property
    def activities(self) -> Path:
        return self.folder / "activities.parquet"

    @property
    def decisions(self) -> Path:
        return self.folder / "decisions.parquet"
