"""Advice: the least that makes a year met, also where hours move to another year (article 10)."""

from __future__ import annotations

from helpers import case, run

DEFERRED = {
    "year": 2023,
    "remedy": "defer",
    "until": 2024,
    "ground": "illness",
    "certified_by": "employer",
    "decided_by": "某局",
    "decided_on": "2024-01-01",
}


def test_hours_that_spare_another_subject_are_advised_alone():
    # Of 120 professional hours in 2024 the deferred year takes 90; every public hour that makes up for some
    # of these leaves a professional one where it was.
    found = run(
        case(
            {"kind": "book", "date": "2024-01-01", "authorship": "sole"},
            {"kind": "lecture", "date": "2024-01-01", "hours": "8.4", "organiser_level": "national"},
            {"kind": "intellectual_property", "date": "2024-01-01", "ip_type": "invention"},
            decisions=[DEFERRED],
            readings={"public_minimum": "thirty"},
        )
    )
    advice = found.result.years[2024].advice
    assert [(each.subject, each.hours) for each in advice] == [("public", 60)]
