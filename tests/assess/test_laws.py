"""Laws that every assessment obeys, whatever the case."""

from __future__ import annotations

import copy
import itertools
import json
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from helpers import ROOT, run
from policyhours.assess.ceiling import Cap, total
from policyhours.assess.once import Contender, choose
from policyhours.desk.answer.record import record
from policyhours.language.number import Range

RESULT = Draft202012Validator(json.loads((ROOT / "schema/result.schema.json").read_text(encoding="utf-8")))
CEILINGS = {
    "further_study": 60, "practice": 30, "lecture": 50, "attendance": 20, "intellectual_property": 40,
    "research_project": 40, "paper": 20, "book": 40, "other": 30,
}  # fmt: skip
PROFESSIONAL = ["training", "practice", "lecture", "attendance", "further_study", "other"]

hours = st.integers(0, 400).map(lambda tenths: {"hours": Fraction(tenths, 10)})
minutes = st.integers(1, 900).map(lambda n: {"minutes": n})
days = st.integers(0, 6).flatmap(lambda d: st.integers(0, 300).map(lambda m: {"days": d, "minutes": m}))
time = st.one_of(hours, minutes, days)
event = st.one_of(st.just({}), st.sampled_from(["E1", "E2", "E3"]).map(lambda e: {"event": e}))
work = st.one_of(st.just({}), st.sampled_from(["A", "B"]).map(lambda w: {"work": w}))
standing = st.sampled_from([{}, {}, {}, {"status": "pending"}, {"evidence": "missing"}, {"status": "void"}])


def merged(*parts):
    return st.tuples(*parts).map(lambda ps: {k: v for p in ps for k, v in p.items()})


def fact(name, values):
    """The fact with one of the values, or not stated."""
    return st.sampled_from([{}, *({name: v} for v in values)])


def timed(kind, *facts):
    return merged(st.just({"kind": kind}), time, event, standing, *facts)


ASSESSED = fact("assessment", ["passed", "passed", "passed", "failed"])
LEVEL = fact("organiser_level", ["national", "region", "region", "prefecture"])
activity = st.one_of(
    timed("training", ASSESSED),
    timed("practice"),
    timed("further_study"),
    timed("lecture", LEVEL),
    timed("attendance", LEVEL),
    timed("other"),
    merged(st.just({"kind": "public_course"}), time, standing, ASSESSED),
    merged(
        st.just({"kind": "paper"}), work, standing, fact("authorship", ["sole", "joint"]),
        fact("author_order", [1, 2, 5]), fact("cn_number", [True, False]),
    ),
    merged(st.just({"kind": "book"}), work, standing, fact("authorship", ["sole", "joint"])),
    merged(
        st.just({"kind": "intellectual_property"}), standing, fact("ip_type", ["invention", "software"]),
        fact("patent", ["P"]),
    ),
    merged(
        st.just({"kind": "research_project"}), standing, fact("role", ["lead", "member"]),
        fact("concluded", [True, True, False]),
    ),
    merged(st.just({"kind": "qualification_exam"}), standing, fact("subjects_passed", [0, 1, 2])),
    merged(st.just({"kind": "advanced_seminar"}), standing, LEVEL, ASSESSED),
    merged(
        st.just({"kind": "degree"}), standing, fact("degree", ["bachelor", "master", "doctor", "associate"]),
        fact("obtained", [True, True, False]),
    ),
)  # fmt: skip
crossing = st.one_of(
    activity, timed("public_course", ASSESSED), timed("training", ASSESSED), timed("public_course", ASSESSED)
)
day = st.sampled_from([2023, 2024, 2025, 2026]).flatmap(
    lambda year: st.integers(0, 364).map(lambda n: (date(year, 1, 1) + timedelta(n)).isoformat())
)
reading = st.sampled_from([
    {}, {}, {"share_base": "earned"}, {"public_minimum": "thirty"}, {"completion_mode": "added"},
    {"degree_years": "starting"}, {"event_roles": "both"}, {"rounding": "whole_down"},
    {"ip_scope": "invention_only"},
])  # fmt: skip
decision = st.one_of(
    st.just([]),
    st.integers(2023, 2025).flatmap(
        lambda year: st.integers(year + 1, 2026).map(
            lambda until: [{"year": year, "remedy": "defer", "until": until, **DECIDED}]
        )
    ),
    st.integers(2023, 2026).flatmap(
        lambda year: st.integers(0, 90).map(
            lambda n: [{"year": year, "remedy": "reduce", "required_hours": n, **DECIDED}]
        )
    ),
)
DECIDED = {"ground": "illness", "certified_by": "employer", "decided_by": "某局", "decided_on": "2024-01-01"}


@st.composite
def cases(draw, activities=activity, policies=("examples/general@2023.1", "xinjiang@2023.1"), most=9):
    found = draw(st.lists(st.tuples(activities, day), max_size=most))
    policy = draw(st.sampled_from(policies))
    if policy.startswith("xinjiang"):  # the province itself knows no software copyright
        found = [({k: v for k, v in what.items() if v != "software"}, when) for what, when in found]
    return {
        "case": "law",
        "policy": policy,
        "person": {"id": "p", "title_level": draw(st.sampled_from(["none", "junior", "senior"]))},
        "activities": [{"id": f"a{i}", "date": when, **what} for i, (what, when) in enumerate(found)],
        "decisions": draw(decision),
        "readings": draw(reading),
    }


def standing_of(evaluation):
    """What a law compares: every year's verdict, totals and activities' hours."""
    return {
        year: (r.verdict, dict(r.subjects), r.total, {a.id: a.hours for a in r.activities})
        for year, r in evaluation.result.years.items()
    }


@given(cases(crossing), st.randoms(use_true_random=False))
def test_the_order_of_activities_never_matters(case, random):
    shuffled = copy.deepcopy(case)
    random.shuffle(shuffled["activities"])
    assert standing_of(run(case)) == standing_of(run(shuffled))


@given(cases())
def test_no_ceiling_is_ever_exceeded(case):
    for year in run(case).result.years.values():
        for kind, most in CEILINGS.items():
            counted = [a.hours for a in year.activities if a.kind == kind]
            if case["policy"].startswith("xinjiang") and kind not in PROFESSIONAL:
                continue
            assert sum(h.low for h in counted) <= most
            assert all(h.high is None or h.high <= most for h in counted)


@given(cases())
def test_claimed_is_counted_and_the_explained_losses_in_each_world(case):
    for year in run(case, try_readings=False).result.years.values():
        for found in year.activities:
            if found.outcome == "not_assessed":
                continue
            lost_low = sum(r.hours.low for r in found.because if r.hours)
            left_low = found.claimed.low - lost_low
            highs = [r.hours.high for r in found.because if r.hours]
            if found.claimed.high is None or None in highs:
                assert found.hours.high is None or None in highs
                continue
            left_high = found.claimed.high - sum(highs)
            assert sorted((left_low, left_high)) == [found.hours.low, found.hours.high]


def settle_unknowns(case, random):
    """The case with everything that it leaves open settled in some admissible way."""
    settled = copy.deepcopy(case)
    choices = {
        "assessment": ["passed", "failed", "none"],
        "organiser_level": ["national", "region", "prefecture"],
        "authorship": ["sole", "joint"],
        "author_order": [1, 2, 9],
        "ip_type": ["invention", *(["software"] if case["policy"].startswith("examples") else [])],
        "role": ["lead", "member"],
        "concluded": [True, False],
        "subjects_passed": [0, 1, 3],
        "degree": ["bachelor", "master", "doctor", "associate"],
        "obtained": [True, False],
    }
    needs = {
        "training": ["assessment"], "public_course": ["assessment"], "lecture": ["organiser_level"],
        "attendance": ["organiser_level"], "paper": ["authorship", "author_order"], "book": ["authorship"],
        "intellectual_property": ["ip_type"], "research_project": ["role", "concluded"],
        "qualification_exam": ["subjects_passed"], "degree": ["degree", "obtained"],
        "advanced_seminar": ["organiser_level", "assessment"],
    }  # fmt: skip
    for activity in settled["activities"]:
        for name in needs.get(activity["kind"], ()):
            activity.setdefault(name, random.choice(choices[name]))
        if activity.get("status") == "pending":
            activity["status"] = random.choice(["registered", "void"])
        if activity.pop("evidence", "complete") == "missing" and random.random() < 0.5:
            activity["status"] = "void"
    return settled


def inside(inner: Range, outer: Range) -> bool:
    return outer.low <= inner.low and (
        outer.high is None or (inner.high is not None and inner.high <= outer.high)
    )


@settings(max_examples=150)
@given(cases(crossing, policies=("examples/general@2023.1",)), st.randoms(use_true_random=False))
def test_settling_what_is_unknown_lands_inside_the_ranges(case, random):
    before = run(case).result.years
    after = run(settle_unknowns(case, random)).result.years
    for year, found in after.items():
        if year not in before or before[year].verdict == "not_assessable":
            continue
        for subject, span in found.subjects.items():
            assert inside(span, before[year].subjects[subject])
        assert inside(found.total, before[year].total)
        if before[year].verdict != "undetermined":
            assert found.verdict == before[year].verdict


@given(cases(), activity, day)
def test_adding_an_activity_never_lowers_its_own_or_an_earlier_year(case, added, when):
    # One matter in two subjects is left out: there a professional claim can take a public one's place.
    longer = copy.deepcopy(case)
    # And so is one matter under a deferral: counted earlier, it is spent for the later year that would cure.
    deferred = any(decision["remedy"] == "defer" for decision in case["decisions"])
    ties = {"event", "work", "patent"} if deferred else set()
    added = {k: v for k, v in added.items() if v != "software" and k not in ties}
    longer["activities"].append({"id": "z", "date": when, **added})
    before, after = run(case).result.years, run(longer).result.years
    for year, found in before.items():
        if year > int(when[:4]):
            continue
        assert STANDS.index(after[year].verdict) >= STANDS.index(found.verdict)
        # What moves under a deferral beyond what is required depends on all subjects, and may become less.
        for subject, span in found.subjects.items() if not deferred else ():
            grown = after[year].subjects[subject]
            assert grown.low >= span.low
            assert grown.high is None or (span.high is not None and grown.high >= span.high)


STANDS = ("not_assessable", "not_met", "undetermined", "met")


@settings(max_examples=120)
@given(cases())
def test_advice_is_exact(case):
    for year, found in run(case).result.years.items():
        if not found.advice:
            continue
        assert found.verdict != "met"

        def with_advice(less: str | None, year=year, found=found):
            advised = copy.deepcopy(case)
            for n, addition in enumerate(found.advice):
                short = Fraction(1, 10) if addition.kind == less else 0
                extra = {
                    "id": f"z{n}",
                    "kind": addition.kind,
                    "date": f"{year}-12-31",
                    "assessment": "passed",
                }
                advised["activities"].append({**extra, "hours": addition.hours - short})
            return run(advised).result.years[year].verdict

        assert with_advice(None) == "met"
        for addition in found.advice:
            assert with_advice(addition.kind) != "met"


@given(cases())
def test_a_year_that_can_be_met_by_learning_gets_advice(case):
    for found in run(case).result.years.values():
        if found.verdict in ("not_met", "undetermined"):
            assert found.advice


@given(cases())
def test_a_result_is_valid_json_without_floats_and_survives_it(case):
    data = record(run(case, try_readings=True))
    assert json.loads(json.dumps(data)) == data
    RESULT.validate(data)
    assert not any(isinstance(leaf, float) for leaf in leaves(data))


def leaves(data):
    if isinstance(data, dict):
        for value in data.values():
            yield from leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value)
    else:
        yield data


# ── one matter counts once ──

kinds = st.sampled_from(["lecture", "attendance", "paper", "free"])
contender = st.builds(
    lambda i, kind, tenths, keys, n: Contender(
        f"c{i}", date(2025, 1, 1) + timedelta(n), kind, Fraction(tenths, 3), frozenset(keys)
    ),
    st.integers(0, 10**6),
    kinds,
    st.integers(1, 100),
    st.sets(st.sampled_from(["E1", "E2", "E3", "W1", "W2"]), max_size=2),
    st.integers(0, 5),
)
CAPS = [
    Cap(frozenset({"lecture"}), Fraction(50, 3)),
    Cap(frozenset({"attendance"}), 20),
    Cap(frozenset({"lecture", "attendance", "paper"}), 40),
]


def together(chosen):
    by_pool = {}
    for c in chosen:
        by_pool[c.pool] = by_pool.get(c.pool, 0) + c.hours
    return total(by_pool, CAPS)


def independent(chosen):
    return all(not a.identities & b.identities for a, b in itertools.combinations(chosen, 2))


@settings(max_examples=300)
@given(st.lists(contender, max_size=8, unique_by=lambda c: c.id))
def test_the_choice_equals_brute_force(contenders):
    gave_way = choose(contenders, CAPS)
    chosen = [c for c in contenders if c.id not in gave_way]
    subsets = itertools.chain.from_iterable(
        itertools.combinations(contenders, n) for n in range(len(contenders) + 1)
    )
    best = max(together(subset) for subset in subsets if independent(subset))
    assert independent(chosen)
    assert together(chosen) == best
    for loser, winners in gave_way.items():
        assert winners
        assert loser not in winners


@given(st.lists(contender, min_size=2, max_size=6, unique_by=lambda c: c.id))
def test_of_two_equal_claims_on_one_matter_the_earlier_is_taken(contenders):
    first = min(contenders, key=lambda c: c.order)
    twins = [Contender(c.id, c.day, "free", 7, frozenset({"E"})) for c in contenders]
    assume(len(twins) > 1)
    assert first.id not in choose(twins, CAPS)
    assert len(choose(twins, CAPS)) == len(twins) - 1
