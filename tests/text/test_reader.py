"""The reader takes YAML that says things once and plainly, and refuses the rest."""

from __future__ import annotations

import time

import pytest

from policyhours.text.finding import Refused
from policyhours.text.reader import MAX_DEPTH, MAX_NODES, read_document, read_documents
from policyhours.text.source import Source
from policyhours.text.tree import Scalar, plain

pytestmark = pytest.mark.usefixtures("parser")


def read(text):
    return plain(read_document(Source("x.yaml", text)))


def finding(text, read=read_documents):
    with pytest.raises(Refused) as caught:
        read(Source("x.yaml", text))
    (found,) = caught.value.findings
    return found


def test_quoted_and_block_texts_are_always_texts():
    assert read("a: '90'\nb: \"true\"\nc: |\n  2025-06-30\nd: >-\n  null\ne: ''\n") == {
        "a": "90",
        "b": "true",
        "c": "2025-06-30\n",
        "d": "null",
        "e": "",
    }


def test_keys_are_the_text_that_was_written():
    assert read("{2025: a, 2..: b, true: c, null: d, 2/3: e, '3': f, 2025-02-30: g}") == dict(
        zip(["2025", "2..", "true", "null", "2/3", "3", "2025-02-30"], "abcdefg", strict=True)
    )


def test_a_stream_gives_its_documents_and_leaves_out_empty_ones():
    nodes = read_documents(Source("x.yaml", "---\n---\na: 1\n---\n# nothing\n---\n[2]\n...\n"))
    assert [plain(node) for node in nodes] == [{"a": 1}, [2]]


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n...\n---\n"])
def test_nothing_is_no_document(text):
    assert read_documents(Source("x.yaml", text)) == []
    assert finding(text, read_document).code == "PH109"


def test_an_empty_text_is_something():
    assert isinstance(read_document(Source("x.yaml", "''\n")), Scalar)


def test_where_one_document_is_expected_a_second_is_shown_beside_the_first():
    found = finding("a: 1\n---\nb: 2\n", read_document)
    assert (found.code, str(found.place)) == ("PH120", "x.yaml:3:1")
    assert [(label, str(place)) for label, place in found.also] == [("first", "x.yaml:1:1")]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a: &x 1\n", "PH124", "1:4"),
        ("a: &x [1]\n", "PH124", "1:4"),
        ("a: *x\n", "PH124", "1:4"),
        ("a: &\n", "PH124", "1:4"),
        ("*: 1\n", "PH124", "1:1"),
        ("a: !x 1\n", "PH125", "1:4"),
        ("a: !!str 1\n", "PH125", "1:4"),
        ("a: ! 1\n", "PH125", "1:4"),
        ("a: !!map {b: 1}\n", "PH125", "1:4"),
        ("a: !x!y z\n", "PH125", "1:4"),
        ("<<: {a: 1}\n", "PH136", "1:1"),
        ("%TAG ! x\n---\na: 1\n", "PH130", "1:1"),
        ("# 注\n%FOO x\n---\na: 1\n", "PH130", "2:1"),
        ("%YAML 3.0\n---\na: 1\n", "PH130", "1:1"),
        ("? [a]\n: 1\n", "PH127", "1:3"),
        ("{{a: 1}: 2}\n", "PH127", "1:2"),
        (": 1\n", "PH131", "1:1"),
        ("{: 1}\n", "PH131", "1:2"),
        ("'': 1\n", "PH131", "1:1"),
        ("a: 2025-02-30\n", "PH118", "1:4"),
        ("a: 1234567890123456789\n", "PH119", "1:4"),
        ('a: "\\0"\n', "PH108", "1:5"),
        ('a: "甲\\u202e"\n', "PH108", "1:6"),
    ],
)
def test_what_would_hide_or_blur_something_is_refused(text, code, where):
    found = finding(text)
    assert (found.code, str(found.place)) == (code, f"x.yaml:{where}")


def test_a_version_of_yaml_may_be_named():
    assert read("%YAML 1.2\n---\na: 1\n") == {"a": 1}


def test_a_merge_key_in_quotes_is_a_key():
    assert read("'<<': 1\n") == {"<<": 1}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\n'a': 3\n", "{a: 1, b: 2,\n\n a: 3}\n"])
def test_a_key_that_stands_twice_shows_both_places(text):
    found = finding(text)
    assert (found.code, found.place.line, found.args["key"]) == ("PH111", 3, "a")
    assert [(label, place.line) for label, place in found.also] == [("first", 1)]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a:\n\tb: 1\n", "PH112", "2:1"),
        ("a:\n  b: 1\n\tc: 2\n", "PH112", "3:1"),
        ("title: a: b\n", "PH113", "1:9"),
        ("a: “甲”: 1\n", "PH113", "1:7"),
        ("title\nb: 1\n", "PH113", "2:2"),
        ("a: 1\ntitle\nb: 1\n", "PH114", "2:1"),
        ("a: 1\ntitle:甲\nb: 1\n", "PH114", "2:1"),
        ("{of:total}\n", "PH114", "1:4"),
        ('a: "x\nb: 3\n', "PH115", "1:4"),
        ("a: 'x\nb: 3\n", "PH115", "1:4"),
        ("a: [1, 2\nb: 3\n", "PH116", "1:4"),
        ("a: {b: 1\nc: 3\n", "PH116", "1:4"),
        ("a: [1]]\n", "PH116", "1:7"),
        ("a: {b: [1, 2}\n", "PH116", "1:13"),
        ("a: [1,, 2]\n", "PH116", "1:7"),
        ("a: [", "PH116", "1:5"),
        ("a: @x\n", "PH121", "1:4"),
        ("a: `x`\n", "PH121", "1:4"),
        ("a: %x\n", "PH121", "1:4"),
        ("a: 1\n  b: 2\n", "PH122", "2:3"),
        ("a:\n    b: 1\n  c: 2\n", "PH122", "3:3"),
        ("  a: 1\nb: 2\n", "PH122", "2:1"),
        ("a: 1\n- b\n", "PH122", "2:1"),
        ("- a\nb: 1\n", "PH122", "2:1"),
        ('a: "\\q"\n', "PH128", "1:5"),
        ('a: "C:\\xxx"\n', "PH128", "1:7"),
        ("a: |x\n  b\n", "PH133", "1:5"),
        ("a: - b\n", "PH134", "1:4"),
        ("a: '甲' 乙\nb: 1\n", "PH135", "1:8"),
        ("a: [1] x\nb: 1\n", "PH135", "1:8"),
    ],
)
def test_what_is_no_yaml_has_a_place_and_a_cause(text, code, where):
    found = finding(text)
    assert (found.code, str(found.place)) == (code, f"x.yaml:{where}")


def test_lists_and_groups_may_be_deep_but_not_endless():
    assert read_documents(Source("x.yaml", "[" * MAX_DEPTH + "]" * MAX_DEPTH))
    assert finding("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).code == "PH123"
    assert finding("\n".join(" " * depth + "a:" for depth in range(MAX_DEPTH + 1)) + " 1").code == "PH123"


def test_a_file_may_be_long_but_not_endless():
    assert finding("[" + "a," * MAX_NODES + "]").code == "PH126"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1_000_000,
        "- " * 500_000,
        "{a: " * 250_000,
        "? " * 500_000,
        "\n".join(" " * depth + "- a:" for depth in range(0, 2000, 2)),
        "a: " + "甲" * 1_000_000,
        "a: '" + "''" * 500_000,
        'a: "' + '\\"' * 500_000,
        "a: " + "b：c\n  " * 100_000,
        "a: [" + "：" * 300_000,
        "a: [" + '"\\' * 300_000,
        "a: " + "\n" * 1_000_000 + "b: c: d",
        "甲：" * 300_000,
        "&" * 1_000_000,
        "#" * 1_000_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_texts_are_read_or_refused_soon(text):
    started = time.monotonic()
    try:
        read_documents(Source("x.yaml", text))
    except Refused as refused:
        assert len(str(refused)) < 3000
    assert time.monotonic() - started < 30  # a bound against hanging, not a measurement
