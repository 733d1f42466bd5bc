"""A case: what is stated of one person, ready to be assessed.

Dates are settled: each activity has its year, and whether the policy was in force on its day. Facts are
checked against the policy's vocabulary; labels have become ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from policyhours.language.number import Range, Rational, contains
from policyhours.language.pattern import Given

Status = Literal["registered", "pending", "void"]


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity.

    Attributes:
        day: the day that decides: of completion where assessed, of the activity otherwise.
        year: the year to which that day belongs.
        in_term: whether the policy was in force on that day (article 18).
        evidence: whether the evidence is complete (article 12).
        facts: what is stated, by fact; stated as unknown is `Unknown`.
        base: facts of the base that recognised it, at the time of recognition; ``None`` without a base.
    """

    id: str
    kind: str
    day: date
    year: int
    in_term: bool
    status: Status
    evidence: bool
    facts: Mapping[str, Given]
    base: Mapping[str, Given] | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A recorded decision on hardship (article 10); its ground is checked, and not kept.

    Attributes:
        until: the last year in which the missing hours may be made up (`defer`).
        hours: the hours required instead (`reduce`).
    """

    year: int
    remedy: Literal["defer", "reduce"]
    until: int | None
    hours: Rational | None


@dataclass(frozen=True, slots=True)
class Review:
    """The question whether a title review may take the requirement as met (article 9, second paragraph)."""

    year: int
    facts: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class ByYear:
    """A fact of a person that is stated year by year: the years, and what it is in them."""

    rows: tuple[tuple[Range, Given], ...]

    def of(self, year: int) -> Given | None:
        """What it is in a year, if that is stated."""
        return next((given for years, given in self.rows if contains(years, year)), None)


@dataclass(frozen=True, slots=True)
class Case:
    """One person with activities and decisions.

    Attributes:
        person: facts of the person, such as ``title_level``.
    """

    id: str
    title: str
    person: Mapping[str, Given | ByYear]
    activities: tuple[Activity, ...]
    decisions: tuple[Decision, ...]
    review: Review | None

    def person_in(self, year: int) -> dict[str, Given]:
        """What is stated of the person for a year."""
        said = {
            name: given.of(year) if isinstance(given, ByYear) else given
            for name, given in self.person.items()
        }
        return {name: given for name, given in said.items() if given is not None}
