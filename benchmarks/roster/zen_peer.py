"""The peer that is a rule engine: a JDM decision for zen-engine, one case after the other.

A table, run once per activity, says what each is worth; expressions find what counts once, add up, cut off
at the ceilings and judge. Its numbers are decimals.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import zen
from answers import SPANS
from cases import Answer, Case, answer_each

TIME = "(days ?? 0) * 8 + (minutes ?? 0) / 45 + (hours ?? 0)"
PASSED = "$ == null or $ == 'passed'"
LEVEL = "'national', 'region'"
THIS_YEAR = {"year": "2025"}
HIGHER = {
    degree: {"degree": f"'{degree}'", "obtained": "true", "year": f"[2025..{2024 + span}]"}
    for degree, span in (("bachelor", 4), ("master", 3), ("doctor", 2))
}
COLUMNS = (
    "kind",
    "status",
    "year",
    "assessment",
    "organiser_level",
    "ip_type",
    "role",
    "concluded",
    "authorship",
    "author_order",
    "subjects_passed",
    "degree",
    "obtained",
)
ROWS: tuple[tuple[dict[str, str], str], ...] = (
    ({"status": "'void'"}, "0"),
    ({"kind": "'public_course', 'training'", "assessment": PASSED, **THIS_YEAR}, TIME),
    ({"kind": "'further_study', 'practice', 'other'", **THIS_YEAR}, TIME),
    ({"kind": "'lecture'", "organiser_level": LEVEL, **THIS_YEAR}, f"6 * ({TIME})"),
    ({"kind": "'attendance'", "organiser_level": LEVEL, **THIS_YEAR}, TIME),
    ({"kind": "'intellectual_property'", "ip_type": "'invention'", **THIS_YEAR}, "30"),
    ({"kind": "'intellectual_property'", "ip_type": "'software'", **THIS_YEAR}, "10"),
    ({"kind": "'research_project'", "concluded": "true", "role": "'lead'", **THIS_YEAR}, "40"),
    ({"kind": "'research_project'", "concluded": "true", "role": "'member'", **THIS_YEAR}, "20"),
    ({"kind": "'paper'", "authorship": "'sole'", **THIS_YEAR}, "20"),
    ({"kind": "'paper'", "authorship": "'joint'", "author_order": "1", **THIS_YEAR}, "15"),
    ({"kind": "'paper'", "authorship": "'joint'", "author_order": ">= 2", **THIS_YEAR}, "5"),
    ({"kind": "'book'", "authorship": "'sole'", **THIS_YEAR}, "40"),
    ({"kind": "'book'", "authorship": "'joint'", **THIS_YEAR}, "20"),
    ({"kind": "'qualification_exam'", "subjects_passed": ">= 1", **THIS_YEAR}, "20 * subjects_passed"),
    (
        {"kind": "'advanced_seminar'", "assessment": PASSED, "organiser_level": LEVEL, **THIS_YEAR},
        "'completes'",
    ),
    *(({"kind": "'degree', 'party_school_degree'", **when}, "'completes'") for when in HIGHER.values()),
    ({}, "0"),
)
SURE = (
    "status == 'registered' and evidence == 'complete'"
    " and (assessment != null or kind not in ['public_course', 'training', 'advanced_seminar'])"
)
CEILINGS = {
    "further_study": 60,
    "practice": 30,
    "lecture": 50,
    "attendance": 20,
    "intellectual_property": 40,
    "research_project": 40,
    "paper": 20,
    "book": 40,
    "other": 30,
}
FREE = ("training", "qualification_exam")


def _sums(end: str, claims: str) -> dict[str, str]:
    """The expressions for one end of the range."""
    once = (
        f"a.most != 'completes' and (a.matter == null or not some({claims} as b, b.matter == a.matter"
        " and b.kind == a.kind and (b.most > a.most or (b.most == a.most and b.n < a.n))))"
    )
    hours = {
        kind: f"sum(map(filter($.once_{end}, #.kind == '{kind}'), #.most))"
        for kind in (*FREE, *CEILINGS, "public_course")
    }
    capped = [f"min([{hours[kind]}, {most}])" for kind, most in CEILINGS.items()]
    return {
        f"once_{end}": f"filter({claims} as a, {once})",
        f"earned_{end}": " + ".join([*(hours[kind] for kind in FREE), *capped]),
        f"completed_{end}": f"some({claims}, #.most == 'completes')",
        f"professional_{end}": f"$.completed_{end} ? max([$.earned_{end}, 60]) : $.earned_{end}",
        f"public_{end}": hours["public_course"],
        f"total_{end}": f"$.professional_{end} + $.public_{end}",
        f"met_{end}": f"$.total_{end} >= 90 and $.professional_{end} >= 60",
    }


def decision() -> str:
    """The decision as JSON text."""
    ids = {name: f"i{n}" for n, name in enumerate(COLUMNS)}
    outputs = {"most": "", "sure": SURE, "matter": "event ?? work"}
    table: dict[str, Any] = {
        "hitPolicy": "first",
        "inputField": "activities",
        "outputPath": "all",
        "executionMode": "loop",
        "passThrough": True,
        "inputs": [{"id": id_, "name": name, "field": name} for name, id_ in ids.items()],
        "outputs": [{"id": name, "name": name, "field": name} for name in outputs],
        "rules": [
            {"_id": f"r{n}", **{ids[c]: row.get(c, "") for c in COLUMNS}, **outputs, "most": worth}
            for n, (row, worth) in enumerate(ROWS)
        ],
    }
    expressions = {
        "claims": "filter(all, #.most != 0)",
        "certain": "filter($.claims, #.sure)",
        **_sums("low", "$.certain"),
        **_sums("high", "$.claims"),
        "verdict": "$.met_low ? 'met' : $.met_high ? 'undetermined' : 'not_met'",
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


def main(folder: Path, out: Path) -> None:
    """Files in, a file out."""
    compiled = zen.ZenEngine().create_decision(zen.ZenDecisionContent(decision()))

    def assess(case: Case) -> Answer:
        for number, activity in enumerate(case):
            activity["n"] = number
            if "hours" in activity:
                activity["hours"] = float(activity["hours"])
        found: Any = compiled.evaluate({"activities": case})["result"]
        return (found["verdict"], *(float(found[span]) for span in SPANS))

    answer_each(assess, folder, out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
