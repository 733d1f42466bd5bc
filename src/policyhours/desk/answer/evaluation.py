"""An evaluation: a case, the policies it was assessed under, and what came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from policyhours.assess.assessment import assess
from policyhours.assess.once import TooManyWays
from policyhours.assess.result import Reason, Result
from policyhours.case.read import Draft
from policyhours.case.settle import Settled, settle
from policyhours.language.expression import Unfiled
from policyhours.language.header import Header
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, parse_reference
from policyhours.text.finding import Finding, Refused


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an office can hand over.

    Attributes:
        settled: the case, its dates settled, and its policies.
        result: every year's standing.
        named: the policy that the case names, or that was to be used instead.
    """

    settled: Settled
    result: Result
    named: Policy

    @property
    def draft(self) -> Draft:
        """The case as written."""
        return self.settled.draft

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """The evaluation as plain data, as ``result.schema.json`` says."""
        from policyhours.desk.answer.record import record

        return record(self, lang)

    @property
    def layers(self) -> dict[str, Header]:
        """Every policy that took part, and the one named, by ``id@version``: filings and the texts above."""
        headers = [h for policy in self.policies for h in policy.layers]
        return {header.ref: header for header in headers}

    @property
    def unofficial(self) -> tuple[Reason, ...]:
        """Why the result is a trial only; empty where it is official.

        It is official where everything that took part, and what the case names, is filed and read as
        adopted, and at least one year could be assessed.
        """
        reasons = trial_because(self.policies, self.settled.switched)
        if all(year.policy is None for year in self.result.years.values()):
            reasons.append(Reason("no_policy_at_all"))
        return tuple(reasons)

    @property
    def policies(self) -> list[Policy]:
        """The policies of the years that are shown, and the one named; those of other years have no part."""
        review = self.result.review
        years = [*self.result.years, *((review.year,) if review is not None else ())]
        return list(dict.fromkeys((*self.settled.taking_part(years), self.named)))

    def unit_of(self, year: int) -> str:
        """What is counted in a year: ``hour``, or another unit such as ``credit``."""
        policy = self.settled.policies.get(year) or self.settled.begun.get(year)
        return policy.rules().unit if policy is not None else "hour"

    def told(self, reason: Reason, year: int, activity: str) -> Reason:
        """A reason of an activity as it is to be told, given the days that the filing is in force.

        A slot that stands open only because the activity was before the filing's first day is told so.
        """
        own, policy = self.settled.own.get(activity), self.settled.policies.get(year)
        if reason.code != "unfiled" or own is None or policy is None or own.header.implements is not None:
            return reason
        kind = next(a.kind for a in self.settled.case.activities if a.id == activity)
        standard = policy.rules().standards.get(kind)
        if standard is None or standard.hours is None or isinstance(standard.hours.expression, Unfiled):
            return reason
        return replace(reason, code="not_yet_filed", words={"day": policy.header.valid_from.isoformat()})


def trial_because(policies: Iterable[Policy], switched: Mapping[str, str]) -> list[Reason]:
    """Why results under these policies are trials only: layers that are not filed, readings not adopted."""
    policies = list(policies)
    headers = {header.ref: header for policy in policies for header in policy.layers}
    adopted = {name: r.adopted for policy in policies for name, r in policy.readings.items()}
    return [
        Reason("status", words={"policy": header.ref, "status": header.status})
        for header in headers.values()
        if header.status != "filed"
    ] + [
        Reason("switched", words={"reading": name, "option": option})
        for name, option in switched.items()
        if name in adopted and option != adopted[name]
    ]


def evaluate(
    draft: Draft,
    library: Library,
    *,
    policy: Reference | None = None,
    as_of: date | None = None,
    readings: Mapping[str, str] | None = None,
    try_readings: bool = True,
) -> Evaluation:
    """Evaluate a case.

    Args:
        draft: the case as written.
        library: where policies are.
        policy: to be used instead of the one that the case names.
        as_of: the day whose version a reference without version means.
        readings: readings to switch (reading → option).
        try_readings: whether to try every reading that the run consulted, to say which verdicts hang on it.

    Raises:
        Refused: where the case or a policy is faulty, or the case is made to explode.
    """
    settled = settle(draft, library, policy=policy, as_of=as_of, readings=readings)
    try:
        result = assess(settled.case, settled.rules_of(), settled.rules_of if try_readings else None)
    except TooManyWays:
        place = draft.tree.entries[0].value.place
        raise Refused((Finding("PH821", place, {"found": draft.id}),)) from None
    ref = policy or draft.policy
    assert ref is not None  # settled without one it would have been refused
    shown = settled.taking_part(result.years)
    return Evaluation(settled, result, _named(ref, shown, library, as_of))


def _named(ref: Reference, shown: Iterable[Policy], library: Library, as_of: date | None) -> Policy:
    """The policy that a reference names; without a version one of the years shown, else the newest."""
    if ref.version is not None or as_of is not None:
        return library.policy(ref, as_of)
    known = next((policy for policy in shown if policy.header.id == ref.id), None)
    return known or library.policy(parse_reference(library.versions(ref.id).of(ref.id)[-1].ref))
