"""By hand: the plan of a year as text, for whoever runs it in a database of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from policyhours.case.switching import check_switched
from policyhours.language.library import Library
from policyhours.language.reference import Reference
from policyhours.roster.plan.parted import Dialect
from policyhours.roster.plan.plan import plan_of
from policyhours.roster.plan.tables import tables_for
from policyhours.roster.plan.term import Beyond
from policyhours.roster.plan.told import told_sql
from policyhours.roster.policies import candidates, labels_of
from policyhours.roster.schemes import schemes_of
from policyhours.text.finding import Finding, Refused


def sql_by_hand(
    library: Library,
    ref: Reference,
    year: int,
    dialect: Dialect,
    as_of: date | None,
    readings: Mapping[str, str],
) -> str:
    """The plan of a year, commented by article, over every column that its policies know.

    Raises:
        Refused: where a policy or a reading is unknown, none is in force, or the plan can't hold the rules.
    """
    policies = candidates(ref, library, (year,), as_of)
    check_switched(readings, policies)
    industries = sorted({name for policy in policies for name in policy.header.industries})
    schemes = schemes_of(ref, library, year, industries, as_of=as_of, readings=dict(readings))
    rules = tuple(scheme.rules for scheme in schemes if scheme.rules is not None)
    if not rules:
        raise Refused((Finding("RO122", None, {"found": str(ref), "year": str(year)}),))
    try:
        plan = plan_of(schemes, tables_for(rules))
    except Beyond:
        raise Refused((Finding("RO123", None, {"found": str(ref)}),)) from None
    return told_sql(plan, dialect, (labels_of(rules, "zh"), labels_of(rules, "en")))
