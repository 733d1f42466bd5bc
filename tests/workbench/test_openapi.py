"""The OpenAPI document is true: it names every route, and what they answer is as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from policyhours.language.shipped import schema_text
from policyhours.workbench.guard import Limits
from policyhours.workbench.openapi import document
from policyhours.workbench.routes import api_routes
from policyhours.workbench.work import Work

DOCUMENT = document()
REGISTRY: Any = Registry().with_resource("urn:api", DRAFT202012.create_resource(DOCUMENT))
CASE = {
    "case": "a",
    "policy": "examples/general@2023.1",
    "person": {"id": "p-1", "title_level": "intermediate"},
    "activities": [
        {"id": "t", "kind": "training", "date": "2025-03-01", "hours": 30.5, "assessment": "passed"},
        {"id": "b", "kind": "book", "date": "2025-03-01", "status": "pending", "work": "w"},
    ],
}
YAML = {"content-type": "application/yaml"}
JSON = {"content-type": "application/json"}


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """For a schema of the document; its references lead into the document."""
    absolute = json.loads(json.dumps(schema).replace('"#/components', '"urn:api#/components'))
    return Draft202012Validator(absolute, registry=REGISTRY)


def test_the_document_names_every_route_and_no_other():
    routes = {
        (route.path, method.lower())
        for route in api_routes((), Work(Limits()))
        for method in route.methods - {"HEAD"}
    }
    assert routes == {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}


def test_every_reference_leads_somewhere_within():
    text = json.dumps(DOCUMENT)
    names = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert names
    assert names <= DOCUMENT["components"]["schemas"].keys()
    assert "$defs" not in text and "urn:" not in text


@pytest.mark.parametrize("name", ["case", "result"])
def test_our_published_schemas_stand_in_it_unchanged_but_for_their_references(name):
    ours = json.loads(schema_text(name))
    inside = DOCUMENT["components"]["schemas"]
    assert inside[name]["properties"].keys() == ours["properties"].keys()
    assert {f"{name}.{part}" for part in ours["$defs"]} == {
        key for key in inside if key.startswith(f"{name}.")
    }


def test_every_schema_is_one():
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


ANSWERS = [
    ("get", "/api/policies", {}, 200),
    ("get", "/api/policies", {"params": {"as_of": "x"}}, 400),
    ("get", "/api/policies", {"headers": {"host": "evil.example"}}, 403),
    ("get", "/api/openapi.json", {}, 200),
    ("post", "/api/evaluate", {"json": CASE}, 200),
    ("post", "/api/evaluate", {"json": {**CASE, "activities": [{"id": "t"}]}}, 422),
    ("post", "/api/evaluate", {"json": {**CASE, "policy": "nowhere"}}, 422),
    ("post", "/api/evaluate", {"content": b"{", "headers": JSON}, 422),
    ("post", "/api/evaluate", {"content": b"{}"}, 415),
    ("post", "/api/evaluate", {"content": b"x" * 3_000_000, "headers": JSON}, 413),
    ("post", "/api/evaluate", {"json": CASE, "headers": {"origin": "null"}}, 403),
    ("post", "/api/lint", {"content": "policy：x\n".encode(), "headers": YAML}, 200),
    ("post", "/api/lint", {"content": b"\xd6\xd0\xb9\xfa\xc8\xcb", "headers": YAML}, 200),
    ("post", "/api/lint", {"content": Path("policies/xinjiang/2023.1.yaml"), "headers": YAML}, 200),
    ("post", "/api/lint", {"content": b"a: 1"}, 415),
]


@pytest.mark.parametrize(("method", "path", "request_", "status"), ANSWERS)
def test_what_is_answered_is_as_the_document_says(client, method, path, request_, status):
    given = dict(request_)
    if isinstance(given.get("content"), Path):
        given["content"] = (Path(__file__).resolve().parents[2] / given["content"]).read_bytes()
    response = getattr(client, method)(path, **given)
    assert response.status_code == status
    schema = DOCUMENT["paths"][path][method]["responses"][str(status)]["content"]["application/json"][
        "schema"
    ]
    errors = [error.message for error in validator(schema).iter_errors(response.json())]
    assert errors == []


@pytest.mark.parametrize("path", [path for path, methods in DOCUMENT["paths"].items() for _ in methods])
def test_every_route_has_an_example_that_went_well(path):
    assert any(path == asked and status == 200 for _, asked, _, status in ANSWERS)


def test_the_validator_would_tell():
    schema = {"$ref": "#/components/schemas/Findings"}
    assert not validator(schema).is_valid({"findings": [{}]})
    assert not validator({"$ref": "#/components/schemas/result"}).is_valid({"case": 1})


def test_the_case_of_the_examples_is_one_by_the_document():
    assert validator({"$ref": "#/components/schemas/case"}).is_valid(CASE)
    assert not validator({"$ref": "#/components/schemas/case"}).is_valid({"case": "a"})
