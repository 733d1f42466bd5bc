"""The peer that is an engine: the same sums as a JDM decision for zen-engine.

A table, run once per activity, says what each is worth; expressions add up, cut off at the
ceilings and judge.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

TIME = "(days ?? 0) * 8 + (minutes ?? 0) / 45 + (hours ?? 0)"
LEVEL = "'national', 'region'"
COLUMNS = (
    "kind",
    "assessment",
    "organiser_level",
    "ip_type",
    "role",
    "concluded",
    "authorship",
    "author_order",
)
ROWS: tuple[tuple[dict[str, str], str], ...] = (
    ({"kind": "'public_course'", "assessment": "'passed'"}, TIME),
    ({"kind": "'training'", "assessment": "'passed'"}, TIME),
    ({"kind": "'further_study', 'practice', 'other'"}, TIME),
    ({"kind": "'lecture'", "organiser_level": LEVEL}, f"6 * ({TIME})"),
    ({"kind": "'attendance'", "organiser_level": LEVEL}, TIME),
    ({"kind": "'intellectual_property'", "ip_type": "'invention'"}, "30"),
    ({"kind": "'intellectual_property'", "ip_type": "'software'"}, "10"),
    ({"kind": "'research_project'", "concluded": "true", "role": "'lead'"}, "40"),
    ({"kind": "'research_project'", "concluded": "true", "role": "'member'"}, "20"),
    ({"kind": "'paper'", "authorship": "'sole'"}, "20"),
    ({"kind": "'paper'", "authorship": "'joint'", "author_order": "1"}, "15"),
    ({"kind": "'paper'", "authorship": "'joint'", "author_order": ">= 2"}, "5"),
    ({"kind": "'book'", "authorship": "'sole'"}, "40"),
    ({"kind": "'book'", "authorship": "'joint'"}, "20"),
    ({"kind": "'qualification_exam'"}, "20 * subjects_passed"),
    ({}, "0"),
)
CEILINGS = {
    "further_study": 60,
    "practice": 30,
    "intellectual_property": 40,
    "research_project": 40,
    "paper": 20,
    "book": 40,
    "other": 30,
}
FREE = ("training", "qualification_exam")


def _of(kind: str, also: str = "") -> str:
    return f"sum(map(filter(claims, #.kind == '{kind}'{also}), #.claimed))"


EXPRESSIONS = {
    "public_course": _of("public_course"),
    **{kind: _of(kind) for kind in FREE},
    **{kind: f"min([{_of(kind)}, {most}])" for kind, most in CEILINGS.items()},
    # The language has no search: all events are credited to their lecturers, or all to their attendants.
    "taught": "map(filter(claims, #.kind == 'lecture' and #.event != null), #.event)",
    "attended": "map(filter(claims, #.kind == 'attendance' and #.event != null), #.event)",
    "lecture_all": f"min([{_of('lecture')}, 50])",
    "lecture_rest": f"min([{_of('lecture', ' and not (#.event in $.attended)')}, 50])",
    "attendance_all": f"min([{_of('attendance')}, 20])",
    "attendance_rest": f"min([{_of('attendance', ' and not (#.event in $.taught)')}, 20])",
    "teaching": "$.lecture_all + $.attendance_rest >= $.lecture_rest + $.attendance_all",
    "lecture": "$.teaching ? $.lecture_all : $.lecture_rest",
    "attendance": "$.teaching ? $.attendance_rest : $.attendance_all",
    "earned": " + ".join(f"$.{kind}" for kind in (*FREE, *CEILINGS, "lecture", "attendance")),
    "completed": "some(claims, #.kind == 'advanced_seminar' and #.assessment == 'passed'"
    " and #.organiser_level in ['national', 'region'])",
    "professional": "$.completed ? max([$.earned, 60]) : $.earned",
    "public": "$.public_course",
    "total": "$.professional + $.public",
    "verdict": "$.total >= 90 and $.professional >= 60 ? 'met' : 'not_met'",
    "claims": "claims",
}


def decision() -> str:
    """The decision as JSON text."""
    ids = {name: f"i{n}" for n, name in enumerate(COLUMNS)}
    table: dict[str, Any] = {
        "hitPolicy": "first",
        "inputField": "activities",
        "outputPath": "claims",
        "executionMode": "loop",
        "passThrough": True,
        "inputs": [{"id": ids[name], "name": name, "field": name} for name in COLUMNS],
        "outputs": [{"id": "o", "name": "claimed", "field": "claimed"}],
        "rules": [
            {"_id": f"r{n}", **{ids[name]: row.get(name, "") for name in COLUMNS}, "o": worth}
            for n, (row, worth) in enumerate(ROWS)
        ],
    }
    sums = {
        "expressions": [{"id": f"e{n}", "key": k, "value": v} for n, (k, v) in enumerate(EXPRESSIONS.items())]
    }
    nodes = [
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
