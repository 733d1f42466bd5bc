"""Force: which version of the policy that a case names governs a year, and which one an activity's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.versions import Versions
from policyhours.text.place import Place


@dataclass(frozen=True, slots=True)
class Force:
    """What is in force on a day, of the policy that a case names.

    Attributes:
        name: the id of the policy.
        versions: of the policy, and of the texts above; of a pinned one, only those that it supersedes.
        pinned: the one version to be used, if one is named.
        place: where the policy was named.
    """

    library: Library
    name: str
    versions: Versions
    pinned: Policy | None
    place: Place | None

    def on(self, day: date) -> Policy | None:
        """The policy in force on the day, or the one that is pinned if it was in force by its own dates."""
        if self.pinned is not None:
            return self.pinned if self.pinned.in_force(day) else None
        return self.library.in_force(self.versions, self.name, day, self.place)

    def of_year(self, year: int) -> Policy | None:
        """The policy in force on the last day of the year; the policy itself says when its years end."""
        if not date.min.year <= year < date.max.year - 1:
            return None
        says = self.pinned or self.on(date(year, 12, 31)) or self.on(date(year + 1, 12, 31))
        return self.on(says.rules().last_day(year)) if says is not None else None

    def basis(self, day: date) -> bool:
        """Whether the policy, or for a filing its upper text, was in force on the day, in some version."""
        if self.pinned is not None:
            return (self.upper(self.pinned) or self.pinned).in_force(day)
        return self.on(day) is not None or self.upper_on(day) is not None

    def newest(self) -> Policy:
        """The pinned version, or the newest, for its vocabulary."""
        if self.pinned is not None:
            return self.pinned
        return self._policy(self.versions.of(self.name)[-1].ref)

    def upper(self, filing: Policy) -> Policy | None:
        """The text that a filing implements, by itself."""
        above = filing.header.implements
        return self._policy(above) if above is not None else None

    def upper_on(self, day: date) -> Policy | None:
        """The upper text in force on the day; of a pinned filing, the version that it implements."""
        if self.pinned is not None:
            upper = self.upper(self.pinned)
            return upper if upper is not None and upper.in_force(day) else None
        uppers = (h.implements.partition("@")[0] for h in self.versions.of(self.name) if h.implements)
        found = (
            self.library.in_force(self.versions, name, day, self.place) for name in dict.fromkeys(uppers)
        )
        return next((policy for policy in found if policy is not None), None)

    def instead(self, policy: Policy, day: date) -> tuple[Policy, ...]:
        """What to appraise an activity of that day under instead of its year's policy, the best first.

        Empty where the year's policy holds. A filing holds from its own first day to its last, or for all of
        the year. Outside, an earlier version of it that was in force holds, or else the upper text alone.
        """
        header, upper = policy.header, self.upper(policy)
        before = day < header.valid_from
        if upper is None or header.in_force(day) or (before and header.applies_from == "year"):
            return ()
        earlier = self._earlier(policy, day) if before else None
        return (earlier, upper) if earlier is not None else (upper,)

    def _earlier(self, policy: Policy, day: date) -> Policy | None:
        if self.pinned is None:
            return self.on(day)
        line = self.versions.line(self.pinned.header)
        header = next((older for older in line if older.in_force(day)), None)
        return self._policy(header.ref) if header is not None else None

    def _policy(self, ref: str) -> Policy:
        return self.library.policy(parse_reference(ref), None, self.place)


def force_of(ref: Reference, library: Library, as_of: date | None, place: Place | None) -> Force:
    """What is in force of the policy that a reference names; a day settles the version for all years.

    Raises:
        Refused: where there is no such policy, or it is faulty.
    """
    if ref.version is None and as_of is None:
        return Force(library, ref.id, library.versions(ref.id, place), None, place)
    pinned = library.policy(ref, as_of, place)
    return Force(library, ref.id, library.line(pinned.ref), pinned, place)
