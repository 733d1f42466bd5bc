"""One row, read carefully again: against the rules of the very person whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from policyhours.case.read import time_lacking
from policyhours.language.number import contains
from policyhours.language.pattern import Given, Unknown
from policyhours.language.rules import Fact, Relief, Rules
from policyhours.language.words import shown
from policyhours.roster.intake.cells import read_cell
from policyhours.roster.intake.columns import Column, Table, Value
from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.vocabulary import vocabulary

_ASKED: Final = {"defer": "until", "reduce": "required_hours"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row without fault.

    Attributes:
        values: what it states, by canonical column; empty cells are absent.
        unused: the columns that it fills in and the person's rules do not know; they have no effect.
    """

    values: Mapping[str, Value]
    unused: tuple[str, ...]


def read_row(
    table: Table, raw: Mapping[str, object], heads: Mapping[str, str], rules: Rules
) -> Row | list[Fault]:
    """What a row states under these rules, or everything that is wrong with it.

    Args:
        table: the table that it is a row of.
        raw: the row as it stands in the raw relation, by the source's own columns.
        heads: canonical column → the source's own column.
        rules: the rules of the person whom it concerns.
    """
    columns = own_columns(table, rules)
    values: dict[str, Value] = {}
    faults: list[Fault] = []
    for column in columns.values():
        if column.id not in heads:
            continue
        read = read_cell(raw.get(heads[column.id]), column)
        if isinstance(read, Fault):
            faults.append(read)
        elif read is not None:
            values[column.id] = read
        elif column.needed:
            faults.append(Fault("RO305", {"fact": column.title}, column.id))
    faults += together(table, values, rules, sound=not faults)
    if faults:
        return faults
    known = {heads[id_] for id_ in columns if id_ in heads}
    more = {id_ for id_, head in heads.items() if head not in known and raw.get(head) not in (None, "")}
    return Row(values, tuple(sorted(more)))


def together(table: Table, values: Mapping[str, Value], rules: Rules, *, sound: bool = True) -> list[Fault]:
    """What is wrong with values that fit their columns one by one.

    Args:
        table: the table whose row states them.
        values: by canonical column.
        rules: the rules of the person whom the row concerns.
        sound: whether every cell could be read.
    """
    if table == "activities":
        return [*_of_activity(values, rules, sound)]
    if table == "decisions" and sound:
        return [*_of_decision(values, own_columns(table, rules), rules)]
    return []


def given(fact: Fact, value: Value) -> Given:
    """What is known of a fact whose value a row states: a choice may be stated as unknown."""
    assert not isinstance(value, date)
    if fact.kind == "choice" and value == "unknown":
        return Unknown(frozenset(fact.options) - {"unknown"})
    return value


@lru_cache(maxsize=64)
def own_columns(table: Table, rules: Rules) -> Mapping[str, Column]:
    """What may stand in a table under one set of rules."""
    return vocabulary((rules,)).tables[table]


def _of_activity(values: Mapping[str, Value], rules: Rules, sound: bool) -> Iterator[Fault]:
    """What the cells of an activity cannot say together."""
    for name in values:
        fact = rules.facts.get(name)
        for other in fact.instead_of if fact is not None else ():
            if other in values and fact is not None:
                words = {"first": rules.facts[other].title, "second": fact.title}
                yield Fault("PH807", words, name)
    start, day = values.get("from"), values.get("date")
    if isinstance(start, date) and isinstance(day, date) and start > day:
        yield Fault("PH814", {"found": start.isoformat(), "expected": day.isoformat()}, "from")
    if "recognised_on" in values and "recognised_by" not in values:
        yield Fault("RO309", {}, "recognised_on")
    if sound and isinstance(day, date):
        yield from _without_time(values, day, rules)


def _without_time(values: Mapping[str, Value], day: date, rules: Rules) -> Iterator[Fault]:
    """An activity whose time matters and is not stated."""
    standard = rules.standards[str(values["kind"])]
    facts: dict[str, Given] = {
        name: given(rules.facts[name], value)
        for name, value in values.items()
        if name in rules.facts and rules.facts[name].of == "activity"
    }
    if "month" in rules.facts:
        facts["month"] = day.month
    if lacking := time_lacking(standard, facts, rules):
        titles = [rules.facts[name].title for name in sorted(lacking)]
        words = {"found": str(values.get("id", values["person"])), "kind": standard.title}
        yield Fault("PH808", words | {"expected": "、".join(titles), "expected_en": ", ".join(titles)})


def _of_decision(values: Mapping[str, Value], columns: Mapping[str, Column], rules: Rules) -> Iterator[Fault]:
    """What the cells of a decision cannot say together."""
    remedy, year = str(values["remedy"]), values["year"]
    if rules.relief is None or remedy not in rules.relief.remedies:
        yield Fault("PH810", {"found": columns["remedy"].options.get(remedy, remedy)}, "remedy")
        return
    asked = _ASKED[remedy]
    if asked not in values:
        words = {"found": columns["remedy"].options[remedy], "found_en": remedy, "fact": columns[asked].title}
        yield Fault("RO306", words, asked)
        return
    if remedy == "defer" and int(str(values["until"])) <= int(str(year)):
        yield Fault("PH815", {"found": str(values["until"]), "year": str(year)}, "until")
    if remedy == "reduce":
        yield from _reduced(values["required_hours"], rules.relief, rules)


def _reduced(hours: Value, relief: Relief, rules: Rules) -> Iterator[Fault]:
    sets = relief.remedies["reduce"].sets
    if sets is None or isinstance(hours, str | bool | date):
        return
    bounds = rules.decidable[sets]
    if not contains(bounds, hours):
        words = {"found": shown(hours), "low": shown(bounds.low or 0), "high": shown(bounds.high)}
        yield Fault("PH816", words, "required_hours")
