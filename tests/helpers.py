"""Cases as mappings, evaluated against the repository's policies."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from policyhours.case.read import read_draft
from policyhours.case.written import as_source
from policyhours.desk.answer.evaluation import Evaluation, evaluate
from policyhours.language.library import Library
from policyhours.text.reader import read_document

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Library([ROOT / "policies"])


def run(case: Mapping[str, Any], *, library: Library = LIBRARY, try_readings: bool = False) -> Evaluation:
    """Evaluate a case that is written as a mapping."""
    return evaluate(read_draft(read_document(as_source(case))), library, try_readings=try_readings)


def case(
    *activities: Mapping[str, Any], policy: str = "examples/general@2023.1", **more: Any
) -> dict[str, Any]:
    """A case of these activities, ids and dates filled in."""
    stated = [
        {"id": f"a{i}", "date": f"2025-03-{i + 1:02}", **activity} for i, activity in enumerate(activities)
    ]
    person = {"id": "p-1", "title_level": "intermediate"}
    return {"case": "t", "policy": policy, "person": person, "activities": stated, **more}


def trial_head(policy: str = "trial", status: str = "draft", in_force: str = "{from: 2023-02-01}") -> str:
    """The head of a filing of the province's text, as a file begins; its rules are to follow."""
    return f"""\
policy: {policy}
version: "2023.1"
title: 试行细则
document: 试〔2023〕1号
authority: industry
implements: xinjiang@2023.1
issuers: [试行部门]
status: {status}
in_force: {in_force}
"""


def exact(value: object) -> Fraction:
    return Fraction(str(value))
