"""Official is only what rests on filed texts alone, the one that the case names among them."""

from __future__ import annotations

import pytest

from helpers import case, run
from policyhours.desk.answer.picture import picture
from policyhours.desk.answer.record import record

EXAM = {"kind": "qualification_exam", "subjects_passed": 1}


@pytest.mark.parametrize("policy", ["examples/health@2024.1", "examples/health"])
def test_a_case_under_a_filing_that_is_not_filed_is_a_trial_even_where_only_the_province_took_part(policy):
    found = run(case({**EXAM, "date": "2023-12-31"}, policy=policy))
    data = record(found)
    assert not data["official"]
    assert data["why_not_official"] == ["examples/health@2024.1 是示例", "没有规则可以评定这些年度"]
    assert "examples/health@2024.1" in data["receipt"]["policies"]
    assert "[试算]" in picture(found)


def test_what_could_not_be_assessed_in_any_year_is_a_trial():
    found = run(case({**EXAM, "date": "2022-05-01"}, policy="xinjiang@2023.1"))
    data = record(found)
    assert not data["official"]
    assert data["why_not_official"] == ["没有规则可以评定这些年度"]
    assert list(data["receipt"]["policies"]) == ["xinjiang@2023.1"]


@pytest.mark.parametrize("policy", ["xinjiang@2023.1", "xinjiang"])
def test_filed_texts_alone_are_official_and_no_other_text_stands_in_the_receipt(policy):
    data = record(run(case({**EXAM, "date": "2025-05-01"}, policy=policy)))
    assert data["official"]
    assert list(data["receipt"]["policies"]) == ["xinjiang@2023.1"]


def test_one_year_that_could_not_be_assessed_takes_nothing_from_the_other():
    years = ({**EXAM, "date": "2022-05-01"}, {**EXAM, "date": "2025-05-01"})
    assert record(run(case(*years, policy="xinjiang@2023.1")))["official"]
