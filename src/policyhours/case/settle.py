"""Settling: which policy governs each year of a case, before anything is assessed.

A year is assessed under the version in force on its last day, or under the one that is pinned. An activity
has a basis if some version of the policy, or of the text above a filing, was in force on its own day. What a
filing sets holds for activities from the filing's first day on, unless it says that it applies to the whole
year; an earlier activity is appraised under what was in force then: an earlier version of the filing, or the
upper text alone, whose slots are open again. The evaluator sees none of this: it gets the rules of every year
and of the activities that have their own, or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policyhours.case.force import Force, force_of
from policyhours.case.model import Activity, Case
from policyhours.case.read import Draft, read_case
from policyhours.language.library import Library, Reference
from policyhours.language.policy import Policy
from policyhours.language.rules import Rules, RulesOfYears
from policyhours.language.words import child, date_at, items_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.tree import Mapping as Group

AROUND: Final = 12
"""Years before and after those of the case that completions may reach."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A case with its policies.

    Attributes:
        policies: by year, the policy in force on its last day.
        begun: by year, the policy in force on the day of an activity, where none is on the last day.
        own: by activity, the policy under which it is appraised, where that is not its year's.
        switched: the readings switched for this run (reading → option).
    """

    draft: Draft
    case: Case
    policies: Mapping[int, Policy]
    begun: Mapping[int, Policy]
    own: Mapping[str, Policy]
    switched: Mapping[str, str]

    def rules_of(self, switched: Mapping[str, str] | None = None) -> RulesOfYears:
        """The rules of every year, with some readings switched on top of those of the run.

        Raises:
            Refused: where a reading or an option is unknown; a policy that lacks a reading ignores it only
                if another policy of the case has it.
        """
        wanted = {**self.switched, **(switched or {})}

        def rules(policy: Policy) -> Rules:
            return policy.rules({name: o for name, o in wanted.items() if name in policy.readings})

        return RulesOfYears(
            {year: rules(policy) for year, policy in self.policies.items()},
            {year: rules(policy) for year, policy in self.begun.items()},
            {activity: rules(policy) for activity, policy in self.own.items()},
        )

    def taking_part(self, years: Iterable[int]) -> list[Policy]:
        """The policies under which these years, and the activities of the case, are assessed, each once."""
        of_years = [found for year in sorted(years) for found in self._of(year)]
        return list(dict.fromkeys((*of_years, *self.own.values())))

    def _of(self, year: int) -> Iterator[Policy]:
        for policies in (self.policies, self.begun):
            if year in policies:
                yield policies[year]


def settle(
    draft: Draft,
    library: Library,
    *,
    policy: Reference | None = None,
    as_of: date | None = None,
    readings: Mapping[str, str] | None = None,
) -> Settled:
    """Settle a case.

    Args:
        draft: the case as written.
        library: where policies are.
        policy: to be used instead of the one that the case names.
        as_of: the day whose version is meant by a reference without one; without it, each year has the
            version in force on its own last day.
        readings: readings to switch, over those that the case switches.

    Raises:
        Refused: where no policy is named, one is unknown or faulty, two are in force on one day, or the case
            does not fit it.
    """
    ref = policy or draft.policy
    if ref is None:
        raise Refused((Finding("PH820", draft.tree.entries[0].key_place, {"found": draft.id}),))
    force = force_of(ref, library, as_of, None if policy else draft.policy_place)
    years = draft.years
    wide = range(min(years) - AROUND, max(years) + AROUND + 1) if years else range(0)
    policies = {year: found for year in wide if (found := force.of_year(year)) is not None}
    begun = _begun(draft, force, policies)
    known = list(dict.fromkeys((*policies.values(), *begun.values()))) or [force.newest()]
    switched = {**draft.readings, **(readings or {})}
    _check_readings(switched, known, draft)

    def policy_for(year: int) -> Policy:
        """In whose words a year's activities are stated: the named policy's, be it its newest version."""
        found = policies.get(year) or begun.get(year)
        return found if found is not None and found.header.id == ref.id else force.newest()

    case = read_case(draft, lambda year: policy_for(year).rules(), force.basis)
    own: dict[str, Policy] = {}
    activities = tuple(
        _appraised(a, policy_for(a.year), policies.get(a.year) or begun.get(a.year), force, own)
        for a in case.activities
    )
    needed = {a.year for a in activities if a.in_term}
    begun = {year: found for year, found in begun.items() if year in needed}
    return Settled(draft, replace(case, activities=activities), policies, begun, own, switched)


def _begun(draft: Draft, force: Force, policies: Mapping[int, Policy]) -> dict[int, Policy]:
    """The policy in force on the last day that an activity has in a year on whose own last day none is."""
    begun = {}
    days = [date_at(child(item, "date")) for item in items_at(draft.tree.get("activities"))]
    for day in sorted({day for day in days if day is not None}):
        found = force.on(day) or force.upper_on(day)
        year = (policies.get(day.year) or found or force.newest()).rules().year_of(day)
        if year not in policies and found is not None:
            begun[year] = found
    return begun


def _appraised(
    activity: Activity, stated_in: Policy, governs: Policy | None, force: Force, own: dict[str, Policy]
) -> Activity:
    """The activity as it is to be appraised; where not in whose words it is stated, `own` takes note of it.

    Facts that only the policy in whose words it is stated knows are not stated to the other. Where the other
    does not know the kind at all, the activity has no basis.
    """
    if not activity.in_term:
        return activity
    elsewhere = governs is not None and governs is not stated_in
    instead = (governs,) if elsewhere and governs else force.instead(stated_in, activity.day)
    if not instead:
        return activity
    year = stated_in.rules()
    for other in instead:
        rules = other.rules()
        standard = rules.standards.get(activity.kind)
        if standard is None or standard.subject not in year.subjects or rules.unit != year.unit:
            continue
        own[activity.id] = other
        facts = {f: given for f, given in activity.facts.items() if _same_fact(f, year, rules)}
        base = activity.base
        if base is not None:
            unsaid = {f.id: f.domain() for f in rules.facts.values() if f.of == "base"}
            base = {**unsaid, **{f: given for f, given in base.items() if _same_fact(f, year, rules)}}
        return replace(activity, facts=facts, base=base)
    return replace(activity, in_term=False)


def _same_fact(name: str, year: Rules, other: Rules) -> bool:
    one, two = year.facts.get(name), other.facts.get(name)
    return one is not None and two is not None and (one.kind, one.of) == (two.kind, two.of)


def _check_readings(switched: Mapping[str, str], policies: list[Policy], draft: Draft) -> None:
    readings = {name: reading for policy in policies for name, reading in policy.readings.items()}
    section = draft.tree.get("readings")
    faults = []
    for name, option in switched.items():
        entry = (
            section.entry(name) if isinstance(section, Group) and draft.readings.get(name) == option else None
        )
        place = entry.key_place if entry else None
        wrong = entry.value.place if entry else None
        if name not in readings:
            words = {"found": name, **hint(name, readings)}
            faults.append(Finding("PH818", place, words))
        elif option not in readings[name].options:
            options = readings[name].options
            expected = "、".join(f"{o}（{text}）" for o, text in options.items())
            expected_en = ", ".join(f"{o} ({text})" for o, text in options.items())
            words = {"found": option, "reading": name, "expected": expected, "expected_en": expected_en}
            faults.append(Finding("PH819", wrong, words))
    if faults:
        raise Refused(tuple(faults))
