"""What is handed over: no page tells the folders of the machine on which it was made."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from desk.html.markup import Page
from helpers import ROOT
from policyhours.cli.diff import diff
from policyhours.cli.evaluate import evaluate
from policyhours.cli.show import show
from policyhours.desk.changes.compared import finding_text
from policyhours.text.finding import Finding
from policyhours.text.source import file_alone

OFFICE, ROOM = "人事处的电脑", "张三的文件夹"


@pytest.fixture
def home(tmp_path):
    """A folder of policies and cases that is far from the working folder."""
    folder = tmp_path / OFFICE / ROOM
    for name in ("xinjiang", "examples", "national"):
        shutil.copytree(ROOT / "policies" / name, folder / "policies" / name)
    return folder


def page_of(command, home, *called: str) -> str:
    out = home / "交出去.html"
    policies = str(home / "policies")
    done = CliRunner().invoke(command, [*called, "--policies", policies, "--format", "html", "-o", str(out)])
    assert done.exit_code == 0, done.output
    html = out.read_text(encoding="utf-8")
    assert OFFICE not in html and ROOM not in html
    assert home.anchor + home.parts[1] not in html
    return html


@pytest.mark.parametrize(
    ("lang", "stands"),
    [
        ("zh", "xinjiang@2023.1 第6行 → examples/general@2023.1 第5行"),
        ("en", "xinjiang@2023.1 line 6 → examples/general@2023.1 line 5"),
    ],
)
def test_a_change_is_told_by_policy_and_line(home, lang, stands):
    html = page_of(diff, home, "xinjiang@2023.1", "examples/general@2023.1", "--lang", lang)
    assert stands in Page(html).text
    assert ".yaml" not in html


def test_what_stands_in_the_upper_text_is_told_by_the_upper_text(home):
    text = Page(page_of(diff, home, "examples/general@2023.1", "xinjiang/accounting@2023.1")).text
    assert "national/accounting@2018.1 第" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_that_cannot_be_compared_is_told_by_its_file_alone(home, lang):
    cases = home / "policies/examples/general/cases"
    (cases / "编码.yaml").write_bytes((cases / "W3b.yaml").read_text(encoding="utf-8").encode("gbk"))
    (cases / "残缺.yaml").write_text("case: [\n", encoding="utf-8")
    called = ["xinjiang@2023.1", "examples/general@2023.1", "--cases", str(cases), "--lang", lang]
    text = Page(page_of(diff, home, *called)).text
    assert ("不能比较：编码.yaml" if lang == "zh" else "not comparable: 编码.yaml") in text
    assert ("文件“编码.yaml”是 GBK" if lang == "zh" else "the file “编码.yaml” is encoded in GBK") in text
    assert "残缺.yaml:1 PH" in text
    as_text = CliRunner().invoke(diff, [*called, "--policies", str(home / "policies")]).output
    assert (cases / "编码.yaml").as_posix() in as_text.replace("\n", "").replace(" ", "")


def test_files_that_a_finding_quotes_are_told_by_their_names():
    words = {"first": "a@2023.1", "second": "a@2023.2", "day": "2025-01-01"}
    words |= {"first_file": f"/{ROOM}/a/2023.1.yaml", "second_file": f"D:\\{ROOM}\\a\\2023.2.yaml"}
    finding = Finding("PH334", None, words)
    for lang in ("zh", "en"):
        assert ROOM in finding_text(finding, lang)
        told = finding_text(finding, lang, folders=False)
        assert ROOM not in told and "2023.1.yaml" in told and "2023.2.yaml" in told


@pytest.mark.parametrize(
    ("ref", "texts"),
    [
        ("xinjiang@2023.1", []),
        ("examples/general@2023.1", ["xinjiang@2023.1", "examples/general@2023.1"]),
        ("xinjiang/accounting@2023.1", ["xinjiang@2023.1", "national/accounting@2018.1"]),
    ],
)
def test_the_rules_name_their_texts_by_policy(home, ref, texts):
    html = page_of(show, home, ref)
    assert ".yaml" not in html
    text = Page(html).text
    assert all(f"（{named}）" in text for named in texts)


def test_an_answer_names_no_folder(home):
    case = home / "policies/examples/general/cases/W3b.yaml"
    assert ".yaml" not in page_of(evaluate, home, str(case))


def test_the_name_of_a_file_is_what_stands_behind_the_last_slash_of_either_kind():
    assert file_alone("/a/b/c.yaml") == file_alone("D:\\a\\c.yaml") == file_alone("c.yaml") == "c.yaml"
    assert file_alone("-") == "-"
