"""Only a year that is met, official and settled is certified; whatever blocks it is told."""

from __future__ import annotations

import json

import pytest
from certified import PROVINCE, PUBLIC, TRAINING, codes, met, under, worked

from helpers import case, run, trial_head
from policyhours.desk.certificate.figures import figures
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

PENDING = {**TRAINING, "hours": 10, "status": "pending"}


def refused_for(evaluation, year=2025) -> tuple[list[str], str]:
    with pytest.raises(Refused) as refused:
        figures(evaluation, year)
    return codes(refused), tell_all(refused.value.findings)


def test_a_year_that_is_met_says_every_figure_exactly():
    found = figures(met(), 2025)
    assert dict(found.hours) == {"专业科目": "60", "公需科目": "30"}
    assert (found.year, found.total, found.unit, found.policy) == (2025, "90", "学时", PROVINCE)
    assert dict(found.required) == {"合计": "90", "专业科目": "60"}
    assert (found.title, found.basis) == ("职称层级：中级", ())
    assert found.under.endswith("（新人社规〔2022〕9号）第十二条第二款")
    assert found.policies.keys() == {PROVINCE}
    assert found.case.startswith("sha256:")


def test_parts_of_an_hour_are_neither_rounded_nor_dropped():
    part = {"kind": "training", "minutes": 100, "assessment": "passed"}
    assert figures(met(part), 2025).total == "830/9"


def test_a_completed_year_says_by_which_article():
    found = figures(worked("W5a"), 2025)
    assert (dict(found.hours)["专业科目"], found.total) == ("60", "90")
    assert found.basis == ("专业科目视为完成（第八条第二项）",)


def test_a_reduced_year_says_the_decision_and_what_is_required():
    found = figures(worked("W7-reduce"), 2024)
    assert (found.total, dict(found.required)) == ("45", {"合计": "45", "专业科目": "30"})
    assert found.basis == ("第十条决定：减少学时数为45学时",)


def test_a_deferred_year_is_certified_once_made_up_and_both_years_say_so():
    moved = "专业科目中50学时由2025年度计入2024年度（第十条）"
    assert figures(worked("W7"), 2024).basis == ("第十条决定：顺延完成，可补足至2025年度", moved)
    given = figures(worked("W7"), 2025)
    assert (given.basis, dict(given.hours)["专业科目"]) == ((moved,), "65")


@pytest.mark.parametrize(("name", "year"), [("W7", 2024), ("W7-reduce", 2024)])
def test_the_ground_of_a_decision_is_nowhere(name, year):
    said = json.dumps(figures(worked(name), year).data(), ensure_ascii=False)
    assert all(word not in said for word in ("pregnancy", "illness", "怀孕", "孕", "病"))


def test_a_deferred_year_that_is_not_made_up_is_refused():
    decision = {"year": 2025, "ground": "illness", "remedy": "defer", "until": 2026}
    decision |= {"certified_by": "employer", "decided_by": "某局", "decided_on": "2025-12-01"}
    evaluation = run(case(PUBLIC, policy=PROVINCE, decisions=[decision]))
    found, told = refused_for(evaluation)
    assert found == ["DK212"]
    assert "illness" not in told


def test_a_year_not_met_is_refused_with_what_it_lacks():
    found, told = refused_for(run(case(TRAINING, policy=PROVINCE)))
    assert found == ["DK212"]
    assert "合计尚缺30学时" in told


def test_an_undetermined_year_is_refused_with_what_settles_it():
    found, told = refused_for(run(case(TRAINING, {**PUBLIC, "status": "pending"}, policy=PROVINCE)))
    assert found == ["DK213"]
    assert "a1：尚未登记认定" in told


def test_a_year_without_a_policy_is_refused():
    found, told = refused_for(run(case({**TRAINING, "date": "2022-03-01"}, PUBLIC, policy=PROVINCE)), 2022)
    assert found == ["DK214"]
    assert "2022-12-31没有生效的规则" in told


def test_a_person_out_of_scope_is_refused():
    person = {"id": "p-1", "title_level": "junior", "in_scope": "no"}
    assert refused_for(met(person=person))[0] == ["DK214"]


def test_a_met_year_with_a_pending_item_is_refused_and_the_item_is_named():
    found, told = refused_for(met(PENDING))
    assert found == ["DK215"]
    assert "活动 a2 还没有定：尚未登记认定" in told


def test_a_void_item_does_not_block():
    assert figures(met({**PENDING, "status": "void"}), 2025).total == "90"


def test_a_switched_reading_is_a_trial():
    found, told = refused_for(met(readings={"completion_mode": "added"}))
    assert found == ["DK211"]
    assert "completion_mode" in told


def test_a_filing_that_is_not_filed_is_a_trial():
    evaluation = run(case(TRAINING, PUBLIC, policy="examples/general@2023.1"))
    found, told = refused_for(evaluation)
    assert found == ["DK211"]
    assert "examples/general@2023.1 是示例" in told


def test_a_trial_that_is_not_met_either_is_told_both():
    assert refused_for(run(case(TRAINING, policy="examples/general@2023.1")))[0] == ["DK211", "DK212"]


@pytest.mark.parametrize(("status", "official"), [("filed", True), ("draft", False)])
def test_a_filing_is_certified_under_once_it_is_filed(tmp_path, status, official):
    (tmp_path / "trial").mkdir()
    head = trial_head(status=status)
    head += "filing: {document: 试备〔2023〕1号, issued_on: 2023-02-01}\n" if status == "filed" else ""
    (tmp_path / "trial/2023.1.yaml").write_text(head, encoding="utf-8")
    evaluation = under(tmp_path, TRAINING, PUBLIC, policy="trial@2023.1")
    if not official:
        assert refused_for(evaluation)[0] == ["DK211"]
        return
    found = figures(evaluation, 2025)
    assert found.policy == "trial@2023.1"
    assert found.policies.keys() == {"trial@2023.1", PROVINCE}
    assert found.under.startswith("《试行细则》（试〔2023〕1号）、《新疆")


def test_a_year_that_the_case_does_not_have_is_refused():
    found, told = refused_for(met(), 2024)
    assert found == ["DK210"]
    assert "只有：2025" in told
