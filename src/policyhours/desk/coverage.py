"""Coverage: which standards and table rows the cases of a policy exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policyhours.case.model import Case
from policyhours.desk.phrase import pattern_phrase
from policyhours.language.calculator import Calculator, quantity
from policyhours.language.expression import Expression, Table, parts
from policyhours.language.pattern import Given, fits
from policyhours.language.rules import Rules
from policyhours.language.unit import ANY


def places(rules: Rules) -> list[str]:
    """Everything that a case can exercise: each standard, and each row of its table."""
    found = []
    for standard in rules.standards.values():
        found.append(standard.title)
        if standard.hours is not None:
            found += [f"{standard.title}：{row}" for row in _rows(standard.hours.expression, rules, None)]
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
                rows = _rows(standard.hours.expression, rules, stated)
                found |= {f"{standard.title}：{row}" for row in rows}
    return found


def _rows(expression: Expression, rules: Rules, facts: Mapping[str, Given] | None) -> Iterator[str]:
    """The rows of the tables in an expression; with facts, those that the facts reach."""
    if not isinstance(expression, Table):
        for part in parts(expression):
            yield from _rows(part, rules, facts)
        return
    fact = rules.keys[expression.by]
    found = None if facts is None else _key(expression, rules, facts)
    for row in expression.rows:
        if facts is not None and (found is None or not fits(row.key, found)):
            continue
        label = f"{fact.title}{pattern_phrase(row.key, fact)}"
        inner = list(_rows(row.worth, rules, facts))
        if inner:
            yield from (f"{label}，{text}" for text in inner)
        else:
            yield label


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
