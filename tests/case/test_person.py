"""What a case states of a person: for all years or year by year, and never what the program works out."""

from __future__ import annotations

import pytest

from helpers import run
from policyhours.language.library import Library
from policyhours.text.finding import Refused

POLICY = """\
policy: examples/by_year
version: "2020.1"
title: 按职称层级（虚构）
document: 示例〔2020〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2020-01-01}
subjects: {professional: {title: 专业科目, article: 第一条}}
values:
  asked: {by: title_level, values: {junior: 40, intermediate: 72}, unit: hour, article: 第一条}
facts:
  title_level: {of: person, title: 职称层级, one_of: {none: 无职称, junior: 初级, intermediate: 中级}}
  year: {of: person, title: 年度, type: integer, unit: year}
  month: {title: 月份, type: integer, at_least: 1, at_most: 12}
  hours: {title: 核定学时, type: number, unit: hour, step: 0.5, at_least: 0, at_most: 1000}
requirement:
  - {of: total, at_least: asked, per: year, article: 第一条}
standards:
  course:
    title: 培训
    article: 第二条
    subject: professional
    requires: [{month: ..10, year: 2024.., article: 第二条, otherwise: 十月底以后或2024年以前的不计}]
    hours: hours
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    folder = tmp_path_factory.mktemp("policies") / "examples" / "by_year"
    folder.mkdir(parents=True)
    (folder / "2020.1.yaml").write_text(POLICY, encoding="utf-8")
    return Library([folder.parent.parent])


def standing(library, *dates, **person):
    activities = [{"id": f"a{n}", "kind": "course", "date": d, "hours": 40} for n, d in enumerate(dates)]
    person = {"id": "p", "title_level": "junior", **person}
    case = {"case": "t", "policy": "examples/by_year", "person": person, "activities": activities}
    years = run(case, library=library).result.years
    return {year: (found.verdict, found.total.low) for year, found in years.items()}


def test_a_fact_may_change_from_year_to_year(library):
    found = standing(library, "2024-05-01", "2025-05-01", title_level={"..2024": "初级", "2025..": "中级"})
    assert found == {2024: ("met", 40), 2025: ("not_met", 40)}


def test_a_year_for_which_nothing_is_stated_is_not_guessed(library):
    assert standing(library, "2024-05-01", title_level={"2025": "junior"}) == {2024: ("undetermined", 40)}


def test_what_has_no_row_is_unknown_and_never_nothing(library):
    assert standing(library, "2024-05-01", title_level="none") == {2024: ("undetermined", 40)}


def test_year_and_month_are_worked_out_from_the_day(library):
    found = standing(library, "2023-05-01", "2024-10-31", "2025-11-01")
    assert found == {2023: ("not_met", 0), 2024: ("met", 40), 2025: ("not_met", 0)}


@pytest.mark.parametrize("stated", [{"year": 2024}, {"年度": 2024}])
def test_what_is_worked_out_is_not_stated(library, stated):
    with pytest.raises(Refused) as caught:
        standing(library, "2024-05-01", **stated)
    assert [finding.code for finding in caught.value.findings] == ["PH822"]
