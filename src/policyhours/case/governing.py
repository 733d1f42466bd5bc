"""Governing: which policy governs each year, and under which one an activity is appraised.

A year is assessed under the version in force on its last day, or under the one that is pinned. An activity
has a basis if some version of the policy, or of the text above a filing, was in force on its own day. What a
filing sets holds for activities from the filing's first day on, unless it says that it applies to the whole
year; an earlier activity is appraised under what was in force then: an earlier version of the filing, or the
upper text alone, whose slots are open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policyhours.case.force import Force
from policyhours.case.model import Activity, Case
from policyhours.language.policy import Policy
from policyhours.language.rules import Rules

AROUND: Final = 12
"""Years before and after those of the case that completions may reach."""


@dataclass(frozen=True, slots=True)
class Governing:
    """What governs the years of a case.

    Attributes:
        policies: by year, the policy in force on its last day.
        begun: by year, the policy in force on the day of an activity, where none is on the last day.
    """

    force: Force
    policies: Mapping[int, Policy]
    begun: Mapping[int, Policy]

    def known(self) -> list[Policy]:
        """Every policy that governs a year, each once; the newest where none does."""
        return list(dict.fromkeys((*self.policies.values(), *self.begun.values()))) or [self.force.newest()]

    def of(self, year: int) -> Policy | None:
        """The policy that governs a year."""
        return self.policies.get(year) or self.begun.get(year)

    def stated_in(self, year: int) -> Policy:
        """In whose words a year's activities are stated: the named policy's, be it its newest version."""
        found = self.of(year)
        return found if found is not None and found.header.id == self.force.name else self.force.newest()

    def appraised(self, case: Case) -> tuple[Case, dict[str, Policy]]:
        """The case as it is to be appraised, and by activity the policy that is not its year's."""
        own: dict[str, Policy] = {}
        activities = tuple(self._appraised(activity, own) for activity in case.activities)
        return replace(case, activities=activities), own

    def needed(self, case: Case) -> dict[int, Policy]:
        """What has begun, for the years in which an activity has a basis."""
        years = {activity.year for activity in case.activities if activity.in_term}
        return {year: found for year, found in self.begun.items() if year in years}

    def _appraised(self, activity: Activity, own: dict[str, Policy]) -> Activity:
        """The activity as it is to be appraised; where not in whose words it is stated, `own` takes note.

        Facts that only the policy in whose words it is stated knows are not stated to the other. Where the
        other does not know the kind at all, the activity has no basis.
        """
        stated_in, governs = self.stated_in(activity.year), self.of(activity.year)
        if not activity.in_term:
            if governs is None or governs is stated_in:
                return activity
            return _stated_to(activity, stated_in.rules(), governs.rules())
        elsewhere = governs is not None and governs is not stated_in
        instead = (governs,) if elsewhere and governs else self.force.instead(stated_in, activity.day)
        if not instead:
            return activity
        year = stated_in.rules()
        for other in instead:
            rules = other.rules()
            standard = rules.standards.get(activity.kind)
            if standard is None or standard.subject not in year.subjects or rules.unit != year.unit:
                continue
            own[activity.id] = other
            return _stated_to(activity, year, rules)
        return replace(activity, in_term=False)


def governing(
    force: Force, years: Iterable[int], days: Iterable[date], known: Mapping[int, Policy] | None = None
) -> Governing:
    """What governs the years of a case, and those around them.

    Args:
        force: of the policy that the case names.
        years: of which the case speaks.
        days: of its activities.
        known: by year, the policies in force on its last day, if they have been looked up already.
    """
    spoken = set(years)
    policies = known if known is not None else policies_of(force, spoken)
    return Governing(force, policies, _begun(force, policies, days))


def policies_of(force: Force, years: Iterable[int]) -> dict[int, Policy]:
    """By year, the policy in force on its last day, for the years and those around them."""
    spoken = set(years)
    wide = range(min(spoken) - AROUND, max(spoken) + AROUND + 1) if spoken else range(0)
    return {year: found for year in wide if (found := force.of_year(year)) is not None}


def _begun(force: Force, policies: Mapping[int, Policy], days: Iterable[date]) -> dict[int, Policy]:
    """The policy in force on the last day that an activity has in a year on whose own last day none is."""
    begun = {}
    for day in sorted(set(days)):
        if day.year in policies and policies[day.year].rules().year_of(day) == day.year:
            continue
        found = force.on(day) or force.upper_on(day)
        year = (policies.get(day.year) or found or force.newest()).rules().year_of(day)
        if year not in policies and found is not None:
            begun[year] = found
    return begun


def _stated_to(activity: Activity, own: Rules, other: Rules) -> Activity:
    """The activity with those of its facts, stated in the words of one policy, that another knows, too."""
    facts = {name: given for name, given in activity.facts.items() if _same_fact(name, own, other)}
    base = activity.base
    if base is not None:
        unsaid = {f.id: f.domain() for f in other.facts.values() if f.of == "base"}
        base = {**unsaid, **{name: given for name, given in base.items() if _same_fact(name, own, other)}}
    return replace(activity, facts=facts, base=base)


def _same_fact(name: str, year: Rules, other: Rules) -> bool:
    one, two = year.facts.get(name), other.facts.get(name)
    return one is not None and two is not None and (one.kind, one.of) == (two.kind, two.of)
