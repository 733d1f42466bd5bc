"""``show`` says in Chinese sentences everything that the file holds, generated from the data."""

from __future__ import annotations

import pytest

from helpers import LIBRARY
from policyhours.desk.provisions import provisions
from policyhours.language.library import parse_reference
from policyhours.language.words import entries_at, items_at, text_at

SAID = provisions(LIBRARY.policy(parse_reference("xinjiang@2023.1")))


def said(article: str) -> str:
    """Everything said that cites the article or one of its parts."""
    return "\n".join(
        p.text + ("可以" if p.may else "") for p in SAID if any(a.startswith(article) for a in p.article)
    )


CHECKLIST = {
    "第三条": ["用人单位", "自治区〔所属行业〕行业主管部门", "〔所在地（州、市）〕人力资源和社会保障局会同本级〔所属行业〕行业主管部门", "高级", "中级", "初级"],
    "第四条": ["国家级或自治区级", "授权期内", "可以"],
    "第五条": ["90", "2/3", "总学时", "专业科目", "不低于2/3、不高于1"],
    "第六条": ["8（学时/天）", "45（分钟/学时）", "可以"],
    "第七条第一项": ["人社部门或其认定公布的继续教育机构组织"],
    "第七条第二项": ["人社部门或行业主管部门主办"],
    "第七条第三项": ["本行业本领域相关的教学、科研、生产单位"],
    "第七条第四项": ["国家级或自治区级", "行业主管部门或相关行业协会组织"],
    "第七条第五项": ["本科", "国家教育行政主管部门承认", "党校的相关专业"],
    "第七条第六项": ["在专业领域实践研究中有突破", "专利或知识产权的类型"],
    "第七条第七项": ["自治区级及以上主管部门或行业协会课题，或国家级、自治区级科研基金项目", "属本行业领域"],
    "第七条第八项": ["国内统一连续出版物号", "相关行业主管部门认定", "论文属相关专业", "已公开出版", "与工作职责相关"],
    "第七条第九项": ["职业资格考试"],
    "第七条第十项": ["自治区级及以上人社部门或相关行业主管部门认可"],
    "第八条第一项": ["考核合格", "实际学习时间"],
    "第八条第二项": ["国家级或自治区级", "考核合格", "视为完成专业科目", "60", "可以"],
    "第八条第三项": ["30"],
    "第八条第四项": ["6", "授课倍数", "50", "20", "可以"],
    "第八条第五项": ["本科（学士）为4", "研究生（硕士）为3", "研究生（博士）为2", "已获得学历（学位）", "当年＋（1－视为完成的年度数）"],
    "第八条第六项": ["40", "由行业实施细则规定", "尚未规定的，只能确定范围"],
    "第八条第七项": ["40", "结项", "可以", "由行业实施细则规定"],
    "第八条第八项": ["20", "40", "同一作品", "由行业实施细则规定"],
    "第八条第九项": ["合格科目数为不少于1", "可以", "由行业实施细则规定"],
    "第八条第十项": ["30", "由行业实施细则规定"],
    "第九条第一款": ["仅在当年度有效，不得结转或顺延", "只认定一次"],
    "第九条第二款": ["特殊培养计划", "首次参评高一级职称", "可以"],
    "第十条": ["伤、病、孕", "所在单位", "顺延完成", "减少学时数", "可以"],
    "第十二条第一款": ["自动登记", "推送考核合格人员", "佐证材料", "可以", "自治区统一组织"],
    "第十二条第二款": ["合格证书"],
    "第十四条": ["虚假"],
    "第十五条": ["已被取消"],
    "第十六条": ["人力资源和社会保障部", "学时（学分）管理", "从其规定"],
}  # fmt: skip


@pytest.mark.parametrize("article", CHECKLIST)
def test_an_article_is_said_with_its_numbers_conditions_and_discretion(article):
    text = said(article)
    for wanted in CHECKLIST[article]:
        assert wanted in text


def test_every_may_of_the_file_is_said():
    tree = LIBRARY.policy(parse_reference("xinjiang@2023.1")).tree
    written = {"第四条", "第六条", "第八条第二项", "第八条第四项", "第八条第七项", "第八条第九项"}
    written |= {"第九条第二款", "第十条", "第十二条第一款"}
    assert {a for p in SAID if p.may for a in p.article} == written
    assert entries_at(tree)


def test_every_condition_and_every_value_is_said():
    tree = LIBRARY.policy(parse_reference("xinjiang@2023.1")).tree
    text = "\n".join(p.text for p in SAID)
    for standard in entries_at(tree.get("standards")):
        for condition in items_at(standard.value.get("requires")):
            otherwise = text_at(condition.get("otherwise"))
            assert otherwise in text or "ip_type" in condition
    for value in entries_at(tree.get("values")):
        assert f"{text_at(value.value.get('title'))}：" in text


def test_every_contested_reading_is_said_with_its_reason():
    readings = LIBRARY.policy(parse_reference("xinjiang@2023.1")).readings
    text = "\n".join(p.text for p in SAID)
    for reading in readings.values():
        assert reading.question in text
        assert reading.because in text


def test_what_an_industry_filed_names_its_origin():
    policy = LIBRARY.policy(parse_reference("examples/general@2023.1"))
    own = {p.key for p in provisions(policy) if p.own}
    assert own == {
        "exam_value", "intellectual_property.hours", "research_project.hours", "paper.hours", "book.hours",
        "qualification_exam.hours", "other.hours",
    }  # fmt: skip
    paper = next(p for p in provisions(policy) if p.key == "paper.hours")
    assert paper.origin.place.source.name.endswith("policies/examples/general/2023.1.yaml")
    assert paper.text == "学时：按署名方式：独立完成为20，与他人合作（按署名次序：1为15，不少于2为5）。"


def test_nothing_is_stored_prose_a_changed_number_is_said_changed():
    from policyhours.language.library import Library
    from policyhours.text.reader import read_document
    from policyhours.text.source import source_from_bytes

    path = LIBRARY.path("xinjiang@2023.1")
    text = path.read_text(encoding="utf-8").replace("hours: 60, per: year", "hours: 61, per: year")
    tree = read_document(source_from_bytes(text.encode(), "x.yaml"))
    changed = provisions(Library([]).resolve_file(tree, None))
    assert any(p.text.startswith("每年最多计61学时") for p in changed)
