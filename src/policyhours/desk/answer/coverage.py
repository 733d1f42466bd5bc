"""Coverage: which standards and table rows the cases of a policy exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policyhours.case.model import Case
from policyhours.desk.sentences.phrase import pattern_phrase
from policyhours.language.calculator import Calculator, quantity
from policyhours.language.expression import Expression, Table, parts
from policyhours.language.pattern import Anything, Given, OneOf, Pattern, Unknown, fits
from policyhours.language.rules import Fact, Rules
from policyhours.language.unit import ANY
from policyhours.language.vocabulary import overlap


def places(rules: Rules) -> list[str]:
    """Everything that a case can exercise: each standard, and each row of its table."""
    found = []
    for standard in rules.standards.values():
        found.append(standard.title)
        if standard.hours is not None:
            rows = _rows(standard.hours.expression, rules, None, {})
            found += [f"{standard.title}：{row}" for row in rows]
    return list(dict.fromkeys(found))


def exercised(cases: Iterable[Case], rules: Rules) -> set[str]:
    """The places that some activity of the cases reaches."""
    found: set[str] = set()
    for case in cases:
        for activity in case.activities:
            standard = rules.standards.get(activity.kind)
            if standard is None:
                continue
            found.add(standard.title)
            if standard.hours is not None:
                stated = {**case.person_in(activity.year), "year": activity.year, **activity.facts}
                rows = _rows(standard.hours.expression, rules, stated, {})
                found |= {f"{standard.title}：{row}" for row in rows}
    return found


def _rows(
    expression: Expression,
    rules: Rules,
    facts: Mapping[str, Given] | None,
    within: Mapping[str, tuple[Pattern, ...]],
) -> Iterator[str]:
    """The rows of the tables in an expression; with facts, those that the facts reach.

    Args:
        expression: the value of a standard, or a part of it.
        rules: its policy.
        facts: what an activity states; ``None`` for every row that there is.
        within: the keys of the rows in which the expression stands, by what their tables go by: a row that
            they rule out can never be reached, and is none.
    """
    if not isinstance(expression, Table):
        for part in parts(expression):
            yield from _rows(part, rules, facts, within)
        return
    fact = rules.keys[expression.by]
    found = None if facts is None else _key(expression, rules, facts)
    for row in expression.rows:
        if facts is not None and (found is None or not fits(row.key, found)):
            continue
        outer, held = within.get(expression.by, ()), _held(row.key, expression, fact)
        if not all(overlap(held, key, fact) for key in outer if not isinstance(held, Anything)):
            continue
        label = f"{fact.title}：{pattern_phrase(row.key, fact)}"
        inside = within if isinstance(held, Anything) else {**within, expression.by: (*outer, held)}
        inner = list(_rows(row.worth, rules, facts, inside))
        if inner:
            yield from (f"{label}，{text}" for text in inner)
        else:
            yield label


def _held(key: Pattern, table: Table, fact: Fact) -> Pattern:
    """What a key holds for: ``any`` for the options that no other row has, where they can be told."""
    options = fact.domain()
    if not isinstance(key, Anything) or not isinstance(options, Unknown) or options.options is None:
        return key
    others = [row.key for row in table.rows if row.key != key]
    return OneOf(frozenset(o for o in options.options if not any(fits(other, o) for other in others)))


def _key(table: Table, rules: Rules, facts: Mapping[str, Given]) -> Given | None:
    """What the table goes by comes to; ``None`` where a fact is not stated."""
    if table.measure is None:
        return facts.get(table.by)
    measure = quantity(table.measure, table.measure, ANY)
    known = {name: fact.domain() for name, fact in rules.facts.items()} | dict(facts)
    known |= {name: 0 for name in _amounts(rules) if name not in facts}
    return Calculator().value(measure, known)


def _amounts(rules: Rules) -> set[str]:
    return {name for standard in rules.standards.values() for name in standard.amounts}
