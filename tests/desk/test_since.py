"""What changed since an earlier result: every year whose figures differ is named, each with why."""

from __future__ import annotations

import copy
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assess.test_laws import cases
from helpers import ROOT, case, run
from policyhours.desk.answer.record import record
from policyhours.desk.before.earlier import NOT_SUBJECTS, result_of
from policyhours.desk.before.since import since
from policyhours.desk.before.told import since_data, since_lines

SCHEMA = json.loads((ROOT / "schema/result.schema.json").read_text(encoding="utf-8"))
RESULT = Draft202012Validator(SCHEMA)
CLASS = {"kind": "training", "date": "2025-03-10", "hours": 70, "assessment": "passed"}
PUBLIC = {"id": "p", "kind": "public_course", "date": "2025-06-30", "hours": 30, "assessment": "passed"}
PATENT = {
    "id": "ip",
    "kind": "intellectual_property",
    "date": "2025-05-01",
    "ip_type": "invention",
    "patent": "P1",
}


def compared(before, now, **more):
    """What changed between two cases, and the later one as it was evaluated."""
    found = run(now, **more)
    return since(result_of(record(run(before))), found), found


def told(before, now, lang="zh", **more):
    changes, found = compared(before, now, **more)
    return "\n".join(line.text for line in since_lines(changes, found, lang))


def kinds(changes):
    return [(cause.kind, cause.of, cause.change) for cause in changes.causes]


def test_a_result_compared_with_itself_says_that_nothing_changed():
    changes, found = compared(case(CLASS, PUBLIC), case(CLASS, PUBLIC))
    assert changes.same
    assert changes.causes == ()
    assert told(case(CLASS), case(CLASS)).endswith("各年度的结论和学时都没有变化")
    assert since_data(changes, found)["years"] == []


def test_an_item_voided_for_false_material_leaves_its_ceiling_to_another():
    first, second = ({"kind": "practice", "date": f"2025-0{m}-01", "hours": 25} for m in (3, 4))
    voided = {**first, "status": "void", "void": {"on": "2025-12-01", "by": "某局", "because": "系伪造"}}
    text = told(case(first, second), case(voided, second))
    assert "a0（继续教育实践活动）：登记状态 已登记 → 已作废" in text
    assert "a0（继续教育实践活动） 25 → 0" in text
    assert "现：材料虚假，已作废（第十四条）" in text
    assert "a1（继续教育实践活动） 5 → 25（本身没有改动）" in text
    assert "原：超过继续教育实践活动每年30学时的上限（第八条第三项）" in text
    assert "系伪造" not in text


def test_a_registration_that_came_late_makes_the_year_met():
    changes, _ = compared(
        case({**CLASS, "status": "pending"}, PUBLIC), case({**CLASS, "status": "registered"}, PUBLIC)
    )
    assert [year.change.verdicts for year in changes.years] == [("undetermined", "met")]
    assert kinds(changes) == [("activity", "a0", "other")]


def test_a_policy_that_was_revised_is_the_cause():
    changes, found = compared(
        case(CLASS, PATENT, policy="xinjiang@2023.1"), case(CLASS, PATENT, policy="examples/general@2023.1")
    )
    assert ("policy", "examples/general@2023.1", "other") in kinds(changes)
    assert ("content", "xinjiang@2023.1", "other") not in kinds(changes)
    assert changes.official == (True, False)
    assert "依据（2025年度）：xinjiang@2023.1 → examples/general@2023.1" in told(
        case(CLASS, PATENT, policy="xinjiang@2023.1"), case(CLASS, PATENT, policy="examples/general@2023.1")
    )
    assert [activity.id for year in changes.years for activity in year.change.activities] == ["ip"]
    assert RESULT.is_valid({**record(found), "changes": since_data(changes, found)})


def test_another_content_under_the_same_version_is_told():
    earlier = record(run(case(CLASS)))
    ref = next(iter(earlier["receipt"]["policies"]))
    earlier["receipt"]["policies"][ref] = f"sha256:{'0' * 64}"
    changes = since(result_of(earlier), run(case(CLASS)))
    assert kinds(changes) == [("content", ref, "other")]
    assert changes.same


def test_texts_that_a_result_rests_on_are_told():
    earlier = record(run(case(CLASS)))
    earlier["receipt"]["policies"]["examples/general@2022.1"] = f"sha256:{'0' * 64}"
    found = run(case(CLASS))
    changes = since(result_of(earlier), found)
    assert kinds(changes) == [("layers", "", "other")]
    assert any(
        "所依据的文件：删去 examples/general@2022.1" in line.text for line in since_lines(changes, found)
    )


def test_a_case_that_is_the_same_has_not_changed_even_where_its_facts_have_other_names():
    earlier = record(run(case(CLASS)))
    earlier["stated"]["activities"]["a0"]["old_name"] = "1"
    assert since(result_of(earlier), run(case(CLASS))).causes == ()


def test_activities_that_came_and_went_are_told():
    changes, _ = compared(case(PUBLIC, {**CLASS, "id": "x"}), case(PUBLIC, {**CLASS, "id": "y"}))
    assert set(kinds(changes)) == {("activity", "x", "gone"), ("activity", "y", "new")}
    text = told(case(PUBLIC, {**CLASS, "id": "x"}), case(PUBLIC, {**CLASS, "id": "y"}))
    assert "删去 x（继续教育培训活动）：2025-03-10，核定学时 70" in text


def test_a_decision_is_a_cause_and_its_ground_is_not_told():
    decision = {
        "year": 2025, "ground": "illness", "remedy": "reduce", "required_hours": 45, "certified_by": "employer",
        "decided_by": "某局", "decided_on": "2025-12-10",
    }  # fmt: skip
    text = told(case({**CLASS, "hours": 50}), case({**CLASS, "hours": 50}, decisions=[decision]))
    assert "新增 第十条决定（2025年度）：减少，应完成学时 45" in text
    assert "未达到要求 → 达到要求" in text
    assert "要求：合计 90 → 45，专业科目 60 → 30" in text
    assert "病" not in text
    assert "illness" not in json.dumps(record(run(case(CLASS, decisions=[decision]))))


def test_a_base_that_was_revoked_is_told_of_each_activity_it_recognised():
    base = {"id": "B1", "level": "region", "authorised_from": "2023-03-01"}
    item = {**CLASS, "recognised_by": "B1", "recognised_on": "2025-07-01"}
    text = told(case(item, bases=[base]), case(item, bases=[{**base, "revoked_on": "2025-06-15"}]))
    assert "认定权限的取消 未被取消 → 在认定之时已取消" in text


def test_a_year_that_only_another_year_changed_says_so():
    paper = {"kind": "paper", "authorship": "sole", "work": "W"}
    before = case({**paper, "date": "2024-05-01"}, {**paper, "date": "2025-05-01"})
    now = case({**paper, "date": "2024-05-01", "status": "void"}, {**paper, "date": "2025-05-01"})
    changes, _ = compared(before, now)
    assert [(year.change.year, year.elsewhere) for year in changes.years] == [(2024, False), (2025, True)]
    assert "缘由（在别的年度）：a0" in told(before, now)


def test_another_reading_another_release_and_the_person_are_causes():
    earlier = record(run(case(CLASS, PUBLIC)))
    earlier["receipt"]["policyhours"] = "0.0.1"
    now = case(CLASS, PUBLIC, readings={"share_base": "earned"})
    now["person"]["title_level"] = "senior"
    changes = since(result_of(earlier), run(now))
    assert kinds(changes) == [
        ("person", "", "other"),
        ("reading", "share_base", "other"),
        ("program", "", "other"),
    ]


def test_a_free_text_that_is_another_is_told_without_what_it_says():
    other = {**PATENT, "patent": "张三的专利"}
    assert "同一专利或知识产权 换了一个" in told(case(PATENT), case(other))
    assert "张三" not in json.dumps(record(run(case(other))), ensure_ascii=False)


def test_an_earlier_result_that_was_altered_is_suspected():
    earlier = record(run(case(CLASS)))
    earlier["years"]["2025"]["total"] = {"low": "95", "high": "95"}
    changes = since(result_of(earlier), run(case(CLASS)))
    assert kinds(changes) == [("unexplained", "", "other")]
    assert [year.causes for year in changes.years] == [changes.causes]


def test_a_title_review_that_gets_another_answer_is_told():
    asked = {"year": 2025, "programme": "minority_science_backbone", "first_application": True}
    text = told(
        case(CLASS, policy="xinjiang@2023.1", title_review={**asked, "first_application": False}),
        case(CLASS, policy="xinjiang@2023.1", title_review=asked),
    )
    assert "首次参评高一级职称 否 → 是" in text
    assert "职称评审（2025年度）：不适用 → 可以视为达到" in text


def test_in_english_too():
    text = told(case(CLASS), case({**CLASS, "hours": 80}), "en")
    assert "compared with the earlier result" in text
    assert "because: a0" in text


def test_every_part_of_a_year_is_known_to_whoever_reads_it_back():
    assert SCHEMA["$defs"]["year"]["properties"].keys() == NOT_SUBJECTS


# ── laws ──

NO_FIGURES = {
    "activities", "advice", "route", "route_missing", "certificate", "depends_on_readings", "policy", "why", "decided",
}  # fmt: skip


def figures(data):
    """What of a year a person could rely on, as it was recorded."""
    parts = {key: value for key, value in data.items() if key not in NO_FIGURES}
    credited = {
        name: [activity[key] for key in ("claimed", "hours", "outcome")]
        for name, activity in data["activities"].items()
    }
    return parts, credited


@st.composite
def two_cases(draw):
    """A case, and what became of it: activities go, come, are voided, are pending, or count other hours."""
    before, other = draw(cases()), draw(cases())
    now = copy.deepcopy(before)
    kept = []
    for activity in now["activities"]:
        fate = draw(st.sampled_from(["same", "same", "gone", "void", "pending", "hours"]))
        if fate in ("void", "pending"):
            activity["status"] = fate
            activity.pop("void", None)
        elif fate == "hours" and "hours" in activity:
            activity["hours"] = 7
        if fate != "gone":
            kept.append(activity)
    added = other["activities"][:2] if other["policy"] == before["policy"] else []
    new = [{**activity, "id": f"new-{activity['id']}"} for activity in added]
    now["activities"] = [*kept, *new] if kept or new else before["activities"]
    return before, now


@given(two_cases())
@settings(max_examples=40)
def test_every_year_whose_figures_differ_is_named_and_says_why(pair):
    before, now = pair
    found = run(now)
    old, new = record(run(before)), record(found)
    changes = since(result_of(old), found)
    years = old["years"].keys() | new["years"].keys()
    differ = {
        int(year)
        for year in years
        if year not in old["years"]
        or year not in new["years"]
        or figures(old["years"][year]) != figures(new["years"][year])
    }
    named = {year.change.year for year in changes.years}
    assert differ <= named
    assert all(year.causes for year in changes.years)
    assert not any(cause.kind == "unexplained" for cause in changes.causes)
    RESULT.validate({**new, "changes": since_data(changes, found)})


@given(cases())
@settings(max_examples=40)
def test_a_result_compared_with_itself_is_the_same(case):
    found = run(case)
    changes = since(result_of(json.loads(json.dumps(record(found)))), found)
    assert changes.same
    assert changes.causes == ()
