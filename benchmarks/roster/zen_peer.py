"""The peer that is a rule engine: a JDM decision for zen-engine, one case after the other.

A table, run once per activity, says what each is worth; expressions find what counts once, add up, cut off
at the ceilings and judge. Its numbers are decimals.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import zen
from cases import Answer, Case, answer_each
from jdm import LEVEL, TIME, decision_text
from layout import FACTS, SPANS
from regulation import CEILINGS, FREE, SPAN

PASSED = "$ == null or $ == 'passed'"
THIS_YEAR = {"year": "2025"}
HIGHER = {
    degree: {"degree": f"'{degree}'", "obtained": "true", "year": f"[2025..{2024 + span}]"}
    for degree, span in SPAN.items()
}
SURE = (
    "status == 'registered' and evidence == 'complete'"
    " and (assessment != null or kind not in ['public_course', 'training', 'advanced_seminar'])"
)
COLUMNS = ("kind", "status", "year", *FACTS)
SAYS = {"sure": SURE, "matter": "event ?? work"}
"""What is said of every activity beside its hours."""

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
    rows = [(asked, {"most": worth, **SAYS}) for asked, worth in ROWS]
    expressions = {
        "claims": "filter(all, #.most != 0)",
        "certain": "filter($.claims, #.sure)",
        **_sums("low", "$.certain"),
        **_sums("high", "$.claims"),
        "verdict": "$.met_low ? 'met' : $.met_high ? 'undetermined' : 'not_met'",
    }
    return decision_text(COLUMNS, ("most", *SAYS), rows, "all", expressions)


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
