"""Worth: the hours of an activity by the value of its standard, and why they are open (articles 6, 8)."""

from __future__ import annotations

from collections.abc import Mapping

from policyhours.assess.result import Reason
from policyhours.language.asking import first_open_names
from policyhours.language.calculator import Calculator, open_names
from policyhours.language.expression import Expression, Unfiled, parts
from policyhours.language.number import Range, Rational, as_range
from policyhours.language.pattern import Given
from policyhours.language.rules import Rules, Standard
from policyhours.language.words import shown


def parameters_of(rules: Rules, calculator: Calculator) -> dict[str, Given]:
    """The values that a decision may replace, as they are without one."""
    return {name: calculator.value(worth, {}) for name, worth in rules.parameters.items()}


def worth_of(
    standard: Standard,
    facts: Mapping[str, Given],
    person: Mapping[str, Given],
    rules: Rules,
    calculator: Calculator,
) -> tuple[Range, tuple[Reason, ...]]:
    """The hours by the standard's value, and why they are not exact if they are not."""
    if standard.hours is None:
        return Range(0, 0), ()
    parameters = parameters_of(rules, calculator) if standard.hours.needs & rules.parameters.keys() else {}
    calculator.gaps.clear()
    calculator.outside.clear()
    worth = as_range(calculator.value(standard.hours, {**facts, **parameters}))
    article = standard.worth.cited
    if isinstance(standard.hours.expression, Unfiled):
        return _at_most(worth, _highest(standard, person, rules, calculator)), (Reason("unfiled", article),)
    if calculator.outside:
        found, span = calculator.outside[0]
        words = {"found": _shown(as_range(found)), "expected": _shown(span)}
        return Range(0, worth.high), (Reason("outside", article, words=words),)
    if worth.low == worth.high:
        return worth, ()
    known = {**facts, **parameters}
    missing = open_names(standard.hours.expression, known) & rules.facts.keys()
    first = first_open_names(standard.hours.expression, known) & rules.facts.keys()
    rest = {"rest": "more"} if missing - first else {}
    unknown = tuple(
        Reason("fact", article, words={"fact": rules.facts[n].title, **rest}) for n in sorted(first)
    )
    if not unknown and has_slot(standard.hours.expression):
        unknown = (Reason("unfiled", article),)
    if calculator.gaps:
        keys = "、".join(dict.fromkeys(rules.keys[table.by].title for table in calculator.gaps))
        unknown = (*unknown, Reason("no_row", article, words={"fact": keys}))
        worth = _at_most(worth, _highest(standard, person, rules, calculator))
    return worth, unknown


def has_slot(expression: Expression) -> bool:
    """Whether some part of the expression is a slot that nobody has filled."""
    return isinstance(expression, Unfiled) or any(has_slot(part) for part in parts(expression))


def _shown(span: Range) -> str:
    return shown(span.low) if span.low == span.high else f"{shown(span.low)}～{shown(span.high)}"


def _highest(
    standard: Standard, person: Mapping[str, Given], rules: Rules, calculator: Calculator
) -> Rational | None:
    """What nobody has settled can be no more than the ceilings of its kind: beyond them nothing counts."""
    given = {**person, **parameters_of(rules, calculator)}
    ends = [as_range(calculator.value(c.hours, given)).high for c in rules.ceilings if standard.id in c.of]
    return min((end for end in ends if end is not None), default=None)


def _at_most(worth: Range, highest: Rational | None) -> Range:
    ends = [end for end in (worth.high, highest) if end is not None]
    return Range(worth.low, min(ends, default=None))
