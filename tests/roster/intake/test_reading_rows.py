"""A row read again under its own person's rules says the same as a case would."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from helpers import run
from policyhours.language.pattern import Unknown
from policyhours.roster.intake.rows import Row, given, read_row
from policyhours.text.finding import Refused
from roster.intake.taking import rules_of

PROVINCE = rules_of("xinjiang@2023.1")
SOUND = {"person": "p", "id": "a", "kind": "training", "date": "2025-03-01", "assessment": "passed"}


def activity(rules=PROVINCE, **cells):
    raw = {**SOUND, **cells}
    return read_row("activities", raw, {name: name for name in raw}, rules)


def decision(rules=PROVINCE, **cells):
    raw = {"person": "p", "year": "2025", **cells}
    return read_row("decisions", raw, {name: name for name in raw}, rules)


def codes(read):
    return [fault.code for fault in read]


def test_values_are_exact():
    read = activity(hours="8.1")
    assert read == Row({**SOUND, "date": date(2025, 3, 1), "hours": Fraction(81, 10)}, ())


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"hours": "8", "days": "1"}, "PH807"),
        ({"hours": "8", "minutes": "45"}, "PH807"),
        ({}, "PH808"),
        ({"days": "1", "from": "2025-03-02"}, "PH814"),
        ({"days": "400"}, "PH806"),
        ({"days": "1", "assessment": "没有考"}, "PH805"),
        ({"kind": "没有"}, "PH803"),
    ],
)
def test_a_row_is_refused_where_a_case_is(cells, code):
    assert codes(activity(**cells)) == [code]
    stated = {
        k: int(v) if v.isdigit() else date.fromisoformat(v) if k == "from" else v for k, v in cells.items()
    }
    case = {"case": "t", "policy": "xinjiang@2023.1", "person": {"id": "p", "title_level": "senior"}}
    item = {**SOUND, "date": date(2025, 3, 1), **stated}
    item.pop("person")
    with pytest.raises(Refused) as refused:
        run({**case, "activities": [item]})
    assert [finding.code for finding in refused.value.findings] == [code]


def test_every_fault_of_a_row_is_told():
    read = activity(kind="没有", days="x", date="y")
    assert sorted(codes(read)) == ["PH803", "PH806", "RO301"]


def test_a_day_of_recognition_without_a_base_is_refused():
    assert codes(activity(days="1", recognised_on="2025-03-02")) == ["RO309"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"remedy": "顺延"}, "RO306"),
        ({"remedy": "减少"}, "RO306"),
        ({"remedy": "免除", "until": "2026"}, "PH805"),
        ({"remedy": "defer", "until": "2025"}, "PH815"),
        ({"remedy": "reduce", "required_hours": "91"}, "PH816"),
        ({"remedy": "defer", "until": "2026", "ground": "懒"}, "PH805"),
        ({"remedy": "defer", "until": "2026", "year": "1880"}, "PH806"),
    ],
)
def test_a_decision_says_what_it_has_to(cells, code):
    assert codes(decision(**cells)) == [code]


def test_a_decision_under_rules_without_relief_is_refused():
    assert codes(decision(replace(PROVINCE, relief=None), remedy="defer", until="2026")) == ["PH810"]


@pytest.mark.parametrize("remedy", ["defer", "顺延", "顺延完成"])
def test_a_sound_decision(remedy):
    read = decision(remedy=remedy, until="2026", ground="孕", certified_by="所在单位", decided_on="2025.12.1")
    assert isinstance(read, Row)
    assert (read.values["remedy"], read.values["year"], read.values["ground"]) == ("defer", 2025, "pregnancy")


def test_reduced_hours_are_exact():
    read = decision(remedy="reduce", required_hours="181/3")
    assert isinstance(read, Row)
    assert read.values["required_hours"] == Fraction(181, 3)


def test_what_the_persons_rules_do_not_know_has_no_effect_and_is_named():
    raw = {**SOUND, "days": "1", "ip": "x", "signatory": "3", "chars": None}
    heads = {name: name for name in raw if name != "ip"}
    read = read_row("activities", raw, heads, PROVINCE)
    assert isinstance(read, Row)
    assert read.unused == ("signatory",)


def test_an_option_of_another_industry_is_refused_under_ones_own_rules():
    rules = rules_of("examples/general@2023.1")
    assert codes(activity(rules, kind="intellectual_property", ip_type="variety")) == ["PH805"]


def test_a_fact_that_is_stated_as_unknown_may_be_either():
    fact = PROVINCE.facts["in_scope"]
    assert given(fact, "unknown") == Unknown(frozenset({"yes", "no"}))
    assert given(fact, "yes") == "yes"
