"""The rules: one policy as the evaluator sees it.

Layers are resolved, dates in force are settled and every contested reading is chosen: what remains is frozen
data without alternatives. An element that would have come out differently under another reading names that
reading, so that a verdict can say which readings it hangs on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    """Where a provision comes from: the policy (``id@version``), its place there, and its articles."""

    policy: str
    article: Article
    place: Place


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
    """What must hold: every fact named fits its pattern; `otherwise` says in words that it does not."""

    patterns: tuple[tuple[str, Pattern], ...]
    otherwise: str
    may: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most hours that the kinds `of` count together in a year."""

    of: frozenset[str]
    hours: Quantity
    origin: Origin


@dataclass(frozen=True, slots=True)
class Requirement:
    """The least hours of a subject, or of the ``total``, in a year."""

    of: str
    hours: Quantity
    readings: frozenset[str]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Completion:
    """The subject counts as completed in the years `first` to `last`, relative to the activity's."""

    subject: str
    first: Quantity
    last: Quantity
    may: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class Standard:
    """How one kind of activity is credited (articles 7 and 8).

    Attributes:
        channel: the way by which it comes to be registered (article 12).
        hours: what it is worth; ``None`` where it counts as completion only.
        may: the article that gives the value says 可以.
        reads: in order, the facts that its conditions, value and completion depend on.
        amounts: among them, those that state its time; at least one of them must be stated.
        matters: what it reads, and the facts that say how it is registered.
        readings: the contested readings that shaped it.
    """

    id: str
    title: str
    subject: str
    channel: Choice[str] | None
    requires: tuple[Condition, ...]
    hours: Quantity | None
    may: bool
    completes: Completion | None
    reads: tuple[str, ...]
    matters: frozenset[str]
    amounts: frozenset[str]
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
    subjects: Mapping[str, Subject]
    facts: Mapping[str, Fact]
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


@dataclass(frozen=True, slots=True)
class RulesOfYears:
    """The rules under which each year is assessed.

    Attributes:
        whole: the years on whose last day a policy is in force; only they can be assessed.
        begun: the other years in which an activity fell into a policy's time in force; it can still complete
            earlier years.
    """

    whole: Mapping[int, Rules]
    begun: Mapping[int, Rules]

    def of(self, year: int) -> Rules | None:
        """The rules of an activity's year."""
        return self.whole.get(year) or self.begun.get(year)

    def all(self) -> list[Rules]:
        """Every one of the rules, once."""
        return list(dict.fromkeys((*self.whole.values(), *self.begun.values())))
