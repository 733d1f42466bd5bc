"""Rosters at random: people who state much or little, rightly or wrongly, and often exactly at a limit."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from policyhours.language.calculator import Calculator
from policyhours.language.pattern import OneOf
from policyhours.language.rules import Fact, Rules, Standard
from policyhours.roster.person import Person, Row
from policyhours.roster.plan.tables import Stored, Tables, tables_for
from policyhours.roster.schemes import Scheme

TIMES = ("days", "minutes", "hours")
TENTH = Fraction(1, 10)
BASES: Mapping[str, Row] = {
    "b1": {"level": "national", "authorised_from": date(2020, 1, 1), "authorised_until": date(2030, 12, 31)},
    "b2": {"level": "region", "authorised_from": date(2022, 1, 1), "authorised_until": date(2024, 6, 30)},
    "b3": {"level": "prefecture", "authorised_from": date(2020, 1, 1), "revoked_on": date(2025, 7, 1)},
    "b4": {"authorised_until": date(2024, 12, 31), "revoked_on": date(2025, 3, 1)},
    "b5": {},
}  # fmt: skip


@dataclass(frozen=True)
class Roster:
    """People with what the tables hold of them."""

    people: Sequence[Person]
    rules: Sequence[Rules]
    bases: Mapping[str, Row]

    def without_decisions(self) -> Roster:
        return replace(self, people=[replace(someone, decisions=()) for someone in self.people])

    def stored(self, *, whole: bool = False) -> tuple[Tables, dict[str, list[dict[str, object]]]]:
        """The tables that intake would make: columns in which something is stated, numbers in steps.

        As a `whole` they have every table and column that there may be.
        """
        rows: dict[str, list[dict[str, object]]] = {
            "persons": [{"id": p.id, **p.facts} for p in self.people],
            "activities": [{"person": p.id, **row} for p in self.people for row in p.activities],
            "decisions": [{"person": p.id, **row} for p in self.people for row in p.decisions],
            "bases": [{"id": name, **row} for name, row in self.bases.items()],
        }
        tables = {
            table: {
                name: column for name, column in columns.items() if any(name in row for row in rows[table])
            }
            for table, columns in tables_for(self.rules).items()
            if rows[table]
        }
        if whole:
            tables = dict(tables_for(self.rules))
        elif "bases" in tables:
            tables["bases"] = tables_for(self.rules)["bases"]
        data = {
            table: [
                {name: _cell(row.get(name), column) for name, column in columns.items()}
                for row in rows[table]
            ]
            for table, columns in tables.items()
        }
        return tables, data


def roster(schemes: Sequence[Scheme], size: int, seed: int) -> Roster:
    """So many people of the schemes of one year."""
    rng = random.Random(seed)
    ruled = [scheme for scheme in schemes if scheme.rules is not None]
    people = [_person(rng, rng.choice(ruled), f"p{number:04}") for number in range(size)]
    return Roster(people, [s.rules for s in ruled if s.rules is not None], BASES)


def _person(rng: random.Random, scheme: Scheme, name: str) -> Person:
    rules = scheme.rules
    assert rules is not None
    careful = rng.random() < 0.5
    facts: dict[str, object] = {"in_scope": rng.choice(["yes"] * 9 + ["no", "unknown", None])}
    for fact in rules.facts.values():
        if (
            fact.of == "person"
            and fact.kind in ("choice", "boolean")
            and fact.id != "in_scope"
            and rng.random() < 0.7
        ):
            facts[fact.id] = rng.choice([*fact.options] or [True, False])
    industries = [*scheme.industries] or ["其他行业", None]
    facts["industry"] = rng.choice(industries)
    stated = {n: f for n, f in facts.items() if f is not None and n in {*rules.facts, "industry"}}
    rows: list[Row] = []
    for _ in range(rng.randint(0, 7)):
        rows += _activities(rng, scheme, rules, careful)
    numbered = [{"id": f"a{number}", **row} for number, row in enumerate(rows)]
    decisions = [*_decisions(rng, rules, scheme.year)] if rng.random() < 0.08 else []
    return Person(name, stated, numbered, decisions)


def _decisions(rng: random.Random, rules: Rules, year: int) -> Iterator[Row]:
    if rules.relief is None:
        return
    of = year + rng.choice([-1, 0, 0, 1])
    if rng.random() < 0.5:
        yield {"year": of, "remedy": "defer", "until": of + rng.choice([1, 2])}
    else:
        yield {"year": of, "remedy": "reduce", "required_hours": rng.choice([0, 45, 60])}


def _activities(rng: random.Random, scheme: Scheme, rules: Rules, careful: bool) -> Iterator[Row]:
    """One activity, or two that together come exactly to a ceiling, or on one matter."""
    row = _activity(rng, scheme, rules, careful)
    standard, chance = rules.standards[str(row["kind"])], rng.random()
    ceilings = [c.hours for c in rules.ceilings if c.of == {standard.id} and not c.hours.needs]
    most = Calculator().value(ceilings[0], {}) if ceilings else None
    if "hours" in row and isinstance(most, int) and chance < 0.4:
        first = rng.choice([most, Fraction(most, 2), most - TENTH])
        yield {**row, "hours": first}
        if rng.random() < 0.7:
            yield {**_on(rng, scheme, row), "hours": most - first + rng.choice([0, 0, TENTH])}
    elif chance < 0.1:
        matter = rng.choice(rules.identities.get(standard.id) or ((),))
        told = {name: "z" for name in matter if name not in ("kind", "date")}
        yield {**row, **told}
        yield {
            **(_activity(rng, scheme, rules, careful) if rng.random() < 0.3 else _on(rng, scheme, row)),
            **told,
        }
    else:
        yield row


def _on(rng: random.Random, scheme: Scheme, row: Row) -> Row:
    """The same activity on another day."""
    return {**row, "date": _day(rng, scheme.year)}


def _day(rng: random.Random, year: int) -> date:
    own = rng.choice([year] * 8 + [year - 2, year - 1, year + 1, year + 2, year + 3])
    return date(own, 1, 1) + timedelta(rng.choice([0, 30, 31, 364, rng.randint(0, 364)]))


def _activity(rng: random.Random, scheme: Scheme, rules: Rules, careful: bool) -> Row:
    standard = rules.standards[rng.choice(list(rules.standards))]
    row: dict[str, object] = {"kind": standard.id, "date": _day(rng, scheme.year)}
    for name, values in {
        "status": ["registered"] * 8 + (["registered"] if careful else ["pending", "void", None]),
        "evidence": ["complete"] * 9 + (["complete"] if careful else ["missing", None]),
    }.items():
        if (value := rng.choice(values)) is not None:
            row[name] = value
    wanted = _wanted(standard)
    for fact in (fact for fact in rules.facts.values() if fact.of == "activity"):
        said = rng.random()
        if fact.kind == "identity":
            if said < 0.1:
                row[fact.id] = rng.choice("xy")
        elif fact.id in {*standard.reads} - {*TIMES} and said < (0.96 if fact.attested is None else 0.07):
            row[fact.id] = _stated(rng, fact)
            if fact.id in wanted and rng.random() < (0.97 if careful else 0.6):
                row[fact.id] = rng.choice(wanted[fact.id])
    if standard.amounts:
        row |= _time(rng)
    if rules.bases is not None and rng.random() < 0.12:
        row["recognised_by"] = rng.choice(list(BASES))
        if rng.random() < 0.8:
            row["recognised_on"] = date(
                rng.choice([2024, 2025]), rng.choice([1, 3, 6, 7, 12]), rng.choice([1, 30])
            )
    return row


def _wanted(standard: Standard) -> dict[str, list[object]]:
    """What the conditions ask for."""
    return {
        name: sorted(pattern.values, key=str)
        for condition in standard.requires
        for name, pattern in condition.patterns
        if isinstance(pattern, OneOf)
    }


def _time(rng: random.Random) -> dict[str, object]:
    if rng.random() < 0.5:
        return {"hours": Fraction(rng.choice([5, 15, 80, 200, 300, 305, 600, 900]), 10)}
    days: dict[str, object] = {"days": rng.choice([0, 1, 2, 3, 5])}
    return days | ({"minutes": rng.choice([45, 90, 60, 100, 7])} if rng.random() < 0.5 else {})


def _stated(rng: random.Random, fact: Fact) -> object:
    if fact.kind == "choice":
        return rng.choice(list(fact.options))
    if fact.kind == "boolean":
        return rng.random() < 0.9
    low, high = fact.at_least, fact.at_most
    assert low is not None and high is not None
    step = Fraction(fact.step or 1)
    most = min(Fraction(high), low + rng.choice([3, 20, 20000]) * step)
    value = low + step * rng.randint(0, int((most - low) / step))
    return int(value) if value.denominator == 1 else value


def _cell(value: object, column: Stored) -> object:
    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return value
    # What has no step is stored as its exact text; the plan never reads it.
    return int(value / column.step) if column.step is not None else str(value)
