"""Structure: a file against its schema, told in our own words.

The schemas are the only place where structure is defined. They tell variants apart by a key before they
validate (`if`, `then`), so every error is about the variant that was meant. What the quick acceptor does not
accept, `jsonschema` judges and `deviation` tells; both are loaded only then.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from policyhours.language.acceptor import Accepts, acceptor
from policyhours.language.shipped import schema_text
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Node, at, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


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


def deviation_of(data: Any, name: str) -> tuple[str, ...] | None:
    """Where plain data first deviates from a schema, step by step from its top; ``None`` where it does not.

    Args:
        data: as JSON holds it.
        name: of the schema: ``policy``, ``case`` or ``result``.
    """
    if _acceptor(name)(data):
        return None
    error = next(_validator(name).iter_errors(data), None)
    return None if error is None else tuple(str(step) for step in error.absolute_path)


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
    from policyhours.language.deviation import explain

    findings: dict[tuple[str, str, str], Finding] = {}
    errors = list(_validator(name).iter_errors(data))
    for error in errors:
        for finding in explain(error, node, _schema(name)):
            key = (finding.code, str(finding.place), finding.args.get("found", ""))
            findings.setdefault(key, finding)
    if errors and not findings:
        place = at(node, errors[0].absolute_path).place
        findings["", "", ""] = Finding("PH208", place, {"found": "…", "expected": "…"})
    if findings:
        raise Refused(tuple(findings.values()))
