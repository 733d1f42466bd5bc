"""Laws for what real rules have beyond the province's: windows, matters, chains, spread and carried hours."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import run
from policyhours.language.library import Library

POLICY = """\
policy: shapes/everything
version: "2020.1"
title: 各种形态（虚构）
document: 示例〔2020〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2020-01-01}
subjects: {professional: {title: 专业科目, article: 第一条}, public: {title: 公需科目, article: 第一条}}
values:
  annual: {is: 90, unit: hour, article: 第一条}
  mostly: {is: 2/3, article: 第一条}
  general: {is: 20, unit: hour, article: 第一条}
  two_years: {is: 150, unit: hour, article: 第一条}
  hands_on: {is: 10, unit: hour, article: 第一条}
  handed_on: {is: 40, unit: hour, article: 第三条}
  lump: {is: 50, unit: hour, article: 第二条}
facts:
  hours: {title: 核定学时, type: number, unit: hour, step: 0.5, at_least: 0, at_most: 1000}
  project: {title: 同一项目, type: identity}
  work: {title: 同一作品, type: identity}
requirement:
  - {of: total, at_least: annual, per: year, article: 第一条}
  - {of: professional, at_least: mostly * annual, per: year, article: 第一条}
  - {of: public, at_least: general, per: year, article: 第一条}
  - {of: total, at_least: two_years, per: {years: [-1, 0]}, article: 第一条}
  - {of: [project_day, essay], at_least: hands_on, per: year, article: 第一条}
standards:
  course: {title: 培训, article: 第二条, subject: professional, hours: hours}
  lecture: {title: 公需课, article: 第二条, subject: public, hours: hours}
  project_day:
    title: 项目
    article: 第二条
    subject: professional
    hours: hours
    ceiling: {hours: 25, per: project, article: 第二条}
  essay:
    title: 文章
    article: 第二条
    subject: professional
    hours: hours
    ceiling: {hours: 50, per: {years: [-2, 0]}, article: 第二条}
    once_per: [work]
  exam: {title: 考试, article: 第二条, subject: [professional, public], hours: hours}
  monograph: {title: 专著, article: 第二条, subject: professional, hours: lump, years: [0, 1], once_per: [work]}
ceilings:
  - {of: [project_day], at_most: 60, per: year, article: 第三条}
validity: {years: [0, 1], at_most: handed_on, article: 第三条}
"""

day = st.tuples(st.integers(2022, 2025), st.integers(1, 12), st.integers(1, 28)).map(
    lambda d: f"{d[0]}-{d[1]:02}-{d[2]:02}"
)
kind = st.sampled_from(["course", "lecture", "project_day", "essay", "exam", "monograph"])
status = st.sampled_from(["registered", "registered", "pending", "void"])
halves = st.integers(0, 200).map(lambda n: Fraction(n, 2))


@st.composite
def cases(draw):
    activities = []
    for number in range(draw(st.integers(0, 9))):
        what = {"id": f"a{number}", "kind": draw(kind), "date": draw(day), "status": draw(status)}
        if what["kind"] != "monograph":
            what["hours"] = draw(halves)
        if what["kind"] == "project_day" and draw(st.booleans()):
            what["project"] = draw(st.sampled_from("AB"))
        if what["kind"] in ("essay", "monograph") and draw(st.booleans()):
            what["work"] = draw(st.sampled_from("VW"))
        activities.append(what)
    person = {"id": "p", "title_level": "junior"}
    return {"case": "law", "policy": "shapes/everything@2020.1", "person": person, "activities": activities}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    folder = tmp_path_factory.mktemp("everything") / "shapes" / "everything"
    folder.mkdir(parents=True)
    (folder / "2020.1.yaml").write_text(POLICY, encoding="utf-8")
    library = Library([folder.parent.parent])
    return lambda case: run(case, library=library).result


def standing_of(result):
    return {
        year: (r.verdict, dict(r.subjects), r.total, {a.id: a.hours for a in r.activities}, set(r.cured))
        for year, r in result.years.items()
    }


@given(case=cases(), random=st.randoms(use_true_random=False))
def test_the_order_of_activities_never_matters(case, random, everything):
    shuffled = copy.deepcopy(case)
    random.shuffle(shuffled["activities"])
    one, other = (everything(c) for c in (case, shuffled))
    assert standing_of(one) == standing_of(other)


@given(case=cases())
def test_a_ceiling_holds_for_each_matter_for_each_year_and_over_several_years(case, everything):
    years = everything(case).years
    stated = {a["id"]: a for a in case["activities"]}
    essays = {}
    for number, year in years.items():
        projects = {}
        for found in year.activities:
            if found.kind == "project_day":
                matter = stated[found.id].get("project", found.id)
                projects[matter] = projects.get(matter, 0) + found.hours.high
            if found.kind == "essay":
                essays[number] = essays.get(number, 0) + found.hours.low
        assert all(hours <= 25 for hours in projects.values())
        assert sum(projects.values()) <= 60
    for number in essays:
        assert sum(hours for year, hours in essays.items() if number - 2 <= year <= number) <= 50


@given(case=cases())
def test_moving_hours_between_years_and_subjects_makes_and_loses_none(case, everything):
    for activity in case["activities"]:
        activity["status"] = "void" if activity["status"] == "void" else "registered"
    years = everything(case).years
    counted = sum(found.hours.low for year in years.values() for found in year.activities)
    assert sum(year.total.low for year in years.values()) == counted
    for number, year in years.items():
        handed_on = [move.hours.low for move in year.cured if move.from_year == number]
        assert sum(handed_on) <= 40
        if handed_on and any(handed_on):
            assert year.total.low >= 90


@settings(max_examples=150)
@given(case=cases(), outcomes=st.lists(st.sampled_from(["registered", "void"]), min_size=9, max_size=9))
def test_settling_what_is_pending_lands_inside_the_ranges(case, outcomes, everything):
    settled = copy.deepcopy(case)
    for activity, outcome in zip(settled["activities"], outcomes, strict=False):
        if activity["status"] == "pending":
            activity["status"] = outcome
    before, after = (everything(c).years for c in (case, settled))
    for year, found in after.items():
        for subject, span in (*found.subjects.items(), ("total", found.total)):
            outer = before[year].total if subject == "total" else before[year].subjects[subject]
            assert outer.low <= span.low
            assert span.high <= outer.high
        if before[year].verdict != "undetermined":
            assert found.verdict == before[year].verdict


@given(case=cases())
def test_claimed_is_counted_and_the_explained_losses_in_each_world(case, everything):
    for year in everything(case).years.values():
        for found in year.activities:
            left = [
                found.claimed.low - sum(r.hours.low for r in found.because if r.hours),
                found.claimed.high - sum(r.hours.high for r in found.because if r.hours),
            ]
            assert sorted(left) == [found.hours.low, found.hours.high]
