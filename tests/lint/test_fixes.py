"""What is mended is mended rightly, stays mended, and nothing else changes."""

from __future__ import annotations

import re
import stat

import pytest
from click.testing import CliRunner

from helpers import ROOT
from policyhours.cli import app
from policyhours.language.library import Library
from policyhours.lint.check import check
from policyhours.lint.fixes import is_slip
from policyhours.lint.mending import edited

POLICIES = ROOT / "policies"
CASE = """case: a
policy: xinjiang@2023.1
person: {id: p, title_level: senior}
activities:
  - {id: t, kind: training, date: 2025-03-10, hours: 60, assessment: passed}
"""
FILING = (POLICIES / "examples/general/2023.1.yaml").read_text(encoding="utf-8")


def lint(*arguments: object) -> tuple[int, str]:
    call = ["lint", "--policies", str(POLICIES), *map(str, arguments), "--lang", "zh"]
    result = CliRunner().invoke(app, call)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


MENDED = {
    "colon": ("case: a", "case： a"),
    "colon-without-blank": ("case: a", "case：a"),
    "comma-in-braces": ("date: 2025-03-10, hours", "date: 2025-03-10， hours"),
    "colon-in-braces": ("hours: 60, assessment: passed", "hours： 60, assessment： passed"),
    "all-in-braces": ("{id: p, title_level: senior}", "｛id： p， title_level： senior｝"),
    "wide-space": ("  - {id: t", "　- {id: t"),
    "no-break-space": ("title_level: senior", "title_level: senior\xa0"),
    "zero-width": ("policy: xinjiang", "policy: \u200bxinjiang"),
    "key": ("activities:", "activites:"),
    "key-by-title": ("person:", "人员:"),
    "kind": ("kind: training", "kind: trianing"),
    "fact": ("assessment: passed", "assesment: passed"),
    "option": ("assessment: passed", "assessment: pased"),
    "date-slashes": ("date: 2025-03-10", "date: 2025/3/10"),
    "date-run": ("date: 2025-03-10", "date: 20250310"),
    "date-chinese": ("date: 2025-03-10", "date: 2025年3月10日"),
    "wide-digits": ("hours: 60", "hours: ６０"),
    "lone-blank": ("{id: p, title_level: senior}", "{id:p, title_level: senior}"),
}


@pytest.mark.parametrize(("sound", "wrong"), MENDED.values(), ids=MENDED)
def test_a_case_is_mended_to_what_was_meant(there, sound, wrong):
    assert CASE.count(sound) == 1
    path = there / "a.yaml"
    path.write_text(CASE.replace(sound, wrong), encoding="utf-8")
    assert lint("a.yaml")[0] == 1
    lint("a.yaml", "--fix")
    assert path.read_text(encoding="utf-8").replace("title_level: senior ", "title_level: senior") == CASE
    before = path.read_bytes()
    lint("a.yaml", "--fix")
    assert path.read_bytes() == before


def test_a_filing_is_mended_in_every_place_at_once(there):
    wrong = FILING
    for sound, slip in (("title:", "titel:"), ("in_force:", "in_froce:"), ("第六条", "第6条")):
        assert sound in wrong
        wrong = wrong.replace(sound, slip, 1)
    path = there / "f.yaml"
    path.write_text(wrong, encoding="utf-8")
    lint("f.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == FILING


def test_a_quoted_number_loses_its_quotes(there):
    path = there / "f.yaml"
    path.write_text(re.sub(r"条: ([0-9]+)", r'条: "\1"', FILING, count=1), encoding="utf-8")
    assert lint("f.yaml")[0] == 1
    lint("f.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == FILING


@pytest.mark.parametrize(
    "wrong",
    [
        CASE.replace("training", "lecturing"),  # no known name is near
        CASE.replace("2023.1", "2023.2"),  # which version was meant, nobody can tell
        CASE.replace("2025-03-10", "2025-02-30"),
        CASE.replace("hours: 60", "hours: 6O"),
        CASE + "case: b\n",
    ],
)
def test_what_is_not_sure_is_left_alone(there, wrong):
    path = there / "a.yaml"
    path.write_text(wrong, encoding="utf-8")
    code, _ = lint("a.yaml", "--fix")
    assert code == 1
    assert path.read_text(encoding="utf-8") == wrong


def test_prose_keeps_its_punctuation(there):
    text = (
        CASE.replace("case： a", "case: a")
        + "title: 说明：甲，乙（ 丙 ）\nwhy: |\n  hours： 甲，\n  【乙】\n"
    )
    path = there / "a.yaml"
    path.write_text(text.replace("case: a", "case： a"), encoding="utf-8")
    lint("a.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == text


def test_byte_order_mark_line_ends_and_mode_stay(there):
    path = there / "a.yaml"
    wrong = CASE.replace("training", "trianing").replace("\n", "\r\n").replace("senior}\r\n", "senior}\n")
    path.write_bytes(b"\xef\xbb\xbf" + wrong.encode())
    path.chmod(0o640)
    code, _ = lint("a.yaml", "--fix")
    assert code == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + wrong.replace("trianing", "training").encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [p.name for p in there.iterdir()] == ["a.yaml"]


def test_diff_shows_and_writes_nothing(there):
    path = there / "a.yaml"
    wrong = CASE.replace("training", "trianing")
    path.write_text(wrong, encoding="utf-8")
    code, out = lint("a.yaml", "--diff")
    assert code == 1
    assert out.splitlines()[:2] == ["--- a/a.yaml", "+++ b/a.yaml"]
    assert "-  - {id: t, kind: trianing" in out
    assert "+  - {id: t, kind: training" in out
    assert path.read_text(encoding="utf-8") == wrong
    path.write_text(CASE, encoding="utf-8")
    assert lint("a.yaml", "--diff") == (0, "")


def test_diff_of_a_path_from_the_root_names_it_with_single_slashes(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(CASE.replace("training", "trianing"), encoding="utf-8")
    name = path.as_posix().removeprefix("/")
    assert lint(path, "--diff")[1].splitlines()[:2] == [f"--- a/{name}", f"+++ b/{name}"]


def test_a_read_only_file_is_told(there):
    path = there / "a.yaml"
    wrong = CASE.replace("training", "trianing")
    path.write_text(wrong, encoding="utf-8")
    path.chmod(0o444)
    code, out = lint("a.yaml", "--fix")
    assert code == 1
    assert "不能写入" in out
    assert path.read_text(encoding="utf-8") == wrong


def test_a_link_stays_a_link(there):
    (there / "real").mkdir()
    path = there / "real/a.yaml"
    path.write_text(CASE.replace("training", "trianing"), encoding="utf-8")
    (there / "b.yaml").symlink_to(path)
    lint("b.yaml", "--fix")
    assert (there / "b.yaml").is_symlink()
    assert path.read_text(encoding="utf-8") == CASE


def test_what_is_ignored_is_not_mended(there):
    path = there / "a.yaml"
    path.write_text(CASE.replace("training", "trianing"), encoding="utf-8")
    lint("a.yaml", "--fix", "--ignore", "PH803")
    assert "trianing" in path.read_text(encoding="utf-8")


def test_a_mended_file_has_no_finding_at_that_place(there):
    path = there / "a.yaml"
    path.write_text(CASE.replace("training", "trianing").replace("passed", "pased"), encoding="utf-8")
    lint("a.yaml", "--fix")
    found = check([str(path)], Library([POLICIES])).findings
    assert [f for f in found if f.place is not None and f.place.line == 5] == []


@pytest.mark.parametrize(
    ("found", "near", "slip"),
    [
        ("trianing", "training", True),
        ("assesment", "assessment", True),
        ("ｔitle", "title", True),
        ("met", "not_met", False),
        ("2024.1", "2023.1", False),
        ("hour", "hours", True),
        ("a", "b", False),
        ("论文", "论著", False),
    ],
)
def test_a_slip_is_a_letter_or_two_and_never_a_digit(found, near, slip):
    assert is_slip(found, near) is slip


def test_edits_count_in_characters_and_leave_line_ends():
    from policyhours.lint.fixes import Edit

    text = "\ufeff甲：乙\r\n丙\r丁\n"
    assert edited(text, [Edit(1, 2, 1, ": "), Edit(3, 1, 1, "戊")]) == "\ufeff甲: 乙\r\n丙\r戊\n"


def test_a_list_whose_commas_may_belong_to_its_items_is_not_mended(there):
    path = there / "a.yaml"
    wrong = "policy: examples/rail\nissuers: ［示例铁路主管部门，示例人社部门］\n"
    path.write_text(wrong, encoding="utf-8")
    lint("a.yaml", "--fix")
    assert path.read_text(encoding="utf-8") == wrong
