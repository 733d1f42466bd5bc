"""JDM: the decisions of zen-engine as JSON text, a table run once per activity and then expressions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

TIME = "(days ?? 0) * 8 + (minutes ?? 0) / 45 + (hours ?? 0)"
LEVEL = "'national', 'region'"


def decision_text(
    columns: Sequence[str],
    outputs: Sequence[str],
    rows: Sequence[tuple[Mapping[str, str], Mapping[str, str]]],
    path: str,
    expressions: Mapping[str, str],
) -> str:
    """The decision as JSON text.

    Args:
        columns: what the rows of the table ask, in order.
        outputs: what they say.
        rows: each with its conditions and what it says; the first that fits holds.
        path: where the activities stand, with what the table said of them, for the expressions.
        expressions: by the name of what they give, in order.
    """
    ids = {name: f"i{n}" for n, name in enumerate(columns)}
    table: dict[str, Any] = {
        "hitPolicy": "first",
        "inputField": "activities",
        "outputPath": path,
        "executionMode": "loop",
        "passThrough": True,
        "inputs": [{"id": id_, "name": name, "field": name} for name, id_ in ids.items()],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [
            {"_id": f"r{n}", **{id_: asked.get(name, "") for name, id_ in ids.items()}, **said}
            for n, (asked, said) in enumerate(rows)
        ],
    }
    sums = {
        "expressions": [{"id": f"e{n}", "key": k, "value": v} for n, (k, v) in enumerate(expressions.items())]
    }
    nodes: list[dict[str, Any]] = [
        {"id": "case", "name": "case", "type": "inputNode"},
        {"id": "standards", "name": "standards", "type": "decisionTableNode", "content": table},
        {"id": "sums", "name": "sums", "type": "expressionNode", "content": sums},
        {"id": "result", "name": "result", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{a['id']}-{b['id']}", "sourceId": a["id"], "targetId": b["id"], "type": "edge"}
        for a, b in pairwise(nodes)
    ]
    return json.dumps({"nodes": nodes, "edges": edges})
