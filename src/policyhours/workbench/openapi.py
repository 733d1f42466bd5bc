"""The OpenAPI document: what the API takes and gives, for programs that read such documents."""

from __future__ import annotations

import json
from typing import Any, Final

from policyhours.language.shipped import schema_text
from policyhours.version import VERSION
from policyhours.workbench.reply import JSON, YAML

_SCHEMAS: Final = "#/components/schemas/"
_DAY: Final = {"type": "string", "format": "date"}
_OR_NONE: Final = [{"type": "null"}]
_TEXT_OR_NONE: Final = {"type": ["string", "null"]}
_COUNT: Final = {"type": "integer", "minimum": 0}
_LINE_OR_NONE: Final = {"type": ["integer", "null"], "minimum": 1}

REFUSALS: Final = {
    "400": "参数不对 · a parameter cannot be read",
    "403": "不是本工作台的地址，或来自别的网页 · another host or origin",
    "408": "没有及时收完 · the body did not arrive in time",
    "413": "内容太大 · the body is too large",
    "500": "程序内部出错 · an internal error",
    "503": "没有及时算完 · the answer was not there in time",
}
"""What any request may be refused for."""


def document() -> dict[str, Any]:
    """The document, complete: everything that it refers to is inside."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policyhours",
            "version": VERSION,
            "summary": "继续教育学时：规则、评定、校验 · continuing-education hours as data",
            "description": "不保存任何内容；学时写成精确的数，如 181/3 · Nothing is stored; hours are exact",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/api/policies": {"get": _listing()},
            "/api/evaluate": {"post": _evaluating()},
            "/api/lint": {"post": _linting()},
            "/api/openapi.json": {"get": _describing()},
        },
        "components": {
            "schemas": {
                **_shipped("case"),
                **_shipped("result"),
                "Finding": _finding(),
                "Findings": _object(findings=_list("Finding")),
                "Report": _object(
                    checked=_COUNT, errors=_COUNT, warnings=_COUNT, advice=_COUNT, findings=_list("Finding")
                ),
                "Policy": _policy(),
                "Policies": _object(as_of=_DAY, policies=_list("Policy"), findings=_list("Finding")),
            }
        },
    }


# ── operations ──


def _listing() -> dict[str, Any]:
    return {
        "operationId": "policies",
        "summary": "有哪些规则 · what policies there are",
        "parameters": [
            _query("as_of", "在这一天是否有效，默认今天 · as they stand on that day", _DAY),
            _language(),
        ],
        "responses": {
            "200": _reply("所有规则的所有版本 · every version of every policy", "Policies"),
            **_refusals(),
        },
    }


def _evaluating() -> dict[str, Any]:
    reading = {"type": "string", "pattern": "^[^=]+=[^=]+$", "examples": ["share_base=earned"]}
    return {
        "operationId": "evaluate",
        "summary": "评定一个个案 · assess one case",
        "parameters": [
            _query("policy", "改用这个规则 · the policy to use instead", {"type": "string"}),
            _query("as_of", "取该日有效的版本 · the version in force on that day", _DAY),
            _query("reading", "换用一种读法，可多次 · switch a reading", {"type": "array", "items": reading}),
            _language(),
        ],
        "requestBody": {
            "required": True,
            "description": "个案 · the case, as a file would state it",
            "content": {JSON: {"schema": _ref("case")}, YAML: {"schema": {"type": "string"}}},
        },
        "responses": {
            "200": _reply("结果 · what it comes to", "result"),
            "415": _reply("不能读这种内容 · not JSON or YAML", "Findings"),
            "422": _reply("个案或规则有错 · the case or a policy is faulty", "Findings"),
            **_refusals(),
        },
    }


def _linting() -> dict[str, Any]:
    return {
        "operationId": "lint",
        "summary": "校验一个细则或个案文件 · check a file of policies or cases",
        "parameters": [
            _query("name", "文件叫什么，只用来显示 · what to call the file", {"type": "string"}),
            _language(),
        ],
        "requestBody": {
            "required": True,
            "description": "文件原样 · the file as it is, byte by byte",
            "content": {YAML: {"schema": {"type": "string"}}},
        },
        "responses": {
            "200": _reply("发现的问题 · what was found", "Report"),
            "415": _reply("不能读这种内容 · not YAML", "Findings"),
            **_refusals(),
        },
    }


def _describing() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "本文档 · this document",
        "responses": {
            "200": {"description": "OpenAPI 3.1", "content": {JSON: {"schema": {"type": "object"}}}},
            **_refusals(),
        },
    }


# ── schemas ──


def _finding() -> dict[str, Any]:
    place = {
        "label": {"type": "string"},
        "file": _TEXT_OR_NONE,
        "line": _LINE_OR_NONE,
        "column": _LINE_OR_NONE,
    }
    pointer = {**_TEXT_OR_NONE, "description": "RFC 6901"}
    edit = _object(
        line={"type": "integer", "minimum": 1},
        column={"type": "integer", "minimum": 1},
        width=_COUNT,
        text={"type": "string"},
    )
    return _object(
        code={"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
        name={"type": "string"},
        severity={"enum": ["error", "warning", "advice"]},
        file=_TEXT_OR_NONE,
        line=_LINE_OR_NONE,
        column=_LINE_OR_NONE,
        pointer=pointer,
        says={"type": "string"},
        do={"type": "string"},
        also={"type": "array", "items": _object(**place, pointer=pointer)},
        fix={"anyOf": [*_OR_NONE, {"type": "array", "items": edit}]},
    )


def _policy() -> dict[str, Any]:
    span = {
        "from": {"type": ["string", "null"], "format": "date"},
        "until": {"type": ["string", "null"], "format": "date"},
    }
    day_or_none = {"type": ["string", "null"], "format": "date"}
    filing = _object(
        due=_DAY,
        issued_on=day_or_none,
        state={"enum": ["in_time", "overdue", "late", "undated", "not_due"]},
        days_late={"type": "integer"},
    )
    texts = {"type": "array", "items": {"type": "string"}}
    return _object(
        policy={"type": "string"},
        title={"type": "string"},
        document={"type": "string"},
        authority={"enum": ["national", "province", "industry"]},
        status={"enum": ["illustrative", "draft", "filed"]},
        in_force={"anyOf": [*_OR_NONE, _object(**span)]},
        written=_object(**span),
        in_force_on_day={"type": "boolean"},
        implements=_TEXT_OR_NONE,
        industries=texts,
        applies_from=_TEXT_OR_NONE,
        supersedes=_TEXT_OR_NONE,
        superseded_by=texts,
        filings_due=day_or_none,
        filing={"anyOf": [*_OR_NONE, filing]},
    )


def _shipped(name: str) -> dict[str, Any]:
    """A schema of ours and its definitions, as components: ``case``, ``case.date``."""
    schema = json.loads(schema_text(name))
    parts = schema.pop("$defs", {})
    for key in ("$schema", "$id"):
        schema.pop(key, None)
    found = {name: schema, **{f"{name}.{part}": inner for part, inner in parts.items()}}
    return {key: _moved(inner, name) for key, inner in found.items()}


def _moved(node: Any, name: str) -> Any:
    """The schema with its references led to the components."""
    if isinstance(node, dict):
        return {
            key: f"{_SCHEMAS}{name}.{value.removeprefix('#/$defs/')}"
            if key == "$ref" and isinstance(value, str)
            else _moved(value, name)
            for key, value in node.items()
        }
    return [_moved(item, name) for item in node] if isinstance(node, list) else node


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(name: str) -> dict[str, Any]:
    return {"type": "array", "items": _ref(name)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"{_SCHEMAS}{name}"}


# ── pieces ──


def _query(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def _language() -> dict[str, Any]:
    return _query("lang", "语言，默认按 Accept-Language，再默认中文 · language", {"enum": ["zh", "en"]})


def _reply(words: str, name: str) -> dict[str, Any]:
    return {"description": words, "content": {JSON: {"schema": _ref(name)}}}


def _refusals() -> dict[str, Any]:
    return {status: _reply(words, "Findings") for status, words in REFUSALS.items()}
