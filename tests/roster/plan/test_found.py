"""What plan and evaluator once disagreed on, case by case; each is judged alike now, or left to the evaluator."""

from __future__ import annotations

from datetime import date

import pytest
from at_random import Roster
from engines import DuckDB
from test_same_answers import GENERAL, agree

from helpers import LIBRARY
from policyhours.language.reference import parse_reference
from policyhours.roster.person import Person, Row
from policyhours.roster.schemes import schemes_of

COURSE = {"kind": "public_course", "assessment": "passed"}
DEGREE = {"kind": "degree", "degree": "master", "obtained": True}
WHAT = {
    "what nobody has filed a value for, on one matter with a book": (
        "xinjiang@2023.1", 2025, [{"kind": "book", "event": "e"}, {"kind": "qualification_exam", "event": "e"}],
    ),
    "a degree on one matter with a course, where something is not stated": (
        "xinjiang@2023.1", 2025,
        [{**COURSE, "days": 3, "event": "e"}, {**DEGREE, "event": "e"}, {"kind": "research_project", "concluded": True}],
    ),
    "a degree after the policy has ended completes no year": (
        GENERAL, 2027, [{**DEGREE, "date": date(2028, 12, 30)}, {"kind": "further_study", "hours": 30}],
    ),
    "something worth nothing, of another subject, on one matter with a course, where something is pending": (
        "xinjiang/accounting@2023.1", 2025,
        [{**COURSE, "hours": 8, "event": "e"}, {"kind": "further_study", "days": 0, "event": "e"},
         {**DEGREE, "status": "pending"}],
    ),
    "a matter that may have counted under the upper text before the filing began": (
        "examples/agriculture@2024.1", 2026,
        [{**COURSE, "hours": 90, "event": "e"},
         {"kind": "intellectual_property", "date": date(2024, 2, 1), "ip_type": "variety", "signatory": 32, "event": "e"}],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ref", "year", "activities"), WHAT.values(), ids=WHAT)
def test_plan_and_evaluator_agree(ref: str, year: int, activities: list[Row]) -> None:
    schemes = schemes_of(parse_reference(ref), LIBRARY, year, [])
    rows = [{"id": f"a{n}", "date": date(year, 3, 1 + n), **row} for n, row in enumerate(activities)]
    people = [Person("p", {"in_scope": "yes", "title_level": "junior"}, rows)]
    agree(DuckDB(), schemes, Roster(people, [s.rules for s in schemes if s.rules is not None], {}))
