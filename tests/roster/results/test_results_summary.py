"""A summary counts people, and tells nobody's verdict."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_results import made

from policyhours.roster.results.histogram import Bin, histogram_of, width_for
from policyhours.roster.results.summary import (
    MOST_GROUPS,
    SMALLEST,
    Group,
    Rows,
    Tally,
    not_too_small,
    summarise,
)


def year(con, **more):
    (found,) = summarise(con, **more).years
    return found


def test_people_are_counted_by_verdict_and_year():
    con = made({}, {"verdict": "not_met"}, {"verdict": "undetermined"}, {"year": 2024}, {"verdict": "met"})
    before, now = summarise(con).years
    assert (before.year, before.tally) == (2024, Tally(met=1))
    assert (now.year, now.tally) == (2025, Tally(met=2, not_met=1, undetermined=1))
    assert now.tally.people == 4


def test_causes_are_told_of_those_whom_they_concern_most_frequent_first():
    found = year(
        made(
            {"verdict": "undetermined", "reasons": "evidence fact:assessment short:total"},
            {"verdict": "undetermined", "reasons": "fact:assessment ceiling:lecture"},
            {
                "verdict": "not_met",
                "reasons": "ceiling:lecture fact:assessment short:professional short:total",
            },
            {"verdict": "met", "reasons": "ceiling:book+paper condition:第七条第四项 pending"},
        )
    )
    assert found.doubts == (("fact:assessment", 2), ("evidence", 1))
    assert found.lacking == (("short:professional", 1), ("short:total", 1))
    assert found.ceilings == (("ceiling:lecture", 2), ("ceiling:book+paper", 1))
    assert found.refusals == (("condition:第七条第四项", 1),)


def test_who_was_assessed_singly_and_who_is_touched_is_counted():
    found = year(made({"evaluated": True}, {"evaluated": True, "touched": True}, {}))
    assert (found.evaluated, found.touched) == (2, 1)


def test_people_are_grouped_by_the_facts_that_the_input_has():
    con = made(*[{"industry": "教育"}] * 3, *[{"industry": "卫生", "verdict": "not_met"}] * 4)
    con.execute("ALTER TABLE result DROP COLUMN prefecture")
    assert year(con).groups == {
        "industry": (Group("卫生", Tally(not_met=4)), Group("教育", Tally(met=3))),
        "title_level": (Group("intermediate", Tally(met=3, not_met=4)),),
    }


def test_small_groups_are_shown_together():
    groups = not_too_small({"a": Tally(met=9), "b": Tally(met=2), None: Tally(not_met=1), "d": Tally(met=5)})
    assert groups == (
        Group("a", Tally(met=9)),
        Group("d", Tally(met=5)),
        Group(None, Tally(2, 1), together=2),
    )


def test_one_small_group_takes_the_next_with_it_for_it_could_be_worked_out():
    groups = not_too_small({"a": Tally(met=9), "b": Tally(met=5), "c": Tally(not_met=1)})
    assert groups == (Group("a", Tally(met=9)), Group(None, Tally(met=5, not_met=1), together=2))


def test_where_all_together_are_too_few_there_is_no_group():
    assert not_too_small({"a": Tally(met=1), "b": Tally(not_met=1)}) == ()
    assert not_too_small({}) == ()


@given(st.dictionaries(st.text(max_size=2), st.integers(1, 6).map(lambda n: Tally(met=n)), max_size=40))
def test_no_group_is_small_and_nobody_is_lost(tallies):
    groups = not_too_small(tallies)
    people = sum(tally.people for tally in tallies.values())
    assert all(group.tally.people >= SMALLEST for group in groups)
    assert sum(group.tally.people for group in groups) == (people if people >= SMALLEST else 0)
    assert len(groups) <= MOST_GROUPS
    assert all(group.together != 1 for group in groups if len(groups) > 1)


def test_hours_are_put_into_bins_exactly():
    third = {"grid": 3, "total_low": 269}  # 89 and two thirds
    found = year(
        made({}, third, {"total_low": 0}, {"total_low": None, "verdict": "not_assessable"}),
        required={2025: 90},
    )
    assert [(each.first, each.people) for each in found.hours.bins if each.people] == [
        (0, 1),
        (80, 1),
        (90, 1),
    ]
    assert found.hours.required == 90


def test_the_last_bin_has_no_end_and_holds_all_the_rest():
    found = histogram_of({Fraction(5): 1, Fraction(200): 2, Fraction(100_000): 3}, 90)
    assert (found.bins[0], found.bins[-1], len(found.bins)) == (Bin(0, 10, 1), Bin(200, None, 5), 21)


def test_a_histogram_of_nobody_reaches_to_what_is_required():
    assert [each.people for each in histogram_of({}, 90).bins] == [0] * 10


@pytest.mark.parametrize(
    ("required", "width"), [(None, 10), (90, 10), (25, 5), (12, 1), (Fraction(200, 3), 10), (3000, 500)]
)
def test_bins_are_as_wide_as_what_is_required_asks_for(required, width):
    assert width_for(required) == width


def test_rows_of_the_input_are_handed_on():
    rows = Rows(given=10, assessed=8, rejected=2)
    assert summarise(made({}), rows=rows).rows == rows
