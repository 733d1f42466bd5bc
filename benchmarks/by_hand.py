"""The peer that is written by hand: the same sums for this one policy, and nothing else.

All hours are whole numbers of ninetieths: a tenth of an hour is 9, a minute of a part day 2.
"""

from __future__ import annotations

from itertools import product
from typing import Any

UNIT = 90
CEILINGS = {
    kind: most * UNIT
    for kind, most in {
        "further_study": 60,
        "practice": 30,
        "lecture": 50,
        "attendance": 20,
        "intellectual_property": 40,
        "research_project": 40,
        "paper": 20,
        "book": 40,
        "other": 30,
    }.items()
}
LEVELS = ("national", "region")
PATENTS = {"invention": 30 * UNIT, "software": 10 * UNIT}
PROJECTS = {"lead": 40 * UNIT, "member": 20 * UNIT}
BOOKS = {"sole": 40 * UNIT, "joint": 20 * UNIT}


def assess(activities: list[dict[str, Any]]) -> dict[str, Any]:
    """What a year comes to. `hours` are given in tenths."""
    claims: dict[str, int] = {}
    kinds: dict[str, int] = {}
    events: dict[str, list[dict[str, Any]]] = {}
    completed = False
    for activity in activities:
        worth = claims[activity["id"]] = _worth(activity)
        kind = activity["kind"]
        if kind == "advanced_seminar":
            completed |= activity["assessment"] == "passed" and activity["organiser_level"] in LEVELS
        if "event" in activity:
            events.setdefault(activity["event"], []).append(activity)
        else:
            kinds[kind] = kinds.get(kind, 0) + worth
    best, counted = -1, kinds
    for chosen in product(*events.values()):
        trial = dict(kinds)
        for activity in chosen:
            trial[activity["kind"]] = trial.get(activity["kind"], 0) + claims[activity["id"]]
        for kind, hours in trial.items():
            trial[kind] = min(hours, CEILINGS.get(kind, hours))
        total = sum(trial.values())
        if total > best:
            best, counted = total, trial
    public = counted.get("public_course", 0)
    professional = sum(counted.values()) - public
    if completed:
        professional = max(professional, 60 * UNIT)
    total = professional + public
    return {
        "claims": claims,
        "kinds": counted,
        "professional": professional,
        "public": public,
        "total": total,
        "verdict": "met" if total >= 90 * UNIT and professional >= 60 * UNIT else "not_met",
    }


def _worth(a: dict[str, Any]) -> int:
    match a["kind"]:
        case "public_course" | "training":
            return _time(a) if a["assessment"] == "passed" else 0
        case "further_study" | "practice" | "other":
            return _time(a)
        case "lecture":
            return 6 * _time(a) if a["organiser_level"] in LEVELS else 0
        case "attendance":
            return _time(a) if a["organiser_level"] in LEVELS else 0
        case "intellectual_property":
            return PATENTS[a["ip_type"]]
        case "research_project":
            return PROJECTS[a["role"]] if a["concluded"] else 0
        case "paper":
            return (20 if a["authorship"] == "sole" else 15 if a["author_order"] == 1 else 5) * UNIT
        case "book":
            return BOOKS[a["authorship"]]
        case "qualification_exam":
            return 20 * UNIT * a["subjects_passed"]
    return 0


def _time(a: dict[str, Any]) -> int:
    return a.get("days", 0) * 8 * UNIT + a.get("minutes", 0) * 2 + a.get("hours", 0) * 9
