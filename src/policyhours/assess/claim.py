"""Claims: what one activity is worth by its own standard, before anything else is looked at.

Steps 1 and 2 of an assessment (articles 6 to 8, and the conditions of articles 4, 12, 14, 15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from policyhours.assess.result import Reason
from policyhours.assess.worth import has_slot, parameters_of, worth_of
from policyhours.case.model import Activity
from policyhours.language.calculator import Calculator, open_names
from policyhours.language.number import Range, as_range
from policyhours.language.pattern import Given, fits, narrowed
from policyhours.language.rules import Ceiling, Choice, Completion, Condition, Fact, Rules, Standard, T
from policyhours.language.vocabulary import WORKED_OUT

Identity = tuple[tuple[str, Given], ...]


@dataclass(frozen=True, slots=True)
class Completes:
    """An activity that completes a subject in some years; `surely` only where nothing is open."""

    subject: str
    first: Range
    last: Range
    surely: bool
    article: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What an activity claims.

    Attributes:
        worth: the hours by its standard; from 0 where it is uncertain whether it counts at all.
        refused: why it surely counts nothing, if so.
        unknown: what leaves it open whether, or how much, it counts.
        identities: two claims that share one of these are one matter (article 9).
        matters: the facts by which ceilings tell matters apart, with what they are here.
        counts_in: the first and the last year in which it counts, relative to its own; ``None`` for its own.
    """

    id: str
    day: date
    standard: Standard
    worth: Range
    refused: Reason | None
    unknown: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    completes: Completes | None
    identities: frozenset[Identity]
    matters: Mapping[str, str]
    counts_in: tuple[Range, Range] | None

    @property
    def certain(self) -> bool:
        """Whether it is known exactly what it claims."""
        return not self.unknown


def appraise(
    activity: Activity,
    person: Mapping[str, Given],
    rules: Rules,
    calculator: Calculator,
    by_matter: Sequence[Ceiling],
) -> Claim:
    """What the activity claims under the rules.

    Args:
        activity: with the facts stated.
        person: every fact of the person.
        rules: under which it is appraised.
        calculator: computes the quantities of the rules.
        by_matter: the ceilings for each matter under which it may come to count, of these rules or others.
    """
    standard = rules.standards[activity.kind]
    facts, notes = _known(activity, person, standard, rules)
    if standard.measures:
        given = {**facts, **parameters_of(rules, calculator)}
        facts |= {name: calculator.value(worth, given) for name, worth in standard.measures.items()}
    refused, unknown, facts = _conditions(activity, facts, standard, rules)
    worth, unfiled = worth_of(standard, facts, person, rules, calculator)
    unknown += unfiled
    if unknown:
        worth = Range(0, worth.high)
    surely = not (refused or unknown)
    unknown += _open_spans(standard, facts, rules)
    matters = _matters(activity, by_matter)
    unread = activity.facts.keys() - standard.matters - matters.keys() - WORKED_OUT.keys()
    if unread:
        unread -= {name for identity in rules.identities[activity.kind] for name in identity}
    notes += _of_no_effect(unread, standard, rules)
    return Claim(
        id=activity.id,
        day=activity.day,
        standard=standard,
        worth=worth,
        refused=refused,
        unknown=() if refused else _once_each(unknown),
        notes=notes,
        completes=_completes(standard, facts, calculator, surely=surely),
        identities=identities_of(activity, rules),
        matters=matters,
        counts_in=_counts_in(standard, facts, calculator),
    )


def _of_no_effect(unread: AbstractSet[str], standard: Standard, rules: Rules) -> tuple[Reason, ...]:
    """Which of the facts that nothing reads matter for nothing; what a slot will ask for is not known yet."""
    if not unread or (standard.hours is not None and has_slot(standard.hours.expression)):
        return ()
    return tuple(
        Reason("needless" if name in standard.mentions else "unused", words={"fact": rules.facts[name].title})
        for name in sorted(unread)
    )


def _known(
    activity: Activity, person: Mapping[str, Given], standard: Standard, rules: Rules
) -> tuple[dict[str, Given], tuple[Reason, ...]]:
    """Every fact that the standard reads: stated, attested by registration, or all that it may be.

    Of the facts that state one amount in different ways, those not stated are nothing.
    """
    facts: dict[str, Given] = {}
    attested: list[Fact] = []
    for name in standard.reads:
        fact = rules.facts[name]
        if name in activity.facts:
            facts[name] = activity.facts[name]
        elif name in standard.amounts:
            facts[name] = 0
        elif fact.of == "person":
            facts[name] = person.get(name, fact.domain())
        elif fact.attested is not None and activity.status == "registered":
            facts[name] = fact.attested
            attested.append(fact)
        else:
            facts[name] = fact.domain()
    attested.sort(key=lambda fact: fact.id)
    notes = [
        Reason(
            "attested",
            rules.registration.origin.cited if rules.registration else (),
            words={"fact": f.title},
        )
        for f in attested
    ]
    if standard.may:
        notes.append(Reason("may", standard.origin.cited, words={"title": standard.title}))
    return facts, tuple(notes)


def _conditions(
    activity: Activity, facts: dict[str, Given], standard: Standard, rules: Rules
) -> tuple[Reason | None, tuple[Reason, ...], dict[str, Given]]:
    """Why the activity surely fails, or else what is open; and the facts as they must be if it counts."""
    registration = rules.registration
    if not activity.in_term:
        return Reason("no_basis", rules.term.cited if rules.term else ()), (), facts
    if activity.status == "void":
        if registration is None:
            return Reason("voided"), (), facts
        words = {"otherwise": registration.void}
        return Reason("void", registration.void_origin.cited, words=words), (), facts
    unknown: list[Reason] = []
    for condition in standard.requires:
        holds, open_facts, facts = check(condition, facts)
        if holds is False:
            words = {"otherwise": condition.otherwise}
            return Reason("condition", condition.origin.cited, words=words), (), facts
        for name in _facts_behind(open_facts, condition, facts):
            fact = rules.facts[name]
            if fact.attested is None:
                unknown.append(Reason("fact", condition.origin.cited, words={"fact": fact.title}))
    article = registration.origin.cited if registration else ()
    for code, lacking in (("pending", activity.status == "pending"), ("evidence", not activity.evidence)):
        if lacking:
            remedy = _remedy(standard.channel, {**facts, **activity.facts}, rules)
            unknown.append(Reason(code, article, words={"remedy": remedy}))
    return None, (*unknown, *_base(activity, rules)), facts


def _facts_behind(names: Sequence[str], condition: Condition, facts: Mapping[str, Given]) -> list[str]:
    """The facts that leave a condition open; of a named value those that it comes from."""
    found: dict[str, None] = {}
    for name in names:
        measure = condition.measures.get(name)
        found |= dict.fromkeys([name] if measure is None else sorted(open_names(measure.expression, facts)))
    return list(found)


def check(
    condition: Condition, facts: Mapping[str, Given]
) -> tuple[bool | None, list[str], dict[str, Given]]:
    """Whether the condition holds, which facts leave it open, and the facts as they must be if it holds."""
    settled = dict(facts)
    open_facts = []
    for name, pattern in condition.patterns:
        answer = fits(pattern, facts[name])
        if answer is False:
            return False, [], settled
        if answer is None:
            open_facts.append(name)
            settled[name] = narrowed(facts[name], pattern)
    return None if open_facts else True, open_facts, settled


def _base(activity: Activity, rules: Rules) -> tuple[Reason, ...]:
    """What is wrong with, or unknown of, the recognition by a base (articles 4 and 15).

    The recognition being without effect does not settle that the activity counts nothing: it is to be
    recognised anew.
    """
    if activity.base is None or rules.bases is None:
        return ()
    for condition in rules.bases.requires:
        holds, _, _ = check(condition, activity.base)
        if holds is not True:
            words = {"otherwise": condition.otherwise, "remedy": rules.bases.remedy}
            code = "base" if holds is False else "base_unknown"
            return (Reason(code, condition.origin.cited, words=words),)
    return ()


def _once_each(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons, what is asked for twice only the first time."""

    def asked(reason: Reason) -> tuple[str, frozenset[tuple[str, str]]]:
        return reason.code, frozenset((key, word) for key, word in reason.words.items() if key != "rest")

    return tuple({asked(reason): reason for reason in reversed(reasons)}.values())[::-1]


def _completes(
    standard: Standard, facts: Mapping[str, Given], calculator: Calculator, *, surely: bool
) -> Completes | None:
    """The completion that the activity brings, if its standard has one."""
    said = standard.completes
    if said is None:
        return None
    first, last = (as_range(calculator.value(end, facts)) for end in (said.first, said.last))
    return Completes(said.subject, first, last, surely, said.origin.cited)


def _open_spans(standard: Standard, facts: Mapping[str, Given], rules: Rules) -> tuple[Reason, ...]:
    """What leaves it open in which years the activity counts, or which it completes."""
    if standard.completes is None and standard.counts_in is None:
        return ()
    reasons = []
    for span in (standard.completes, standard.counts_in):
        ends = (span.first, span.last) if span else ()
        names = {name for end in ends for name in open_names(end.expression, facts)}
        article = span.origin.cited if isinstance(span, Completion) else standard.origin.cited[-1:]
        reasons += [Reason("fact", article, words={"fact": rules.facts[n].title}) for n in sorted(names)]
    return tuple(reasons)


def _counts_in(
    standard: Standard, facts: Mapping[str, Given], calculator: Calculator
) -> tuple[Range, Range] | None:
    """The first and the last year in which the activity counts, relative to its own."""
    said = standard.counts_in
    if said is None:
        return None
    first, last = (as_range(calculator.value(end, facts)) for end in (said.first, said.last))
    return first, last


def _matters(activity: Activity, by_matter: Sequence[Ceiling]) -> dict[str, str]:
    """What tells the activity apart under the ceilings of its kind; an unstated matter is its own."""
    names = {name for ceiling in by_matter if activity.kind in ceiling.of for name in ceiling.per}
    if not names:
        return {}
    stated = {**activity.facts, "date": activity.day.isoformat()}
    return {name: f"={stated[name]}" if name in stated else activity.id for name in sorted(names)}


def identities_of(activity: Activity, rules: Rules) -> frozenset[Identity]:
    """What makes the activity one with others; an identity that is not stated in full is its own."""
    stated: Mapping[str, Given] = {**activity.facts, "kind": activity.kind, "date": activity.day.isoformat()}
    return frozenset(
        tuple((name, stated[name]) for name in names)
        for names in rules.identities[activity.kind]
        if all(name in stated for name in names)
    )


def _remedy(channel: Choice[str] | None, facts: Mapping[str, Given], rules: Rules) -> str:
    """What to do to have the activity registered, by the channels that may be its own (article 12)."""
    if channel is None or rules.registration is None:
        return ""
    ways = pick(channel, facts, rules)
    return "；".join(rules.registration.channels[way].remedy for way in ways)


def pick(choice: Choice[T], facts: Mapping[str, Given], rules: Rules) -> list[T]:
    """What the choice may come to: one thing where the facts settle it, several where they do not."""
    given = [facts.get(name, rules.facts[name].domain()) for name in choice.by]
    possible: list[T] = []
    for patterns, leaf in choice.rows:
        answers = [fits(pattern, fact) for pattern, fact in zip(patterns, given, strict=True)]
        if False in answers:
            continue
        if leaf not in possible:
            possible.append(leaf)
        if None not in answers:
            break
    return possible
