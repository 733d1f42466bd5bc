"""Settling: a case as it is written becomes a case with its dates settled, and the rules of its years.

Which policy governs what is told by `governing`. The evaluator sees none of this: it gets the rules of every
year and of the activities that have their own, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from policyhours.case.force import force_of
from policyhours.case.governing import governing
from policyhours.case.model import Case
from policyhours.case.read import Draft, read_case
from policyhours.case.switching import Places, check_switched
from policyhours.case.years import RulesOfYears
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference
from policyhours.language.rules import Rules
from policyhours.language.words import child, date_at, items_at
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping as Group


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
    days = [date_at(child(item, "date")) for item in items_at(draft.tree.get("activities"))]
    found = governing(force, draft.years, (day for day in days if day is not None))
    switched = {**draft.readings, **(readings or {})}
    check_switched(switched, found.known(), _places(draft))
    case = read_case(draft, lambda year: found.stated_in(year).rules(), force.basis)
    case, own = found.appraised(case)
    return Settled(draft, case, found.policies, found.needed(case), own, switched)


def _places(draft: Draft) -> Callable[[str, str], Places]:
    """Where the case itself switches a reading."""
    section = draft.tree.get("readings")

    def places(name: str, option: str) -> Places:
        stated = isinstance(section, Group) and draft.readings.get(name) == option
        entry = section.entry(name) if stated and isinstance(section, Group) else None
        return (entry.key_place, entry.value.place) if entry else (None, None)

    return places
