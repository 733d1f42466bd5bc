"""Whatever the input, the reader answers with a tree or with findings that can be told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policyhours.text import reader
from policyhours.text.finding import Refused
from policyhours.text.reader import read_documents
from policyhours.text.source import Source, source_from_bytes
from policyhours.text.telling import tell_all

REALISTIC = (Path(__file__).parent / "realistic.yaml").read_text(encoding="utf-8")
pytestmark = pytest.mark.usefixtures("parser")
PIECES = st.sampled_from(
    [
        *"：，、［］｛｝【】“”　\xa0\t\r\n\\'\"{}[],:#&*!|>%@`?-<=~/. 甲𠮷é0",
        "\u200b",
        "\ud800",
        "---",
        "...",
        "{a:1}",
    ]
)


def answer(source: Source):
    """The documents, or the findings in words, each at a place that exists."""
    try:
        return read_documents(source)
    except Refused as refused:
        for finding in refused.findings:
            if place := finding.place:
                line = place.source.line(place.line)
                assert 1 <= place.line <= len(place.source.lines())
                assert 1 <= place.column <= len(line) + 1
                assert 1 <= place.width <= max(1, len(line) - place.column + 1)
            assert "怎么办：" in tell_all([finding])
            assert "to do: " in tell_all([finding], "en")
        return [(finding.code, str(finding.place)) for finding in refused.findings]


def answer_to_bytes(data: bytes):
    try:
        return answer(source_from_bytes(data, "x.yaml"))
    except Refused as refused:
        return tell_all(refused.findings)


@given(st.binary(max_size=200))
def test_any_bytes(data):
    answer_to_bytes(data)


@given(st.text(max_size=200))
def test_any_text_even_without_the_care_of_a_source(text):
    answer(Source("x.yaml", text))


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_of_yaml_s_own_marks(text):
    answer(Source("x.yaml", text))


@st.composite
def edited(draw):
    """The realistic policy with one or two pieces cut out, put in, or moved."""
    text = REALISTIC
    for _ in range(draw(st.integers(1, 2))):
        at, length = draw(st.integers(0, len(text))), draw(st.sampled_from([0, 0, 1, 1, 2, 7, 40]))
        text = text[:at] + draw(PIECES | st.just("") | st.just("\n  ")) + text[at + length :]
    return text


@settings(max_examples=150)
@given(edited())
def test_any_edit_of_a_realistic_file(text):
    answer(Source("x.yaml", text))


@settings(max_examples=150)
@given(edited())
def test_any_edit_in_any_encoding(text):
    for codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32"):
        answer_to_bytes(text.encode(codec, errors="ignore"))


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="libyaml is not there")
@settings(max_examples=150)
@given(edited())
def test_what_both_parsers_accept_is_the_same_to_both(text):
    source = Source("x.yaml", text)
    answers = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        with mock.patch.object(reader, "_PARSER", loader), suppress(Refused):
            answers.append(read_documents(source))
    assert len(answers) < 2 or answers[0] == answers[1]
