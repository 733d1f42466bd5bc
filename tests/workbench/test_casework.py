"""The form of a case: asked for is what the policy reads, and what is stated is what was filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from helpers import LIBRARY
from policyhours.case.read import read_draft
from policyhours.case.written import as_source, case_text
from policyhours.desk.answer.evaluation import evaluate
from policyhours.language.asking import facts_asked
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.text.tree import Mapping
from policyhours.workbench.casework import case_of, form_of, lacking
from policyhours.workbench.filled import changed, said_of

REF = "examples/general@2023.1"
RULES = LIBRARY.policy(parse_reference(REF)).rules()
PERSON = {"case": "c", "person.id": "p", "person.title_level": "junior"}


def of(said: dict[str, str], lang: str = "zh") -> Any:
    return form_of(RULES, REF, said, lang)


def added(kind: str, **facts: str) -> dict[str, str]:
    said = changed({**PERSON, "new.kind": kind}, "add:activities")
    return said | {f"activities.0.{name}": value for name, value in facts.items()}


@pytest.mark.parametrize("kind", RULES.standards)
def test_of_every_kind_only_the_facts_that_it_reads_are_asked_for(kind):
    (activity,) = of(added(kind)).lists["activities"]
    asked = {field.name.rpartition(".")[2] for field in activity.all} & RULES.facts.keys()
    assert asked == facts_asked(RULES, kind)


def test_lists_have_the_labels_of_the_policy():
    (activity,) = of(added("paper")).lists["activities"]
    (authorship,) = (field for field in activity.fields if field.name == "activities.0.authorship")
    assert authorship.options == (("sole", "独立完成"), ("joint", "与他人合作"))


def test_what_is_filled_in_is_the_case_that_a_file_would_state():
    form = of(added("training", date="2025-03-01", hours="30.5", assessment="passed", base_run="false"))
    assert yaml.safe_load(case_text(case_of(form)).replace("30.5", "'30.5'")) == {
        "case": "c",
        "policy": REF,
        "person": {"id": "p", "title_level": "junior"},
        "activities": [
            {
                "kind": "training",
                "id": "a1",
                "date": date(2025, 3, 1),
                "hours": "30.5",
                "assessment": "passed",
                "base_run": False,
            }
        ],
    }


def test_a_file_fills_in_the_form_from_which_it_came():
    said = added(
        "paper", date="2025-03-01", authorship="joint", author_order="2", work="w", **{"from": "2025-01-01"}
    )
    said |= {
        "readings.share_base": "earned",
        "bases.3.id": "b",
        "bases.3.level": "region",
        "bases.3.authorised_from": "2020-01-01",
    }
    said |= {
        "title_review.year": "2025",
        "title_review.first_application": "true",
        "title_review.programme": "none",
    }
    case = case_of(of(said))
    tree = read_document(as_source(case))
    assert isinstance(tree, Mapping)
    assert case_of(of(said_of(tree, RULES.facts.values()))) == case


def test_titles_and_labels_in_a_file_find_their_fields():
    text = f"case: c\npolicy: {REF}\nperson: {{id: p, 职称层级: 初级, title_level: 初级}}\nactivities:\n  - {{id: t, kind: 学术论文, date: 2025-03-01, 署名方式: 独立完成, 期刊为相关行业主管部门认定: 是}}\n"
    tree = read_document(source_from_bytes(text.encode(), "a.yaml"))
    assert isinstance(tree, Mapping)
    form = of(said_of(tree, RULES.facts.values()))
    fields = {name: field.value for name, field in form.fields().items() if field.filled}
    assert fields["activities.0.kind"] == "paper"
    assert fields["activities.0.authorship"] == "sole"
    assert fields["activities.0.recognised_journal"] == "true"
    assert fields["person.title_level"] == "junior"


def test_what_has_no_place_in_the_form_is_said():
    said = added("training", date="2025-03-01", hours="8") | {"activities.0.kind": "degree"}
    assert of(said).dropped == (("核定学时", "8"),)


def test_empty_required_fields_are_named():
    assert {finding.args["name"] for finding in lacking(of(changed({}, "add:activities")))} == {
        "case",
        "person.id",
        "person.title_level",
        "activities.0.kind",
        "activities.0.date",
    }


def test_items_are_numbered_anew_when_one_goes():
    said = changed(changed(added("training", hours="1"), "add:activities"), "add:activities")
    said["activities.2.hours"] = "3"
    said = changed(said, "remove:activities:0")
    assert said["activities.1.hours"] == "3"
    assert [item.fields[1].value for item in of(said).lists["activities"]] == ["a2", "a3"]


@pytest.mark.parametrize(
    "do",
    ["remove:activities:99", "remove:person:0", "add:person", "remove:x", "x", ":", "remove:activities:"],
)
def test_buttons_that_nobody_has_change_nothing(do):
    said = added("training", hours="1")
    assert changed(said, do) == said


def test_a_decision_asks_for_what_its_remedy_needs():
    said = changed(dict(PERSON), "add:decisions") | {"decisions.0.remedy": "reduce"}
    (decision,) = of(said).lists["decisions"]
    names = {field.name.rpartition(".")[2] for field in decision.fields}
    assert "required_hours" in names and "until" not in names


def test_a_form_filled_in_is_assessed_like_the_file():
    said = added("training", date="2025-03-01", hours="90", assessment="passed")
    said |= {
        "decisions.0.year": "2025",
        "decisions.0.ground": "illness",
        "decisions.0.certified_by": "employer",
    }
    said |= {
        "decisions.0.decided_by": "甲局",
        "decisions.0.decided_on": "2025-02-01",
        "decisions.0.remedy": "reduce",
        "decisions.0.required_hours": "60",
    }
    found = evaluate(read_draft(read_document(as_source(case_of(of(said))))), LIBRARY)
    assert found.result.years[2025].verdict == "met"
