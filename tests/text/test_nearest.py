"""Did you mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhours.text.nearest import hint, nearest

KEYS = ["values", "readings", "requirement", "standards", "article", "at_least", "at_most", "hours", "policy"]
LABELS = [
    "讲座",
    "培训",
    "进修项目",
    "学术论文",
    "学术著作",
    "继续教育培训活动",
    "公需科目学习",
    "国家级",
    "自治区级",
]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("artcle", "article"),
        ("artilce", "article"),
        ("articles", "article"),
        ("Article", "article"),
        ("hour", "hours"),
        ("huors", "hours"),
        ("requirements", "requirement"),
        ("standard", "standards"),
        ("at-least", "at_least"),
        ("讲课", "讲座"),
        ("座讲", "讲座"),
        ("论文", "学术论文"),
        ("学术文论", "学术论文"),
        ("公需科目", "公需科目学习"),
        ("区级", "自治区级"),
        ("国家", "国家级"),
    ],
)
def test_a_slip_is_understood(word, meant):
    assert nearest(word, [*KEYS, *LABELS])[0] == meant


@pytest.mark.parametrize("word", ["", "x", "完全不同的东西", "zebra", "甲乙"])
def test_nothing_is_made_up(word):
    assert nearest(word, [*KEYS, *LABELS]) == []


def test_the_nearest_come_first_and_no_more_than_asked_for():
    assert nearest("at_mast", KEYS) == ["at_most", "at_least"]
    assert nearest("at_mast", KEYS, 1) == ["at_most"]
    assert nearest("at_mast", KEYS, n=0) == []


@given(st.permutations(KEYS + LABELS), st.sampled_from([*KEYS, *LABELS, "学术", "at"]))
def test_the_order_of_the_candidates_makes_no_difference(shuffled, word):
    assert nearest(word, shuffled) == nearest(word, KEYS + LABELS)


@given(st.text(max_size=8), st.lists(st.text(max_size=8)))
def test_only_candidates_are_named_each_once(word, candidates):
    found = nearest(word, candidates * 2)
    assert set(found) <= set(candidates)
    assert len(set(found)) == len(found) <= 3


def test_an_endless_word_is_not_compared():
    started = time.monotonic()
    assert nearest("x" * 1_000_000, ["y" * 1_000_000, *KEYS]) == []
    assert nearest("hours", ["y" * 1_000_000]) == []
    assert time.monotonic() - started < 5


def test_a_hint_asks_for_what_is_near_and_else_says_what_can_be_written():
    assert hint("at_mast", KEYS)["hint"] == "是不是要写：at_most、at_least？"
    assert hint("at_mast", KEYS)["hint_en"] == "did you mean at_most, at_least?"
    assert hint("zzzzzz", ["a1", "b2"]) == {
        "nearest": "—",
        "hint": "可以写：a1、b2",
        "hint_en": "write one of: a1, b2",
    }
    assert hint("zzzzzz", ["a1"])["hint_en"] == "write a1"
    assert hint("zzzzzz", ["a1"], ("甲", "one of: a"))["hint"] == "可以写：甲"
    assert hint("zzzzzz", [f"k{n}" for n in range(20)])["hint"].endswith("、k11……")
    assert "没有" in hint("zzzzzz", [])["hint"]
