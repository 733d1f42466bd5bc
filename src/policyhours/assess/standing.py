"""Standing: from the hours of each year to what counts towards its requirement (steps 5 and 6).

Completion is a status of a year, never hours (articles 8(2), 8(5)). Hours move in three ways only: within a
year to the next subject of a kind that counts in several; to an earlier year that a decision lets be made up
(article 10); to a later year where the policy lets surplus carry over (article 9 does not).

Whether a year meets its requirement is monotone in the hours of every year, so the low and the high world
decide it. How much counts beyond that need not be, once hours move between years: see `bounds`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policyhours.assess.duty import Duty
from policyhours.case.model import Decision
from policyhours.language.number import Rational
from policyhours.language.values import TOTAL

Chain = tuple[str, ...]
"""The subjects in which a kind counts, in order: what one does not need goes to the next."""


@dataclass(frozen=True, slots=True)
class Credited:
    """The hours of a year as credited, in one world.

    Attributes:
        by_subject: all of them, each in the first subject of its kind.
        by_chain: those among them that may go on to other subjects.
    """

    by_subject: Mapping[str, Rational]
    by_chain: Mapping[Chain, Rational]


@dataclass(frozen=True, slots=True)
class Transfer:
    """Hours of one year that count in another: made up for an earlier one, or carried to a later one."""

    subject: str
    hours: Rational
    from_year: int
    to_year: int


@dataclass(frozen=True, slots=True)
class World:
    """The standing of all years in one world: hours by subject that count, and the hours moved."""

    counted: Mapping[int, Mapping[str, Rational]]
    transfers: tuple[Transfer, ...]


def stand(
    hours: Mapping[int, Credited],
    completed: Mapping[int, frozenset[str]],
    duties: Mapping[int, Duty],
    decisions: Sequence[Decision],
    *,
    high: bool,
    still: bool = False,
) -> World:
    """The standing of all years in one world.

    Args:
        hours: by year, after ceilings.
        completed: the subjects, or the total, that count as completed, by year.
        duties: what is owed, by year.
        decisions: in any order; only deferrals matter here.
        high: whether this is the high world (a quota that is itself a range is taken at its kind end).
        still: no hours move between years.
    """
    books = _Books(hours, completed, duties, high)
    for year in books.own:
        books.pass_on(year)
    deferred = sorted(
        (d for d in decisions if d.remedy == "defer" and d.year in books.own), key=lambda d: d.year
    )
    for later in books.own if not still else ():
        for decision in deferred:
            if decision.year < later <= (decision.until or decision.year):
                books.make_up(decision.year, later)
        books.carry_to(later)
    return World({year: books.counted(year) for year in books.own}, tuple(books.transfers))


class _Books:
    """The hours of all years while they are being moved; `own` are those that stay where they were earned."""

    def __init__(
        self,
        hours: Mapping[int, Credited],
        completed: Mapping[int, frozenset[str]],
        duties: Mapping[int, Duty],
        high: bool,
    ) -> None:
        self.own = {year: dict(hours[year].by_subject) for year in sorted(hours)}
        self.transfers: list[Transfer] = []
        self._chains = {year: hours[year].by_chain for year in hours}
        self._moved: dict[int, dict[str, Rational]] = {year: {} for year in hours}
        self._handed_on: dict[int, Rational] = {}
        self._completed, self._duties, self._high = completed, duties, high

    def counted(self, year: int) -> dict[str, Rational]:
        """Completion first, then what was moved here: a completion never cures."""
        counted = {
            subject: self._with_completion(amount, subject, year)
            for subject, amount in self.own[year].items()
        }
        if self._is_completed(TOTAL, year):
            self._complete_total(counted, year)
        for subject, hours in self._moved[year].items():
            counted[subject] += hours
        return counted

    def _complete_total(self, counted: dict[str, Rational], year: int) -> None:
        """What the total asks for beyond the subjects counts in the first of them."""
        quotas = {s: self._kind_quota(year, s) for s in (TOTAL, *counted)}
        added = self._duties[year].rules.completion == "added"
        have = sum(quotas[subject] for subject in counted) if added else sum(counted.values())
        counted[next(iter(counted))] += max(0, quotas[TOTAL] - have)

    def pass_on(self, year: int) -> None:
        """What a subject does not need goes on to the next subject of its kind."""
        for chain in sorted(self._chains[year]):
            going = self._chains[year][chain]
            for subject, after in pairwise(chain):
                needed = 0 if self._is_completed(subject, year) else self._asked(year, subject)
                going = max(0, min(going, self.own[year][subject] - needed))
                self.own[year][subject] -= going
                self.own[year][after] += going

    def make_up(self, lacking: int, later: int) -> None:
        """Hours of a later year make up what a deferred year lacks: its subjects, then its total."""
        subjects = list(self.own[lacking])
        for subject in subjects:
            self._move(subject, self._lack(lacking, subject), later, lacking)
        # The rest of the total: first from subjects of which least is required.
        for subject in sorted(subjects, key=lambda s: self._duties[later].quota(s).high or 0):
            self._move(subject, self._lack(lacking, TOTAL), later, lacking)

    def carry_to(self, year: int) -> None:
        """Surplus of earlier years fills what the year lacks, the oldest first, where the policy lets it."""
        for source in self.own:
            carrying = self._duties[source].rules.carrying
            if carrying is None or not source < year <= source + carrying.years:
                continue
            for wanted in (*self.own[year], TOTAL):
                for subject in self.own[year] if wanted == TOTAL else (wanted,):
                    spare = min(self._spare(source, subject), self._left_to_hand_on(source))
                    moved = self._move(subject, min(spare, self._lack(year, wanted)), source, year)
                    self._handed_on[source] = self._handed_on.get(source, 0) + moved

    def _move(self, subject: str, wanted: Rational, source: int, target: int) -> Rational:
        taken = max(0, min(wanted, self.own[source].get(subject, 0)))
        if taken:
            self.own[source][subject] -= taken
            self._moved[target][subject] = self._moved[target].get(subject, 0) + taken
            self.transfers.append(Transfer(subject, taken, source, target))
        return taken

    def _with_completion(self, amount: Rational, subject: str, year: int) -> Rational:
        if not self._is_completed(subject, year):
            return amount
        whole = self._kind_quota(year, subject)
        return amount + whole if self._duties[year].rules.completion == "added" else max(amount, whole)

    def _kind_quota(self, year: int, subject: str) -> Rational:
        """What a completion counts as: the quota, at its kind end in the high world."""
        quota = self._duties[year].quota(subject)
        return (quota.high if self._high else quota.low) or 0

    def _is_completed(self, subject: str, year: int) -> bool:
        return not self._completed.get(year, frozenset()).isdisjoint((subject, TOTAL))

    def _asked(self, year: int, subject: str) -> Rational:
        quota = self._duties[year].quota(subject)
        return (quota.low if self._high else quota.high) or 0

    def _lack(self, year: int, subject: str) -> Rational:
        """What the year still lacks of a subject or the total; nothing of what is completed."""
        if self._is_completed(subject, year):
            return 0
        have = self.counted(year)
        return self._asked(year, subject) - (sum(have.values()) if subject == TOTAL else have[subject])

    def _spare(self, year: int, subject: str) -> Rational:
        """What a year can hand on of a subject without lacking it."""
        return -max(self._lack(year, subject), self._lack(year, TOTAL))

    def _left_to_hand_on(self, year: int) -> Rational:
        most = self._duties[year].handed_on
        allowed = most.high if self._high else most.low
        everything = sum(self.own[year].values())
        return everything if allowed is None else allowed - self._handed_on.get(year, 0)
