"""``policyhours evaluate --compare`` as clerks call it, with results as they should be and as they are not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from helpers import ROOT

CASE = """case: c-1
policy: xinjiang@2023.1
person: {id: p-1, title_level: intermediate}
activities:
  - {id: t, kind: training, date: 2025-03-10, hours: 70, assessment: passed}
  - {id: p, kind: public_course, date: 2025-06-30, hours: 30, assessment: passed}
"""
VOIDED = CASE.replace("hours: 70,", "hours: 70, status: void,")


def call(*arguments, cwd, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", *map(str, arguments)],
        capture_output=True,
        cwd=cwd,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "POLICYHOURS_POLICIES": str(ROOT / "policies"),
            "PYTHONUTF8": "1",
            **environment,
        },
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


@pytest.fixture
def desk(tmp_path):
    """A folder with a case, its result as it was, and the case after an item was voided."""
    (tmp_path / "before.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "now.yaml").write_text(VOIDED, encoding="utf-8")
    code, out, err = call("evaluate", "before.yaml", "--format", "json", "-o", "old.json", cwd=tmp_path)
    assert (code, out, err) == (0, "已写出 old.json\n", "")
    return tmp_path


def refused(desk, text, code, lang="zh"):
    """What is said of an earlier result that holds the text."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (desk / "bad.json").write_bytes(data)
    status, out, err = call("evaluate", "now.yaml", "--compare", "bad.json", "--lang", lang, cwd=desk)
    assert status == 1
    assert out == ""
    assert code in err
    assert "Traceback" not in err
    return err


def old(desk):
    return json.loads((desk / "old.json").read_text(encoding="utf-8"))


def test_the_years_that_changed_and_why(desk):
    code, out, err = call("evaluate", "now.yaml", "--compare", "old.json", cwd=desk)
    assert (code, err) == (0, "")
    assert "个案 c-1  2025年度  达到要求 → 未达到要求" in out
    assert "缘由：t（继续教育培训活动）：登记状态 已登记 → 已作废" in out
    assert "1个年度有变化，其中1个结论改变" in out


def test_as_data_it_is_a_part_of_the_result_and_can_be_compared_again(desk):
    arguments = ("evaluate", "now.yaml", "--compare", "old.json", "--format", "json", "-o", "new.json")
    assert call(*arguments, cwd=desk)[0] == 0
    data = json.loads((desk / "new.json").read_text(encoding="utf-8"))
    assert [year["year"] for year in data["changes"]["years"]] == [2025]
    code, out, _ = call("evaluate", "now.yaml", "--compare", "new.json", cwd=desk)
    assert code == 0
    assert out.endswith("各年度的结论和学时都没有变化\n")


def test_on_the_sheet_that_is_handed_over(desk):
    arguments = ("evaluate", "now.yaml", "--compare", "old.json", "--format", "html", "-o", "a.html")
    assert call(*arguments, cwd=desk)[0] == 0
    page = (desk / "a.html").read_text(encoding="utf-8")
    assert "与以前的结果相比" in page
    assert "登记状态 已登记 → 已作废" in page


def test_a_result_that_was_printed_reformatted_or_saved_with_a_mark_will_do(desk):
    text = json.dumps(old(desk), indent=2, ensure_ascii=False)
    (desk / "old.json").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert call("evaluate", "now.yaml", "--compare", "old.json", cwd=desk)[0] == 0


def test_several_cases_are_each_compared_with_their_own(desk):
    other = CASE.replace("c-1", "c-2")
    (desk / "both.yaml").write_text(f"{CASE}---\n{other}", encoding="utf-8")
    (desk / "later.yaml").write_text(f"{VOIDED}---\n{other}", encoding="utf-8")
    assert call("evaluate", "both.yaml", "--format", "json", "-o", "two.json", cwd=desk)[0] == 0
    code, out, _ = call("evaluate", "later.yaml", "--compare", "two.json", cwd=desk)
    assert code == 0
    assert out.count("与以前的结果相比") == 2
    assert out.count("个年度有变化") == 1


def test_cases_of_the_earlier_result_that_are_left_out_are_not_passed_over_in_silence(desk):
    first = (desk / "old.json").read_text(encoding="utf-8")
    (desk / "two.json").write_text(first + first.replace('"c-1"', '"c-2"'), encoding="utf-8")
    code, _, err = call("evaluate", "now.yaml", "--compare", "two.json", cwd=desk)
    assert code == 0
    assert "还有1个个案，这次没有评定" in err


def test_the_result_of_another_case_is_refused(desk):
    text = json.dumps({**old(desk), "case": "c-9"})
    assert "没有个案“c-1”的结果，只有：c-9" in refused(desk, text, "DK113")


def test_a_file_that_is_no_json_is_refused(desk):
    for text in ("", "{", "结果", CASE, '{"case": 1, "case": 2}', "[" * 100_000, f'{{"case": {"9" * 5000}}}'):
        refused(desk, text, "DK110")


def test_json_of_something_else_is_refused(desk):
    for text in ("[]", "7", '"x"', "{}", '{"case": "c-1"}', "null"):
        refused(desk, text, "DK111")


def test_hours_that_another_program_spoilt_are_refused_with_their_place(desk):
    data = old(desk)
    data["years"]["2025"]["total"]["low"] = 60.5
    said = refused(desk, json.dumps(data), "DK115")
    assert "years › 2025 › total › low写成了数 60.5" in said
    data["years"]["2025"]["total"]["low"] = float("nan")
    refused(desk, json.dumps(data), "DK115")


def test_an_altered_result_is_refused(desk):
    data = old(desk)
    data["years"]["2025"]["verdict"] = "maybe"
    assert "years › 2025 › verdict" in refused(desk, json.dumps(data), "DK111")
    data = old(desk)
    data["years"]["2025"]["total"]["low"] = "9" * 6000
    refused(desk, json.dumps(data), "DK111")
    data = old(desk)
    data["stated"]["activities"]["t"] = {"date": "2025-03-10"}
    assert "stated › activities › t" in refused(desk, json.dumps(data), "DK111")
    data = old(desk)
    data["stated"]["decisions"] = [{"year": "x", "remedy": "defer"}]
    refused(desk, json.dumps(data), "DK111")
    data = old(desk)
    data["years"]["2025"]["requirements"][0]["years"] = []
    refused(desk, json.dumps(data), "DK111")
    data = old(desk)
    data["years"]["2025"]["activities"]["t"]["date"] = "2025-13-77"
    assert "all of it" in refused(desk, json.dumps(data), "DK111", "en")


def test_a_result_of_a_newer_program_is_refused_as_such(desk):
    data = {**old(desk), "more": 1}
    data["receipt"]["policyhours"] = "7.0.0"
    assert "policyhours 7.0.0" in refused(desk, json.dumps(data), "DK112")


def test_one_case_twice_is_refused(desk):
    text = (desk / "old.json").read_text(encoding="utf-8")
    refused(desk, text + text, "DK114")


def test_a_result_saved_by_powershell_is_named_as_what_it_is(desk):
    assert "UTF-16" in refused(desk, json.dumps(old(desk)).encode("utf-16"), "PH106")


def test_a_missing_file_and_a_folder_are_refused(desk):
    for name, code in (("none.json", "PH101"), (".", "PH103")):
        status, out, err = call("evaluate", "now.yaml", "--compare", name, cwd=desk)
        assert (status, out) == (1, "")
        assert code in err


def test_the_earlier_result_is_never_written_over(desk):
    before = (desk / "old.json").read_bytes()
    arguments = ("evaluate", "now.yaml", "--compare", "old.json", "--format", "json", "-o", "./old.json")
    code, _, err = call(*arguments, cwd=desk)
    assert code == 1
    assert "RO411" in err
    assert (desk / "old.json").read_bytes() == before


def test_the_case_is_never_written_over(desk):
    (desk / "case.json").write_text(CASE, encoding="utf-8")
    code, _, err = call("evaluate", "case.json", "--format", "json", "-o", "case.json", cwd=desk)
    assert code == 1
    assert "RO411" in err
    assert (desk / "case.json").read_text(encoding="utf-8") == CASE


def test_data_goes_to_a_json_file_only(desk):
    code, _, err = call("evaluate", "now.yaml", "--format", "json", "-o", "now.yaml", cwd=desk)
    assert code == 1
    assert "DK116" in err
    assert (desk / "now.yaml").read_text(encoding="utf-8") == VOIDED
    assert call("evaluate", "now.yaml", "-o", "x.json", cwd=desk)[0] == 2
