"""The commands, as people and programs call them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from jsonschema import Draft202012Validator

from helpers import ROOT

W3B = "policies/examples/general/cases/W3b.yaml"


def call(*arguments, stdin=None, cwd=ROOT, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment},
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def test_the_main_job_shows_why_every_hour_counts_or_not():
    code, out, err = call("evaluate", W3B)
    assert (code, err) == (0, "")
    assert "✔ 达到要求" in out
    assert "24学时不计：同一事项已按“授课（报告）”认定（第九条第一款）" in out
    assert "4学时不计：超过参加宣讲、培训班、学术会议、专题讲座等每年20学时的上限（第八条第四项）" in out
    assert "\x1b" not in out


def test_english_on_request_and_by_the_locale():
    assert "year 2025  ✔ met" in call("evaluate", W3B, "--lang", "en")[1]
    assert "year 2025  ✔ met" in call("evaluate", W3B, LC_ALL="en_US.UTF-8")[1]
    assert "达到要求" in call("evaluate", W3B, LC_ALL="zh_CN.UTF-8")[1]


def test_json_is_the_contracts_and_the_same_bytes_every_time():
    code, out, _ = call("evaluate", W3B, "--format", "json")
    assert code == 0
    data = json.loads(out)
    schema = json.loads((ROOT / "schema/result.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    year = data["years"]["2025"]
    assert year["professional"] == {"low": "60", "high": "60"}
    att = year["activities"]["att"]
    assert att["outcome"] == "counted_elsewhere"
    assert att["because"] == [
        {
            "code": "elsewhere",
            "article": "第九条第一款",
            "hours": "24",
            "text": "同一事项已按“授课（报告）”认定",
            "with": ["lec"],
        }
    ]
    assert data["official"] is False
    assert call("evaluate", W3B, "--format", "json", PYTHONHASHSEED="7")[1] == out


def test_several_inputs_folders_streams_and_standard_input():
    code, out, err = call("evaluate", "policies", "--format", "json")
    assert code == 0
    assert len(out.splitlines()) >= 23
    assert "无法评定0个" in err
    stream = b"\n---\n".join(
        (ROOT / "policies/xinjiang/cases" / f"{n}.yaml").read_bytes() for n in ("W13", "W5a")
    )
    code, out, _ = call("evaluate", "-", "--format", "json", stdin=stream)
    assert [json.loads(line)["case"] for line in out.splitlines()] == ["W13", "W5a"]


def test_one_bad_case_does_not_stop_the_others():
    good = (ROOT / "policies/xinjiang/cases/W13.yaml").read_bytes()
    bad = good.replace(b"kind: training", b"kind: trianing")
    code, out, err = call("evaluate", "-", "--format", "json", stdin=b"\n---\n".join([good, bad, good]))
    assert code == 1
    assert len(out.splitlines()) == 2
    assert "PH803" in err
    assert "“trianing”" in err
    assert "training" in err
    assert "共3个个案：已评定2个，无法评定1个" in err


def test_a_reading_can_be_switched_and_the_result_is_then_a_trial():
    code, out, _ = call(
        "evaluate", "policies/xinjiang/cases/W13.yaml", "--reading", "share_base=earned", "--format", "json"
    )
    data = json.loads(out)
    assert code == 0
    assert data["years"]["2025"]["verdict"] == "not_met"
    assert data["official"] is False


def test_another_policy_can_be_chosen():
    code, out, _ = call("evaluate", W3B, "--policy", "xinjiang@2023.1", "--format", "json")
    assert code == 0
    assert json.loads(out)["years"]["2025"]["policy"] == "xinjiang@2023.1"
    assert call("evaluate", W3B, "--policy", "xinjiang", "--as-of", "2029-01-01")[0] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["evaluate"], 2, "缺少参数"),
        (["certificate", "issue", W3B], 2, "缺少选项 --year"),
        (["form", "new", "xinjiang", "--name", "农业", "-o", "表.xlsx"], 2, "“农业”不能作行业的标识"),
        (["evalute", "x"], 2, "没有“evalute”这个命令，是不是要写：evaluate"),
        (["evaluate", "x", "--polcy", "y"], 2, "没有“--polcy”这个选项"),
        (["evaluate", "x", "--reading", "a"], 2, "读法=选项"),
        (["evaluate", "x", "--as-of", "2025-13-01"], 2, "2025-13-01"),
        (["evaluate", "missing.yaml"], 1, "PH101"),
        (["evaluate", W3B, "--policy", "nope@2023.1"], 1, "PH322"),
        (["evaluate", W3B, "--policy", "xinjiang@2022.1"], 1, "xinjiang@2023.1"),
        (["evaluate", W3B, "--policy", "../x@2023.1"], 1, "PH320"),
        (["evaluate", W3B, "--policies", "nowhere"], 1, "PH321"),
        (["evaluate", W3B, "--reading", "share=x"], 1, "share_base"),
        (["evaluate", "policies/xinjiang/2023.1.yaml"], 1, "PH328"),
        (["show", "nope"], 1, "PH322"),
        (["lint", "missing.yaml"], 1, "PH101"),
    ],
)
def test_a_wrong_call_is_told_in_words_never_with_a_traceback(arguments, code, says):
    found, out, err = call(*arguments)
    assert found == code
    assert says in out + err
    assert "Traceback" not in out + err


def test_lint_says_clean_errors_or_nothing_checked(tmp_path):
    assert call("lint")[0] == 0
    assert call("lint", tmp_path)[0] == 3
    (tmp_path / "a.yaml").write_text(
        "case: a\nperson: {id: p, title_level: 中级}\npolicy: xinjiang@2023.1\n", "utf-8"
    )
    assert call("lint", tmp_path)[0] == 0
    (tmp_path / "b.yaml").write_text("case: a\nperso: {}\n", "utf-8")
    code, out, _ = call("lint", tmp_path, "--format", "json")
    assert code == 1
    assert "PH201" in {f["code"] for f in json.loads(out)}


def test_test_says_what_does_not_hold(tmp_path):
    text = (ROOT / "policies/xinjiang/cases/W13.yaml").read_text(encoding="utf-8")
    (tmp_path / "c.yaml").write_text(text.replace("professional: 60,", "professional: 61,"), encoding="utf-8")
    code, out, _ = call("test", tmp_path / "c.yaml")
    assert code == 1
    assert "2025年专业科目：预期61，实得60" in out
    assert call("test", tmp_path / "none.yaml")[0] == 1
    code, out, _ = call("test")
    assert code == 0
    assert "0个不符" in out


def test_policies_and_show_list_what_there_is():
    code, out, _ = call("policies")
    assert code == 0
    assert "xinjiang@2023.1" in out
    assert "示例" in out
    code, out, _ = call("show", "xinjiang@2023.1", "--format", "json")
    assert code == 0
    data = json.loads(out)
    assert all(p["origin"]["line"] >= 1 for p in data["provisions"])


def test_a_reader_that_leaves_early_is_no_error():
    done = subprocess.run(
        f"{sys.executable} -m policyhours show xinjiang@2023.1 | head -1",
        shell=True, capture_output=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False,
    )  # fmt: skip
    assert done.stderr == b""


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "utf-8"])
def test_every_console_gets_an_answer(encoding):
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", "evaluate", W3B],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert done.returncode == 0
    text = done.stdout.decode(encoding)
    assert "2025" in text
    if encoding in ("gbk", "utf-8"):
        assert "达到要求" in text


def test_an_interrupt_ends_it_quietly():
    process = subprocess.Popen(
        [sys.executable, "-m", "policyhours", "evaluate", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
    )  # fmt: skip
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err.decode()
    assert "已中断" in err.decode()


def test_help_is_worth_reading():
    for command in ("evaluate", "lint", "test", "policies", "show"):
        code, out, _ = call(command, "--help")
        assert code == 0
        assert "--lang" in out
        assert len(out) > 300
