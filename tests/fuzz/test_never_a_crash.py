"""Nothing but a finding with a place and a remedy comes out of any input whatever."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from inputs import CASES, FILINGS, POLICY, SHAPES, edited

from helpers import LIBRARY, ROOT
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.picture import picture
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document, read_documents
from policyhours.text.source import source_from_bytes
from policyhours.text.telling import tell_all


def told(refused: Refused) -> None:
    """The refusal can be told in both languages, and says what to do."""
    assert refused.findings
    assert "怎么办：" in tell_all(refused.findings)
    assert "to do: " in tell_all(refused.findings, "en")


def load_policy(data: bytes) -> None:
    try:
        tree = read_document(source_from_bytes(data, "x.yaml"))
        check_policy(tree)
        Library([ROOT / "policies"]).resolve_file(tree, None)
    except Refused as refused:
        told(refused)


@given(st.binary(max_size=400))
@example(b"[" * 100_000)
@example(b"- " * 50_000)
@example(b"a: " * 20_000)
@example(b"\xff" * 100)
@example(b"? ? ? a")
@example(b"{" * 50 + b"}" * 50)
@example("a: “".encode() * 300)
def test_the_reader_takes_any_bytes(data):
    try:
        read_documents(source_from_bytes(data, "x.yaml"))
    except Refused as refused:
        told(refused)


@given(st.text(max_size=300))
def test_the_reader_takes_any_text(text):
    try:
        read_documents(source_from_bytes(text.encode("utf-8", "surrogatepass"), "x.yaml"))
    except Refused as refused:
        told(refused)


@settings(max_examples=80)
@given(edited(POLICY))
def test_an_edited_policy_is_loaded_or_refused(data):
    load_policy(data)


@settings(max_examples=80)
@given(st.sampled_from(FILINGS).flatmap(edited))
def test_an_edited_filing_is_loaded_or_refused(data):
    load_policy(data)


@st.composite
def shapes(draw):
    """A policy of a shape with an edit, and its cases as they are."""
    policy, _, cases = draw(st.sampled_from(SHAPES)).partition(b"\n---\n")
    return draw(edited(policy)), cases


@settings(max_examples=200)
@given(shapes())
def test_an_edited_shape_is_refused_or_assesses_its_cases(shape):
    policy, cases = shape
    try:
        tree = read_document(source_from_bytes(policy, "x.yaml"))
        check_policy(tree)
        library = Library([ROOT / "policies"])
        ref = library.resolve_file(tree, None).ref
        library._trees[ref] = tree
        for node in read_documents(source_from_bytes(cases, "cases.yaml")):
            picture(evaluate(read_draft(node), library, policy=parse_reference(ref)))
    except Refused as refused:
        told(refused)


@settings(max_examples=200)
@given(st.sampled_from(CASES).flatmap(edited))
def test_an_edited_case_is_evaluated_or_refused(data):
    try:
        for node in read_documents(source_from_bytes(data, "x.yaml")):
            picture(evaluate(read_draft(node), LIBRARY))
    except Refused as refused:
        told(refused)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 4_000_000,
        b"a:\n" + b" " * 3_000_000,
        b"- a\n" * 900_000,
        b"a: '" + b"x" * 3_000_000,
        b"\n".join(b" " * n + b"a:" for n in range(2000)),
        b"{" + b"a, " * 1_000_000,
        b"x: " + b"9" * 3_000_000,
    ],
    ids=["brackets", "blanks", "items", "quote", "indentation", "keys", "digits"],
)
def test_hostile_files_end_soon(data):
    started = time.monotonic()
    with pytest.raises(Refused):
        read_draft(read_document(source_from_bytes(data, "x.yaml")))
    assert time.monotonic() - started < 60  # a bound against hanging, not a measurement
