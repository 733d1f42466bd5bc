"""What patterns leave of a domain, held against trying every number."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from policyhours.language.number import Range, contains
from policyhours.language.pattern import Between, OneOf, Unknown, fits
from policyhours.language.rules import Fact, Origin
from policyhours.lint.domain import can_fit, gaps_of, left_by

LIBRARY_ORIGIN = Origin("x@1", (), None)  # type: ignore[arg-type]
steps = st.sampled_from([1, Fraction(1, 2)])
numbers = st.integers(-8, 8).map(lambda half: Fraction(half, 2))


def fact(step, low=None, high=None, options=()):
    kind = "choice" if options else "number"
    named = {option: option for option in options}
    return Fact("f", "F", "activity", kind, None, step, low, high, named, None, (), LIBRARY_ORIGIN)


@st.composite
def patterns(draw):
    if draw(st.booleans()):
        return OneOf(frozenset({draw(numbers)}))
    ends = sorted(draw(st.tuples(numbers, numbers)))
    low, high = (end if draw(st.booleans()) else None for end in ends)
    return Between(Range(low, high)) if (low, high) != (None, None) else Between(Range(ends[0], ends[1]))


@given(st.lists(patterns(), max_size=4), steps, st.tuples(numbers, numbers).map(sorted))
def test_the_gaps_are_the_numbers_that_nothing_fits(found, step, ends):
    low, high = (Fraction(end // step) * step for end in ends)
    gaps = gaps_of(found, Range(low, high), fact(step, low, high)) or []
    here = low
    while here <= high:
        open_here = not any(fits(pattern, here) for pattern in found)
        assert open_here == any(contains(gap, here) for gap in gaps), here
        here += step
    whole = left_by(found, Range(low, high), fact(step, low, high))
    assert (whole is None) == (not gaps)


@given(patterns(), steps, st.tuples(numbers, numbers).map(sorted))
def test_a_pattern_can_fit_where_some_number_does(pattern, step, ends):
    low, high = (Fraction(end // step) * step for end in ends)
    count = int((high - low) / step) + 1
    some = any(fits(pattern, low + step * number) for number in range(count))
    assert some or not can_fit(pattern, Range(low, high), fact(step, low, high)) or isinstance(pattern, OneOf)
    assert not some or can_fit(pattern, Range(low, high), fact(step, low, high))


def test_beyond_every_end_something_is_left():
    assert gaps_of([Between(Range(1, 5))], Range(0, None), fact(1, 0)) == [Range(0, 0), Range(6, None)]
    assert gaps_of([Between(Range(None, 5))], Range(None, None), fact(None)) == [Range(5, None)]
    assert gaps_of([Between(Range(0, 5)), Between(Range(5, 9))], Range(0, 9), fact(None, 0, 9)) == []


def test_of_options_those_are_left_that_nothing_names():
    choice = fact(None, options=("a", "b", "c"))
    domain = Unknown(frozenset({"a", "b"}))
    assert left_by([OneOf(frozenset({"a", "c"}))], domain, choice) == Unknown(frozenset({"b"}))
    assert left_by([OneOf(frozenset({"a", "b"}))], domain, choice) is None
