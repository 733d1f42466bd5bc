"""Versions side by side: which is in force on a day, and what is refused."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.versions import Term, versions_of
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all
from versions import filing, library, province

CORRECTION = province("2023.2", supersedes="xinjiang@2023.1")
REVISION = province("2026.1", starts="2026-01-01", ends="2030-12-31", supersedes="xinjiang@2023.1")


def in_force(books: Library, name: str, day: str) -> str:
    return books.policy(parse_reference(name), date.fromisoformat(day)).ref


def refused(ask) -> tuple[list[str], str]:
    """The codes of the refusal, and how it is told in both languages."""
    with pytest.raises(Refused) as caught:
        ask()
    findings = caught.value.findings
    assert all(finding.place is not None for finding in findings)
    return [f.code for f in findings], tell_all(findings, "zh") + tell_all(findings, "en")


# ── what is in force ──


def test_a_correction_replaces_what_it_corrects_on_every_day(tmp_path):
    books = library(tmp_path, province(), CORRECTION)
    assert in_force(books, "xinjiang", "2023-02-01") == "xinjiang@2023.2"
    assert in_force(books, "xinjiang", "2028-01-31") == "xinjiang@2023.2"
    versions = books.versions("xinjiang")
    assert versions.term(versions.get("xinjiang@2023.1")) is None
    assert versions.term(versions.get("xinjiang@2023.2")) == Term(date(2023, 2, 1), date(2028, 1, 31))


def test_a_revision_replaces_the_older_law_from_its_own_first_day_on(tmp_path):
    books = library(tmp_path, province(), REVISION)
    assert in_force(books, "xinjiang", "2025-12-31") == "xinjiang@2023.1"
    assert in_force(books, "xinjiang", "2026-01-01") == "xinjiang@2026.1"
    versions = books.versions("xinjiang")
    assert versions.term(versions.get("xinjiang@2023.1")) == Term(date(2023, 2, 1), date(2025, 12, 31))


def test_superseding_reaches_through_other_versions(tmp_path):
    last = province("2026.2", starts="2026-01-01", ends="2030-12-31", supersedes="xinjiang@2026.1")
    books = library(tmp_path, province(), REVISION, last)
    assert in_force(books, "xinjiang", "2025-06-30") == "xinjiang@2023.1"
    assert in_force(books, "xinjiang", "2026-06-30") == "xinjiang@2026.2"


def test_an_older_version_does_not_come_back_when_its_successor_ends(tmp_path):
    short = province("2024.1", starts="2024-01-01", ends="2024-12-31", supersedes="xinjiang@2023.1")
    books = library(tmp_path, province(), short)
    assert refused_without_place(lambda: in_force(books, "xinjiang", "2025-06-30")) == ["PH323"]


def test_a_pinned_version_is_found_though_it_is_superseded(tmp_path):
    books = library(tmp_path, province(), CORRECTION)
    assert books.policy(parse_reference("xinjiang@2023.1")).ref == "xinjiang@2023.1"


def test_a_gap_between_versions_is_no_fault(tmp_path):
    early = province("2023.1", ends="2023-12-31")
    late = province("2025.1", starts="2025-01-01")
    books = library(tmp_path, early, late)
    assert books.faults() == []
    assert refused_without_place(lambda: in_force(books, "xinjiang", "2024-06-30")) == ["PH323"]


def test_the_order_in_which_files_are_found_changes_nothing(tmp_path):
    headers = library(tmp_path, province(), CORRECTION, REVISION).versions("xinjiang").headers
    for order in itertools.permutations(headers):
        assert versions_of(order).on("xinjiang", date(2025, 6, 30)).version == "2023.2"


def test_a_filing_ends_with_a_revision_of_its_text_but_not_with_a_correction(tmp_path):
    books = library(tmp_path, province(), CORRECTION, filing())
    assert in_force(books, "trade", "2026-06-30") == "trade@2025.1"
    revision = province("2026.1", starts="2026-01-01", supersedes="xinjiang@2023.2")
    books = library(tmp_path, revision)
    assert in_force(books, "trade", "2025-12-31") == "trade@2025.1"
    with pytest.raises(Refused) as caught:
        in_force(books, "trade", "2026-06-30")
    (finding,) = caught.value.findings
    assert finding.code == "PH336"
    assert "自2026-01-01起已被修订后的文件取代" in tell_all([finding])
    assert books.policy(parse_reference("trade@2025.1")).ref == "trade@2025.1"


# ── what is refused ──


def test_two_versions_in_force_on_one_day_are_an_error_that_names_both(tmp_path):
    books = library(tmp_path, province(), province("2024.1", starts="2024-01-01"))
    assert in_force(books, "xinjiang", "2023-06-30") == "xinjiang@2023.1"
    codes, told = refused(lambda: in_force(books, "xinjiang", "2024-06-30"))
    assert codes == ["PH334"]
    assert "xinjiang/2023.1.yaml" in told
    assert "xinjiang/2024.1.yaml" in told
    assert [finding.code for finding in books.faults()] == ["PH334"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"supersedes": "xinjiang@2022.1"}, "PH331"),
        ({"supersedes": "trade@2023.1"}, "PH330"),
        ({"supersedes": "xinjiang@2023.1", "starts": "2023-01-01"}, "PH332"),
        ({"supersedes": "xinjiang@2023.2"}, "PH333"),
    ],
)
def test_what_a_version_supersedes_has_to_be_an_older_version_of_it(tmp_path, said, code):
    books = library(tmp_path, province(), province("2023.2", **said))
    assert refused(lambda: books.policy(parse_reference("xinjiang@2023.2")))[0] == [code]
    assert refused(lambda: in_force(books, "xinjiang", "2024-06-30"))[0] == [code]
    assert [finding.code for finding in books.faults()] == [code]


def test_a_circle_of_versions_is_refused_in_every_one(tmp_path):
    first = province("2023.1", supersedes="xinjiang@2023.2")
    books = library(tmp_path, first, CORRECTION)
    for version in ("2023.1", "2023.2"):
        codes, told = refused(lambda v=version: books.policy(parse_reference(f"xinjiang@{v}")))
        assert codes == ["PH333"]
        assert "xinjiang@2023.1 → xinjiang@2023.2" in told or "xinjiang@2023.2 → xinjiang@2023.1" in told


def test_a_missing_upper_text_is_told_where_it_is_named(tmp_path):
    books = library(tmp_path, province(), filing(implements="xinjiang@2024.1"))
    codes, told = refused(lambda: in_force(books, "trade", "2025-12-31"))
    assert codes == ["PH322"]
    assert "trade/2025.1.yaml:7" in told


# ── for whom ──


def test_an_industry_finds_its_filing_by_dates_then_scope_then_authority(tmp_path):
    trade = "industries: [贸易, 物流]"
    books = library(
        tmp_path,
        province(),
        filing("trade", "2025.1", ends="2025-12-31", header=trade),
        filing("trade", "2026.1", starts="2026-01-01", header=trade),
        filing("farm", header="industries: [农业]"),
        filing("draft", header="industries: [农业]", edits={"status: illustrative": "status: draft"}),
    )

    def found(industry: str, day: str) -> str | None:
        policy = books.filing_for("xinjiang", industry, date.fromisoformat(day))
        return None if policy is None else policy.ref

    assert found("物流", "2025-06-30") is None
    assert found("物流", "2025-07-01") == "trade@2025.1"
    assert found("贸易", "2026-07-01") == "trade@2026.1"
    assert found("农业", "2025-07-01") == "draft@2025.1"
    assert found("卫生", "2025-07-01") is None
    assert books.faults() == []


def test_two_filings_for_one_industry_on_one_day_are_an_error_that_names_both(tmp_path):
    said = "industries: [农业]"
    books = library(tmp_path, province(), filing("farm", header=said), filing("field", header=said))
    codes, told = refused(lambda: books.filing_for("xinjiang", "农业", date(2025, 7, 1)))
    assert codes == ["PH335"]
    assert "farm/2025.1.yaml" in told
    assert "field/2025.1.yaml" in told
    assert [finding.code for finding in books.faults()] == ["PH335"]
    assert books.filing_for("xinjiang", "农业", date(2025, 6, 30)) is None


def refused_without_place(ask) -> list[str]:
    with pytest.raises(Refused) as caught:
        ask()
    return [finding.code for finding in caught.value.findings]
