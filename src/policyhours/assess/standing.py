"""Standing: from the hours of each year to what counts towards its requirement (steps 5 and 6).

Completion is a status of a year, never hours (articles 8(2), 8(5)); a decision can lower what is required, or
let later hours make up what an earlier year lacks (article 10). Nothing else moves between years (article 9).

All of it is monotone in the hours of every year, so the low world gives the least and the high world the
greatest standing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policyhours.case.model import Decision
from policyhours.language.calculator import Calculator
from policyhours.language.number import Range, Rational, as_range
from policyhours.language.pattern import Given
from policyhours.language.rules import Requirement, Rules
from policyhours.language.values import TOTAL


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hours of a later year that made up what an earlier one lacked."""

    subject: str
    hours: Rational
    from_year: int
    to_year: int


@dataclass(frozen=True, slots=True)
class World:
    """The standing of all years in one world: hours by subject that count, and the hours moved."""

    counted: Mapping[int, Mapping[str, Rational]]
    transfers: tuple[Transfer, ...]


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
        """The hours that a requirement asks for, where the year's totals are these."""
        if (known := self.fixed.get(id(requirement))) is not None:
            return known
        return as_range(self.calculator.value(requirement.hours, {**self.given, **totals}))

    @property
    def certain(self) -> bool:
        """Whether it is known exactly what is asked for."""
        return all(asked.low == asked.high for asked in self.fixed.values())

    def quota(self, subject: str) -> Range:
        """The hours of a subject, or of the total, that the year asks for when its total is just reached."""
        reached: Rational = 0
        if subject != TOTAL:
            reached = self.quota(TOTAL).high or 0
        totals = {TOTAL: reached, **dict.fromkeys(self.rules.subjects, reached)}
        asked = [self.required(r, totals) for r in self.rules.requirements if r.of == subject]
        lows, highs = [a.low or 0 for a in asked], [a.high or 0 for a in asked]
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


def stand(
    hours: Mapping[int, Mapping[str, Rational]],
    completed: Mapping[int, frozenset[str]],
    duties: Mapping[int, Duty],
    decisions: Sequence[Decision],
    *,
    high: bool,
) -> World:
    """The standing of all years in one world.

    Args:
        hours: by year and subject, after ceilings.
        completed: the subjects that count as completed, by year.
        duties: what is owed, by year.
        decisions: in any order; only deferrals matter here.
        high: whether this is the high world (a quota that is itself a range is taken at its kind end).
    """
    own = {year: dict(by_subject) for year, by_subject in hours.items()}
    moved: dict[int, dict[str, Rational]] = {year: {} for year in own}
    transfers: list[Transfer] = []

    def counted(year: int) -> dict[str, Rational]:
        """Completion first, then what was made up: a completion never cures."""
        return {
            subject: _completed(amount, subject, year) + moved[year].get(subject, 0)
            for subject, amount in own[year].items()
        }

    def _completed(amount: Rational, subject: str, year: int) -> Rational:
        if subject not in completed.get(year, ()):
            return amount
        quota = duties[year].quota(subject)
        whole = (quota.high if high else quota.low) or 0
        return amount + whole if duties[year].rules.completion == "added" else max(amount, whole)

    def make_up(lacking: int, later: int, subject: str, wanted: Rational) -> None:
        taken = min(wanted, own[later].get(subject, 0))
        if taken > 0:
            own[later][subject] -= taken
            moved[lacking][subject] = moved[lacking].get(subject, 0) + taken
            transfers.append(Transfer(subject, taken, later, lacking))

    def lacks(year: int, subject: str) -> Rational:
        quota = duties[year].quota(subject)
        owed = (quota.low if high else quota.high) or 0
        have = counted(year)
        return owed - (sum(have.values()) if subject == TOTAL else have[subject])

    deferred = sorted((d for d in decisions if d.remedy == "defer" and d.year in own), key=lambda d: d.year)
    for later in sorted(own):
        for decision in deferred:
            if decision.year < later <= (decision.until or decision.year):
                subjects = list(own[decision.year])
                for subject in subjects:
                    make_up(decision.year, later, subject, lacks(decision.year, subject))
                # The rest of the total: first from subjects of which least is required.
                for subject in sorted(subjects, key=lambda s: duties[later].quota(s).high or 0):
                    make_up(decision.year, later, subject, lacks(decision.year, TOTAL))
    return World({year: counted(year) for year in own}, tuple(transfers))
