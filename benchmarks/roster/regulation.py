"""What the regulation says, in hours, as examples/general@2023.1 has it: what the peers in Python start from.

The query by hand and the pass in C have these numbers written into them, as their authors would.
"""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
POLICY = "examples/general@2023.1"

GRID = 90
"""All hours of these rules are whole numbers of ninetieths: a tenth of an hour is 9, a minute 2."""

REQUIRED = 90
PROFESSIONAL = 60
"""What is required of the professional subject, and what a completion makes of it."""

LESSON = 8
"""Hours of a day."""

LEVELS = ("national", "region")
ASSESSED = ("public_course", "training", "advanced_seminar")
"""The kinds that an assessment decides."""

SPAN = {"bachelor": 4, "master": 3, "doctor": 2}
"""The years that a degree completes."""

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
"""Professional kinds without a ceiling."""

PATENT = {"invention": 30, "software": 10}
PROJECT = {"lead": 40, "member": 20}
BOOK = {"sole": 40, "joint": 20}


def ninetieths(hours: dict[str, int]) -> dict[str, int]:
    """The same in ninetieths of an hour."""
    return {name: amount * GRID for name, amount in hours.items()}


def paper(authorship: str, author_order: int) -> int:
    """The hours of a paper."""
    return 20 if authorship == "sole" else 15 if author_order == 1 else 5
