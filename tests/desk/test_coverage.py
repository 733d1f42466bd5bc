"""Coverage asks only for rows that some case can reach, of policies that took part."""

from __future__ import annotations

from policyhours.desk.answer.coverage import places
from policyhours.language.library import Library
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

POLICY = """\
policy: rows
version: "2024.1"
title: 行
document: 示例〔2024〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2020-01-01}
subjects: {professional: {title: 专业科目, article: 第一条}}
facts:
  level: {title: 级别, one_of: {national: 国家级, region: 自治区级, county: 县级}}
  rank: {title: 排名, type: integer, at_least: 1, at_most: 9}
values:
  whole: {by: level, values: {national: 30, region: 20, any: 5}, unit: hour, article: 第二条, title: 定额}
  part: {by: rank, values: {1: 1, 2..: 1/2}, article: 第二条, title: 比例}
standards:
  project:
    title: 课题
    article: 第二条
    subject: professional
    hours: {by: [level, rank], values: {national: {1: whole, 2..: whole * part}, region: {any: whole}, county: {any: whole}}}
"""


def test_only_rows_that_agree_with_the_rows_around_them_count():
    node = read_document(source_from_bytes(POLICY.encode(), "rows.yaml"))
    policy = Library([]).resolve_file(node, None)
    rows = [place for place in places(policy.rules()) if "：" in place]
    assert rows == [
        "课题：级别：国家级，排名：1，级别：国家级",
        "课题：级别：国家级，排名：2及以上，级别：国家级",
        "课题：级别：国家级，排名：2及以上，排名：2及以上",
        "课题：级别：自治区级，排名：不限，级别：自治区级",
        "课题：级别：县级，排名：不限，级别：不限",
    ]


def test_a_policy_of_other_years_is_not_asked_about(tmp_path):
    from click.testing import CliRunner

    from helpers import ROOT
    from policyhours.cli.test import test as command

    text = (ROOT / "policies/examples/agriculture/cases/first-day.yaml").read_text(encoding="utf-8")
    last = "case: before-the-first-year" + text.partition("case: before-the-first-year")[2]
    (tmp_path / "one.yaml").write_text(last, encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path / "one.yaml"), "--policies", str(ROOT / "policies")])
    assert done.exit_code == 0, done.output
    assert "examples/agriculture" not in done.output
