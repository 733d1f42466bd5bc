"""The quick acceptor and jsonschema agree, on the real files and on these files changed at random."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyhours.language.acceptor import acceptor
from policyhours.language.shipped import schema_text
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source
from policyhours.text.tree import plain

POLICIES = Path(__file__).parents[2] / "policies"
SCHEMAS = {name: json.loads(schema_text(name)) for name in ("policy", "case", "result")}
JUDGED = [(name, definition) for name in ("policy", "case") for definition in ("", *SCHEMAS[name]["$defs"])]


def kind_of(path: Path) -> str:
    return "case" if "cases" in path.parts else "policy"


@cache
def sound() -> list[tuple[str, Any]]:
    paths = sorted(POLICIES.rglob("*.yaml"))
    return [(kind_of(path), plain(node)) for path in paths for node in read_documents(read_source(path))]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [p for key, inner in steps for p in ((value, key), *places(inner))]


@cache
def parts(kind: str) -> list[Any]:
    """Everything that stands anywhere in the sound files of the kind, each once, the small things too."""
    found = [container[key] for name, value in sound() if name == kind for container, key in places(value)]
    return list({json.dumps(part, default=str, sort_keys=True): part for part in found}.values())


NUMBERS = (0, 1, 2, -1, 1000, Fraction(1), Fraction(1, 2), Fraction(2023))
TEXTS = (
    "",
    " ",
    "90",
    "2/3",
    "no",
    "2025-06-30",
    "2025.6.30",
    "第十四条",
    "第14条",
    "industry",
    "year",
    "a",
    "2..",
)
GROUPS = (
    [],
    {},
    [0, 0],
    [0, False],
    [None],
    ["met", "registered"],
    {"is": 1},
    {"by": "x"},
    {"open_to": "industry"},
)
ODD = st.sampled_from([None, True, False, *NUMBERS, *TEXTS, "x" * 500, *GROUPS])


def values(kind: str) -> st.SearchStrategy[Any]:
    return (
        ODD
        | st.sampled_from(parts(kind))
        | st.recursive(
            ODD,
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys()), inner, max_size=3)
            ),
        )
    )


@cache
def keys() -> list[str]:
    known = {
        str(key) for _, value in sound() for container, key in places(value) if isinstance(container, dict)
    }
    return sorted(
        known | {"", "unknown_key", "Ａ", "language", "like", "extends", "ruled", "otherwise", "2025"}
    )


def change(data: st.DataObject, value: Any, kind: str) -> Any:
    """The value with one place replaced, removed, renamed or added to."""
    root = [copy.deepcopy(value)]
    container, key = data.draw(st.sampled_from(places(root)))
    how = data.draw(st.sampled_from(["replace", "remove", "rename", "add"]))
    if how == "remove" and container is not root:
        del container[key]
    elif how == "rename" and isinstance(container, dict):
        container[data.draw(st.sampled_from(keys()))] = container.pop(key)
    elif how == "add" and isinstance(container[key], dict):
        container[key][data.draw(st.sampled_from(keys()))] = data.draw(values(kind))
    elif how == "add" and isinstance(container[key], list):
        container[key].append(data.draw(values(kind)))
    else:
        container[key] = data.draw(values(kind))
    return root[0]


def both(name: str, definition: str) -> tuple[Any, Any]:
    schema = SCHEMAS[name]
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return acceptor(schema), Draft202012Validator(schema).is_valid


JUDGES = {which: both(*which) for which in JUDGED}


@pytest.mark.parametrize(("kind", "value"), sound(), ids=lambda v: v if isinstance(v, str) else "")
def test_sound_files_are_accepted_at_once(kind: str, value: Any) -> None:
    assert JUDGES[kind, ""][0](value)


@pytest.mark.parametrize(("name", "definition"), JUDGED)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_agree_on_any_part(name: str, definition: str, data: st.DataObject) -> None:
    accepts, valid = JUDGES[name, definition]
    value = data.draw(values(name))
    if isinstance(value, dict | list) and data.draw(st.booleans()):
        value = change(data, value, name)
    assert accepts(value) == valid(value)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_agree_on_changed_files(data: st.DataObject) -> None:
    name, value = data.draw(st.sampled_from(sound()))
    for _ in range(data.draw(st.integers(1, 3))):
        value = change(data, value, name)
    accepts, valid = JUDGES[name, ""]
    assert accepts(value) == valid(value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"const": 1}, True),
        ({"const": 1}, Fraction(1)),
        ({"const": [0, 0]}, [0, False]),
        ({"enum": [0, "a"]}, False),
        ({"type": "integer"}, True),
        ({"type": "integer"}, Fraction(2)),
        ({"type": "number"}, Fraction(1, 3)),
        ({"if": {"not": {"type": "string"}}, "then": {"type": "integer"}}, "a"),
        ({"if": {"const": 1}, "then": {"type": "string"}, "else": True}, True),
        ({"if": {"required": ["a"]}, "else": {"required": ["b"]}}, {}),
        ({"properties": {"a": {"type": "string"}}}, {"a": 1}),
        ({"properties": {"a": True}, "patternProperties": {"^a": {"type": "string"}}}, {"a": 1}),
        ({"properties": {"a": {"type": "string"}}, "patternProperties": {"^a": True}}, {"a": 1}),
        ({"patternProperties": {"^a": True}, "additionalProperties": False}, {"b": 1}),
        *[({"minLength": 2, "maxLength": 3}, "x" * length) for length in range(1, 5)],
        *[({"minItems": 2, "maxItems": 3}, [0] * length) for length in range(1, 5)],
        *[({"minProperties": 1}, dict.fromkeys("ab"[:length])) for length in range(3)],
        *[({"minimum": 1, "maximum": 2}, number) for number in (0, 1, Fraction(3, 2), 2, 3)],
        ({"prefixItems": [{"type": "string"}]}, ["a", 1]),
        ({"prefixItems": [{"type": "string"}]}, []),
        ({"minimum": 0}, True),
        ({"minimum": 0}, Fraction(-1, 2)),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}),
        (False, 1),
    ],
)
def test_agree_on_the_subtle(schema: Any, value: Any) -> None:
    whole = {"$ref": "#/$defs/it", "$defs": {"it": schema}}
    assert acceptor(whole)(value) == Draft202012Validator(whole).is_valid(value)


@pytest.mark.parametrize("keyword", ["oneOf", "unevaluatedProperties", "contains", "no_such_keyword"])
def test_an_unknown_keyword_is_never_passed_over(keyword: str) -> None:
    with pytest.raises(LookupError, match=keyword):
        acceptor({keyword: [True], "$defs": {}})


def test_a_sound_file_does_not_load_jsonschema() -> None:
    script = """
import sys
from pathlib import Path
from policyhours.language.structure import check_case, check_policy
from policyhours.text.reader import read_document
from policyhours.text.source import read_source
check_policy(read_document(read_source(Path(sys.argv[1]))))
check_case(read_document(read_source(Path(sys.argv[2]))))
sys.exit("jsonschema" in sys.modules)
"""
    files = [POLICIES / "xinjiang/2023.1.yaml", POLICIES / "examples/general/cases/W3b.yaml"]
    subprocess.run([sys.executable, "-c", script, *map(str, files)], check=True)
