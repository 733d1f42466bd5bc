"""The report is one page that needs nothing else and names nobody."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from made_results import ENGLISH, LABELS, made

from policyhours.roster.results.compare import Changes
from policyhours.roster.results.report import About, PolicyNamed, ReadingNamed, report_html
from policyhours.roster.results.summary import Rows, summarise

ABOUT = About(
    made_on=date(2026, 1, 12),
    title="学时登记认定办法",
    policies=(PolicyNamed("xinjiang@2023.1", "学时登记认定办法", "已备案", "sha256:" + "3f" * 32),),
    readings=(ReadingNamed("以什么为基数？", "以实际取得的总学时为基数", "第五条", adopted=False),),
)
CHANGES = Changes((2025,), 8, 1, 0, (("undetermined", "met", 2),), 2, 0, (), (("evidence", 2),))


def summary(*more, **named):
    con = made(
        *[{"person": f"65010119900101{n:04}", "prefecture": "<script>alert(1)</script>&"} for n in range(6)],
        {"person": "张三", "verdict": "not_met", "total_low": 4500, "reasons": "ceiling:lecture short:total"},
        {"person": "李四", "verdict": "undetermined", "reasons": "evidence", "prefecture": "王五在此"},
        {"person": "赵六", "prefecture": "吐鲁番市"},
        *more,
    )
    return summarise(con, required={2025: 90}, rows=Rows(160, 158, 2), changes=CHANGES, **named)


class Page(HTMLParser):
    """What stands where on a page: its tags in order, and whether each one is closed."""

    VOID = frozenset(("meta", "link", "img", "br", "rect", "circle", "line"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("labels", [LABELS, ENGLISH])
def test_the_page_is_well_formed_and_needs_nothing_from_elsewhere(labels):
    html = report_html(summary(), ABOUT, labels)
    page = Page(html)
    assert not re.search(
        r"https?:|//|@import|<script|<link|<img|<iframe|\bsrc=", html.removeprefix("<!DOCTYPE html>")
    )
    assert [attrs["id"] for _, attrs in page.tags if "id" in attrs] == ["hatched", "dotted"]


def test_the_page_holds_no_id_no_name_and_no_place_of_one_person():
    html = report_html(summary(), ABOUT, LABELS)
    for never in ("650101", "张三", "李四", "王五"):
        assert never not in html


def test_what_stands_in_the_data_is_escaped():
    html = report_html(summary(trial=("<b>x</b>",)), ABOUT, LABELS)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_the_page_can_be_read_aloud():
    page = Page(report_html(summary(), ABOUT, LABELS))
    assert page.of("html") == [{"lang": "zh-CN"}]
    tags = [tag for tag, _ in page.tags]
    assert tags.count("table") == tags.count("caption") > 5
    assert tags.count("h1") == 1
    assert all(attrs.get("scope") in ("col", "row") for attrs in page.of("th"))
    for drawing in page.of("svg"):
        assert drawing.get("aria-hidden") == "true" or (drawing["role"] == "img" and drawing["aria-label"])
    assert Page(report_html(summary(), ABOUT, ENGLISH)).of("html") == [{"lang": "en"}]


def test_what_is_drawn_stands_in_a_table_too():
    text = " ".join(Page(report_html(summary(), ABOUT, LABELS)).text)
    for shown in (
        "50～60",
        "达到要求",
        "授课（报告）超过上限",
        "佐证材料不齐",
        "合计不足",
        "其他3组（合并）",
    ):
        assert shown in text


def test_a_trial_says_so_and_why_and_an_official_result_does_not():
    trial = report_html(summary(trial=("examples/general@2023.1 是示例",)), ABOUT, LABELS)
    assert "试算，不作正式结果：examples/general@2023.1 是示例" in trial
    assert 'class="stamp trial">试算' in trial
    official = report_html(summary(), ABOUT, LABELS)
    assert "试算" not in official
    assert 'class="stamp official">正式' in official


def test_the_page_names_what_it_rests_on():
    text = "".join(Page(report_html(summary(), ABOUT, LABELS)).text)
    for named in ("xinjiang@2023.1", "3f" * 32, "以什么为基数？", "本次改用", "2026-01-12", "160", "158"):
        assert named in text


def test_the_page_is_made_for_paper_and_for_dark_screens():
    html = report_html(summary(), ABOUT, LABELS)
    assert "@media print" in html
    assert "size: A4" in html
    assert "prefers-color-scheme: dark" in html


def test_every_reported_year_has_its_part():
    html = report_html(summary({"year": 2024, "person": "a"}), ABOUT, LABELS)
    assert "<h1>2024、2025年度评定结果</h1>" in html
    assert html.index("2024年度  1人") < html.index("2025年度  9人")


def test_the_page_is_the_same_for_the_same_run():
    assert report_html(summary(), ABOUT, LABELS) == report_html(summary(), ABOUT, LABELS)


def test_a_report_of_nobody_is_a_page_too():
    Page(report_html(summarise(made()), About(date(2026, 1, 12)), LABELS))
