"""Fitting facts: on which facts of the upper text an industry's value for a standard may well depend.

A hint for people who fill in a draft, no rule: a table may go by any fact. A fact fits a standard that speaks
of it without pinning it to one option. A fact that no standard speaks of is there for industries: it fits the
standard that speaks of what is declared next behind it, and those that tell their matters apart alike.
"""

from __future__ import annotations

from policyhours.language.pattern import OneOf
from policyhours.language.policy import Policy
from policyhours.language.rules import Fact, Rules, Standard
from policyhours.language.words import child, entries_at, texts_at


def fitting_facts(policy: Policy, rules: Rules, kind: str) -> list[Fact]:
    """The facts that fit the standard `kind`, in their order of declaration."""
    standard = rules.standards[kind]
    pinned = _pinned(standard)
    found = []
    for name, fact in rules.facts.items():
        offered = fact.of == "activity" and fact.attested is None and fact.kind not in ("identity", "text")
        fits = name in standard.mentions or kind in _free_for(policy, rules).get(name, ())
        if offered and fits and name not in pinned:
            found.append(fact)
    return found


def _pinned(standard: Standard) -> set[str]:
    """The facts that may be one thing only, for the activity to count at all."""
    patterns = (pair for condition in standard.requires for pair in condition.patterns)
    return {name for name, pattern in patterns if isinstance(pattern, OneOf) and len(pattern.values) == 1}


def _free_for(policy: Policy, rules: Rules) -> dict[str, tuple[str, ...]]:
    """For each fact that no standard speaks of, the standards that it fits."""
    speaking = {
        name: tuple(s.id for s in rules.standards.values() if name in s.mentions or name in s.matters)
        for name in rules.facts
    }
    found: dict[str, tuple[str, ...]] = {}
    behind: tuple[str, ...] = ()
    for name in reversed(tuple(rules.facts)):
        if speaking[name]:
            behind = speaking[name]
        else:
            found[name] = _alike(policy, behind)
    return found


def _alike(policy: Policy, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The standards, and those that tell their matters apart by the same facts."""
    own = {e.key: texts_at(child(e.value, "once_per")) for e in entries_at(policy.tree.get("standards"))}
    shared = {own[kind] for kind in kinds if own.get(kind)}
    return tuple(kind for kind, identity in own.items() if kind in kinds or identity in shared)
