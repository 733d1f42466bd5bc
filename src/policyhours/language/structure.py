"""Structure: a file against its schema, told in our own words.

The schemas are the only place where structure is defined. They tell variants apart by a key before they
validate (`if`, `then`), so every error is about the variant that was meant. What the quick acceptor does not
accept, `jsonschema` judges; it is loaded only then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from policyhours.language.acceptor import Accepts, acceptor
from policyhours.language.shipped import schema_text
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import nearest
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar, at, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LIKE_DATE = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
_TRUTH = {"yes": "true", "no": "false", "on": "true", "off": "false", "是": "true", "否": "false"}
_TYPES: Final = {
    "object": ("一组“键: 值”", "a group of “key: value”"),
    "array": ("列表，写成 [甲, 乙]", "a list, written [a, b]"),
    "string": ("文字", "a text"),
    "number": ("数", "a number"),
    "integer": ("整数", "a whole number"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("null", "null"),
}


def check_policy(node: Node) -> None:
    """Check a policy file against ``policy.schema.json``.

    Raises:
        Refused: with every deviation, each at its place.
    """
    _check(node, "policy")


def check_case(node: Node) -> None:
    """Check a case against ``case.schema.json``.

    Raises:
        Refused: with every deviation, each at its place.
    """
    _check(node, "case")


@cache
def _schema(name: str) -> Any:
    return json.loads(schema_text(name))


@cache
def _acceptor(name: str) -> Accepts:
    return acceptor(_schema(name))


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema(name))


def _check(node: Node, name: str) -> None:
    data = plain(node)
    if _acceptor(name)(data):
        return
    findings: dict[tuple[str, str, str], Finding] = {}
    for error in _validator(name).iter_errors(data):
        for finding in _explain(error, node):
            key = (finding.code, str(finding.place), finding.args.get("found", ""))
            findings.setdefault(key, finding)
    if findings:
        raise Refused(tuple(findings.values()))


def _explain(error: ValidationError, root: Node) -> Iterator[Finding]:
    node = at(root, error.absolute_path)
    schema = error.schema if isinstance(error.schema, dict) else {}
    wanted: Any = error.validator_value
    expected = str(schema.get("description") or schema.get("title") or "")
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(node, schema)
        case "required" | "dependentRequired":
            names = wanted if error.validator == "required" else [n for some in wanted.values() for n in some]
            for name in names:
                if isinstance(node, Mapping) and name not in node:
                    yield Finding("PH203", _head(node), {"found": name})
        case "propertyNames" | "pattern" if isinstance(node, Mapping):
            entry = node.entry(str(error.instance))
            if entry is not None:
                yield Finding("PH202", entry.key_place, {"found": entry.key, "expected": expected})
        case "type":
            yield _wrong_type(node, wanted, expected)
        case "enum" | "const":
            options = [str(w) for w in (wanted if error.validator == "enum" else [wanted])]
            near = "、".join(nearest(_said(node), options)) or "—"
            words = {"found": _said(node), "expected": expected or "、".join(options), "nearest": near}
            yield Finding("PH205", node.place, {**words, "expected_en": ", ".join(options)})
        case "pattern" | "format":
            yield _wrong_form(node, expected)
        case "minimum" | "maximum":
            least = error.validator == "minimum"
            words = {"found": _said(node), "zh": "不小于" if least else "不大于", "limit": str(wanted)}
            yield Finding("PH207", node.place, {**words, "en": "at least" if least else "at most"})
        case _:
            yield Finding("PH208", _head(node), {"found": _said(node), "expected": expected})


def _unknown_keys(node: Node, schema: dict[str, Any]) -> Iterator[Finding]:
    known = list(schema.get("properties", {}))
    patterns = [re.compile(p) for p in schema.get("patternProperties", {})]
    for entry in node.entries if isinstance(node, Mapping) else ():
        if entry.key in known or any(p.search(entry.key) for p in patterns):
            continue
        near = "、".join(nearest(entry.key, [k for k in known if not _has(node, k)])) or "—"
        allowed = "、".join(known) or "—"
        yield Finding("PH201", entry.key_place, {"found": entry.key, "nearest": near, "expected": allowed})


def _has(node: Node, key: str) -> bool:
    return isinstance(node, Mapping) and key in node


def _wrong_type(node: Node, wanted: str | list[str], expected: str) -> Finding:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    zh = "或".join(_TYPES[kind][0] for kind in kinds)
    en = " or ".join(_TYPES[kind][1] for kind in kinds)
    words = {"found": _said(node), "expected": f"{zh}（{expected}）" if expected else zh, "expected_en": en}
    if isinstance(node, Scalar):
        if node.quoted and {"number", "integer"} & set(kinds) and _NUMBER.fullmatch(node.raw):
            return Finding("PH210", node.place, words)
        if "boolean" in kinds and node.raw.lower() in _TRUTH:
            return Finding("PH211", node.place, {**words, "expected": _TRUTH[node.raw.lower()]})
        if kinds == ["string"] and _NUMBER.fullmatch(node.raw):
            return Finding("PH213", node.place, words)
    return Finding("PH204", node.place, words)


def _wrong_form(node: Node, expected: str) -> Finding:
    words = {"found": _said(node), "expected": expected}
    if isinstance(node, Scalar) and (found := _LIKE_DATE.fullmatch(node.raw)) and "2025-06-30" in expected:
        year, month, day = (int(part) for part in found.groups())
        return Finding("PH212", node.place, {**words, "expected": f"{year:04}-{month:02}-{day:02}"})
    return Finding("PH206", node.place, words)


def _said(node: Node) -> str:
    """What the node says, shortened to be quoted."""
    if isinstance(node, Scalar):
        return node.raw if len(node.raw) <= 40 else node.raw[:40] + "…"
    return "{…}" if isinstance(node, Mapping) else "[…]"


def _head(node: Node) -> Place:
    """The place of a group: its first key, for the group itself may run over many lines."""
    if isinstance(node, Mapping) and node.entries:
        first: Entry = node.entries[0]
        return first.key_place
    return node.place
