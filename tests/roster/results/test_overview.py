"""The overview is text for a console of any width."""

from __future__ import annotations

import re

import pytest
from made_results import ENGLISH, LABELS, made

from policyhours.desk.layout import fitted
from policyhours.roster.results.compare import Changes
from policyhours.roster.results.figures import share
from policyhours.roster.results.overview import summary_text
from policyhours.roster.results.summary import Rows, summarise
from policyhours.roster.results.wording import cause_text
from policyhours.text.telling import display_width

CHANGES = Changes(
    years=(2025,),
    same=8,
    new=1,
    gone=0,
    verdicts=(("undetermined", "met", 2),),
    totals=2,
    policies=0,
    appeared=(),
    vanished=(("evidence", 2),),
)


def summary():
    con = made(
        *[{"prefecture": "喀什地区"}] * 6,
        *[{"verdict": "not_met", "total_low": 4500, "reasons": "ceiling:lecture short:total"}] * 3,
        {"verdict": "undetermined", "total_low": 7200, "reasons": "fact:assessment", "evaluated": True},
    )
    rows = Rows(given=160, assessed=158, rejected=2, left_out=3)
    trial = ("examples/general@2023.1 是示例",)
    return summarise(con, required={2025: 90}, rows=rows, changes=CHANGES, trial=trial)


def test_a_summary_in_60_columns():
    assert (
        summary_text(summary(), LABELS, 60)
        == """\
试算，不作正式结果：examples/general@2023.1 是示例
输入160行：评定158行，拒收2行；另有空行、合计行3行

2025年度  10人
    ✔ 达到要求    6  60.0%  ██████████████████░░░░░░░░░░░░
    ✘ 未达到要求  3  30.0%  █████████░░░░░░░░░░░░░░░░░░░░░
    ? 不能确定    1  10.0%  ███░░░░░░░░░░░░░░░░░░░░░░░░░░░

  为什么不能确定（占不能确定的人）
    没有填写“考核结果”  1  100.0%  █████████████████████████

  缺什么（占未达到要求的人）
    合计不足  3  100.0%  ██████████████████████████████

  超过上限，部分不计（占全部的人）
    授课（报告）超过上限  3  30.0%  ███████░░░░░░░░░░░░░░░░░

  按所属行业：达到要求的
    教育  6  60.0%  ██████████████████░░░░░░░░░░░░

  按职称层级：达到要求的
    中级  6  60.0%  ██████████████████░░░░░░░░░░░░

  按所在地（州、市）：达到要求的
    喀什地区    6  100.0%  ██████████████████████████████
    阿克苏地区  0    0.0%  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░

  合计学时的分布（人数）
    0～10             0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    10～20            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    20～30            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    30～40            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    40～50            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    50～60            3  ███████████████░░░░░░░░░░░░░░░
    60～70            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    70～80            0  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    80～90            1  █████░░░░░░░░░░░░░░░░░░░░░░░░░
    90～100 应完成90  6  ██████████████████████████████

  逐人核算的人员：1人

与上次相比（2025年度）
    不能确定 → 达到要求  2
    没有变化             8
    合计有变化           2
    新增的人员           1

  结论有变化的：不再有的原因（人数）
    佐证材料不齐  2"""
    )


@pytest.mark.parametrize("labels", [LABELS, ENGLISH])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_no_line_is_wider_than_the_console(labels, width):
    for line in summary_text(summary(), labels, width).splitlines():
        assert display_width(line) <= max(width, 40)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
def test_a_console_that_lacks_a_character_gets_a_plain_one(encoding):
    text = fitted(summary_text(summary(), LABELS, 60), encoding)
    assert text.encode(encoding).decode(encoding) == text
    if encoding == "gbk":
        assert "?" not in text.replace("? 不能确定", "")


def test_colour_changes_nothing_else():
    plain, coloured = summary_text(summary(), LABELS), summary_text(summary(), LABELS, colour=True)
    assert "\x1b" not in plain
    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_what_a_cell_says_can_do_nothing_to_the_console():
    text = summary_text(summarise(made(*[{"prefecture": "\x1b[2J甲\n" + "乙" * 5000}] * 3)), LABELS, 60)
    assert "\x1b" not in text
    assert "�[2J甲�乙" in text
    assert len(text) < 3000


def test_a_roster_of_nobody_says_so():
    assert summary_text(summarise(made()), LABELS) == "没有可评定的人员"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 7, "0.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 10_000, "<0.1%"),
        (9_999, 10_000, ">99.9%"),
        (7, 7, "100.0%"),
        (0, 0, "—"),
    ],
)
def test_a_share_says_all_and_nothing_only_where_it_is_so(part, whole, text):
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("cause", "text"),
    [
        ("short:total", "合计不足"),
        ("short:book+paper", "著作、学术论文不足"),
        ("ceiling:book+paper", "著作、学术论文超过上限"),
        ("condition:第七条第四项", "不符合第七条第四项的条件"),
        ("fact:assessment", "没有填写“考核结果”"),
        ("pending", "尚未登记认定"),
        ("unfiled", "行业细则尚未规定学时"),
        ("no_row", "规则的表中没有这种情形"),
        ("something_new", "something_new"),
    ],
)
def test_a_cause_is_told_in_words(cause, text):
    assert cause_text(cause, LABELS) == text
