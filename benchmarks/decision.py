"""The peer that is an engine: the same sums as a JDM decision for zen-engine.

A table, run once per activity, says what each is worth; expressions add up, cut off at the
ceilings and judge.
"""

from __future__ import annotations

from roster.jdm import LEVEL, TIME, decision_text
from roster.regulation import CEILINGS, FREE

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
# A lecture and an attendance are weighed against each other below.
APART = ("lecture", "attendance")
LECTURES, ATTENDANCES = (CEILINGS[kind] for kind in APART)
CAPPED = {kind: most for kind, most in CEILINGS.items() if kind not in APART}


def _of(kind: str, also: str = "") -> str:
    return f"sum(map(filter(claims, #.kind == '{kind}'{also}), #.claimed))"


EXPRESSIONS = {
    "public_course": _of("public_course"),
    **{kind: _of(kind) for kind in FREE},
    **{kind: f"min([{_of(kind)}, {most}])" for kind, most in CAPPED.items()},
    # The language has no search: all events are credited to their lecturers, or all to their attendants.
    "taught": "map(filter(claims, #.kind == 'lecture' and #.event != null), #.event)",
    "attended": "map(filter(claims, #.kind == 'attendance' and #.event != null), #.event)",
    "lecture_all": f"min([{_of('lecture')}, {LECTURES}])",
    "lecture_rest": f"min([{_of('lecture', ' and not (#.event in $.attended)')}, {LECTURES}])",
    "attendance_all": f"min([{_of('attendance')}, {ATTENDANCES}])",
    "attendance_rest": f"min([{_of('attendance', ' and not (#.event in $.taught)')}, {ATTENDANCES}])",
    "teaching": "$.lecture_all + $.attendance_rest >= $.lecture_rest + $.attendance_all",
    "lecture": "$.teaching ? $.lecture_all : $.lecture_rest",
    "attendance": "$.teaching ? $.attendance_rest : $.attendance_all",
    "earned": " + ".join(f"$.{kind}" for kind in (*FREE, *CAPPED, *APART)),
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
    rows = [(asked, {"claimed": worth}) for asked, worth in ROWS]
    return decision_text(COLUMNS, ("claimed",), rows, "claims", EXPRESSIONS)
