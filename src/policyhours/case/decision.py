"""Decisions: what an office decided for a person and a year (article 10), as a case states it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from policyhours.case.model import Decision
from policyhours.language.number import contains
from policyhours.language.rules import Rules
from policyhours.language.words import child, number_at, shown, text_at
from policyhours.text.finding import Finding
from policyhours.text.nearest import hint
from policyhours.text.tree import Node, Scalar


def read_decision(node: Node, rules: Rules, faults: list[Finding]) -> Decision | None:
    """The decision that is stated, by the rules of its year; what is wrong with it is added to the faults.

    Returns:
        ``None`` where the policy knows no such remedy.
    """
    year = year_named(node)
    relief = rules.relief
    remedy: Literal["defer", "reduce"] = text_at(child(node, "remedy"))  # type: ignore[assignment]
    asked = child(node, "remedy")
    if relief is None or remedy not in relief.remedies:
        assert asked is not None
        faults.append(Finding("PH810", asked.place, {"found": remedy}))
        return None
    for key, labels in (("ground", relief.grounds), ("certified_by", relief.certifiers)):
        said = child(node, key)
        assert isinstance(said, Scalar)
        if said.raw not in labels and said.raw not in labels.values():
            offered = ("、".join(labels.values()), f"one of: {', '.join(labels)}")
            near = hint(said.raw, [*labels.values(), *labels], offered)
            faults.append(Finding("PH811", said.place, {"found": said.raw, **near}))
    until, hours = child(node, "until"), child(node, "required_hours")
    if isinstance(until, Scalar) and isinstance(until.value, int) and until.value <= year:
        faults.append(Finding("PH815", until.place, {"found": until.raw, "year": str(year)}))
    sets = relief.remedies[remedy].sets
    if isinstance(hours, Scalar) and sets is not None:
        faults += _out_of_bounds(hours, sets, rules)
    return Decision(
        year=year,
        remedy=remedy,
        until=until.value if isinstance(until, Scalar) and isinstance(until.value, int) else None,
        hours=number_at(hours),
    )


def _out_of_bounds(hours: Scalar, sets: str, rules: Rules) -> Iterator[Finding]:
    """Hours that a decision may not set a named value to."""
    bounds = rules.decidable[sets]
    number = number_at(hours)
    if number is None or not contains(bounds, number):
        words = {"found": hours.raw, "low": shown(bounds.low or 0), "high": shown(bounds.high)}
        yield Finding("PH816", hours.place, words)


def year_named(node: Node) -> int:
    """The year that a decision or a title review is about."""
    year = child(node, "year")
    assert isinstance(year, Scalar) and isinstance(year.value, int)
    return year.value
