"""Domains: what a fact may be, and what some patterns leave of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from policyhours.language.number import Range, Rational, as_range, exact, overlap
from policyhours.language.pattern import Anything, Between, Given, OneOf, Pattern, Unknown, fits
from policyhours.language.rules import Fact
from policyhours.language.words import shown

Domain = Given
"""What a fact may be: an `Unknown` of its options, a `Range` of numbers, or one value."""


def left_by(patterns: Sequence[Pattern], domain: Domain, fact: Fact) -> Domain | None:
    """What none of the patterns fits; ``None`` where all values fit one. Of numbers, the hull of the gaps."""
    gaps = gaps_of(patterns, domain, fact)
    if not isinstance(gaps, list):
        return gaps
    if not gaps:
        return None
    return Range(gaps[0].low, gaps[-1].high)


def gaps_of(patterns: Sequence[Pattern], domain: Domain, fact: Fact) -> list[Range] | Domain | None:
    """The same, of numbers every gap by itself, in order."""
    if any(isinstance(pattern, Anything) for pattern in patterns):
        return None
    if isinstance(domain, Unknown):
        if domain.options is None:
            return domain
        rest = frozenset(o for o in domain.options if not any(fits(p, o) for p in patterns))
        return Unknown(rest) if rest else None
    if isinstance(domain, str | bool):
        return None if any(fits(pattern, domain) for pattern in patterns) else domain
    return _number_gaps(patterns, as_range(domain), fact)


def can_fit(pattern: Pattern, domain: Domain, fact: Fact) -> bool:
    """Whether something that the domain holds fits the pattern; of numbers, something on the step."""
    if fits(pattern, domain) is False:
        return False
    if not isinstance(domain, Range) or not isinstance(pattern, Between):
        return True
    both = overlap(pattern.range, domain)
    low, high = _up(both.low, fact.step), _down(both.high, fact.step)
    return low is None or high is None or low <= high


def _number_gaps(patterns: Sequence[Pattern], domain: Range, fact: Fact) -> list[Range]:
    spans = [p.range for p in patterns if isinstance(p, Between)]
    spans += [
        Range(v, v)
        for p in patterns
        if isinstance(p, OneOf)
        for v in p.values
        if not isinstance(v, str | bool)
    ]
    low = _up(domain.low, fact.step)
    high = _down(domain.high, fact.step)
    gaps: list[Range] = []
    start: Rational | None = low
    unbounded = low is None
    for span in sorted(spans, key=lambda s: (s.low is not None, s.low or 0)):
        first, last = _up(span.low, fact.step), _down(span.high, fact.step)
        if first is not None and last is not None and first > last:
            continue
        if first is not None and (unbounded or (start is not None and first > start)):
            end = _before(first, fact.step)
            if high is not None and end > high:
                end = high
            if unbounded or (start is not None and (start < end or (start == end and fact.step))):
                gaps.append(Range(None if unbounded else start, end))
        if last is None:
            return gaps
        after = _after(last, fact.step)
        start = after if unbounded or start is None or after > start else start
        unbounded = False
        if high is not None and (start > high or (start == high and not fact.step)):
            return gaps
    gaps.append(Range(None if unbounded else start, high))
    return gaps


def _up(end: Rational | None, step: Rational | None) -> Rational | None:
    """The first number on the step that is not below the end."""
    return end if end is None or not step else exact(-(-Fraction(end) // step) * step)


def _down(end: Rational | None, step: Rational | None) -> Rational | None:
    return end if end is None or not step else exact(Fraction(end) // step * step)


def _before(first: Rational, step: Rational | None) -> Rational:
    return exact(Fraction(first) - step) if step else first


def _after(last: Rational, step: Rational | None) -> Rational:
    return exact(Fraction(last) + step) if step else last


def described(left: list[Range] | Domain | None, fact: Fact, lang: str) -> str:
    """What is left, in words."""
    if isinstance(left, list):
        return ("、" if lang == "zh" else ", ").join(_span(span, lang) for span in left)
    if isinstance(left, Unknown):
        if left.options is None:
            return "其他内容" if lang == "zh" else "anything else"
        if fact.kind == "boolean":
            said = [("是" if o else "否") if lang == "zh" else str(o).lower() for o in left.options]
            return ("、" if lang == "zh" else ", ").join(said)
        known = [option for option in fact.options if option in left.options]
        return "、".join(fact.options[o] for o in known) if lang == "zh" else ", ".join(known)
    return str(left)


def _span(span: Range, lang: str) -> str:
    low, high = span.low, span.high
    if low is not None and low == high:
        return shown(low)
    if low is None:
        return f"{shown(high)}及以下" if lang == "zh" else f"up to {shown(high)}"
    if high is None:
        return f"{shown(low)}及以上" if lang == "zh" else f"{shown(low)} and more"
    return f"{shown(low)}～{shown(high)}" if lang == "zh" else f"{shown(low)} to {shown(high)}"
