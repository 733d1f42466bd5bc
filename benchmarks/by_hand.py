"""The peer that is written by hand: the same sums for this one policy, and nothing else.

All hours are whole numbers of ninetieths: a tenth of an hour is 9, a minute of a part day 2.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from roster.regulation import (
    BOOK,
    CEILINGS,
    GRID,
    LESSON,
    LEVELS,
    PATENT,
    PROFESSIONAL,
    PROJECT,
    REQUIRED,
    ninetieths,
    paper,
)

DAY = LESSON * GRID
MOST = ninetieths(CEILINGS)
PATENTS, PROJECTS, BOOKS = ninetieths(PATENT), ninetieths(PROJECT), ninetieths(BOOK)


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
            trial[kind] = min(hours, MOST.get(kind, hours))
        total = sum(trial.values())
        if total > best:
            best, counted = total, trial
    public = counted.get("public_course", 0)
    professional = sum(counted.values()) - public
    if completed:
        professional = max(professional, PROFESSIONAL * GRID)
    total = professional + public
    return {
        "claims": claims,
        "kinds": counted,
        "professional": professional,
        "public": public,
        "total": total,
        "verdict": "met" if total >= REQUIRED * GRID and professional >= PROFESSIONAL * GRID else "not_met",
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
            return paper(a["authorship"], a["author_order"]) * GRID
        case "book":
            return BOOKS[a["authorship"]]
        case "qualification_exam":
            return 20 * GRID * a["subjects_passed"]
    return 0


def _time(a: dict[str, Any]) -> int:
    return a.get("days", 0) * DAY + a.get("minutes", 0) * 2 + a.get("hours", 0) * 9
