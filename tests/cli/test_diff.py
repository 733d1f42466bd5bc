"""``policyhours diff`` as people and programs call it, on two small versions beside each other."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from helpers import ROOT

OLD, NEW = "xinjiang@2023.1", "xinjiang@2023.2"
EDITS = [
    ('version: "2023.1"', 'version: "2023.2"\nsupersedes: xinjiang@2023.1'),
    ("ceiling: {hours: 20, per: year, article: 第八条第八项", "ceiling: {hours: 25, per: year, article: 第八条第八项"),
    ("{organiser_level: [national, region], article: 第七条第四项", "{organiser_level: national, article: 第七条第四项"),
    ("hours: {open_to: industry, at_least: 0, article: 第八条第八项}", "hours: {is: paper_hours, article: 第八条第八项}"),
    ("  lecturing_factor:", "  paper_hours: {is: 25, unit: hour, article: 第八条第八项, title: 每篇论文折算学时}\n  lecturing_factor:"),
]  # fmt: skip
PERSON = "person: {id: p-secret, title_level: intermediate, prefecture: 阿克苏地区}"
CASES = f"""case: A
title: 论文
{PERSON}
activities:
  - {{id: t, kind: training, date: 2025-03-01, hours: 70, assessment: passed}}
  - {{id: p1, kind: paper, date: 2025-05-01, work: W1}}
---
case: B
{PERSON}
activities:
  - {{id: t, kind: training, date: 2025-03-01, hours: 85, assessment: passed}}
  - {{id: l, kind: lecture, date: 2025-04-01, minutes: 45, organiser_level: region}}
---
case: C
{PERSON}
activities:
  - {{id: t, kind: training, date: 2025-03-01, hours: 95, assessment: passed}}
---
case: D
{PERSON}
activities:
  - {{id: x, kind: no_such_kind, date: 2025-03-01, hours: 95, assessment: passed}}
"""


def call(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with two versions of the province's text, and cases beside them."""
    root = tmp_path_factory.mktemp("versions")
    text = (ROOT / "policies/xinjiang/2023.1.yaml").read_text(encoding="utf-8")
    folder = root / "policies" / "xinjiang"
    folder.mkdir(parents=True)
    (folder / "2023.1.yaml").write_text(text, encoding="utf-8")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "2023.2.yaml").write_text(text, encoding="utf-8")
    (root / "cases").mkdir()
    (root / "cases" / "all.yaml").write_text(CASES, encoding="utf-8")
    return root


def diff(place, *arguments, **environment):
    return call("diff", *arguments, "--policies", place / "policies", **environment)


def test_the_changes_in_the_words_of_the_law(place):
    code, out, err = diff(place, OLD, NEW, COLUMNS="118")
    assert (code, err) == (0, "")
    assert out.startswith("xinjiang@2023.1 → xinjiang@2023.2\n")
    assert "学术论文 上限：每年 20 学时 → 25 学时（第八条第八项）〔放宽〕" in out
    assert "授课（报告） 条件 “主办单位级别”：国家级或自治区级 → 国家级（第七条第四项）〔收紧〕" in out
    assert "新增 每篇论文折算学时：25 学时（第八条第八项）" in out
    assert "学术论文 学时：由行业实施细则规定（不少于0 学时） → 每篇论文折算学时（第八条第八项）" in out
    assert out.rstrip().endswith("共4处变化：收紧1处，放宽1处，其余2处")
    assert "supersedes" not in out


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_console(place, width, lang):
    from policyhours.text.telling import display_width

    out = diff(place, OLD, NEW, "--cases", place / "cases", "--lang", lang, COLUMNS=str(width))[1]
    for line in out.splitlines():
        words = line.strip().split(" ")
        assert display_width(line) <= width or len(words) == 1 or str(place) in line


def test_a_policy_and_itself(place):
    code, out, _ = diff(place, OLD, OLD)
    assert code == 0
    assert "没有变化" in out
    assert "no change" in diff(place, OLD, OLD, "--lang", "en")[1]
    data = json.loads(diff(place, OLD, OLD, "--format", "json")[1])
    assert data == {"old": OLD, "new": OLD, "changes": []}


def test_for_whom_it_matters(place):
    code, out, err = diff(place, OLD, NEW, "--cases", place / "cases", COLUMNS="118")
    assert (code, err) == (0, "")
    told = out[out.index("对个案的影响") :]
    assert told.index("个案 A") < told.index("不能比较：D")
    assert "个案 A  2025年度  不能确定 → 达到要求" in told
    assert "p1（学术论文） 0～20 → 25" in told
    assert "缘由：学术论文 上限：每年 20 学时 → 25 学时（第八条第八项）〔放宽〕" in told
    assert "个案 B  2025年度  达到要求 → 未达到要求" in told
    assert "l（授课（报告）） 6 → 0" in told
    assert "现：主办单位级别不足自治区级（第七条第四项）" in told
    assert "缘由：授课（报告） 条件 “主办单位级别”：国家级或自治区级 → 国家级（第七条第四项）〔收紧〕" in told
    assert "个案 C" not in told
    assert "不能比较：D（xinjiang@2023.1）" in told
    assert "没有“no_such_kind”这种方式" in told
    assert "比较了3个个案：2个有变化，2个年度结论改变" in told
    assert "达到要求 → 未达到要求：1" in told
    assert "另有1个不能比较" in told


def test_nothing_of_the_person_is_told(place):
    for form in ("text", "json"):
        out = diff(place, OLD, NEW, "--cases", place / "cases", "--format", form)[1]
        assert "p-secret" not in out
        assert "阿克苏" not in out


def test_the_same_as_data(place):
    code, out, _ = diff(place, OLD, NEW, "--cases", place / "cases", "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert {change["address"] for change in data["changes"]} == {
        "paper_hours",
        "lecture.requires.organiser_level",
        "paper.hours",
        "paper.ceiling",
    }
    ceiling = next(change for change in data["changes"] if change["address"] == "paper.ceiling")
    assert (ceiling["before"], ceiling["after"], ceiling["direction"]) == ("20", "25", "looser")
    assert ceiling["article"] == ["第八条第八项"]
    assert [p["file"].rpartition("/")[2] for p in ceiling["places"]] == ["2023.1.yaml", "2023.2.yaml"]
    by_case = {year["case"]: year for year in data["cases"]}
    assert set(by_case) == {"A", "B"}
    assert by_case["A"]["verdict"] == {"before": "undetermined", "after": "met"}
    assert by_case["A"]["hours"]["total"] == {
        "before": {"low": "70", "high": "90"},
        "after": {"low": "95", "high": "95"},
    }
    assert set(by_case["A"]["behind"]) == {"paper_hours", "paper.hours", "paper.ceiling"}
    assert by_case["B"]["behind"] == ["lecture.requires.organiser_level"]
    assert data["summary"]["compared"] == 3
    assert data["summary"]["flips"] == [
        {"before": "met", "after": "not_met", "years": 1},
        {"before": "undetermined", "after": "met", "years": 1},
    ]
    assert [one["case"] for one in data["not_comparable"]] == ["D"]


def test_several_paths_may_follow_cases(place):
    one = place / "cases" / "all.yaml"
    code, out, _ = diff(place, OLD, NEW, "--cases", one, one, "--format", "json")
    assert code == 0
    assert json.loads(out)["summary"]["compared"] == 6


def test_a_case_that_the_change_does_not_touch(place, tmp_path):
    (tmp_path / "c.yaml").write_text(CASES.split("---\n")[2], encoding="utf-8")
    code, out, _ = diff(place, OLD, NEW, "--cases", tmp_path)
    assert code == 0
    assert "这些个案的结论和学时都没有变化" in out


def test_what_is_missing_or_called_wrongly(place):
    code, _, err = diff(place, OLD, "xinjiang@2019.1")
    assert code == 1
    assert "没有“xinjiang@2019.1”这个规则" in err
    code, _, err = diff(place, OLD, "新疆")
    assert code == 1
    code, _, err = diff(place, OLD)
    assert code == 2
    code, _, err = diff(place, OLD, NEW, "extra.yaml")
    assert code == 2
    assert "个案写在 --cases 后面" in err
    code, out, _ = diff(place, OLD, NEW, "--cases", "no-such-file.yaml")
    assert code == 1
    assert "不能比较：no-such-file.yaml" in out
    assert "Traceback" not in out + err


def test_a_reference_without_version_is_the_one_in_force(place):
    code, out, _ = diff(place, "xinjiang@2023.1", "xinjiang", "--as-of", "2025-06-30")
    assert code == 0
    assert out.startswith("xinjiang@2023.1 → xinjiang@2023.2\n")


def test_a_console_of_another_encoding_is_no_trouble(place):
    code, _, err = diff(place, OLD, NEW, PYTHONUTF8="0", PYTHONIOENCODING="gbk")
    assert (code, err) == (0, "")
