"""A tree is plain frozen data that knows its places."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from fractions import Fraction

import pytest

from policyhours.text.reader import read_document
from policyhours.text.source import Source
from policyhours.text.tree import at, key_place, plain

TEXT = """\
policy: xinjiang
in_force: {from: 2023-02-01, until: null}
share: 2/3
step: 0.1
may: true
values: {2..: [5, "5"], 2025: no}
"""


@pytest.fixture
def tree():
    return read_document(Source("x.yaml", TEXT))


def test_plain_data_is_what_a_schema_checks(tree):
    assert plain(tree) == {
        "policy": "xinjiang",
        "in_force": {"from": "2023-02-01", "until": None},
        "share": "2/3",
        "step": Fraction(1, 10),
        "may": True,
        "values": {"2..": [5, "5"], "2025": "no"},
    }


def test_keys_are_texts_in_their_order(tree):
    assert tree.keys() == ("policy", "in_force", "share", "step", "may", "values")
    assert tree.get("values").keys() == ("2..", "2025")


def test_a_key_is_there_or_not(tree):
    assert "share" in tree
    assert "hours" not in tree
    assert tree.get("hours") is None
    assert tree.entry("hours") is None
    assert tree.entry("share").value.raw == "2/3"


def test_a_path_leads_to_its_node(tree):
    assert at(tree, ["values", "2..", 1]).raw == "5"
    assert at(tree, []) is tree


def test_a_path_leads_to_the_place_of_its_last_key(tree):
    assert str(key_place(tree, ["in_force", "until"])) == "x.yaml:2:30"
    assert str(key_place(tree, ["values", "2..", 0])) == "x.yaml:6:16"
    assert key_place(tree, []) == tree.place


@pytest.mark.parametrize(
    "path", [["hours"], ["policy", "x"], ["values", "2..", 2], ["values", 0], ["values", "2..", "0"]]
)
def test_a_path_that_leads_nowhere_says_so(tree, path):
    with pytest.raises(LookupError):
        at(tree, path)


def test_a_tree_does_not_change(tree):
    with pytest.raises(FrozenInstanceError):
        tree.entries = ()


def test_a_changed_copy_has_its_own_keys(tree):
    assert "share" in tree
    assert "share" not in replace(tree, entries=tree.entries[:1])
