"""Laws of layers: what is generated within the bounds resolves, one step outside never; order decides nothing."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import LIBRARY, ROOT, case, run
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.text.tree import Mapping, plain

HEAD = {
    "policy": "examples/generated",
    "version": '"2023.1"',
    "title": "生成的细则（虚构）",
    "document": "虚构",
    "authority": "industry",
    "implements": "xinjiang@2023.1",
    "issuers": "[虚构部门]",
    "status": "illustrative",
    "in_force": "{from: 2023-02-01}",
}
CEILINGS = {"further_study": 60, "practice": 30, "lecture": 50, "attendance": 20, "paper": 20, "book": 40}
WORTHS = ("intellectual_property", "research_project", "paper", "book", "other")
UPPER = LIBRARY.policy(parse_reference("xinjiang@2023.1"))

hours = st.fractions(0, 200, max_denominator=10)
steps = st.sampled_from([Fraction(1, 10), Fraction(1, 3), Fraction(1), Fraction(100)])


def text_of(parts: list[tuple[str, str]], sets: list[tuple[str, str]]) -> str:
    lines = [f"{key}: {said}" for key, said in parts]
    if sets:
        lines += ["sets:", *(f"  {address}: {said}" for address, said in sets)]
    return "\n".join(lines) + "\n"


def laid(text: str) -> Policy:
    tree = read_document(source_from_bytes(text.encode(), "generated.yaml"))
    check_policy(tree)
    assert isinstance(tree, Mapping)
    return LIBRARY.resolve_file(tree, None)


def ceiling(amount: Fraction) -> str:
    return f"{{hours: {amount}, per: year, article: 细则第一条}}"


def worth(amount: Fraction) -> str:
    return f"{{is: {amount}, article: 细则第二条}}"


@st.composite
def within(draw: st.DrawFn) -> list[tuple[str, str]]:
    """What a filing may set: some ceilings no higher than they are, some values not below 0, the share."""
    sets = []
    for kind in draw(st.sets(st.sampled_from(sorted(CEILINGS)))):
        sets.append((f"{kind}.ceiling", ceiling(draw(st.fractions(0, CEILINGS[kind], max_denominator=10)))))
    for kind in draw(st.sets(st.sampled_from(WORTHS))):
        sets.append((f"{kind}.hours", worth(draw(hours))))
    if draw(st.booleans()):
        sets.append(("professional_share", worth(draw(st.fractions(Fraction(2, 3), 1, max_denominator=12)))))
    return sets


@given(within())
def test_a_filing_within_the_bounds_always_resolves_and_is_never_looser(sets):
    policy = laid(text_of(list(HEAD.items()), sets))
    most = {tuple(sorted(c.of)): c.hours.expression.value for c in UPPER.rules().ceilings}
    for found in policy.rules().ceilings:
        assert found.hours.expression.value <= most[tuple(sorted(found.of))]
    assert policy.values().constant_named("professional_share") >= Fraction(2, 3)
    assert policy.values().constant_named("annual_hours") == 90


@given(within(), st.sampled_from(sorted(CEILINGS)), steps)
def test_one_step_above_a_ceiling_never_resolves(sets, kind, step):
    address = f"{kind}.ceiling"
    sets = [s for s in sets if s[0] != address] + [(address, ceiling(CEILINGS[kind] + step))]
    with pytest.raises(Refused) as caught:
        laid(text_of(list(HEAD.items()), sets))
    assert [f.code for f in caught.value.findings] == ["PH502"]


@given(st.sampled_from(WORTHS), steps)
def test_one_step_below_a_lower_bound_never_resolves(kind, step):
    with pytest.raises(Refused) as caught:
        laid(text_of(list(HEAD.items()), [(f"{kind}.hours", worth(-step))]))
    assert [f.code for f in caught.value.findings] == ["PH502"]


@given(steps, st.booleans())
def test_a_share_outside_its_bounds_never_resolves(step, low):
    share = Fraction(2, 3) - step if low else 1 + step
    with pytest.raises(Refused) as caught:
        laid(text_of(list(HEAD.items()), [("professional_share", worth(share))]))
    assert [f.code for f in caught.value.findings] == ["PH502"]


@given(within(), st.randoms(use_true_random=False))
def test_resolving_is_independent_of_the_order_of_writing(sets, random):
    head, other = list(HEAD.items()), list(sets)
    random.shuffle(head)
    random.shuffle(other)
    first = laid(text_of(list(HEAD.items()), sets))
    assert plain(laid(text_of(head, other)).tree) == plain(first.tree)


@settings(max_examples=15)
@given(within(), st.lists(st.tuples(st.sampled_from(sorted(CEILINGS)), st.integers(1, 12)), max_size=5))
def test_no_case_gets_more_than_the_upper_text_allows(sets, done):
    facts = {"organiser_level": "region", "authorship": "sole"}
    uses = {"lecture": ("organiser_level",), "attendance": ("organiser_level",)}
    activities = [
        {"kind": kind, **({"days": days} if kind not in ("paper", "book") else {})}
        | {name: facts[name] for name in uses.get(kind, ())}
        for kind, days in done
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "examples" / "generated"
        path.mkdir(parents=True)
        (path / "2023.1.yaml").write_text(text_of(list(HEAD.items()), sets), encoding="utf-8")
        library = Library([Path(folder), ROOT / "policies"])
        stated = case(*activities, policy="examples/generated@2023.1")
        filed = run(stated, library=library).result.years
        upper = run({**stated, "policy": "xinjiang@2023.1"}, library=library).result.years
    for year, result in filed.items():
        for kind, most in CEILINGS.items():
            counted = [a.hours.high for a in result.activities if a.kind == kind]
            assert all(high is not None for high in counted)
            assert sum(counted) <= most
        assert result.total.high <= upper[year].total.high


def test_a_result_does_not_change_when_unrelated_policies_are_added(tmp_path):
    for name, text in (("unrelated", HEAD), ("zz", HEAD)):
        folder = tmp_path / "examples" / name
        folder.mkdir(parents=True)
        head = {**text, "policy": f"examples/{name}"}
        (folder / "2023.1.yaml").write_text(text_of(list(head.items()), []), encoding="utf-8")
    stated = case({"kind": "paper", "work": "W1", "authorship": "sole"}, policy="examples/general@2023.1")
    alone, among = run(stated), run(stated, library=Library([tmp_path, ROOT / "policies"]))
    assert alone.result == among.result
