"""A case made to explode is solved or refused, never guessed and never left hanging."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from helpers import case, run
from policyhours.assess.ceiling import Cap
from policyhours.assess.once import Contender, TooManyWays, choose
from policyhours.text.finding import Refused


def claim(n, kind, hours, *keys):
    return Contender(f"c{n}", date(2025, 1, 1) + timedelta(n % 365), kind, hours, frozenset(keys))


def test_a_thousand_registrations_of_one_class_are_one_class():
    claims = [claim(n, "training", 8, "E") for n in range(400)]
    assert len(choose(claims, [])) == 399


def test_a_year_of_conferences_each_lectured_and_attended_is_solved():
    rng = random.Random(1)
    claims = []
    for n in range(60):
        claims.append(claim(2 * n, "lecture", Fraction(rng.randint(1, 20) * 2, 15), f"E{n}"))
        claims.append(claim(2 * n + 1, "attendance", Fraction(rng.randint(1, 90), 45), f"E{n}"))
    caps = [Cap(frozenset({"lecture"}), 50, ()), Cap(frozenset({"attendance"}), 20, ())]
    assert len(choose(claims, caps)) == 60


def test_what_would_take_too_long_is_refused():
    rng = random.Random(2)
    caps = [Cap(frozenset({f"k{k}"}), 10**6, ()) for k in range(8)]
    claims = [claim(8 * n + k, f"k{k}", rng.randint(1, 10**6), f"E{n}") for n in range(40) for k in range(8)]
    with pytest.raises(TooManyWays):
        choose(claims, caps)


def test_a_ring_of_identities_is_refused_or_solved():
    claims = [claim(n, f"k{n % 7}", n + 1, f"E{n}", f"E{(n + 1) % 300}") for n in range(300)]
    with pytest.raises(TooManyWays):
        choose(claims, [])


def test_the_refusal_reaches_the_clerk_as_a_finding():
    rng = random.Random(3)
    kinds = ["training", "practice", "lecture", "attendance", "further_study", "other"]
    level = {"lecture": "region", "attendance": "region"}
    activities = [
        {
            "id": f"x{n}-{kind}",
            "kind": kind,
            "hours": Fraction(rng.randint(1, 15), 10),
            "event": f"E{n}",
            **({"organiser_level": level[kind]} if kind in level else {}),
            **({"assessment": "passed"} if kind == "training" else {}),
        }
        for n in range(60)
        for kind in kinds
    ]
    try:
        found = run(case(*[{**a, "date": "2025-05-01"} for a in activities]))
    except Refused as refused:
        assert [f.code for f in refused.findings] == ["PH821"]
    else:
        assert len(found.result.years[2025].activities) == 360
