"""The result: a year's standing with its complete trace, as frozen data.

Every number is a `Range`, from the least to the greatest admissible outcome; a certain one has equal ends,
``None`` as the upper end is "no end". Nothing here is wording: a `Reason` has a code and its words' values,
and the desk puts it into Chinese or English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from policyhours.language.number import Range, Rational

Verdict = Literal["met", "not_met", "undetermined", "not_assessable"]
Outcome = Literal[
    "counted", "partly_counted", "not_counted", "counted_elsewhere", "completes",
    "void", "no_basis", "not_assessed", "uncertain",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is.

    Attributes:
        code: which reason, such as ``ceiling`` or ``condition``.
        article: the clauses that it rests on.
        hours: the hours that it costs, in the low world and in the high one (not sorted); ``None`` for a
            reason that costs none.
        words: what its wording needs: names, numbers, titles.
        ids: the other activities that it speaks of.
    """

    code: str
    article: tuple[str, ...] = ()
    hours: Range | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """What one activity is credited with: claimed = hours + the hours of `because`, exactly, in each world.

    Attributes:
        unknown: why it is a range, each with what would settle it.
        notes: what was taken for granted or is discretionary.
    """

    id: str
    kind: str
    title: str
    day: date
    claimed: Range
    hours: Range
    outcome: Outcome
    because: tuple[Reason, ...]
    unknown: tuple[Reason, ...]
    notes: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """One requirement of the year, judged at its own worst and best corner.

    Attributes:
        of: a subject or the ``total``; of several kinds together `kinds` names them.
        over: for several years together: the first and the last of them, relative to this one.
    """

    of: str
    kinds: tuple[str, ...]
    over: tuple[Range, Range] | None
    required: Range
    have: Range
    shortfall: Range
    verdict: Verdict
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """A subject that counts as completed, and by which activities."""

    subject: str
    by: tuple[str, ...]
    certain: bool
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cured:
    """Hours of one year that count in another, in either year's result.

    They made up what a deferred year lacked, or were carried to a later year.
    """

    subject: str
    hours: Range
    from_year: int
    to_year: int
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingEffect:
    """Under another reading of the text the verdict would be another."""

    reading: str
    option: str
    verdict: Verdict
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """Advice: registering these further hours, all additions together, makes the verdict *met*."""

    kind: str
    title: str
    subject: str
    hours: Rational


@dataclass(frozen=True, slots=True)
class YearResult:
    """The standing of one year.

    Attributes:
        policy: ``id@version`` under which it was assessed; ``None`` where none was in force.
        subjects: hours by subject that count towards the requirement, completions and cures included.
        deferred_until: the year until which what is missing may be made up, where it still is missing.
        route: the organs that review, in order; what is missing to name them stands in `route_missing`.
        blockers: what blocks the certificate (article 12); empty where the person is eligible.
    """

    year: int
    policy: str | None
    verdict: Verdict
    why: Reason | None
    subjects: Mapping[str, Range]
    total: Range
    requirements: tuple[RequirementResult, ...]
    activities: tuple[ActivityResult, ...]
    completed: tuple[Completed, ...]
    cured: tuple[Cured, ...]
    deferred_until: int | None
    decided: tuple[Reason, ...]
    depends_on: tuple[ReadingEffect, ...]
    route: tuple[str, ...]
    route_missing: tuple[str, ...]
    blockers: tuple[Reason, ...]
    advice: tuple[Addition, ...]


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """Whether a title review may take the requirement as met (article 9, second paragraph)."""

    year: int
    policy: str | None
    verdict: Literal["met", "not_covered", "undetermined"]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Result:
    """What a case comes to.

    Attributes:
        readings: the contested readings that the run consulted, with the option chosen.
    """

    years: Mapping[int, YearResult]
    review: ReviewResult | None
    readings: Mapping[str, str]
