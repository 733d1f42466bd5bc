"""One person of a roster as a case: what the tables say, under the person's scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from policyhours.assess.assessment import assess_year
from policyhours.assess.result import YearResult
from policyhours.case.base import Authority, base_facts
from policyhours.case.force import Force, force_of
from policyhours.case.governing import governing, policies_of
from policyhours.case.model import Activity, Case, Decision
from policyhours.case.years import RulesOfYears
from policyhours.language.library import Library
from policyhours.language.pattern import Given, Unknown
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact, Rules
from policyhours.roster.schemes import Scheme

Row = Mapping[str, object]
"""A row of a table by canonical column: exact numbers, dates, truths, ids; silent cells are left out."""

FAR = 24
"""Years around the reported one in which activities may reach it, with the years that those may reach."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the tables say of one person.

    Attributes:
        doubtful: facts that may be anything, since what is stated of them can't be used.
    """

    id: str
    facts: Row
    activities: Sequence[Row]
    decisions: Sequence[Row] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses people of one scheme with the evaluator.

    Attributes:
        switched: the readings switched for the run.
        bases: by id.
    """

    scheme: Scheme
    force: Force
    policies: Mapping[int, Policy]
    switched: Mapping[str, str]
    bases: Mapping[str, Row]
    _words: dict[date, Rules] = field(default_factory=dict, repr=False)

    def assess(self, person: Person) -> YearResult:
        """The person's year.

        Raises:
            TooManyWays: where deciding between activities on one matter would take too long.
        """
        days = [day for row in person.activities if isinstance(day := row["date"], date)]
        found = governing(self.force, (), days, self.policies)
        case, own = found.appraised(self._case(person, lambda year: found.stated_in(year).rules()))
        rules_of = RulesOfYears(
            {year: self._rules(policy) for year, policy in found.policies.items()},
            {year: self._rules(policy) for year, policy in found.needed(case).items()},
            {activity: self._rules(policy) for activity, policy in own.items()},
        )
        return assess_year(case, rules_of, self.scheme.year)

    def words_on(self, day: date | None) -> Rules:
        """In whose words an activity of a day is stated; without one, what is stated of the person."""
        if day is None:
            return self.scheme.rules or self.force.newest().rules()
        if day not in self._words:
            found = governing(self.force, (), (day,), self.policies)
            self._words[day] = found.stated_in(day.year).rules()
        return self._words[day]

    def _rules(self, policy: Policy) -> Rules:
        return policy.rules({name: o for name, o in self.switched.items() if name in policy.readings})

    def _case(self, person: Person, rules_for: object) -> Case:
        assert callable(rules_for)
        rules = rules_for(self.scheme.year)
        facts = {
            name: _given(rules.facts[name], value)
            for name, value in person.facts.items()
            if name in rules.facts and name not in person.doubtful
        }
        facts |= {name: rules.facts[name].domain() for name in person.doubtful if name in rules.facts}
        activities = []
        for row in person.activities:
            day = row["date"]
            assert isinstance(day, date)
            year = rules_for(day.year).year_of(day)
            activities.append(self._activity(row, day, year, rules_for(year)))
        return Case(
            person.id, "", facts, tuple(activities), tuple(_decision(row) for row in person.decisions), None
        )

    def _activity(self, row: Row, day: date, year: int, rules: Rules) -> Activity:
        facts = {
            name: _given(fact, row[name])
            for name, fact in rules.facts.items()
            if fact.of == "activity" and name in row
        }
        if "month" in rules.facts:
            facts["month"] = day.month
        return Activity(
            id=str(row["id"]),
            kind=str(row["kind"]),
            day=day,
            year=year,
            in_term=self.force.basis(day),
            status=str(row.get("status", "registered")),  # type: ignore[arg-type]
            evidence=row.get("evidence", "complete") == "complete",
            facts=facts,
            base=self._base(row, rules),
        )

    def _base(self, row: Row, rules: Rules) -> dict[str, Given] | None:
        by = row.get("recognised_by")
        if by is None:
            return None
        base = self.bases[str(by)]
        days = (_day(base.get(key)) for key in ("authorised_from", "authorised_until", "revoked_on"))
        level = base.get("level")
        return base_facts(
            rules, None if level is None else str(level), Authority(*days), _day(row.get("recognised_on"))
        )


def assessor_of(
    scheme: Scheme,
    library: Library,
    bases: Mapping[str, Row],
    *,
    as_of: date | None = None,
    readings: Mapping[str, str] | None = None,
) -> Assessor:
    """Who assesses the people of a scheme."""
    force = force_of(scheme.ref, library, as_of, None)
    policies = policies_of(force, (scheme.year - FAR, scheme.year + FAR))
    return Assessor(scheme, force, policies, readings or {}, bases)


def _given(fact: Fact, value: object) -> Given:
    """A canonical value as a case has it; a choice that is stated as unknown may be any other option."""
    if value == "unknown" and fact.kind == "choice":
        return Unknown(frozenset(fact.options) - {"unknown"})
    assert isinstance(value, str | bool | int | Fraction)
    return value


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _decision(row: Row) -> Decision:
    year, until, hours = row["year"], row.get("until"), row.get("required_hours")
    assert isinstance(year, int)
    return Decision(
        year,
        str(row["remedy"]),  # type: ignore[arg-type]
        until if isinstance(until, int) else None,
        hours if isinstance(hours, int | Fraction) else None,
    )
