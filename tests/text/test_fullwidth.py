"""Full-width punctuation is a mistake where YAML's was meant, and nowhere else."""

from __future__ import annotations

import pytest

from policyhours.text.finding import Refused
from policyhours.text.reader import read_documents
from policyhours.text.source import Source

pytestmark = pytest.mark.usefixtures("parser")


@pytest.mark.parametrize(
    ("text", "where", "meant"),
    [
        # YAML fails, and its own complaint would name the wrong thing
        ("a: 1\ntitle：甲\nb: 2\n", "2:6", ": "),
        ("title：甲\nb: 2\n", "1:6", ": "),
        ("title：甲\n  b: 2\n", "1:6", ": "),
        ("a: {b: 1，c: 2}\n", "1:9", ","),
        ("a: {b: 1，\n  c: 2}\n", "1:9", ","),
        ('a: {b: "甲"，c: 1}\n', "1:11", ","),
        ("a: [{x: 1}，{x: 2}]\n", "1:11", ","),
        ("a: {b: ［1, 2], c: 3}\n", "1:8", "["),
        ("a: [1, 2］\nb: 3\n", "1:9", "]"),
        ("a: ｛b: 1｝\n", "1:4", "{"),
        ('{"a"：1}\n', "1:5", ": "),
        # YAML reads on, and takes for a text what was meant otherwise
        ("case：a\n", "1:5", ": "),
        ("case：a\ntitle：b\n", "1:5", ": "),
        ("values:\n  hours：90\n", "2:8", ": "),
        ("values:\n  a: 1\n  hours：90\n", "3:8", ": "),
        ("a: 甲\n  b：乙\n", "2:4", ": "),
        ("- of：total\n", "1:5", ": "),
        ("{a：1, b: 2}\n", "1:3", ": "),
        ("{款：4}\n", "1:3", ": "),
        ("第三条：{款: 4}\n", "1:4", ": "),
        ("- ［a: 1］\n", "1:3", "["),
        ("a: ［x, y］\n", "1:4", "["),
        ("a: ｛x｝\n", "1:4", "{"),
        ("a: [national，region]\n", "1:13", ","),
        ("a: [national、region, x]\n", "1:13", ","),
    ],
)
def test_a_mark_that_was_meant_as_yaml_is_shown(text, where, meant):
    with pytest.raises(Refused) as caught:
        read_documents(Source("x.yaml", text))
    (found,) = caught.value.findings
    assert (found.code, str(found.place), found.args["expected"]) == ("PH117", f"x.yaml:{where}", meant)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("　　a: 1\n", "1:1"),
        ("a: 1\n　b: 2\n", "2:1"),
        ("a:\n  b: 1\n　　c: 2\n", "3:1"),
        ("a: x　\n", "1:5"),
        ("a: \xa0x\n", "1:4"),
        ("a　: x\n", "1:2"),
    ],
)
def test_a_blank_that_is_none_is_shown(text, where):
    with pytest.raises(Refused) as caught:
        read_documents(Source("x.yaml", text))
    (found,) = caught.value.findings
    assert (found.code, str(found.place)) == ("PH132", f"x.yaml:{where}")


@pytest.mark.parametrize(
    "text",
    [
        "a: 注：见第三条，或第四条。\n",
        "a:\n  说明：另起一行的文字\n",
        "a: 有两种读法\n  其一：按应完成\n",
        "a: 参见 b：乙\n",
        "a: [甲，乙]\n",
        "a: {b: 甲，乙, c: 丙、丁}\n",
        "a: “甲”：乙\n",
        "a: 【注】以上\n",
        "a: ［注］以上\n",
        "a: 甲　乙\n",
        "a: “national，region”\n",
        "a: '　x'\n",
        "- '［x］'\n",
        "a: |\n  case：1\n",
        "- 'of：total'\n",
        "授课（报告）: 1\n",
    ],
)
def test_prose_is_let_alone(text):
    assert read_documents(Source("x.yaml", text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 说明，类型：甲: b\n", "PH113"),
        ("a: {b: 甲，乙, c: [1}\n", "PH116"),
        ("a: {b: '，c: 1', d: [1}\n", "PH116"),
        ("a: {b: 1, # 注，c: 2\n c: [1}\n", "PH116"),
    ],
)
def test_prose_is_not_blamed_for_another_mistake(text, code):
    with pytest.raises(Refused, match=code):
        read_documents(Source("x.yaml", text))
