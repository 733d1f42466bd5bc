"""The rules of years: under which rules each year of a case is assessed, and each of its activities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyhours.language.rules import Rules


@dataclass(frozen=True, slots=True)
class RulesOfYears:
    """The rules under which each year is assessed.

    Attributes:
        whole: the years on whose last day a policy is in force; only they can be assessed.
        begun: the other years in which an activity fell into a policy's time in force; it can still complete
            earlier years.
        own: by activity, the rules under which it is appraised where those are not its year's; what its year
            requires and allows at most is the year's still.
    """

    whole: Mapping[int, Rules]
    begun: Mapping[int, Rules]
    own: Mapping[str, Rules]

    def of(self, year: int, activity: str | None = None) -> Rules | None:
        """The rules of a year, or those under which one of its activities is appraised."""
        own = self.own.get(activity) if activity is not None else None
        return own or self.whole.get(year) or self.begun.get(year)

    def all(self) -> list[Rules]:
        """Every one of the rules, once."""
        return list(dict.fromkeys((*self.whole.values(), *self.begun.values(), *self.own.values())))
