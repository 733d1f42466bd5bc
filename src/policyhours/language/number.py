"""Exact numbers and ranges of them.

Hours are rationals (45 minutes are one hour, article 6), so every number here is an ``int`` or a
``Fraction``. What is not known is a `Range`: everything it might be. Arithmetic works on both alike, and a
range of a formula contains every value that the formula can take.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

Rational = int | Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`, both included; ``None`` is "no end" on that side."""

    low: Rational | None
    high: Rational | None

    def __add__(self, other: Number) -> Range:
        o = as_range(other)
        return Range(_plus(self.low, o.low), _plus(self.high, o.high))

    __radd__ = __add__

    def __neg__(self) -> Range:
        return Range(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )

    def __sub__(self, other: Number) -> Range:
        return self + -as_range(other)

    def __rsub__(self, other: Number) -> Range:
        return -self + other

    def __mul__(self, other: Number) -> Range:
        corners = [_times(a, b) for a in _ends(self) for b in _ends(as_range(other))]
        return Range(_least(corners), _greatest(corners))

    __rmul__ = __mul__

    def __truediv__(self, other: Number) -> Range:
        o = as_range(other)
        if contains(o, 0):
            raise ZeroDivisionError
        low = Fraction(0) if o.high is None else Fraction(1) / o.high
        high = Fraction(0) if o.low is None else Fraction(1) / o.low
        return self * Range(low, high)

    def __rtruediv__(self, other: Number) -> Range:
        return as_range(other) / self


Number = Rational | Range


def as_range(value: Number) -> Range:
    """The value as a range; a known number is a range of one."""
    return value if isinstance(value, Range) else Range(value, value)


def contains(outer: Range, value: Rational) -> bool:
    """Whether the number lies in the range."""
    return (outer.low is None or outer.low <= value) and (outer.high is None or value <= outer.high)


def within(inner: Range, outer: Range) -> bool:
    """Whether every number of `inner` lies in `outer`."""
    low_fits = outer.low is None or (inner.low is not None and outer.low <= inner.low)
    high_fits = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return low_fits and high_fits


def meet(a: Range, b: Range) -> bool:
    """Whether two ranges have a number in common."""
    low_first = a.high is None or b.low is None or b.low <= a.high
    return low_first and (b.high is None or a.low is None or a.low <= b.high)


def overlap(a: Range, b: Range) -> Range:
    """The numbers that two ranges have in common, where they have any."""
    lows = [end for end in (a.low, b.low) if end is not None]
    highs = [end for end in (a.high, b.high) if end is not None]
    return Range(max(lows, default=None), min(highs, default=None))


def hull(values: list[Number]) -> Number:
    """The smallest range that holds all the values; one and the same number stays that number."""
    first = values[0]
    if not isinstance(first, Range) and all(v == first for v in values):
        return first
    ranges = [as_range(v) for v in values]
    lows = [r.low for r in ranges if r.low is not None]
    highs = [r.high for r in ranges if r.high is not None]
    return Range(
        min(lows) if len(lows) == len(ranges) else None,
        max(highs) if len(highs) == len(ranges) else None,
    )


def divide(a: Number, b: Number) -> Number:
    """`a` / `b`, exactly.

    Raises:
        ZeroDivisionError: where `b` is, or may be, zero.
    """
    if isinstance(a, Range) or isinstance(b, Range):
        return as_range(a) / b
    return exact(Fraction(a, b) if isinstance(a, int) and isinstance(b, int) else Fraction(a) / b)


def exact(value: Rational) -> Rational:
    """The same number, as an ``int`` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def floor(value: Number) -> Number:
    """The greatest whole number not above the value."""
    return _each_end(value, lambda end: end.numerator // end.denominator)


def ceil(value: Number) -> Number:
    """The least whole number not below the value."""
    return _each_end(value, lambda end: -(-end.numerator // end.denominator))


def round_to(value: Number, step: Number) -> Number:
    """The multiple of `step` nearest to the value; a half goes up (四舍五入)."""
    return floor(divide(value, step) + Fraction(1, 2)) * step


def smallest(*values: Number) -> Number:
    """The least of the values (`min` in a formula)."""
    if not any(isinstance(v, Range) for v in values):
        return min(v for v in values if not isinstance(v, Range))
    ranges = [as_range(v) for v in values]
    return Range(
        None if any(r.low is None for r in ranges) else min(r.low for r in ranges if r.low is not None),
        min((r.high for r in ranges if r.high is not None), default=None),
    )


def greatest(*values: Number) -> Number:
    """The greatest of the values (`max` in a formula)."""
    return -smallest(*(-v for v in values))


def _each_end(value: Number, act: Callable[[Rational], Rational]) -> Number:
    if isinstance(value, Range):
        return Range(
            None if value.low is None else act(value.low),
            None if value.high is None else act(value.high),
        )
    return act(value)


def _plus(a: Rational | None, b: Rational | None) -> Rational | None:
    return None if a is None or b is None else exact(a + b)


# An end of a range as (sign of infinity, number): multiplying needs to know which infinity "no end" is.
_End = tuple[int, Rational]


def _ends(r: Range) -> tuple[_End, _End]:
    return (-1, 0) if r.low is None else (0, r.low), (1, 0) if r.high is None else (0, r.high)


def _times(a: _End, b: _End) -> _End:
    (sign_a, x), (sign_b, y) = a, b
    if not sign_a and not sign_b:
        return (0, exact(x * y))
    direction = (sign_a or _sign(x)) * (sign_b or _sign(y))
    return (direction, 0)


def _sign(x: Rational) -> int:
    return (x > 0) - (x < 0)


def _least(ends: list[_End]) -> Rational | None:
    return None if any(sign < 0 for sign, _ in ends) else min(x for sign, x in ends if not sign)


def _greatest(ends: list[_End]) -> Rational | None:
    return None if any(sign > 0 for sign, _ in ends) else max(x for sign, x in ends if not sign)
