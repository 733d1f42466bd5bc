"""The policy language tests itself: every case beside the policies comes out exactly."""

from __future__ import annotations

import pytest

from helpers import LIBRARY, ROOT
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.expectation import expects, misses
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source

CASES = [
    pytest.param(node, id=f"{path.parent.parent.name}/{path.stem}")
    for path in sorted((ROOT / "policies").glob("**/cases/*.yaml"))
    for node in read_documents(read_source(path))
]


@pytest.mark.parametrize("node", CASES)
def test_a_worked_case_comes_out_exactly(node):
    found = evaluate(read_draft(node), LIBRARY)
    assert expects(found)
    assert misses(found) == []


def test_every_worked_case_of_the_regulation_is_there():
    names = {path.stem for path in (ROOT / "policies").glob("**/cases/*.yaml")}
    assert names >= {
        "W1a", "W1b", "W2", "W2-public", "W3a", "W3a-both", "W3b", "W4", "W5a", "W5b", "W5b-added", "W6",
        "W6-starting", "W7", "W7-none", "W7-reduce", "W8-2023", "W8-2028", "W9", "W11", "W13",
        "W13-earned", "W19",
    }  # fmt: skip
