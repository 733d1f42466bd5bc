"""An evaluation: a case, the policies it was assessed under, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from policyhours.assess.assessment import assess
from policyhours.assess.once import TooManyWays
from policyhours.assess.result import Reason, Result
from policyhours.case.read import Draft
from policyhours.case.settle import Settled, settle
from policyhours.language.library import Library, Reference
from policyhours.language.policy import Header, Policy
from policyhours.text.finding import Finding, Refused


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an office can hand over.

    Attributes:
        settled: the case, its dates settled, and its policies.
        result: every year's standing.
    """

    settled: Settled
    result: Result

    @property
    def draft(self) -> Draft:
        """The case as written."""
        return self.settled.draft

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """The evaluation as plain data, as ``result.schema.json`` says."""
        from policyhours.desk.record import record

        return record(self, lang)

    @property
    def layers(self) -> dict[str, Header]:
        """Every policy that took part, by ``id@version``: filings and the texts above them."""
        headers = [h for policy in self._policies for h in policy.layers]
        return {header.ref: header for header in headers}

    @property
    def unofficial(self) -> tuple[Reason, ...]:
        """Why the result is a trial only; empty where it is official."""
        reasons = [
            Reason("status", words={"policy": header.ref, "status": header.status})
            for header in self.layers.values()
            if header.status != "filed"
        ]
        adopted = {n: r.adopted for policy in self._policies for n, r in policy.readings.items()}
        reasons += [
            Reason("switched", words={"reading": name, "option": option})
            for name, option in self.settled.switched.items()
            if name in adopted and option != adopted[name]
        ]
        if not self.layers:
            reasons.append(Reason("no_policy_at_all"))
        return tuple(reasons)

    @property
    def _policies(self) -> list[Policy]:
        """The policies of the years that are shown: what is in force in other years has no part in it."""
        return self.settled.taking_part(self.result.years)


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
    return Evaluation(settled, result)
