"""Every paragraph and item of the eighteen articles is cited by the file, or listed with a reason."""

from __future__ import annotations

import pytest

from helpers import LIBRARY, ROOT
from policyhours.language.citations import (
    Clause,
    check_citations,
    chinese_number,
    citations_in,
    clauses_of,
    parse_citation,
)
from policyhours.language.files import read_policy_file
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

PATH = ROOT / "policies/xinjiang/2023.1.yaml"
TREE = read_policy_file(PATH)
# The regulation itself, counted from its text: articles without parts, and those with paragraphs or items.
PARTS = {3: (4, 0), 7: (0, 10), 8: (0, 10), 9: (2, 0), 12: (2, 0)}
REGULATION = [
    clause
    for article in range(1, 19)
    for clause in (
        [Clause(article, n, 0) for n in range(1, PARTS.get(article, (0, 0))[0] + 1)]
        + [Clause(article, 0, n) for n in range(1, PARTS.get(article, (0, 0))[1] + 1)]
        or [Clause(article, 0, 0)]
    )
]


def test_the_declared_structure_is_the_regulations():
    assert clauses_of(TREE.get("structure")) == REGULATION


@pytest.mark.parametrize("clause", REGULATION, ids=str)
def test_a_clause_is_cited_or_listed_and_never_both(clause):
    cited = str(clause) in {scalar.raw for scalar in citations_in(TREE)}
    listed = str(clause) in TREE.get("not_encoded")
    assert cited != listed


def test_every_citation_names_a_clause_that_exists():
    named = {parse_citation(scalar.raw) for scalar in citations_in(TREE)}
    assert named <= set(REGULATION)


def faults(text: str) -> list[str]:
    source = source_from_bytes(text.encode(), "x.yaml")
    return [f"{f.code} {f.args['found']}" for f in check_citations(read_document(source))]


def test_a_clause_that_falls_out_of_the_ledger_is_found():
    text = PATH.read_text(encoding="utf-8")
    assert faults(text.replace("  第十三条: 监督检查，属行政管理，不影响学时计算\n", "")) == [
        "PH711 第十三条"
    ]


def test_a_clause_in_both_is_found():
    text = PATH.read_text(encoding="utf-8").replace("not_encoded:\n", "not_encoded:\n  第五条: 重复\n")
    assert faults(text) == ["PH712 第五条"]


def test_a_clause_that_does_not_exist_is_found():
    text = PATH.read_text(encoding="utf-8").replace("管理], article: 第十六条", "管理], article: 第二十六条")
    assert faults(text) == ["PH710 第二十六条", "PH711 第十六条"]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("第五条", Clause(5, 0, 0)),
        ("第十二条第一款", Clause(12, 1, 0)),
        ("第八条第十项", Clause(8, 0, 10)),
        ("第二十一条第三款第二项", Clause(21, 3, 2)),
        ("细则第六条", None),
    ],
)
def test_citations_are_read_and_written_alike(text, clause):
    assert parse_citation(text) == clause
    assert clause is None or str(clause) == text


def test_chinese_numbers():
    assert [chinese_number(n) for n in (1, 10, 11, 20, 34, 99)] == [
        "一",
        "十",
        "十一",
        "二十",
        "三十四",
        "九十九",
    ]


def test_readings_are_all_eight():
    policy = LIBRARY.policy(parse_reference("xinjiang@2023.1"))
    assert set(policy.readings) == {
        "share_base", "public_minimum", "completion_mode", "degree_years", "event_roles", "rounding",
        "revocation", "ip_scope",
    }  # fmt: skip
    for reading in policy.readings.values():
        assert reading.question.endswith("？")
        assert reading.because
        assert len(reading.options) == 2


FILING = """\
authority: industry
structure: {条: 3}
sets:
  paper.hours: {is: 1, article: 细则第二条}
  book.hours: {is: 1, article: [细则第四条, 第八条第八项]}
not_encoded:
  细则第一条: 制定目的
"""


def test_a_filing_accounts_for_its_own_clauses_and_not_for_those_of_its_upper_text():
    assert faults(FILING) == ["PH710 细则第四条", "PH711 细则第三条"]
