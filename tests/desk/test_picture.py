"""The picture stays aligned and readable wherever it is printed."""

from __future__ import annotations

import re

import pytest

from helpers import ROOT, case, run
from policyhours.desk.answer.picture import picture
from policyhours.desk.layout import fitted, fold, pad
from policyhours.desk.wording import number_text, range_text
from policyhours.language.number import Range
from policyhours.text.telling import display_width

LONG = case(
    {"kind": "attendance", "days": 3, "event": "E1", "organiser_level": "region"},
    {"kind": "lecture", "minutes": 95, "event": "E1", "organiser_level": "region"},
    {"kind": "intellectual_property", "ip_type": "software", "evidence": "missing"},
    {"kind": "training", "hours": 40, "assessment": "passed", "status": "pending"},
    title="一个题目很长的个案，用来看看在窄的窗口里是不是还能看得清楚",
)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_console(width, lang):
    for line in picture(run(LONG, try_readings=True), lang, width=width).splitlines():
        assert display_width(line) <= width


@pytest.mark.parametrize("width", [60, 200])
def test_numbers_stand_in_one_column(width):
    lines = picture(run(LONG), width=width).splitlines()
    head = next(line for line in lines if line.endswith("计入"))
    rows = [line for line in lines if re.match(r"  a\d  ", line)]
    assert len(rows) == 4
    assert {display_width(row) for row in rows} == {display_width(head)}


def test_plain_text_has_no_colour_and_colour_changes_nothing_else():
    plain = picture(run(LONG))
    coloured = picture(run(LONG), colour=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "no-such-encoding"])
def test_a_console_that_lacks_a_character_gets_a_plain_one(encoding):
    text = fitted(picture(run(LONG)), encoding)
    if encoding != "no-such-encoding":
        assert text.encode(encoding).decode(encoding) == text
    if encoding == "gbk":
        assert "?" not in text.replace("?  不能确定", "").replace("? 不能确定", "")


def test_a_trial_says_so_and_a_real_result_does_not():
    assert "试算" in picture(run(LONG))
    filed = case({"kind": "training", "hours": 90, "assessment": "passed"}, policy="xinjiang@2023.1")
    assert "试算" not in picture(run(filed))
    assert "试算" in picture(run({**filed, "readings": {"share_base": "earned"}}))


def test_no_ground_of_a_decision_is_ever_shown():
    text = (ROOT / "policies/xinjiang/cases/W7-reduce.yaml").read_text(encoding="utf-8")
    assert "illness" in text
    decided = {"year": 2025, "ground": "pregnancy", "remedy": "reduce", "required_hours": 45}
    by = {"certified_by": "employer", "decided_by": "某局", "decided_on": "2025-01-01"}
    shown = picture(
        run(case({"kind": "training", "hours": 1, "assessment": "passed"}, decisions=[{**decided, **by}]))
    )
    assert "第十条决定" in shown
    assert not re.search("pregnancy|孕|病", shown)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("60", "60"),
        ("1/2", "0.5"),
        ("181/3", "60又1/3"),
        ("1/3", "1/3"),
        ("7/4", "1.75"),
        ("1/1000", "1/1000"),
    ],
)
def test_numbers_for_people(value, text):
    from fractions import Fraction

    assert number_text(Fraction(value)) == text


def test_ranges_for_people():
    assert range_text(Range(0, 24)) == "0～24"
    assert range_text(Range(5, 5)) == "5"
    assert range_text(Range(5, None)) == "≥5"


def test_columns_under_full_width_characters():
    assert pad("学时", 6) + "|" == "学时  |"
    assert pad("学时", 6, right=True) == "  学时"
    assert all(display_width(line) <= 10 for line in fold("按每45分钟折算，不足1学时的零数怎样处理？", 10))
    assert (
        "".join(fold("按每45分钟折算，不足1学时的零数怎样处理？", 10))
        == "按每45分钟折算，不足1学时的零数怎样处理？"
    )
