"""Which policy governs a year, and under which an activity is appraised."""

from __future__ import annotations

import pytest

from helpers import case, run
from policyhours.text.finding import Refused
from versions import PAPER_CEILING, filing, library, province

PAPER = {"kind": "paper", "authorship": "sole"}
CLASS = {"kind": "training", "hours": 30, "assessment": "passed"}


def year(found, number: int = 2025):
    return found.result.years[number]


def hours(found, activity: str, number: int = 2025) -> tuple[str, str]:
    item = next(a for a in year(found, number).activities if a.id == activity)
    return item.outcome, f"{item.hours.low}..{item.hours.high}"


# ── versions ──


def test_each_year_has_the_version_in_force_on_its_last_day_and_names_it(tmp_path):
    revision = province(
        "2025.1", starts="2025-07-01", supersedes="xinjiang@2023.1",
        edits={PAPER_CEILING: PAPER_CEILING.replace("20", "10")},
    )  # fmt: skip
    books = library(tmp_path, province(), revision)
    found = run(
        case({**CLASS, "date": "2024-03-01"}, {**CLASS, "date": "2025-03-01"}, policy="xinjiang"),
        library=books,
    )
    assert year(found, 2024).policy == "xinjiang@2023.1"
    assert year(found).policy == "xinjiang@2025.1"
    # the older version was in force on that day: the activity has a basis
    assert hours(found, "a1") == ("counted", "30..30")


def test_a_pinned_version_governs_though_superseded_and_has_its_own_dates(tmp_path):
    revision = province("2025.1", starts="2025-07-01", supersedes="xinjiang@2023.1")
    books = library(tmp_path, province(), revision)
    old = run(case({**CLASS, "date": "2025-08-01"}, policy="xinjiang@2023.1"), library=books)
    assert year(old).policy == "xinjiang@2023.1"
    new = run(case({**CLASS, "date": "2025-03-01"}, policy="xinjiang@2025.1"), library=books)
    assert year(new).policy == "xinjiang@2025.1"
    assert hours(new, "a0")[0] == "no_basis"


def test_a_correction_governs_every_year_of_the_law(tmp_path):
    corrected = province("2023.2", supersedes="xinjiang@2023.1")
    books = library(tmp_path, province(), corrected)
    found = run(case({**CLASS, "date": "2023-03-01"}, policy="xinjiang"), library=books)
    assert year(found, 2023).policy == "xinjiang@2023.2"


def test_two_versions_in_force_on_the_last_day_refuse_the_case(tmp_path):
    books = library(tmp_path, province(), province("2024.1", starts="2024-01-01"))
    with pytest.raises(Refused) as caught:
        run(case({**CLASS, "date": "2025-03-01"}, policy="xinjiang"), library=books)
    assert [finding.code for finding in caught.value.findings] == ["PH334"]


def test_a_gap_between_versions_leaves_its_year_without_a_policy(tmp_path):
    books = library(tmp_path, province("2023.1", ends="2023-12-31"), province("2025.1", starts="2025-01-01"))
    found = run(
        case({**CLASS, "date": "2024-03-01"}, {**CLASS, "date": "2025-03-01"}, policy="xinjiang"),
        library=books,
    )
    assert year(found, 2024).verdict == "not_assessable"
    assert hours(found, "a1") == ("counted", "30..30")


def test_what_is_in_force_in_other_years_has_no_part_in_the_result(tmp_path):
    one = case({**CLASS, "date": "2024-03-01"}, policy="xinjiang")
    before = run(one, library=library(tmp_path / "a", province()))
    later = province(
        "2026.1", starts="2026-01-01", supersedes="xinjiang@2023.1", edits={"status: filed": "status: draft"}
    )
    after = run(one, library=library(tmp_path / "b", province(), later))
    assert before.to_dict() == after.to_dict()


# ── a filing that begins within the year ──


@pytest.mark.parametrize("policy", ["trade", "trade@2025.1"])
def test_before_its_own_day_a_filings_slots_are_open(tmp_path, policy):
    books = library(tmp_path, province(), filing(starts="2025-07-01"))
    activities = [
        {**PAPER, "date": "2025-03-01", "work": "W1"},
        {**PAPER, "date": "2025-09-01", "work": "W2"},
    ]
    found = run(
        case(*activities, {**CLASS, "date": "2025-03-01"}, policy=policy), library=books, try_readings=True
    )
    assert year(found).policy == "trade@2025.1"
    by_id = {a.id: a for a in year(found).activities}
    early, late = by_id["a0"], by_id["a1"]
    assert (str(early.claimed.low), str(early.claimed.high)) == ("0", "20")
    assert [reason.code for reason in early.unknown] == ["unfiled"]
    assert str(late.claimed.low) == "20"
    assert hours(found, "a2") == ("counted", "30..30")


def test_a_filing_may_apply_to_all_of_the_year(tmp_path):
    books = library(tmp_path, province(), filing(starts="2025-07-01", header="applies_from: year"))
    found = run(case({**PAPER, "date": "2025-03-01"}, policy="trade"), library=books)
    assert hours(found, "a0") == ("counted", "20..20")
    own = library(tmp_path / "b", province(), filing(starts="2025-07-01", header="applies_from: own_day"))
    assert (
        hours(run(case({**PAPER, "date": "2025-03-01"}, policy="trade"), library=own), "a0")[0] == "uncertain"
    )


def test_the_years_ceilings_and_requirements_are_the_filings(tmp_path):
    tightened = filing(
        starts="2025-07-01",
        edits={
            "sets:\n": "sets:\n  professional_share: {is: 3/4, article: 细则第二条}\n  practice.ceiling: {hours: 10, per: year, article: 细则第三条}\n"
        },
    )
    books = library(tmp_path, province(), tightened)
    found = run(case({"kind": "practice", "days": 3, "date": "2025-03-01"}, policy="trade"), library=books)
    assert hours(found, "a0") == ("partly_counted", "10..10")
    assert [str(r.required.low) for r in year(found).requirements] == ["90", "135/2"]


def test_before_the_upper_text_nothing_has_a_basis(tmp_path):
    books = library(tmp_path, province(), filing(starts="2023-07-01"))
    found = run(
        case({**CLASS, "date": "2023-01-15"}, {**CLASS, "date": "2023-03-15"}, policy="trade"), library=books
    )
    assert hours(found, "a0", 2023)[0] == "no_basis"
    assert hours(found, "a1", 2023)[0] == "counted"


@pytest.mark.parametrize("policy", ["trade", "trade@2026.1"])
def test_before_a_revised_filing_the_earlier_one_holds(tmp_path, policy):
    first = filing(starts="2025-01-01")
    revised = filing(
        version="2026.1", starts="2026-07-01", supersedes="trade@2025.1", edits={"{sole: 20, ": "{sole: 12, "}
    )
    books = library(tmp_path, province(), first, revised)
    activities = [
        {**PAPER, "date": "2026-03-01", "work": "W1"},
        {**PAPER, "date": "2026-09-01", "work": "W2"},
    ]
    found = run(case(*activities, policy=policy), library=books)
    assert [str(a.claimed.low) for a in year(found, 2026).activities] == ["20", "12"]
    assert set(found.to_dict()["receipt"]["policies"]) == {"trade@2025.1", "trade@2026.1", "xinjiang@2023.1"}


def test_an_earlier_filing_that_is_a_draft_keeps_the_result_a_trial(tmp_path):
    filed = {"status: illustrative": "status: filed"}
    first = filing(starts="2025-01-01", edits={"status: illustrative": "status: draft"})
    revised = filing(version="2026.1", starts="2026-07-01", supersedes="trade@2025.1", edits=filed)
    books = library(tmp_path, province(), first, revised)
    early = run(case({**PAPER, "date": "2026-03-01"}, policy="trade"), library=books).to_dict()
    late = run(case({**PAPER, "date": "2026-09-01"}, policy="trade"), library=books).to_dict()
    assert (early["official"], late["official"]) == (False, True)


def test_facts_that_only_the_filing_knows_are_not_read_before_its_day(tmp_path):
    own = filing(
        starts="2025-07-01",
        edits={
            "facts:\n": "facts:\n  journal: {title: 期刊等级, one_of: {core: 核心期刊, other: 其他期刊}}\n",
            "paper.hours: {by: [authorship, author_order], values: {sole: 20, joint: {1: 15, 2..: 5}}": "paper.hours: {by: journal, values: {core: 20, other: 5}",
        },
    )
    books = library(tmp_path, province(), own)
    activities = [
        {"kind": "paper", "journal": "core", "date": "2025-03-01", "work": "W1"},
        {"kind": "paper", "期刊等级": "其他期刊", "date": "2025-09-01", "work": "W2"},
        {"kind": "intellectual_property", "ip_type": "软件著作权", "date": "2025-03-02"},
    ]
    found = run(case(*activities, policy="trade"), library=books, try_readings=True)
    by_id = {a.id: a for a in year(found).activities}
    assert str(by_id["a0"].claimed.high) == "20"
    assert str(by_id["a1"].claimed.low) == "5"
    assert by_id["a2"].outcome == "uncertain"


def test_one_matter_counts_once_across_the_filings_first_day(tmp_path):
    books = library(tmp_path, province(), filing(starts="2025-07-01"))
    lesson = {"kind": "training", "hours": 20, "assessment": "passed", "event": "E1"}
    found = run(
        case({**lesson, "date": "2025-03-01"}, {**lesson, "date": "2025-09-01"}, policy="trade"),
        library=books,
    )
    assert str(year(found).total.high) == "20"


def test_an_activity_after_the_filing_has_ended_is_under_the_upper_text(tmp_path):
    books = library(tmp_path, province(), filing(starts="2023-07-01", ends="2025-06-30"))
    found = run(
        case({**PAPER, "date": "2024-03-01"}, {**CLASS, "date": "2025-09-01"}, policy="trade"), library=books
    )
    assert year(found, 2024).policy == "trade@2025.1"
    assert year(found, 2025).verdict == "not_assessable"


def test_the_version_of_a_day_can_be_asked_for(tmp_path):
    from datetime import date

    from policyhours.case.read import read_draft
    from policyhours.case.settle import settle
    from policyhours.case.written import as_source
    from policyhours.text.reader import read_document

    revision = province("2025.1", starts="2025-07-01", supersedes="xinjiang@2023.1")
    books = library(tmp_path, province(), revision)
    draft = read_draft(read_document(as_source(case({**CLASS, "date": "2025-03-01"}, policy="xinjiang"))))
    settled = settle(draft, books, as_of=date(2025, 3, 1))
    assert settled.policies[2025].ref == "xinjiang@2023.1"


def test_a_year_that_begins_in_march_is_governed_by_the_version_in_force_on_its_last_day(tmp_path):
    march = {"validity: {years": 'validity: {from: "03-20", years'}
    revision = province("2026.1", starts="2026-02-01", supersedes="xinjiang@2023.1", edits=march)
    books = library(tmp_path, province(edits=march), revision)
    days = ("2025-03-19", "2025-03-20", "2026-03-19", "2026-03-20")
    found = run(case(*({**CLASS, "date": day} for day in days), policy="xinjiang"), library=books)
    assert [a.id for a in year(found, 2024).activities] == ["a0"]
    assert [a.id for a in year(found, 2025).activities] == ["a1", "a2"]
    assert [year(found, number).policy for number in (2024, 2025, 2026)] == [
        "xinjiang@2023.1", "xinjiang@2026.1", "xinjiang@2026.1",
    ]  # fmt: skip


def test_a_year_before_the_filing_may_state_facts_that_only_the_filing_declares():
    activities = [
        {"id": "a", "kind": "paper", "date": "2023-06-01", "journal_grade": "core"},
        {"id": "b", "kind": "training", "date": "2025-06-01", "hours": 60, "assessment": "passed"},
    ]
    for policy in ("examples/education", "examples/education@2024.1"):
        person = {"id": "p", "title_level": "junior"}
        found = run({"case": "t", "policy": policy, "person": person, "activities": activities})
        assert found.result.years[2025].total.low == 60
        assert found.result.years[2023].verdict == "not_assessable"


def test_an_activity_without_basis_may_state_facts_that_only_the_filing_declares():
    activities = [
        {"id": "a", "kind": "further_study", "date": "2023-01-01", "hours": 8, "listed_host": True},
        {"id": "b", "kind": "training", "date": "2023-12-31", "hours": 8, "assessment": "passed"},
    ]
    person = {"id": "p", "title_level": "junior"}
    found = run({"case": "t", "policy": "examples/health@2024.1", "person": person, "activities": activities})
    assert found.result.years[2023].verdict == "not_assessable"
