"""Every node, and every character of a value, knows where it stands."""

from __future__ import annotations

import codecs

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from policyhours.text import reader
from policyhours.text.finding import Refused
from policyhours.text.place import Place
from policyhours.text.reader import read_document
from policyhours.text.source import Source, source_from_bytes
from policyhours.text.tree import Mapping, Scalar, Sequence

pytestmark = pytest.mark.usefixtures("parser")


def marked(place: Place) -> str:
    return place.source.line(place.line)[place.column - 1 :][: place.width]


def tree_of(text: str) -> Mapping:
    tree = read_document(Source("x.yaml", text))
    assert isinstance(tree, Mapping)
    return tree


def test_keys_and_values_are_marked_whole():
    (entry,) = tree_of("主办单位: 'national'\n").entries
    assert marked(entry.key_place) == "主办单位"
    assert marked(entry.value.place) == "'national'"


def test_columns_are_characters_not_bytes():
    tree = tree_of("𠮷𠮷: {甲: 1, é: 2}\n")
    assert [str(e.key_place) for e in tree.get("𠮷𠮷").entries] == ["x.yaml:1:6", "x.yaml:1:12"]


def test_columns_are_right_behind_a_byte_order_mark_and_with_other_line_ends():
    source = source_from_bytes(codecs.BOM_UTF8 + "甲: 1\r\n乙: 2\r\n".encode(), "x.yaml")
    assert [str(e.key_place) for e in read_document(source).entries] == ["x.yaml:1:1", "x.yaml:2:1"]
    assert [str(e.value.place) for e in read_document(source).entries] == ["x.yaml:1:4", "x.yaml:2:4"]


def test_a_tab_is_one_character():
    assert str(tree_of('a: "\t"\nb: "\t甲" # \t\n').get("b").place_at(1)) == "x.yaml:2:6"


def test_a_list_and_a_group_are_marked_where_they_start():
    tree = tree_of("a: [1]\nb:\n  - 1\nc:\n  d: 1\n")
    assert [str(e.value.place) for e in tree.entries] == ["x.yaml:1:4", "x.yaml:3:3", "x.yaml:5:3"]


def test_nothing_is_marked_behind_its_key():
    assert str(tree_of("a:\n").get("a").place) == "x.yaml:1:3"


@pytest.mark.parametrize(
    ("text", "offset", "where"),
    [
        ("a: days * hours\n", 7, "1:11"),
        ("a: 'days * hours'\n", 7, "1:12"),
        ('a: "days * hours"\n', 7, "1:12"),
        ("a: 'it''s 甲'\n", 5, "1:11"),
        ('a: "\\t\\u7532\\x41乙"\n', 3, "1:17"),
        ('a: "\\U00020BB7乙"\n', 1, "1:15"),
        ("a: days *\n   hours\n", 7, "2:4"),
        ("a: days\n\n   * hours\n", 5, "3:4"),
        ("a: 'days\n   * hours'\n", 5, "2:4"),
        ('a: "days \\\n   * hours"\n', 5, "2:4"),
        ('a: "days\\\n\n   * hours"\n', 5, "3:4"),
        ("a: |\n  days\n  * hours\n", 5, "3:3"),
        ("a: | # | days\n  days\n", 0, "2:3"),
        ("a: |2-\n    days\n", 2, "2:5"),
        ("a: |\n\n\n  days\n", 2, "4:3"),
        ("a: >\n  days\n  * hours\n", 5, "3:3"),
        ("a: >-\n  days\n\n  * hours\n", 5, "4:3"),
        ("a: >\n  days\n    more\n  end\n", 12, "4:3"),
        ("a:\n- - 甲乙\n", 1, "2:6"),
    ],
)
def test_a_character_of_a_value_is_found_in_the_file(text, offset, where):
    value = tree_of(text).get("a")
    while isinstance(value, Sequence):
        value = value.items[0]
    assert str(value.place_at(offset)) == f"x.yaml:{where}"


def test_several_characters_are_marked_together_but_never_beyond_their_line():
    value = tree_of("a: 'it''s\n  long'\n").get("a")
    assert marked(value.place_at(0, 4)) == "it''s"
    assert marked(value.place_at(3, 6)) == "s"


def test_behind_the_last_character_is_a_place_too():
    assert str(tree_of("a: 'days'\n").get("a").place_at(4)) == "x.yaml:1:9"
    assert str(tree_of("a: |\n  甲\n").get("a").place_at(9)) == "x.yaml:2:5"
    assert str(tree_of("a: ''\n").get("a").place_at(0)) == "x.yaml:1:4"


PIECES = st.lists(
    st.sampled_from([*"ab甲𠮷'\"\\#:-|> \n", "  ", "\n\n", ": ", " #", "\t"]), min_size=1, max_size=14
).map("".join)


@settings(max_examples=300)
@given(
    PIECES,
    st.sampled_from(["", "'", '"', "|", ">"]),
    st.sampled_from([4, 10, 80]),
    st.booleans(),
    st.booleans(),
)
def test_however_a_text_is_written_each_character_is_found(text, style, width, unicode, in_list):
    written = yaml.dump(
        {"k": [text] if in_list else text}, default_style=style, width=width, allow_unicode=unicode
    )
    try:
        value = tree_of(written).entries[0].value
    except Refused:  # a text of ours may not hold everything that YAML can write
        return
    value = value.items[0] if isinstance(value, Sequence) else value
    for offset, character in enumerate(value.raw):
        place = value.place_at(offset)
        found = place.source.line(place.line)[place.column - 1 :]
        is_break = character in " \n" and not found.strip(" \t")
        assert found[:1] in (character, "\\") or is_break


def scalars(node) -> list[Scalar]:
    found, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            found.append(node)
        else:
            waiting += node.items if isinstance(node, Sequence) else [e.value for e in node.entries]
    return found


def test_every_value_of_a_realistic_file_stands_where_it_says(realistic):
    values = scalars(read_document(Source("x.yaml", realistic)))
    assert len(values) > 60
    for value in values:
        assert marked(value.place).strip("\"'") == value.raw


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="libyaml is not there")
def test_both_parsers_read_the_same_tree(realistic, monkeypatch):
    source = Source("x.yaml", realistic)
    trees = []
    for loader in (yaml.CSafeLoader, yaml.SafeLoader):
        monkeypatch.setattr(reader, "_PARSER", loader)
        trees.append(read_document(source))
    assert trees[0] == trees[1]
