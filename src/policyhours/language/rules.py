"""The rules: one policy as the evaluator sees it.

Layers are resolved, dates in force are settled and every contested reading is chosen: what remains is frozen
data without alternatives. An element that would have come out differently under another reading names that
reading, so that a verdict can say which readings it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

from policyhours.language.calculator import Quantity
from policyhours.language.number import Range, Rational
from policyhours.language.pattern import Given, Pattern, Stated, Unknown
from policyhours.text.place import Place
from policyhours.text.tree import Node

T = TypeVar("T")

Article = tuple[str, ...]
"""The clauses that something rests on, such as ``("第七条第四项", "第八条第四项")``."""

Entity = Literal["activity", "person", "base", "review"]
Kind = Literal["integer", "number", "boolean", "text", "identity", "choice"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a provision comes from: the policy (``id@version``), its place there, and its articles.

    Attributes:
        document: the text's document, where a citation has to name whose articles they are: those of a
            national text that prevails over the upper text.
    """

    policy: str
    article: Article
    place: Place
    document: str = ""

    @property
    def cited(self) -> Article:
        """The articles as a result cites them."""
        if not self.document:
            return self.article
        return tuple(f"{self.document}{clause}" for clause in self.article)


OriginOf = Callable[[Node], Origin]
"""Tells where the provision that a node states comes from."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A contested reading of the text: the question, the options, the one adopted and why, or who ruled."""

    id: str
    question: str
    options: Mapping[str, str]
    adopted: str
    because: str
    ruled: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a case may state.

    Attributes:
        of: whom or what it describes.
        unit: as the policy writes it, for numbers that count something.
        step: the number is a multiple of it.
        options: id → Chinese label, for a choice.
        attested: what holds on a registered activity when the case is silent; ``None`` if nothing does.
        instead_of: facts that state the same amount otherwise; the amount is stated one way only.
    """

    id: str
    title: str
    of: Entity
    kind: Kind
    unit: str | None
    step: Rational | None
    at_least: Rational | None
    at_most: Rational | None
    options: Mapping[str, str]
    attested: Stated | None
    instead_of: tuple[str, ...]
    origin: Origin

    def domain(self) -> Given:
        """Everything that the fact may be."""
        match self.kind:
            case "integer" | "number":
                return Range(self.at_least, self.at_most)
            case "boolean":
                return Unknown(frozenset({True, False}))
            case "choice":
                return Unknown(frozenset(self.options))
            case _:
                return Unknown(None)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """One of several things, picked by facts: the first row whose patterns fit them."""

    by: tuple[str, ...]
    rows: tuple[tuple[tuple[Pattern, ...], T], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold: everything named fits its pattern; `otherwise` says in words that it does not.

    Attributes:
        patterns: by fact or named value.
        measures: the named values among them.
    """

    patterns: tuple[tuple[str, Pattern], ...]
    measures: Mapping[str, Quantity]
    otherwise: str
    may: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Span:
    """The years `first` to `last`, relative to a year: 0 is that year, -1 the one before."""

    first: Quantity
    last: Quantity


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most hours that the kinds `of` count together.

    Attributes:
        per: the facts that tell matters apart, where it holds for each matter rather than for a year.
        over: the years that share it, relative to each year; ``None`` where each year has its own.
    """

    of: frozenset[str]
    hours: Quantity
    per: tuple[str, ...]
    over: Span | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Requirement:
    """The least hours in a year, or in several.

    Attributes:
        of: a subject, or the ``total``; of several kinds together `kinds` names them.
        kinds: the kinds whose hours are asked for; empty where `of` is a subject or the total.
        over: the years that make up the requirement, relative to the one assessed; ``None`` for it alone.
    """

    of: str
    kinds: frozenset[str]
    hours: Quantity
    over: Span | None
    readings: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Completion:
    """The subject, or the ``total``, counts as completed in the years of the span."""

    subject: str
    first: Quantity
    last: Quantity
    may: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Carrying:
    """Hours beyond what a year requires count in later years (article 9 says they do not).

    Attributes:
        years: for how many years after their own.
        most: the most that one year hands on; ``None`` where nothing limits it.
    """

    years: int
    most: Quantity | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Standard:
    """How one kind of activity is credited (articles 7 and 8).

    Attributes:
        then: where what the subject does not need goes, in order.
        counts_in: the years in which its hours count, in equal parts; ``None`` for the activity's own.
        channel: the way by which it comes to be registered (article 12).
        hours: what it is worth; ``None`` where it counts as completion only.
        worth: where that is said; without an article of its own it has the standard's last.
        may: the article that gives the value says 可以.
        reads: in order, the facts that its conditions, value and completion depend on.
        amounts: among them, those that state its time; at least one of them must be stated.
        matters: what it reads, and the facts that say how it is registered.
        mentions: the facts that it speaks of under some reading, whether or not under the one chosen.
        measures: the named values that its conditions match.
        readings: the contested readings that shaped it.
    """

    id: str
    title: str
    subject: str
    then: tuple[str, ...]
    counts_in: Span | None
    channel: Choice[str] | None
    requires: tuple[Condition, ...]
    hours: Quantity | None
    worth: Origin
    may: bool
    completes: Completion | None
    reads: tuple[str, ...]
    matters: frozenset[str]
    amounts: frozenset[str]
    mentions: frozenset[str]
    measures: Mapping[str, Quantity]
    readings: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject in which hours are counted."""

    id: str
    title: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to registration; `remedy` says what to do while an activity is not registered."""

    id: str
    title: str
    evidence: bool
    may: bool
    remedy: str


@dataclass(frozen=True, slots=True)
class Registration:
    """Registration and the certificate (article 12), void items (article 14)."""

    channels: Mapping[str, Channel]
    certificate: Origin
    void: str
    void_origin: Origin
    origin: Origin


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on something other than an activity: scope, an authorised base, the title review."""

    requires: tuple[Condition, ...]
    remedy: str
    may: bool
    readings: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a decision on hardship can grant; `sets` names the value that it replaces for one year."""

    id: str
    title: str
    sets: str | None
    may: bool


@dataclass(frozen=True, slots=True)
class Relief:
    """Hardship (article 10)."""

    grounds: Mapping[str, str]
    certifiers: Mapping[str, str]
    remedies: Mapping[str, Remedy]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviews whom (article 3): the organs in order; ``{fact}`` stands for a fact of the person."""

    route: Choice[tuple[str, ...]]
    origin: Origin


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Everything that the evaluator needs to know of a policy.

    Attributes:
        ref: ``id@version``.
        unit: in what hours are counted: ``hour``, or another unit such as ``credit``.
        keys: the facts, and the named values by which tables go or conditions match.
        year_from: month and day on which each year begins.
        carrying: whether hours count in later years, too.
        parameters: the values that a decision may replace for one person and year (article 10).
        decidable: within what a decision may set them.
        completion: whether a completed subject counts at least its requirement, or that much more.
        validity: the article by which hours count in their own year only (article 9).
        once: the article by which one matter counts once (article 9).
        term: the article that sets the time in force (article 18).
        identities: by kind, tuples of facts; two activities that agree in all facts of one are one matter.
        once_readings: the readings that decide what is one matter.
        readings: every contested reading of the policy.
        chosen: reading → option, for every reading of the policy.
    """

    ref: str
    unit: str
    subjects: Mapping[str, Subject]
    facts: Mapping[str, Fact]
    keys: Mapping[str, Fact]
    year_from: tuple[int, int]
    carrying: Carrying | None
    standards: Mapping[str, Standard]
    ceilings: tuple[Ceiling, ...]
    requirements: tuple[Requirement, ...]
    parameters: Mapping[str, Quantity]
    decidable: Mapping[str, Range]
    completion: Literal["at_least", "added"]
    completion_readings: frozenset[str]
    scope: Conditions | None
    bases: Conditions | None
    title_review: Conditions | None
    relief: Relief | None
    review: Review | None
    registration: Registration | None
    validity: Origin | None
    once: Origin | None
    identities: Mapping[str, tuple[tuple[str, ...], ...]]
    once_readings: frozenset[str]
    term: Origin | None
    readings: Mapping[str, Reading]
    chosen: Mapping[str, str]

    def year_of(self, day: date) -> int:
        """The year to which a day belongs; a year is named after the calendar year in which it begins."""
        return day.year if (day.month, day.day) >= self.year_from else day.year - 1

    def last_day(self, year: int) -> date:
        """The last day of a year."""
        return date(year + 1, *self.year_from) - timedelta(1)
