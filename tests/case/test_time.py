"""A timed activity states its time; where the value goes by something else, none is asked for."""

from __future__ import annotations

import pytest

from helpers import run
from policyhours.language.library import Library
from policyhours.text.finding import Refused

POLICY = """\
policy: examples/by_form
version: "2020.1"
title: 按形式（虚构）
document: 示例〔2020〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2020-01-01}
subjects: {professional: {title: 专业科目, article: 第一条}}
values:
  asked: {is: 5, unit: hour, article: 第一条}
  a_day: {is: 8, unit: hour/day, article: 第二条}
facts:
  form: {title: 形式, one_of: {class: 听课, article: 文章}}
  days: {title: 天数, type: integer, unit: day, at_least: 0, at_most: 366}
  hours: {title: 核定学时, type: number, unit: hour, step: 0.5, at_least: 0, at_most: 1000, instead_of: [days]}
requirement:
  - {of: total, at_least: asked, per: year, article: 第一条}
standards:
  other:
    title: 其他
    article: 第二条
    subject: professional
    hours: {by: form, values: {class: days * a_day + hours, article: 5}}
"""


@pytest.fixture(scope="module")
def total(tmp_path_factory):
    folder = tmp_path_factory.mktemp("policies") / "examples" / "by_form"
    folder.mkdir(parents=True)
    (folder / "2020.1.yaml").write_text(POLICY, encoding="utf-8")
    library = Library([folder.parent.parent])

    def evaluated(**facts):
        activity = {"id": "a", "kind": "other", "date": "2025-06-01", **facts}
        person = {"id": "p", "title_level": "junior"}
        case = {"case": "t", "policy": "examples/by_form", "person": person, "activities": [activity]}
        return run(case, library=library).result.years[2025].total

    return evaluated


def test_time_is_asked_for_where_it_matters(total):
    assert total(form="class", days=2).low == 16
    with pytest.raises(Refused) as caught:
        total(form="class")
    assert [finding.code for finding in caught.value.findings] == ["PH808"]


def test_no_time_is_asked_for_where_the_value_goes_by_something_else(total):
    assert total(form="article").low == 5
