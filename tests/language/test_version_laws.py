"""Laws of versions: whatever versions there are, which is in force is settled by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from helpers import LIBRARY
from policyhours.language.header import Header
from policyhours.language.versions import Versions, versions_of
from policyhours.text.finding import Refused

MODEL = LIBRARY.header("xinjiang@2023.1")
DAYS = st.integers(0, 30).map(lambda days: date(2024, 1, 1) + timedelta(days))


@st.composite
def lines(draw) -> list[Header]:
    """Versions of one policy; a later one may supersede an earlier one, and then begins no earlier."""
    headers: list[Header] = []
    for number in range(draw(st.integers(1, 5))):
        older = draw(st.sampled_from([None, *headers]))
        start = draw(DAYS)
        start = max(start, older.valid_from) if older else start
        length = draw(st.none() | st.integers(0, 20))
        until = None if length is None else start + timedelta(length)
        headers.append(
            replace(
                MODEL, version=f"2024.{number}", valid_from=start, valid_until=until,
                supersedes=older.ref if older else None,
            )
        )  # fmt: skip
    return headers


def answer(versions: Versions, day: date) -> str | None:
    try:
        found = versions.on(MODEL.id, day)
    except Refused as refused:
        return refused.findings[0].code
    return None if found is None else found.ref


@given(lines(), DAYS, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_files(headers, day, random):
    shuffled = random.sample(headers, len(headers))
    assert answer(versions_of(headers), day) == answer(versions_of(shuffled), day)


@given(lines(), DAYS)
def test_what_is_in_force_is_in_its_own_time_and_not_superseded(headers, day):
    versions = versions_of(headers)
    assert [fault for header in headers for fault in versions.faults(header)] == []
    for header in headers:
        replaced = any(newer.valid_from <= day for newer in versions.superseders(header))
        assert versions.in_force(header, day) == (header.in_force(day) and not replaced)


@given(lines(), DAYS)
def test_a_tie_on_some_day_is_what_the_check_of_all_finds(headers, day):
    versions = versions_of(headers)
    ties = list(versions.ties())
    if answer(versions, day) == "PH334":
        assert ties
    days = {date.fromisoformat(tie.args["day"]) for tie in ties}
    assert all(answer(versions, day) == "PH334" for day in days)


@given(lines(), DAYS)
def test_a_correction_of_what_is_in_force_takes_its_place_and_nothing_else_changes(headers, day):
    versions = versions_of(headers)
    before = answer(versions, day)
    for header in headers:
        corrected = replace(header, version="2025.1", supersedes=header.ref)
        newer = [replace(h, supersedes=corrected.ref) if h.supersedes == header.ref else h for h in headers]
        after = answer(versions_of([*newer, corrected]), day)
        assert after == (corrected.ref if before == header.ref else before)
