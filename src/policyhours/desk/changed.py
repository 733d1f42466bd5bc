"""Changed: what of a case comes out otherwise under another policy, as data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from policyhours.assess.result import Reason, Verdict
from policyhours.desk.difference import Change
from policyhours.language.number import Range


@dataclass(frozen=True, slots=True)
class Pair:
    """Something under the old policy and under the new one; ``None`` where it is not there."""

    before: Range | None
    after: Range | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.after

    @property
    def size(self) -> Fraction | None:
        """By how many hours they differ, at the end that differs more; ``None`` for no end."""
        before, after = self.before or Range(0, 0), self.after or Range(0, 0)
        if (before.high is None) != (after.high is None):
            return None
        ends = [(before.low, after.low), (before.high, after.high)]
        return max(abs(Fraction(b or 0) - Fraction(a or 0)) for b, a in ends)


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """An activity that counts otherwise.

    Attributes:
        was, now: the reasons that only one side has.
        whole: whether all that was claimed counts, before and after.
    """

    id: str
    title: str
    hours: Pair
    was: tuple[Reason, ...]
    now: tuple[Reason, ...]
    whole: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class YearChange:
    """A year of a case that comes out otherwise.

    Attributes:
        verdicts: before and after; ``None`` where the year is not there.
        hours: the ``total`` and the subjects that differ.
        required: the requirements that differ, by what they are of.
        completed: the subjects that other activities complete, with those before and after.
        behind: the changes of the policy that lie behind it, as far as that can be found.
        titles: the titles of subjects and activities.
    """

    case: str
    year: int
    verdicts: tuple[Verdict | None, Verdict | None]
    hours: tuple[tuple[str, Pair], ...]
    required: tuple[tuple[str, Pair], ...]
    completed: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    activities: tuple[ActivityChange, ...]
    behind: tuple[Change, ...]
    titles: dict[str, str]

    @property
    def flips(self) -> bool:
        """Whether the verdict is another."""
        return self.verdicts[0] != self.verdicts[1]

    @property
    def weight(self) -> tuple[bool, bool, Fraction, str, int]:
        """Its order: what flips first, then by hours."""
        sizes = [pair.size for _, pair in self.hours]
        endless = any(size is None for size in sizes)
        size = max((size for size in sizes if size is not None), default=Fraction(0))
        return (not self.flips, not endless, -size, self.case, self.year)


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A title review that gets another answer (article 9, second paragraph); ``None`` where there is none."""

    case: str
    year: int
    verdicts: tuple[str | None, str | None]
