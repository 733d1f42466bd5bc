"""What clerks read: whose article it is, how much a ceiling leaves, what to ask for first."""

from __future__ import annotations

import re

import pytest

from helpers import LIBRARY, ROOT, case, run, trial_head
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.picture import picture
from policyhours.desk.answer.record import record
from policyhours.desk.sentences.provisions import provisions
from policyhours.desk.sentences.years import span_phrase
from policyhours.language.expression import Call, Constant, Name, Operation
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

ENGINEERING = "examples/engineering@2024.1"
AGRICULTURE = "examples/agriculture@2024.1"


def year(found, number="2025"):
    return record(found)["years"][number]


def only(found, what, activity="a0", number="2025"):
    """The one reason of that sort that an activity has."""
    (reason,) = year(found, number)["activities"][activity][what]
    return reason


# ── whose article ──


def test_a_fact_that_a_filing_asks_for_is_cited_from_the_filing():
    found = run(case({"kind": "book"}, policy=ENGINEERING))
    assert only(found, "unknown")["article"] == "细则第五条"


def test_a_table_without_the_row_is_cited_from_the_filing():
    # a copyright is an option of the province, for which this filing has no row
    patent = {"kind": "intellectual_property", "ip_type": "software", "signatory": 1}
    text = (ROOT / "policies/examples/agriculture/2024.1.yaml").read_text(encoding="utf-8")
    text = text.replace("policy: examples/agriculture", "policy: trial")
    text = text.replace("extends: {variety", "extends: {software: 软件, variety")
    found = evaluate(
        read_draft(_node(case(patent, policy="trial@2024.1"))), _library_with("trial", text, "2024.1")
    )
    unknown = only(found, "unknown")
    assert (unknown["code"], unknown["article"]) == ("no_row", "细则第三条")


def test_a_number_outside_its_bounds_is_cited_from_the_filing():
    report = {"kind": "other", "other_form": "case_report", "report_level": "region", "reviewed_credits": 9}
    unknown = only(run(case(report, policy="examples/health@2024.1")), "unknown")
    assert unknown["article"] == "细则第九条、细则第十条"
    assert unknown["text"] == "所填的9不在3～6之内"


def test_an_open_slot_is_cited_from_the_text_that_leaves_it_open():
    found = run(case({"kind": "book", "authorship": "sole"}, policy=AGRICULTURE))
    unknown = only(found, "unknown")
    assert (unknown["code"], unknown["article"]) == ("unfiled", "第八条第八项")


def test_an_article_of_a_national_text_says_whose_it_is():
    found = run(case({"kind": "degree_course"}, {"kind": "paper"}, policy="xinjiang/accounting@2023.1"))
    assert only(found, "unknown")["article"] == "财会〔2018〕10号第十七条第三项"
    assert only(found, "unknown", "a1")["article"] == "财会〔2018〕10号第十七条第五项"
    assert "（财会〔2018〕10号第十七条第三项）" in picture(found, width=120)
    assert year(found)["requirements"][0]["article"] == "第五条"


def test_a_condition_of_a_national_text_says_whose_it_is():
    failed = {"kind": "degree_course", "courses_passed": 0}
    found = run(case(failed, policy="xinjiang/accounting@2023.1"))
    assert only(found, "because")["article"] == "财会〔2018〕10号第十七条第三项"


def test_under_the_national_text_itself_its_articles_stand_alone():
    found = run(case({"kind": "degree_course"}, policy="national/accounting@2018.1"))
    assert only(found, "unknown")["article"] == "第十七条第三项"


# ── slots before and after a filing ──


def test_before_the_first_day_of_a_filing_that_fills_the_slot_its_day_is_told():
    paper = {"kind": "paper", "date": "2024-02-29", "authorship": "sole"}
    found = run(case(paper, policy=AGRICULTURE))
    unknown = only(found, "unknown", number="2024")
    assert unknown["code"] == "not_yet_filed"
    assert unknown["text"] == "本细则自2024-03-01起适用，此前行业没有规定学时"
    blocked = [b for b in year(found, "2024")["certificate"]["blockers"] if b.get("activity") == "a0"]
    assert [b["code"] for b in blocked] == ["not_yet_filed"]
    assert "在实施细则中规定" not in picture(found)
    assert "applies from 2024-03-01" in picture(found, "en", width=120)


def test_before_the_first_day_a_slot_that_the_filing_leaves_open_too_is_not_yet_filed():
    found = run(case({"kind": "book", "date": "2024-02-29"}, policy=AGRICULTURE))
    assert only(found, "unknown", number="2024")["code"] == "unfiled"


def test_facts_for_an_open_slot_are_not_called_useless():
    found = run(case({"kind": "paper", "authorship": "sole"}, policy="xinjiang@2023.1"))
    assert "unused" not in {note["code"] for note in year(found)["activities"]["a0"]["notes"]}


def test_a_fact_that_does_nothing_is_still_told():
    patent = {"kind": "intellectual_property", "ip_type": "utility", "signatory": 1, "authorship": "sole"}
    assert "所填“署名方式”对这种方式不起作用" in picture(run(case(patent, policy=AGRICULTURE)))


# ── ceilings ──


def test_a_ceiling_for_each_matter_says_what_earlier_years_used():
    first = {"kind": "other", "standard_level": "national", "drafting_role": "chief", "standard": "S1"}
    later = {**first, "drafting_role": "drafter", "date": "2025-05-31"}
    found = run(case({**first, "date": "2024-05-31"}, later, policy=ENGINEERING))
    lost = only(found, "because", "a1")
    assert lost["text"] == "超过同一标准28学时的上限（以前年度已计25学时）"
    assert lost["hours"] == "9"


def test_a_ceiling_over_years_names_them_and_what_is_left():
    chief = {"kind": "other", "standard_level": "national", "drafting_role": "chief"}
    days = [{**chief, "date": f"{y}-06-01", "standard": f"S{y}"} for y in (2024, 2025, 2026)]
    lost = only(run(case(*days, policy=ENGINEERING)), "because", "a2", "2026")
    assert lost["text"] == "超过2024～2026年度合计60学时的上限，本年度只余10学时"


def test_a_ceiling_over_several_kinds_quotes_them():
    own = (
        trial_head()
        + """\
ceilings:
  - {of: [paper, book], at_most: 45, per: year, article: 细则第八条}
sets:
  paper.hours: {is: sixty, article: 细则第八条}
  book.hours: {is: sixty, article: 细则第八条}
values:
  sixty: {is: 60, unit: hour, article: 细则第八条, title: 每篇}
"""
    )
    written = case({"kind": "book"}, {"kind": "paper"}, policy="trial@2023.1")
    found = evaluate(read_draft(_node(written)), _library_with("trial", own))
    (lost,) = year(found)["activities"]["a1"]["because"]
    assert lost["text"] == "超过“学术著作、译著”和“学术论文”合计每年45学时的上限"
    assert "beyond the yearly ceiling of 45 hours for “学术著作、译著” and “学术论文” together" in _flat(
        picture(found, "en", width=120)
    )


def test_what_is_not_known_is_cut_by_a_ceiling_without_a_made_up_number():
    found = run(case({"kind": "paper"}, policy="xinjiang/accounting@2023.1"))
    text = picture(found, width=120)
    assert "超过上限的部分不计：超过学术论文每年20学时的上限" in text
    assert "～10学时不计" not in text


# ── one matter ──


def test_of_one_kind_the_winner_is_named_by_its_id():
    one = {"kind": "book", "work": "W1", "authorship": "sole"}
    other = {**one, "authorship": "joint", "author_order": 2}
    found = run(case(one, other))
    assert only(found, "because", "a1")["text"] == "同一事项已按 a0 认定"
    mixed = run(case(one, {"kind": "paper", "work": "W1", "authorship": "sole"}))
    lost = [r["text"] for a in year(mixed)["activities"].values() for r in a["because"]]
    assert lost == ["同一事项已按“学术著作、译著”认定"]


# ── what to ask for first ──


def test_where_a_table_goes_by_a_fact_that_is_not_stated_that_fact_alone_is_asked_for():
    found = run(case({"kind": "research_project", "concluded": True}, policy=AGRICULTURE))
    assert only(found, "unknown")["text"] == "没有填写“课题级别”，其余视其而定"
    national = run(
        case({"kind": "research_project", "concluded": True, "topic_level": "national"}, policy=AGRICULTURE)
    )
    assert only(national, "unknown")["text"] == "没有填写“课题组排名”"


def test_of_a_product_each_part_is_asked_for():
    found = run(case({"kind": "intellectual_property"}, policy=ENGINEERING))
    asked = [r["text"] for r in year(found)["activities"]["a0"]["unknown"]]
    assert asked == ["没有填写“发明人排名”", "没有填写“专利或知识产权的类型”"]


# ── credits ──


CREDITS = """\
policy: credits
version: "2024.1"
title: 学分
document: 示例〔2024〕1号
authority: province
issuers: [示例厅]
status: illustrative
in_force: {from: 2020-01-01}
unit: credit
subjects: {professional: {title: 专业科目, article: 第一条}}
facts:
  cn_number: {title: 期刊有刊号, type: boolean}
  days: {title: 天数, type: integer, unit: day, at_least: 0, at_most: 30}
  given: {title: 核定数, type: integer, unit: credit, step: 1, at_least: 0, at_most: 90, instead_of: [days]}
values:
  annual: {is: 90, unit: credit, article: 第一条, title: 每年}
  one: {is: given, unit: credit, at_least: 1, at_most: 5, article: 第四条, title: 每次}
requirement:
  - {of: total, at_least: annual, per: year, article: 第一条}
standards:
  paper:
    title: 论文
    article: 第二条
    subject: professional
    requires:
      - {cn_number: true, article: 第二条, otherwise: 期刊没有刊号}
    hours: 30
    ceiling: {hours: 40, per: year, article: 第二条}
  training: {title: 培训, article: 第三条, subject: professional, hours: given}
  lecture: {title: 讲座, article: 第四条, subject: professional, hours: one}
"""


def test_what_counts_credits_says_credits_everywhere():
    paper = {"kind": "paper", "cn_number": True}
    other = {"kind": "paper", "cn_number": False}
    lecture = {"kind": "lecture", "given": 9}
    written = case(paper, paper, other, lecture, policy="credits@2024.1")
    found = evaluate(read_draft(_node(written)), _library_with("credits", CREDITS, "2024.1"))
    zh, en = (picture(found, lang, width=120) for lang in ("zh", "en"))
    for said in (
        "20学分不计：超过论文每年40学分的上限",
        "30学分不计：期刊没有刊号",
        "再登记认定“培训”50学分",
    ):
        assert said in zh
    for said in (
        "20 credits not counted: beyond the yearly ceiling of 40 credits",
        "register 50 more credits of “培训”",
    ):
        assert said in en
    assert "学时" not in zh + str(record(found))
    assert "hours" not in en
    assert not re.search(r"'text': '[^']*hour", str(record(found, "en")))


# ── the rules as sentences ──


def said(policy, key):
    return [p.text for p in provisions(LIBRARY.policy(parse_reference(policy))) if p.key == key]


def test_ceilings_as_sentences():
    assert said(ENGINEERING, "attendance.ceiling") == ["每年的上限：按职称层级，高级12，其他16学时。"]
    assert said(ENGINEERING, "ceilings") == [
        "同一工程最多计16学时（几年合并计算）。",
        "同一标准最多计28学时（几年合并计算）。",
        "当年连同前2年合计，最多计60学时。",
    ]


def test_ranges_as_sentences():
    assert "须符合：完成人排名不超过5；否则：不是前五名完成人。" in said(
        AGRICULTURE, "intellectual_property.requires"
    )
    (hours,) = said(AGRICULTURE, "intellectual_property.hours")
    assert "植物新品种权（按完成人排名，1：36，2至3：18，4及以上：9）" in hours
    (hours,) = said(AGRICULTURE, "other.hours")
    assert "按字数，1499及以下：0，1500及以上：科普文章学时" in hours


def test_shares_as_they_are_written():
    assert said("examples/education@2024.1", "professional_share")[0].startswith("专业科目占比：3/4。")
    assert "2：7/10" in said("examples/education@2024.1", "first_share")[0]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (0, 0, "当年"),
        (-2, 0, "当年连同前2年"),
        (0, 2, "当年及后2年"),
        (-1, -1, "前1年"),
        (-3, -3, "前第3年"),
        (1, 1, "后1年"),
        (-2, 1, "前第2年至后1年"),
    ],
)
def test_years_as_phrases(first, last, text):
    assert span_phrase(Constant(first), Constant(last), {}, {}) == text


def test_years_that_a_formula_gives():
    titles = {"span": "年数", "done": "毕业年度", "year": "年度"}
    back, now = Operation("-", Constant(1), Name("span")), Constant(0)
    assert span_phrase(back, now, titles, {}) == "自当年起向前（年数－1）年至当年"
    ended = Operation("-", Name("done"), Name("year"))
    assert span_phrase(ended, ended, titles, {}) == "毕业年度"
    early = Call("min", (now, ended))
    assert span_phrase(early, now, titles, {}) == "自（当年、毕业年度中较早的一年）至当年"
    ahead = Operation("+", Name("span"), Constant(1))
    assert span_phrase(now, ahead, titles, {}) == "自当年至当年加（年数＋1）年"


# ── helpers ──


def _node(written):
    from policyhours.case.written import as_source

    return read_document(as_source(written))


def _flat(text):
    return " ".join(text.split())


def _library_with(name, text, version="2023.1"):
    """The repository's policies, and one more."""
    import tempfile
    from pathlib import Path

    root = Path(tempfile.mkdtemp())
    (root / name).mkdir(parents=True)
    (root / name / f"{version}.yaml").write_text(text, encoding="utf-8")
    assert source_from_bytes(text.encode(), "x.yaml")
    return Library([root, ROOT / "policies"])
