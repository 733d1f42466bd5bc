"""``policyhours schema``: what an editor gets, and that it explains everything in Chinese."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from test_commands import call

from helpers import ROOT

SCHEMAS = ("policy", "case", "result")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_printed_as_it_is_kept(name: str):
    code, out, err = call("schema", name)
    assert (code, err) == (0, "")
    assert out == (ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8")
    Draft202012Validator.check_schema(json.loads(out))


def test_it_is_written_in_utf_8_with_lf(tmp_path: Path):
    file = tmp_path / "编辑器" / "policy.schema.json"
    code, out, _ = call("schema", "-o", file, PYTHONUTF8="0", LC_ALL="C.UTF-8")
    assert code == 0
    assert "规则文件" in out
    data = file.read_bytes()
    assert (b"\r" in data, data.endswith(b"}\n")) == (False, True)
    assert json.loads(data.decode("utf-8"))["title"] == "规则文件"


def test_an_unknown_one_is_refused_in_words(tmp_path: Path):
    code, out, err = call("schema", "polcy")
    assert (code, out) == (2, "")
    assert "policy" in err


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_an_editor_completes_is_explained_in_chinese(name: str):
    """Every key that completion offers has a title and a description, its own or those it refers to."""
    schema = json.loads((ROOT / f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    poor = [
        f"{where}: {word}"
        for where, key in offered(schema, "")
        for word in ("title", "description")
        if not any("\u4e00" <= c <= "\u9fff" for c in said(key, word, schema))
    ]
    assert poor == []


def test_an_empty_value_of_a_filing_offers_its_forms():
    """An editor offers only what stands beside ``if``, so the forms of a value and a fact stand there."""
    schema = json.loads((ROOT / "schema/policy.schema.json").read_text(encoding="utf-8"))["$defs"]
    assert list(schema["named_value"]["properties"]) == ["is", "by"]
    assert list(schema["fact"]["properties"]) == ["extends", "one_of"]


def offered(schema, where: str):
    if isinstance(schema, list):
        for number, inner in enumerate(schema):
            yield from offered(inner, f"{where}/{number}")
    if isinstance(schema, dict):
        for word, inner in schema.items():
            if word == "properties":
                yield from ((f"{where}/{key}", value) for key, value in inner.items())
            if word != "if":
                yield from offered(inner, f"{where}/{word}")


def said(schema, word: str, whole) -> str:
    if word in schema or "$ref" not in schema:
        return str(schema.get(word, ""))
    return said(whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], word, whole)
