"""Settling: which policy governs each year of a case, before anything is assessed.

A year is assessed under the policy in force on its last day; an activity has a basis if the policy was in
force on its own day. The evaluator sees none of this: it gets the rules of every year, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from policyhours.case.model import Case
from policyhours.case.read import Draft, read_case
from policyhours.language.library import Library, Reference
from policyhours.language.policy import Policy
from policyhours.language.rules import Rules, RulesOfYears
from policyhours.language.vocabulary import suggestions
from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.tree import Mapping as Group

AROUND: Final = 12
"""Years before and after those of the case that completions may reach."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A case with its policies.

    Attributes:
        policies: by year, the policy in force on its last day.
        begun: by year, the policy in force on the day of an activity, where none is on the last day.
        switched: the readings switched for this run (reading → option).
    """

    draft: Draft
    case: Case
    policies: Mapping[int, Policy]
    begun: Mapping[int, Policy]
    switched: Mapping[str, str]

    def rules_of(self, switched: Mapping[str, str] | None = None) -> RulesOfYears:
        """The rules of every year, with some readings switched on top of those of the run.

        Raises:
            Refused: where a reading or an option is unknown; a policy that lacks a reading ignores it only
                if another policy of the case has it.
        """
        wanted = {**self.switched, **(switched or {})}
        whole, begun = (
            {
                year: policy.rules({name: o for name, o in wanted.items() if name in policy.readings})
                for year, policy in policies.items()
            }
            for policies in (self.policies, self.begun)
        )
        return RulesOfYears(whole, begun)


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
        Refused: where no policy is named, one is unknown or faulty, or the case does not fit it.
    """
    ref = policy or draft.policy
    if ref is None:
        raise Refused((Finding("PH820", draft.tree.entries[0].key_place, {"found": draft.id}),))
    place = None if policy else draft.policy_place
    governs = _governing(ref, library, as_of, place)
    years = draft.years
    wide = range(min(years) - AROUND, max(years) + AROUND + 1) if years else range(0)
    policies = {year: found for year in wide if (found := governs(year)) is not None and _covers(found, year)}
    known = list(dict.fromkeys(policies.values())) or [_any_version(ref, library, place)]
    switched = {**draft.readings, **(readings or {})}
    _check_readings(switched, known, draft)

    def rules_for(year: int) -> Rules:
        return policies.get(year, known[-1]).rules()

    def nearest_to(year: int) -> Policy:
        return policies.get(year) or governs(year) or known[-1]

    case = read_case(draft, rules_for, lambda day: nearest_to(day.year).in_force(day))
    begun = {a.year: nearest_to(a.year) for a in case.activities if a.in_term and a.year not in policies}
    return Settled(draft, case, policies, begun, switched)


def _covers(policy: Policy, year: int) -> bool:
    return 1 <= year <= 9999 and policy.in_force(date(year, 12, 31))


def _governing(
    ref: Reference, library: Library, as_of: date | None, place: Place | None
) -> Callable[[int], Policy | None]:
    """For a year, the policy that would govern it: the one named, or the version in force on its last day."""
    if ref.version is not None or as_of is not None:
        pinned = library.policy(ref, as_of, place)
        return lambda year: pinned
    versions = [library.policy(Reference(*v.split("@")), None, place) for v in library.versions(ref, place)]
    return lambda year: next((p for p in versions if _covers(p, year)), None)


def _any_version(ref: Reference, library: Library, place: Place | None) -> Policy:
    """The version named, or the newest, for its vocabulary."""
    if ref.version is not None:
        return library.policy(ref, None, place)
    return library.policy(Reference(*library.versions(ref, place)[0].split("@")), None, place)


def _check_readings(switched: Mapping[str, str], policies: list[Policy], draft: Draft) -> None:
    readings = {name: reading for policy in policies for name, reading in policy.readings.items()}
    section = draft.tree.get("readings")
    faults = []
    for name, option in switched.items():
        entry = (
            section.entry(name) if isinstance(section, Group) and draft.readings.get(name) == option else None
        )
        place = entry.key_place if entry else None
        if name not in readings:
            words = {"found": name, "nearest": suggestions(name, readings)}
            faults.append(Finding("PH818", place, words))
        elif option not in readings[name].options:
            expected = "、".join(f"{o}（{text}）" for o, text in readings[name].options.items())
            faults.append(Finding("PH819", place, {"found": option, "reading": name, "expected": expected}))
    if faults:
        raise Refused(tuple(faults))
