"""A finding as a clerk reads it."""

from __future__ import annotations

import re

import pytest

from policyhours.text.finding import Finding, Refused
from policyhours.text.place import Place
from policyhours.text.source import Source
from policyhours.text.telling import display_width, tell, tell_all


def excerpt(text: str, column: int, width: int = 1) -> list[str]:
    """The line and the carets below it."""
    return tell(Finding("PH112", Place(Source("x.yaml", text), 1, column, width))).split("\n")[1:3]


def test_it_says_where_what_and_what_to_do():
    source = Source("policies/x.yaml", "a: 1\n主办: 2\na: 3\n")
    also = (("first", Place(source, 1, 1)),)
    finding = Finding("PH111", Place(source, 3, 1), {"key": "a"}, also)
    assert tell(finding).split("\n") == [
        "policies/x.yaml:3:1: 错误 PH111 键“a”写了两次",
        "  3 | a: 3",
        "    | ^",
        "  另一处在这里 policies/x.yaml:1:1",
        "  1 | a: 1",
        "    | ^",
        "  怎么办：只保留一处",
    ]
    assert tell(finding, "en").split("\n")[::3] == [
        "policies/x.yaml:3:1: error PH111 the key “a” stands twice",
        "  the other one is here policies/x.yaml:1:1",
        "  to do: keep one of the two",
    ]


def test_without_a_place_there_is_no_excerpt():
    assert tell(Finding("PH109", None, {"file": "x.yaml"})).split("\n") == [
        "错误 PH109 文件“x.yaml”没有内容",
        "  怎么办：请填写内容，或检查是否选错了文件",
    ]


def test_a_refusal_reads_as_its_findings_do():
    source = Source("b.yaml", "a: 1\nb: 2\n")
    other = Source("a.yaml", "c\n")
    places = [Place(source, 2, 4), Place(source, 2, 1), Place(source, 1, 1), Place(other, 1, 1), None]
    findings = tuple(Finding("PH112", place) for place in places)
    told = str(Refused(findings))
    assert told == tell_all(findings)
    assert [line.split(": ")[0] for line in told.split("\n") if "错误" in line] == [
        "错误 PH112 缩进用了制表符（Tab），应当用空格",
        "a.yaml:1:1",
        "b.yaml:1:1",
        "b.yaml:2:1",
        "b.yaml:2:4",
    ]


@pytest.mark.parametrize(
    ("text", "column", "width", "line", "carets"),
    [
        ("hours: 90", 8, 2, "hours: 90", "       ^^"),
        ("主办单位: 90", 7, 2, "主办单位: 90", "          ^^"),
        ("a: 考核合格", 4, 2, "a: 考核合格", "   ^^^^"),
        ("\tb: 1", 2, 1, "    b: 1", "    ^"),
        ("\tb: 1", 1, 1, "    b: 1", "^^^^"),
        ("a: 𠮷𠮷x", 6, 1, "a: 𠮷𠮷x", "       ^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        ("a:　x", 3, 1, "a:　x", "  ^^"),
        ("a: 1", 5, 1, "a: 1", "    ^"),
        ("", 1, 1, "", "^"),
        ("a: \x1b[31m\x00", 4, 1, "a: �[31m�", "   ^"),
    ],
)
def test_carets_stand_under_what_is_meant(text, column, width, line, carets):
    assert excerpt(text, column, width) == [f"  1 | {line}".rstrip(), f"    | {carets}"]


def test_the_gutter_is_as_wide_as_the_number():
    source = Source("x.yaml", "\n" * 1233 + "a: 1")
    assert tell(Finding("PH112", Place(source, 1234, 4))).split("\n")[1:3] == [
        "  1234 | a: 1",
        "       |    ^",
    ]


@pytest.mark.parametrize("character", ["x", "学", "\t", "\x07"])
@pytest.mark.parametrize("column", [1, 2, 500, 999, 1000])
def test_a_long_line_is_cut_to_a_window_around_the_carets(character, column):
    text = character * (column - 1) + "甲" + character * (1000 - column)
    line, carets = (row[6:] for row in excerpt(text, column))
    assert display_width(line) <= 130
    assert ("…" in line[:1], "…" in line[-1:]) == (column >= 500, column <= 500)
    at = carets.index("^")
    assert carets.count("^") == 2
    assert line[len_of(line, at)] == "甲"


def len_of(text: str, columns: int) -> int:
    """How many characters take this many columns."""
    return next(n for n in range(len(text) + 1) if display_width(text[:n]) == columns)


def test_much_that_is_marked_is_cut_too():
    line, carets = excerpt("学" * 1000, 1, 1000)
    assert display_width(line) <= 130
    assert carets.count("^") <= 60


def test_nothing_that_is_quoted_can_move_the_cursor():
    source = Source("evil\x1b[2J\n.yaml", "a: 1")
    told = tell(Finding("PH111", Place(source, 1, 1), {"key": "\x1b]0;x\x07\r\n{key}"}))
    assert told.count("\n") == 3
    assert not re.search("[\x00-\x09\x0b-\x1f]", told)


def test_a_quoted_word_is_not_endless():
    assert len(tell(Finding("PH111", None, {"key": "x" * 1_000_000}))) < 1000


def test_colour_changes_nothing_but_the_colour():
    source = Source("x.yaml", "a: 1")
    finding = Finding("PH111", Place(source, 1, 1), {"key": "a"}, (("upper", Place(source, 1, 4)),))
    coloured = tell(finding, colour=True)
    assert "\x1b[31m错误\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9]*m", "", coloured) == tell(finding)


def test_a_console_is_measured_in_columns():
    assert [display_width(text) for text in ("abc", "学时", "a学", "", "e\u0301", "“”")][:5] == [
        3,
        4,
        3,
        0,
        1,
    ]
