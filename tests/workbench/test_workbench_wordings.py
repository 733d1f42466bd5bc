"""The words of the workbench are there in both languages, and none is hidden by a method of the same name."""

from __future__ import annotations

from pathlib import Path

import pytest

import policyhours
from policyhours.text.messages import LANGUAGES
from policyhours.workbench.labels import LABELS, PAGES

ROOM = Path(policyhours.__path__[0])


@pytest.mark.parametrize("words", [LABELS, PAGES])
def test_every_label_is_said_in_both_languages(words):
    assert set(words) == set(LANGUAGES)
    assert words["zh"].keys() == words["en"].keys()
    assert all(text for said in words.values() for text in said.values())


def test_no_label_has_the_name_of_a_method_which_a_template_would_find_first():
    assert [key for key in PAGES["zh"] if hasattr(dict, key)] == []


def test_every_label_of_the_pages_is_used():
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOM / "workbench").rglob("*.html"))
    text += (ROOM / "workbench/pages.py").read_text(encoding="utf-8")
    assert [key for key in PAGES["zh"] if f"t.{key}" not in text and f't["{key}"]' not in text] == []
