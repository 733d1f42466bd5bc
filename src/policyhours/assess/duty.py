"""Duty: what one person owes in one year, reductions included (articles 5 and 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from policyhours.case.model import Decision
from policyhours.language.calculator import Calculator, Quantity
from policyhours.language.number import Range, Rational, as_range
from policyhours.language.pattern import Given
from policyhours.language.rules import Requirement, Rules, Span
from policyhours.language.values import TOTAL

UNBOUNDED: Final = 10**15
"""Stands for "no upper end" while sums are made: more hours than any sum of real claims can reach."""


def most_of(hours: Range) -> Rational:
    """The upper end of hours, as a number that sums can be made of."""
    return UNBOUNDED if hours.high is None else hours.high


@dataclass(frozen=True, slots=True)
class Duty:
    """What one person owes in one year, reductions included.

    Attributes:
        given: the facts of the person, and the values that a decision may replace.
        fixed: what a requirement asks for whatever the year's totals are, by the requirement's identity.
    """

    rules: Rules
    given: Mapping[str, Given]
    calculator: Calculator
    fixed: Mapping[int, Range]

    def required(self, requirement: Requirement, totals: Mapping[str, Rational]) -> Range:
        """The hours that a requirement asks for, where the totals are these."""
        if (known := self.fixed.get(id(requirement))) is not None:
            return known
        return as_range(self.calculator.value(requirement.hours, {**self.given, **totals}))

    def number(self, quantity: Quantity) -> Range:
        """What a quantity comes to for this person and year."""
        return as_range(self.calculator.value(quantity, self.given))

    def years(self, span: Span) -> tuple[Range, Range]:
        """The first and the last year of a span, relative to this year."""
        return self.number(span.first), self.number(span.last)

    @property
    def certain(self) -> bool:
        """Whether it is known exactly what is asked for, and what may be handed on."""
        return all(asked.low == asked.high for asked in (*self.fixed.values(), self.handed_on))

    @property
    def handed_on(self) -> Range:
        """The most hours that the year may hand on to later ones; no ends where nothing limits them."""
        carrying = self.rules.carrying
        if carrying is None:
            return Range(0, 0)
        return Range(None, None) if carrying.most is None else self.number(carrying.most)

    def quota(self, subject: str) -> Range:
        """The hours of a subject, or of the total, that the year asks for when its total is just reached."""
        reached: Rational = 0
        if subject != TOTAL:
            reached = most_of(self.quota(TOTAL))
        totals = {TOTAL: reached, **dict.fromkeys(self.rules.subjects, reached)}
        asked = [
            self.required(r, totals)
            for r in self.rules.requirements
            if r.of == subject and not r.kinds and r.over is None
        ]
        lows, highs = [a.low or 0 for a in asked], [most_of(a) for a in asked]
        return Range(max(lows, default=0), max(highs, default=0))


def duty(
    rules: Rules, person: Mapping[str, Given], decisions: Sequence[Decision], calculator: Calculator
) -> Duty:
    """What the person owes in a year, given the decisions for that year."""
    given: dict[str, Given] = {f.id: f.domain() for f in rules.facts.values() if f.of == "person"}
    given |= person
    given |= {name: _number(calculator.value(q, {})) for name, q in rules.parameters.items()}
    for decision in decisions:
        remedy = rules.relief.remedies.get(decision.remedy) if rules.relief else None
        if remedy is not None and remedy.sets is not None and decision.hours is not None:
            given[remedy.sets] = decision.hours
    totals = {TOTAL, *rules.subjects}
    fixed = {
        id(r): as_range(calculator.value(r.hours, given))
        for r in rules.requirements
        if not r.hours.needs & totals
    }
    return Duty(rules, given, calculator, fixed)


def _number(value: Rational | Range) -> Rational:
    assert not isinstance(value, Range)
    return value
