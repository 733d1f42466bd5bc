"""Rules about one policy: what each tells, and where."""

from __future__ import annotations

from datetime import date

import pytest
from edited import ACCOUNTING, AGRICULTURE, EDUCATION, GENERAL, HEALTH, PROVINCE, changed, lint, told, written

from helpers import LIBRARY, ROOT
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.lint.families import POLICY_RULES
from policyhours.lint.versions import overdue
from policyhours.text.telling import tell

SETS = "sets:\n"
NEW_NAME = ("values:\n", "values:\n  spare: {is: 3, unit: hour, article: 细则第九条}\n")


@pytest.mark.parametrize(
    ("path", "edits", "expected"),
    [
        # unused
        (GENERAL, [NEW_NAME], ["PH350 spare"]),
        (GENERAL, [("facts:\n", "facts:\n  spare: {title: 备用, type: boolean}\n")], ["PH351 spare"]),
        (PROVINCE, [("readings:\n", "readings:\n  spare:\n    article: 第五条\n    question: 问题？\n    options: {a: 甲, b: 乙}\n    adopted: a\n    because: 理由\n")], ["PH352 spare"]),
        (PROVINCE, [("    regional: [用人单位,", "    central: [用人单位]\n    regional: [用人单位,")], ["PH353 central"]),
        (PROVINCE, [("channel: pushed", "channel: applied")], ["PH354 pushed"]),
        (PROVINCE, [("  public:       {title", "  third:        {title: 其他科目, article: 第五条}\n  public:       {title")], ["PH355 third"]),
        (PROVINCE, [("  base_run:  ", "  base_rum: {title: 备用, type: boolean}\n  base_run:  ")], []),
        # slots
        (GENERAL, [("  book.hours: {by: authorship, values: {sole: 40, joint: 20}, article: 细则第八条}\n", "")], ["PH530 xinjiang@2023.1"]),
        (GENERAL, [(SETS, SETS + "  paper.ceiling: {hours: 20, per: year, article: 细则第九条}\n")], ["PH531 20"]),
        (GENERAL, [(SETS, SETS + "  paper.ceiling: {hours: 19, per: year, article: 细则第九条}\n")], ["PH605 sole"]),
        (GENERAL, [(SETS, SETS + "  professional_share: {is: 2/3, article: 细则第九条}\n")], ["PH531 2/3"]),
        (GENERAL, [(SETS, SETS + "  professional_share: {is: 3/4, article: 细则第九条}\n")], []),
        # formulas
        (AGRICULTURE, [('chars_per_hour))", unit: hour,', 'chars_per_hour))",')], ["PH450 article_hours"]),
        (AGRICULTURE, [("article_most:   {is: 6,", "article_most:   {is: 600,")], ["PH451 min"]),
        (AGRICULTURE, [('"max(0, region_third - rank_step * ranks_behind)"', '"max(0, min(0, region_third))"')], ["PH451 max", "PH451 min"]),
        (HEALTH, [("{region: 3, unit: 1}", "{region: 30, unit: 21}"), ("{region: 6, unit: 3}", "{region: 36, unit: 23}")], ["PH452 report_credits", "PH605 case_report"]),
        (GENERAL, [("values:\n", "values:\n  own: {is: exam_value, at_least: 0, at_most: 1, unit: hour/subject, article: 细则第九条}\n"), ("{is: exam_value * subjects_passed", "{is: own * subjects_passed")], ["PH452 own"]),
        # tables
        (GENERAL, [("values: {sole: 40, joint: 20}", "values: {sole: 40}")], ["PH603 authorship"]),
        (GENERAL, [("{1: 15, 2..: 5}", "{1: 15, 3..: 5}")], ["PH603 joint"]),
        (GENERAL, [("{sole: 20, joint: {1: 15, 2..: 5}}", "{sole: 20, joint: {1: 15}}, otherwise: 2")], []),
        (AGRICULTURE, [("4..: 9}", "4..5: 9, 6..: 3}")], ["PH604 6..", "PH851 6.."]),
        (GENERAL, [("{by: authorship, values: {sole: 40, joint: 20}", "{by: authorship, values: {sole: {by: authorship, values: {sole: 40, joint: 3}}, joint: 20}")], ["PH604 joint"]),
        (GENERAL, [("{sole: 20, joint:", "{sole: 21, joint:")], ["PH605 sole"]),
        (HEALTH, [("{chief: 20,", "{chief: 21,")], ["PH605 chief"]),
        ("examples/engineering/2024.1.yaml", [("{sole: 36}, otherwise: 18", "{sole: 36}, otherwise: 41")], ["PH605 otherwise"]),
        (HEALTH, [("6..: 14}", "6..: 4}")], ["PH606 6.."]),
        (EDUCATION, [("1..2000: 2, 2001..: 4}", "1..2000: 4, 2001..: 2}")], ["PH606 2001.."]),
        (GENERAL, [("values: {sole: 40, joint: 20}", "values: {sole: 40, joint: 20, any: 3}")], ["PH607 any"]),
        (GENERAL, [("values: {sole: 40, joint: 20}", "values: {sole: 40, joint: 20}, otherwise: 3")], ["PH607 otherwise"]),
        (AGRICULTURE, [("4..: 9}", "4..: 9, 101..: 1}")], ["PH601 101.."]),
        (AGRICULTURE, [("4..: 9}", "4..100: 9, 101..: 1}")], ["PH608 101..", "PH851 101.."]),
        (AGRICULTURE, [("4..: 9}", "4..900: 9}")], ["PH609 4..900"]),
        (AGRICULTURE, [("{signatory: ..5,", "{signatory: ..500,")], ["PH609 ..500"]),
        (GENERAL, [(SETS, "requires:\n  lecture:\n    - {organiser_level: prefecture, article: 细则第九条, otherwise: 不行}\n" + SETS)], ["PH610 organiser_level"]),
        (PROVINCE, [("{cn_number: true, article", "{cn_number: false, article")], ["PH611 false"]),
        (PROVINCE, [("      - {cn_number: true, article: 第七条第八项, otherwise: 期刊没有国内统一连续出版物号}\n", "")], ["PH351 cn_number"]),
        (PROVINCE, [("      - {concluded: true, article: 第八条第七项, otherwise: 课题尚未结项}\n", "")], []),
        # limits
        (AGRICULTURE, [("at_most: 12, per: event", "at_most: 20, per: year")], ["PH720 {"]),
        (EDUCATION, [("{of: [lecture, attendance], at_most: 56", "{of: [lecture, attendance], at_most: 70")], ["PH720 {"]),
        (GENERAL, [(SETS, "ceilings:\n  - {of: [degree], at_most: 20, per: year, article: 细则第九条}\n" + SETS)], ["PH722 {"]),
        # citing
        (GENERAL, [("joint: 20}, article: 细则第八条", "joint: 20}, article: 第八条第八项")], ["PH730 第八条第八项"]),
        (GENERAL, [("joint: 20}, article: 细则第八条", "joint: 20}, article: 第八条第十八项")], ["PH731 第八条第十八项"]),
        (ACCOUNTING, [("credit_equivalence:\n    article: 第十六条", "credit_equivalence:\n    article: 第八条第十六项")], ["PH731 第八条第十六项"]),
        (ACCOUNTING, [("equivalence: hours_per_credit\n    article: 第十六条", "equivalence: hours_per_credit\n    article: 第二十六条")], ["PH731 第二十六条"]),
        (PROVINCE, [("sets: annual_hours, may: true}\n  article: 第十条", "sets: annual_hours, may: true}\n  article: [第十条, 细则第十条]")], ["PH732 细则第十条"]),
        # versions
        (GENERAL, [("status: illustrative", "status: draft")], ["PH345 draft"]),
        (GENERAL, [("status: illustrative", "status: filed")], ["PH347 filed"]),
        (PROVINCE, [("due: 2023-06-30", "due: 2033-06-30")], ["PH349 {"]),
        (AGRICULTURE, [("issued_on: 2024-02-20", "issued_on: 2024-03-02")], ["PH348 {"]),
    ],
)  # fmt: skip
def test_what_an_edit_makes_lint_tell(tmp_path, path, edits, expected):
    assert sorted(told(tmp_path, path, *edits)) == sorted(expected)


def test_a_ceiling_that_those_within_it_never_reach_says_what_they_add_up_to(tmp_path):
    ceilings = "ceilings:\n  - {of: [paper, book], at_most: 60, per: year, article: 细则第八条}\n"
    text = changed(written(GENERAL), (SETS, ceilings + SETS))
    (finding,) = (f for f in lint(tmp_path, GENERAL, text) if f.code == "PH720")
    assert "20＋40＝60" in tell(finding)
    assert "20 + 40 = 60" in tell(finding, "en")


def newer(*edits: tuple[str, str]) -> dict[str, str]:
    heading = ('version: "2023.1"', 'version: "2023.2"\nsupersedes: xinjiang@2023.1')
    return {"xinjiang/2023.2.yaml": changed(written(PROVINCE), heading, *edits)}


def test_a_filing_of_a_superseded_text_is_told_to_implement_the_newer_one(tmp_path):
    assert told(tmp_path, GENERAL, others=newer()) == ["PH342 xinjiang@2023.1"]


def test_a_filing_of_a_text_before_its_revision(tmp_path):
    later = ("in_force: {from: 2023-02-01", "in_force: {from: 2026-01-01")
    assert told(tmp_path, GENERAL, others=newer(later)) == ["PH343 xinjiang@2023.1"]


def test_a_filing_that_does_not_conform_to_the_newer_text(tmp_path):
    open_paper = "hours: {open_to: industry, at_least: 0, article: 第八条第八项}"
    narrower = (open_paper, open_paper.replace("at_least: 0", "at_least: 0, at_most: 10"))
    assert told(tmp_path, GENERAL, others=newer(narrower)) == ["PH346 xinjiang@2023.1"]


def test_a_filing_that_ended_before_the_revision_has_nothing_to_do(tmp_path):
    ended = ("until: 2028-01-31", "until: 2025-12-31")
    later = ("in_force: {from: 2023-02-01", "in_force: {from: 2026-01-01")
    assert told(tmp_path, GENERAL, ended, others=newer(later)) == []


def test_days_between_two_versions(tmp_path):
    earlier = changed(
        written(GENERAL),
        ('version: "2023.1"', 'version: "2022.1"'),
        ("until: 2028-01-31", "until: 2023-03-31"),
    )
    begins = ("from: 2023-02-01", "from: 2023-05-01")
    others = {"examples/general/2022.1.yaml": earlier}
    (finding,) = [
        f for f in lint(tmp_path, GENERAL, changed(written(GENERAL), begins), others) if f.code == "PH344"
    ]
    assert (finding.args["first"], finding.args["last"]) == ("2023-04-01", "2023-04-30")
    assert [label for label, _ in finding.also] == ["first"]
    close = ("from: 2023-02-01", "from: 2023-04-01")
    assert not [
        f for f in lint(tmp_path, GENERAL, changed(written(GENERAL), close), others) if f.code == "PH344"
    ]


def test_a_deadline_is_held_against_the_day_that_is_asked_about():
    policy = LIBRARY.policy(parse_reference("xinjiang/accounting@2023.1"))
    assert [f.code for f in overdue(policy, LIBRARY, date(2023, 7, 1))] == ["PH345"]
    assert list(overdue(policy, LIBRARY, date(2023, 6, 30))) == []


def test_what_a_slot_left_open_leaves_undetermined(tmp_path):
    edit = ("  paper.hours: {by: [authorship, author_order], values: {sole: 20, joint: {1: 15, 2..: 5}}, article: 细则第八条}\n", "")  # fmt: skip
    (finding,) = [f for f in lint(tmp_path, GENERAL, changed(written(GENERAL), edit)) if f.code == "PH530"]
    assert (finding.args["address"], finding.args["range"]) == ("paper.hours", "0～20学时")
    assert finding.args["article"] == "第八条第八项"
    assert [label for label, _ in finding.also] == ["upper"]


def test_a_requirement_that_no_ceiling_leaves_room_for(tmp_path):
    text = """
policy: examples/low
version: "2024.1"
title: 低上限（虚构）
document: 示例〔2024〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2024-01-01}
subjects: {professional: {title: 专业科目, article: 第一条}}
facts: {hours: {title: 核定学时, type: number, unit: hour, step: 0.5, at_least: 0, at_most: 100}}
values: {annual: {is: 90, unit: hour, article: 第一条, title: 年度学时}}
requirement:
  - {of: total, at_least: annual, per: year, article: 第一条}
standards:
  a: {title: 甲, article: 第二条, subject: professional, hours: hours, ceiling: {hours: 40, per: year, article: 第二条}}
  b: {title: 乙, article: 第二条, subject: professional, hours: hours, ceiling: {hours: 49, per: year, article: 第二条}}
"""
    (finding,) = lint(tmp_path, "examples/low/2024.1.yaml", text)
    assert (finding.code, finding.args["least"], finding.args["most"]) == ("PH721", "90", "89")
    assert lint(tmp_path, "examples/low/2024.1.yaml", text.replace("hours: 49", "hours: 50")) == []


def test_no_rule_refuses_any_policy_that_loads():
    library = Library([ROOT / "policies"])
    for ref in library.refs():
        policy = library.policy(parse_reference(ref))
        assert all(f.place is not None for rule in POLICY_RULES for f in rule(policy, library))
