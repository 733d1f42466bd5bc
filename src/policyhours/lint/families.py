"""Families: every rule of lint beyond what reading, resolving and evaluating refuse.

A rule yields findings with their places and never raises. What it finds in a file that was not given is left
out by `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from policyhours.desk.answer.evaluation import Evaluation
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.lint import (
    bounds,
    brought,
    cases,
    citing,
    days,
    formulas,
    ledger,
    limits,
    repeated,
    slots,
    tables,
    unused,
    versions,
)
from policyhours.lint.blanks import left_blank
from policyhours.lint.project import Project
from policyhours.text.finding import Finding

PolicyRule = Callable[[Policy, Library], Iterator[Finding]]
CaseRule = Callable[[Evaluation], Iterator[Finding]]
ProjectRule = Callable[[Project], Iterator[Finding]]

POLICY_RULES: Final[tuple[PolicyRule, ...]] = (
    left_blank,
    unused.unused_names,
    unused.unused_ways,
    unused.unused_subjects,
    unused.no_channel,
    unused.denied_leave,
    bounds.unsound_bounds,
    brought.misspelt_names,
    slots.open_slots,
    slots.idle_settings,
    formulas.unit_not_said,
    formulas.unit_against_title,
    formulas.negative_numbers,
    formulas.idle_arguments,
    formulas.never_recognised,
    tables.uncovered,
    tables.unreachable,
    tables.outside,
    tables.exclusive_conditions,
    tables.opposite_conditions,
    tables.beyond_ceiling,
    tables.falling,
    repeated.repeated_items,
    repeated.repeated_clauses,
    limits.never_binding,
    limits.over_nothing,
    limits.out_of_reach,
    versions.gaps,
    versions.overdue,
    versions.superseded_upper,
    versions.before_filing,
    versions.deadline_outside,
    days.impossible_years,
    ledger.without_structure,
    citing.no_such_upper_clause,
    citing.filing_cited_elsewhere,
    citing.upper_cited_as_own,
)
"""Rules about one resolved policy."""

CASE_RULES: Final[tuple[CaseRule, ...]] = (
    cases.failed_expectations,
    cases.facts_without_effect,
    cases.names_of_persons,
    cases.numbers_of_persons,
)
"""Rules about one evaluated case."""

PROJECT_RULES: Final[tuple[ProjectRule, ...]] = (cases.not_exercised,)
"""Rules about several files at once."""
