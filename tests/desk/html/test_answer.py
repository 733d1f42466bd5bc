"""The answer (答复单): one sheet that says everything, prints on a page of A4 and needs nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk.html.markup import Page, printed
from helpers import LIBRARY, ROOT, case, run
from policyhours.case.read import read_draft
from policyhours.cli.evaluate import evaluate as command
from policyhours.desk.answer.account import account
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.html import jinja
from policyhours.desk.html.answer import answer_body, answer_html, answers_html
from policyhours.text.finding import Refused
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source

FIFTEEN = Path(__file__).parent / "fifteen.yaml"
CASES = sorted(path for path in (ROOT / "policies").glob("**/cases/*.yaml"))
HOSTILE = "</style><script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


def evaluated(path: Path, **readings: str):
    return [
        evaluate(read_draft(node), LIBRARY, readings=readings) for node in read_documents(read_source(path))
    ]


def spoken(text: str) -> str:
    return " ".join(text.split())


W3B = evaluated(ROOT / "policies/examples/general/cases/W3b.yaml")[0]


def test_the_sheet_says_the_result_the_arithmetic_and_every_reason():
    text = Page(answer_html(W3B)).text
    for said in (
        "继续教育学时答复单", "个案 W3b", "试算，不作正式结果：examples/general@2023.1 是示例",
        "2025年度 ✔ 达到要求 依据 examples/general@2023.1",
        "p 公需科目学习 2025-06-30 · 核定学时30 · 考核结果：考核合格 · 第十二条第一款30030",
        "4学时不计：超过参加宣讲、培训班、学术会议、专题讲座等每年20学时的上限（第八条第四项）24420",
        "24学时不计：同一事项已按“授课（报告）”认定（第九条第一款）24240",
        "各项活动合计1182890",
        "可以生成合格证书", "授课倍数×实际学习时间", "policyhours 0.1.0",
    ):  # fmt: skip
        assert said in text
    for ref, header in W3B.layers.items():
        assert ref in text and header.digest in text
    assert W3B.draft.digest in text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_sheet_is_well_formed_loads_nothing_and_says_all_that_the_text_form_says(path, lang):
    for found in evaluated(path):
        page = Page(answer_html(found, lang))
        assert page.loads == page.links == []
        assert "script" not in page.tags
        told = account(found, lang)
        parts = [told.kind, told.why, told.review]
        for year in told.years:
            parts += [year.title, year.said, year.certificate, year.route, *year.because, *year.moves]
            parts += [*year.open_items, *year.advice, *year.readings, *(one.name for one in year.sums)]
            parts += [
                text for item in year.items for text in (item.result.title, item.counted, *item.because)
            ]
        for part in parts:
            assert spoken(part) in page.text
        for year in found.result.years.values():
            assert all(activity.id in page.text for activity in year.activities)


def test_an_official_result_is_no_trial_and_says_so():
    filed = run(case({"kind": "training", "hours": 90, "assessment": "passed"}, policy="xinjiang@2023.1"))
    text = Page(answer_html(filed)).text
    assert "正式" in text
    assert "试算" not in text


def test_readings_that_are_switched_are_named_with_the_one_adopted():
    found = evaluated(FIFTEEN, share_base="earned")[0]
    text = Page(answer_html(found)).text
    assert "换用的读法专业科目“不少于总学时的三分之二”，以什么为基数？ 以实际取得的总学时为基数" in text
    assert "share_base=required" in text
    assert "换用的读法" not in Page(answer_html(evaluated(FIFTEEN)[0])).text


def test_the_formulas_are_those_of_the_readings_that_were_used():
    part = case({"kind": "training", "minutes": 95, "assessment": "passed"})
    assert "不足一天的学时 不足一天的分钟数÷每学时分钟数（学时）" in Page(answer_html(run(part))).text
    down = Page(answer_html(run(part | {"readings": {"rounding": "whole_down"}}))).text
    assert "不足一天的学时 （不足一天的分钟数÷每学时分钟数）舍去零数（学时）" in down
    assert "2025-03-01 · 不足一天的分钟数95 · 考核结果：考核合格 · 第八条第一项202" in down


def test_a_decision_is_told_without_its_ground():
    relief = {"year": 2025, "ground": "illness", "remedy": "reduce", "required_hours": 45}
    relief |= {"certified_by": "employer", "decided_by": "employer", "decided_on": "2025-03-01"}
    found = run(case({"kind": "training", "hours": 45, "assessment": "passed"}, decisions=[relief]))
    html = answer_html(found)
    assert "第十条决定：" in html
    for private in ("illness", "伤", "病", "孕"):
        assert private not in html


def test_what_the_case_says_freely_is_not_printed():
    found = run(case({"kind": "paper", "authorship": "sole", "work": "私事"}, title="孕产顺延"))
    html = answer_html(found)
    assert "私事" not in html
    assert "孕产" not in html  # a title may tell a ground, or a name


def test_a_year_without_a_policy_still_lists_its_activities():
    found = run(case({"kind": "training", "hours": 9, "date": "2029-05-01"}, policy="xinjiang@2023.1"))
    text = Page(answer_html(found)).text
    assert "2029年度 ─ 不能评定" in text
    assert "a0" in text


@pytest.mark.parametrize("level", [1, 2, 3])
def test_in_another_page_its_headings_go_down(level):
    tags = Page(answer_body(W3B, level=level)).tags
    headings = {tag for tag in tags if tag in ("h1", "h2", "h3", "h4", "h5")}
    assert min(headings) == f"h{level}"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_fifteen_activities_print_on_one_page(tmp_path, lang):
    found = evaluated(FIFTEEN, share_base="earned")[0]
    assert len(found.settled.case.activities) == 15
    assert printed(answer_html(found, lang), tmp_path) == 1


def test_several_cases_are_several_sheets_in_one_file(tmp_path):
    html = answers_html([W3B, evaluated(FIFTEEN)[0], W3B])
    assert Page(html).tags.count("article") == 3
    assert printed(html, tmp_path) == 3


def test_the_command_puts_the_sheet_in_its_place(tmp_path):
    out = tmp_path / "答复单.html"
    done = CliRunner().invoke(command, [str(FIFTEEN), "--format", "html", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "已写出" in done.output
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    printed_out = CliRunner().invoke(command, [str(FIFTEEN), "--format", "html"])
    assert printed_out.stdout.strip() == out.read_text(encoding="utf-8").strip()
    assert [path.name for path in tmp_path.iterdir()] == ["答复单.html"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--format", "html", "-o", "case.yaml"], 1, "DK102"),
        (["--format", "html", "-o", "none/a.html"], 1, "RO402"),
        (["-o", "a.html"], 2, "--format html"),
    ],
)
def test_a_place_where_no_sheet_can_go_is_refused_before_anything_is_written(
    tmp_path, monkeypatch, arguments, code, says
):
    (tmp_path / "case.yaml").write_bytes(FIFTEEN.read_bytes())
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command, ["case.yaml", "--policies", str(ROOT / "policies"), *arguments])
    assert done.exit_code == code
    assert says in done.output
    assert (tmp_path / "case.yaml").read_bytes() == FIFTEEN.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]


def test_without_jinja_the_extra_is_told(monkeypatch):
    jinja._environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(Refused) as refused:
        answer_html(W3B)
    assert [finding.code for finding in refused.value.findings] == ["DK101"]
    assert refused.value.findings[0].args["extra"] == "policyhours[desk]"
