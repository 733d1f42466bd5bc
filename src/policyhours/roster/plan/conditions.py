"""Conditions in the plan: which of a standard's conditions surely fails, and which facts leave one open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from policyhours.language.pattern import Pattern
from policyhours.language.pattern import fits as settled
from policyhours.language.rules import Condition
from policyhours.roster import causes
from policyhours.roster.plan import sql
from policyhours.roster.plan.facts import MONTH, Facts, is_registered
from policyhours.roster.plan.sql import Truth
from policyhours.roster.plan.term import Key, fits, term_of


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a standard, in order.

    Attributes:
        fails: the cause of each, and whether it surely fails.
        open: the cause of each fact that is not stated, and whether it leaves a condition open.
        beyond: whether the evaluator must look.
    """

    fails: tuple[tuple[str, Truth], ...]
    open: tuple[tuple[str, Truth], ...]
    beyond: Truth


def conditions_of(facts: Facts) -> Conditions:
    """The conditions of a standard as truths over its columns.

    Raises:
        Beyond: where a condition goes by something that the plan can't say.
    """
    standard = facts.standard
    fails: list[tuple[str, Truth]] = []
    opened: list[tuple[str, Truth]] = []
    beyond: list[Truth] = []
    for condition in standard.requires:
        failing: list[Truth] = []
        for name, pattern in condition.patterns:
            if name in condition.measures:
                measure = term_of(condition.measures[name].expression, facts.scope)
                key = Key(measure.sql, Fraction(1, measure.parts))
                failing.append(sql.not_(fits(pattern, key)))
                beyond.append(False if measure.surely else sql.is_null(key.sql))
            else:
                failing += _fails(facts, name, pattern)
                opened += _opens(facts, name, pattern)
        fails.append((causes.of_condition(condition), sql.any_of(failing)))
    beyond += [sql.is_null(facts.key(name).sql) for name in _twice(standard.requires)]
    return Conditions(tuple(fails), tuple(opened), sql.any_of(beyond))


def _fails(facts: Facts, name: str, pattern: Pattern) -> Iterator[Truth]:
    """When a fact surely does not fit."""
    fact, raw = facts.rules.facts[name], facts.raw(name)
    key = facts.key(name)
    if name in facts.standard.amounts or name == MONTH:
        yield sql.not_(fits(pattern, key))
        return
    if raw is not None:
        # Not true, and so no failure, where the cell is silent.
        yield sql.not_(fits(pattern, Key(raw, key.step, key.truth)))
    silent: Truth = True if raw is None else sql.is_null(raw)
    if fact.attested is not None and settled(pattern, fact.attested) is False:
        yield sql.all_of((silent, is_registered() if "status" in facts.present else True))
    elif fact.attested is None and settled(pattern, fact.domain()) is False:
        yield silent


def _opens(facts: Facts, name: str, pattern: Pattern) -> Iterator[tuple[str, Truth]]:
    """When a fact that is not stated leaves the condition open.

    What registration attests is never asked for: where it is silent, the activity is not registered, which is
    doubt enough.
    """
    fact, raw = facts.rules.facts[name], facts.raw(name)
    if fact.attested is not None or name in facts.standard.amounts or name == MONTH:
        return
    if settled(pattern, fact.domain()) is None:
        yield causes.of_fact(name), True if raw is None else sql.is_null(raw)


def _twice(requires: tuple[Condition, ...]) -> list[str]:
    """Facts that two conditions go by: where one leaves such a fact open, it narrows it for the other."""
    seen = Counter(name for c in requires for name, _ in c.patterns if name not in c.measures)
    return sorted(name for name, times in seen.items() if times > 1)
