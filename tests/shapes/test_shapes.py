"""Every shape that real rules have can be said: a small policy each, with cases worked by hand beside it.

A file here is a policy and, behind it, its cases. Its first line says which shapes of `SHAPES` it shows.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.expectation import expects, misses
from policyhours.desk.answer.picture import picture
from policyhours.desk.answer.record import record
from policyhours.desk.sentences.provisions import provisions
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.yaml"))

FAMILIES = {"R": 24, "V": 28, "L": 9, "S": 9, "T": 9, "U": 4}
"""Requirements, values, limits, statuses, time, units; R25 is about organisations, not a person's hours."""

SHAPES = {f"{family}{number}" for family, most in FAMILIES.items() for number in range(1, most + 1)}


def shown_in(path: Path) -> list[str]:
    """The shapes that a file shows, by its first line."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return re.findall(r"\b[RVLSTU][0-9]{1,2}\b", first)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory) -> Library:
    """The policies of all files, each where a policy stands."""
    root = tmp_path_factory.mktemp("policies")
    for path in FILES:
        policy = path.read_text(encoding="utf-8").partition("\n---\n")[0]
        folder = root / "shapes" / path.stem
        folder.mkdir(parents=True)
        (folder / "2024.1.yaml").write_text(policy, encoding="utf-8")
    return Library([root])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shape_comes_out_as_worked_by_hand(path, shapes):
    cases = read_documents(read_source(path))[1:]
    assert cases
    for node in cases:
        found = evaluate(read_draft(node), shapes)
        assert expects(found)
        assert misses(found) == []
        assert picture(found, "zh", width=60)
        assert picture(found, "en")
        assert record(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shape_can_be_read_as_sentences(path, shapes):
    policy = shapes.policy(parse_reference(f"shapes/{path.stem}@2024.1"))
    assert all(provision.text for provision in provisions(policy))


def test_every_shape_is_shown():
    shown = [shape for path in FILES for shape in shown_in(path)]
    assert set(shown) == SHAPES
    assert all(shown_in(path) for path in FILES)


def test_the_language_page_shows_every_shape_and_no_other():
    page = (HERE.parents[1] / "docs/language.md").read_text(encoding="utf-8")
    linked = re.findall(r"\(\.\./tests/shapes/([a-z_]+)\.yaml\)", page)
    assert sorted(linked) == [path.stem for path in FILES]
