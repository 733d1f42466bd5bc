"""Schemes: under which policy a person's year is assessed, and what holds on which days.

The upper text is named for the run; each person's industry chooses the filing under it. What a filing sets
holds from its own first day, and an activity needs a policy in force on its day: so a year falls into
stretches of days, and in each of them one thing holds for everybody of the scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from policyhours.case.force import Force, force_of
from policyhours.case.governing import AROUND
from policyhours.language.header import Header
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.rules import Rules

How = Literal["plain", "no_basis", "evaluator", "nothing"]
"""Under the rules of the reported year; without basis; for the evaluator to tell; under no rules at all."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days in a row on which one thing holds.

    Attributes:
        year: to which they belong.
    """

    first: date
    last: date
    year: int
    how: How


@dataclass(frozen=True, slots=True)
class Scheme:
    """The people of a year who are assessed under one policy.

    Attributes:
        ref: the policy that their cases name, ``id@version`` or ``id``.
        industries: whose people they are; empty for everybody of no other scheme.
        year: the year reported.
        policy: in force on the year's last day, if one is.
        rules: of that policy, with the readings of the run.
        days: every day that may matter to the year.
    """

    ref: Reference
    industries: tuple[str, ...]
    year: int
    policy: Policy | None
    rules: Rules | None
    days: tuple[Days, ...]


def schemes_of(
    ref: Reference,
    library: Library,
    year: int,
    industries: Iterable[str],
    *,
    as_of: date | None = None,
    readings: dict[str, str] | None = None,
) -> tuple[Scheme, ...]:
    """The schemes of a year: one for each filing that an industry has, and last the one for all others.

    Args:
        ref: the text named for the run: an upper text, or a filing, which is then everybody's.
        library: where policies are.
        year: the year reported.
        industries: those that people of the run belong to.
        as_of: the day whose version is meant by a reference without one.
        readings: switched for the run.

    Raises:
        Refused: where a policy is unknown or faulty, or two filings are for one industry.
    """
    force = force_of(ref, library, as_of, None)
    upper = force.of_year(year)
    chosen: dict[str, list[str]] = {}
    if upper is not None and upper.header.implements is None:
        for industry in sorted(set(industries)):
            filing = library.filing_for(upper.header.id, industry, upper.rules().last_day(year))
            if filing is not None:
                named = filing.ref if force.pinned is not None else filing.header.id
                chosen.setdefault(named, []).append(industry)
    switched = readings or {}
    found = [
        _scheme(parse_reference(named), tuple(of), library, year, as_of, switched)
        for named, of in sorted(chosen.items())
    ]
    return (*found, _scheme(ref, (), library, year, as_of, switched))


def _scheme(
    ref: Reference,
    industries: tuple[str, ...],
    library: Library,
    year: int,
    as_of: date | None,
    readings: dict[str, str],
) -> Scheme:
    force = force_of(ref, library, as_of, None)
    policy = force.of_year(year)
    if policy is None:
        return Scheme(ref, industries, year, None, None, ())
    known = {name: option for name, option in readings.items() if name in policy.readings}
    rules = policy.rules(known)
    return Scheme(ref, industries, year, policy, rules, tuple(_days(force, policy, year)))


def _days(force: Force, policy: Policy, year: int) -> Iterator[Days]:
    """What holds on the days around the year, in as few stretches as there are."""
    rules = policy.rules()
    years = range(max(1, year - AROUND), min(9998, year + AROUND) + 1)
    starts = {rules.last_day(each - 1) + timedelta(1) for each in (*years, years[-1] + 1)}
    first, end = min(starts), max(starts)
    for header in (policy.header, *force.versions.headers, *_uppers(force)):
        starts |= {header.valid_from}
        if header.valid_until is not None:
            starts.add(header.valid_until + timedelta(1))
    edges = sorted(day for day in starts if first <= day <= end)
    joined: list[Days] = []
    for start, after in pairwise(edges):
        of = rules.year_of(start)
        days = Days(start, after - timedelta(1), of, _how(force, policy, of, start))
        if joined and (joined[-1].year, joined[-1].how) == (days.year, days.how):
            days = Days(joined.pop().first, days.last, days.year, days.how)
        joined.append(days)
    yield from joined


def _uppers(force: Force) -> tuple[Header, ...]:
    """What a pinned filing implements; it is not among the versions of a pinned one."""
    upper = force.upper(force.pinned) if force.pinned is not None else None
    return () if upper is None else (upper.header,)


def _how(force: Force, policy: Policy, year: int, day: date) -> How:
    """What holds on a day; the same questions as `case.settle` asks of an activity."""
    governs = force.of_year(year)
    if governs is None:
        governs = force.on(day) or force.upper_on(day)
    if governs is None:
        return "nothing"
    if not force.basis(day):
        return "no_basis"
    if governs is not policy or force.instead(policy, day):
        return "evaluator"
    return "plain"
