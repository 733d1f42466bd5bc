"""Spread: the years in which an activity's hours count, where those are not simply its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction

from policyhours.assess.claim import Claim
from policyhours.assess.result import Reason
from policyhours.language.number import Range, Rational, contains, exact


def spread(claim: Claim, year: int, assessable: Collection[int]) -> Iterator[tuple[int, Claim]]:
    """The claim in each year in which it counts: in equal parts, or as a possibility where years are open.

    Args:
        claim: of an activity of the year `year`.
        year: see `claim`.
        assessable: the years that can be assessed; where none of its years can, it stays in its own.
    """
    if claim.counts_in is None:
        yield year, claim
        return
    first, last = claim.counts_in
    if first.low is not None and first.low == first.high and last.low is not None and last.low == last.high:
        years = range(year + int(first.low), year + int(last.low) + 1)
        note = Reason("counts_in", words={"years": "、".join(str(y) for y in years)})
        part = replace(claim, worth=_divided(claim.worth, max(1, len(years))), notes=(*claim.notes, note))
        counted = [y for y in years if y in assessable]
        if beyond := [y for y in years if y not in assessable]:
            lost = Reason("beyond", words={"years": "、".join(str(y) for y in beyond)})
            part = replace(part, notes=(*part.notes, lost))
        if counted:
            yield from ((y, part) for y in counted)
        else:
            none = claim.refused or Reason("no_years", claim.standard.origin.cited)
            yield year, replace(claim, refused=none, unknown=())
        return
    open_years = Reason("years_open", claim.standard.origin.cited[-1:])
    possible = [y for y in assessable if contains(Range(first.low, last.high), y - year)]
    unknown = () if claim.refused else (*claim.unknown, open_years)
    part = replace(claim, worth=Range(0, claim.worth.high), unknown=unknown)
    yield from ((y, part) for y in possible or (year,))


def _divided(worth: Range, parts: int) -> Range:
    def share(end: Rational | None) -> Rational | None:
        return None if end is None else exact(Fraction(end) / parts)

    return Range(share(worth.low), share(worth.high))
