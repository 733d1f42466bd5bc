"""Files whose structure is wrong, each with the exact text that a clerk reads, in Chinese and in English."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policyhours.language.shipped import schema_text, shipped_policies
from policyhours.language.structure import check_case, check_policy
from policyhours.text.finding import Refused
from policyhours.text.messages import catalogue
from policyhours.text.reader import read_document, read_documents
from policyhours.text.source import read_source, source_from_bytes
from policyhours.text.telling import tell_all

BAD = Path(__file__).parent / "bad"
POLICIES = Path(__file__).parents[2] / "policies"
SCHEMAS = ("policy", "case", "result")
MAPS = ("properties", "patternProperties")


def told(path: Path, lang: str) -> str:
    source = source_from_bytes(path.read_bytes(), path.name)
    check = check_case if path.name.startswith("case") else check_policy
    try:
        check(read_document(source))
    except Refused as refused:
        return tell_all(refused.findings, lang) + "\n"
    return ""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_a_clerk_reads(path: Path, lang: str) -> None:
    assert told(path, lang) == path.with_suffix(f".{lang}.txt").read_text(encoding="utf-8")


def test_every_finding_of_structure_is_shown_by_some_bad_file() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in BAD.glob("*.zh.txt"))
    assert [code for code in catalogue() if code.startswith("PH2") and f" {code} " not in shown] == []


@pytest.mark.parametrize("path", sorted(POLICIES.rglob("*.yaml")), ids=lambda path: path.stem)
def test_the_policies_and_cases_of_the_project_pass(path: Path) -> None:
    for node in read_documents(read_source(path)):
        (check_case if "cases" in path.parts else check_policy)(node)


def test_policies_and_schemas_are_found() -> None:
    assert shipped_policies() is not None
    assert json.loads(schema_text("policy"))["$id"] == "urn:policyhours:policy"


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(name)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_editors_explain_every_key_in_chinese(name: str) -> None:
    schema = json.loads(schema_text(name))
    poor = [
        f"{where}: {word}"
        for where, inner in explained(schema, "")
        for word in ("title", "description")
        if not any("\u4e00" <= c <= "\u9fff" for c in word_of(inner, word, schema)) and "null" not in where
    ]
    assert poor == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_groups_are_closed(name: str) -> None:
    """Every group of keys says what else may stand in it, so that nothing is dropped in silence."""
    schema = json.loads(schema_text(name))
    assert [where for where, inner in groups(schema, "") if "additionalProperties" not in inner] == []


def explained(schema: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a key, but for those that only ask which variant is meant."""
    if isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from explained(inner, f"{where}/{number}")
    if isinstance(schema, dict):
        for word, inner in schema.items():
            if word in MAPS:
                yield from ((f"{where}/{key}", value) for key, value in inner.items())
            if word != "if":
                yield from explained(inner, f"{where}/{word}")


def groups(schema: Any, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from groups(inner, f"{where}/{number}")
    if isinstance(schema, dict):
        if "properties" in schema and not isinstance(schema["properties"].get("type"), str):
            yield where, schema
        for word, inner in schema.items():
            if word != "if":
                yield from groups(inner, f"{where}/{word}")


def word_of(schema: dict[str, Any], word: str, whole: dict[str, Any]) -> str:
    """The title or description of a schema, its own or that of the definition it refers to."""
    if word in schema or "$ref" not in schema:
        return str(schema.get(word, ""))
    return word_of(whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], word, whole)
