"""``show`` says in Chinese sentences everything that the file holds, generated from the data."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from helpers import LIBRARY, ROOT, trial_head
from policyhours.cli.show import show as command
from policyhours.desk.sentences.provisions import provisions
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.words import entries_at, items_at, text_at
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

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
    "第八条第五项": ["本科（学士）为4", "研究生（硕士）为3", "研究生（博士）为2", "已获得学历（学位）", "自当年起向前（视为完成的年度数－1）年至当年"],
    "第八条第六项": ["40", "由行业实施细则规定", "尚未规定的，只能确定范围"],
    "第八条第七项": ["40", "结项", "可以", "由行业实施细则规定"],
    "第八条第八项": ["20", "40", "同一作品", "由行业实施细则规定"],
    "第八条第九项": ["合格科目数不少于1", "可以", "由行业实施细则规定"],
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
    assert paper.text == "学时：按署名方式：独立完成为20，与他人合作（按署名次序，1：15，2及以上：5）。"


def test_nothing_is_stored_prose_a_changed_number_is_said_changed():
    path = LIBRARY.path("xinjiang@2023.1")
    text = path.read_text(encoding="utf-8").replace("hours: 60, per: year", "hours: 61, per: year")
    tree = read_document(source_from_bytes(text.encode(), "x.yaml"))
    changed = provisions(Library([]).resolve_file(tree, None))
    assert any(p.text.startswith("每年最多计61学时") for p in changed)


# ── origins ──

OWN = (
    trial_head()
    + """\
readings:
  joint_papers:
    article: 细则第八条
    question: 合写的论文怎样计算？
    options: {half: 计半数, full: 计全数}
    adopted: half
    because: 合写的只完成一部分。
requires:
  paper:
    - {own_field: true, article: 细则第八条, otherwise: 不属于本行业领域}
ceilings:
  - {of: [training], at_most: 40, per: year, article: 细则第一条}
  - {of: [paper, book], at_most: 50, per: year, article: 细则第八条}
sets:
  paper.hours: {by: joint_papers, values: {half: 10, full: 20}, article: 细则第八条}
"""
)


def filed():
    policy = LIBRARY.resolve_file(read_document(source_from_bytes(OWN.encode(), "trial.yaml")), None)
    return policy, LIBRARY.policy(parse_reference("xinjiang@2023.1"))


def test_everything_that_a_filing_adds_names_its_origin():
    own = {(p.section, p.key) for p in provisions(*filed()) if p.own}
    assert own == {
        ("学术论文", "paper.requires"),
        ("学术论文", "paper.hours"),
        ("继续教育培训活动", "ceilings"),
        ("合计上限", "ceilings"),
        ("有争议的读法", "readings.joint_papers"),
    }


def test_every_provision_names_the_text_in_which_it_stands():
    policy = LIBRARY.policy(parse_reference("xinjiang/accounting@2023.1"))
    by_text = {}
    for p in provisions(policy):
        assert p.origin.policy == p.source.ref
        assert p.source.place.source is p.origin.place.source
        by_text.setdefault(p.source.document, set()).add(p.key)
    assert "paper.hours" in by_text["财会〔2018〕10号"]
    assert "degree_course" in by_text["财会〔2018〕10号"]
    assert "paper.ceiling" in by_text["新人社规〔2022〕9号"]
    assert by_text["无文号（整理稿）"] == {"hours_per_credit", "readings.credit_equivalence"}


def test_a_slot_says_within_what_it_may_be_set_filled_or_not():
    upper = LIBRARY.policy(parse_reference("xinjiang@2023.1"))
    general = LIBRARY.policy(parse_reference("examples/general@2023.1"))
    said = {p.key: p for p in provisions(general, upper)}
    assert not said["paper.hours"].leeway.open
    assert said["paper.hours"].leeway.within == "不低于0"
    assert said["paper.ceiling"].leeway.within == "不低于0、不高于20"
    assert said["professional_share"].leeway.within == "不低于2/3、不高于1"
    assert said["training.hours"].leeway is None
    unfilled = {p.key: p for p in provisions(upper)}["paper.hours"]
    assert unfilled.leeway.open
    assert "尚未规定的，只能确定范围：每年0至20学时" in unfilled.text


# ── the command ──


def show(*arguments: object, code: int = 0) -> str:
    done = CliRunner().invoke(command, [*map(str, arguments), "--policies", str(ROOT / "policies")])
    assert done.exit_code == code, done.output
    return done.output


def as_data(*arguments: str) -> dict:
    import json

    return json.loads(show(*arguments, "--format", "json"))


def test_only_what_does_not_come_from_the_main_text_is_marked():
    text = "".join(show("xinjiang/accounting@2023.1").split())
    assert "没有标记的：《新疆维吾尔自治区专业技术人员继续教育学时登记认定办法》新人社规〔2022〕9号" in text
    assert "〔国家规定〕《会计专业技术人员继续教育规定》财会〔2018〕10号" in text
    assert "草稿" in text
    line = {p["key"]: p["origin"]["line"] for p in as_data("xinjiang/accounting@2023.1")["provisions"]}
    there = as_data("xinjiang@2023.1", "--only", "annual_hours")["provisions"][0]["origin"]["line"]
    assert f"〔国家规定第{line['annual_hours']}行，代替上位文件第{there}行〕" in text
    assert "〔" not in "".join(show("xinjiang@2023.1", "--only", "paper").split("办法")[1].split("号")[1])


def test_a_filled_slot_shows_what_the_upper_text_allows():
    text = "".join(show("examples/general@2023.1", "--only", "paper").split())
    provided = as_data("examples/general@2023.1", "--only", "paper")["provisions"]
    line = next(p["origin"]["line"] for p in provided if p["key"] == "paper.hours")
    assert f"〔本细则第{line}行，上位文件第" in text
    assert "行允许不低于0〕" in text


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("annual_hours", {"annual_hours"}),
        ("每年应完成的总学时", {"annual_hours"}),
        ("hours_per_day", {"hours_per_day"}),
        ("paper.ceiling", {"paper.ceiling"}),
        ("特殊原因", {"relief", "relief.defer", "relief.reduce"}),
        ("relief", {"relief", "relief.defer", "relief.reduce"}),
        ("public_minimum", {"readings.public_minimum"}),
    ],
)
def test_one_value_or_one_section(name, keys):
    assert {p["key"] for p in as_data("xinjiang@2023.1", "--only", name)["provisions"]} == keys


@pytest.mark.parametrize("name", ["paper", "学术论文"])
def test_one_standard(name):
    found = as_data("xinjiang@2023.1", "--only", name)["provisions"]
    assert {p["section"] for p in found} == {"学术论文"}
    assert "paper.hours" in {p["key"] for p in found}


def test_with_a_standard_come_the_values_and_readings_that_it_needs():
    found = as_data("xinjiang/accounting@2023.1", "--only", "attendance")["provisions"]
    keys = {p["key"] for p in found if p["section"] != "参加宣讲、培训班、学术会议、专题讲座等"}
    assert keys == {
        "attendance_credit", "credits_per_meeting_day", "hours_per_credit", "readings.credit_equivalence",
    }  # fmt: skip


def test_data_gives_the_origin_of_every_provision_and_what_it_replaces():
    data = as_data("xinjiang/accounting@2023.1")
    assert [text["document"] for text in data["texts"]] == [
        "无文号（整理稿）",
        "新人社规〔2022〕9号",
        "财会〔2018〕10号",
    ]
    for provision in data["provisions"]:
        assert set(provision["origin"]) == {"policy", "document", "authority", "file", "line"}
    paper = next(p for p in data["provisions"] if p["key"] == "paper.hours")
    assert paper["origin"]["authority"] == "national"
    assert paper["slot"]["within"] == "不低于0"
    assert paper["slot"]["origin"]["document"] == "新人社规〔2022〕9号"
    assert paper["replaces"]["article"] == ["第八条第八项"]
    annual = next(p for p in data["provisions"] if p["key"] == "annual_hours")
    assert annual["replaces"]["text"].startswith("每年应完成的总学时：90")


def test_an_unknown_part_is_an_error_that_names_the_nearest():
    text = show("xinjiang@2023.1", "--only", "papr", code=1)
    assert "PH522" in text
    assert "paper" in text
    assert "学术论文" in show("xinjiang@2023.1", "--only", "学术论问", code=1)


# ── the heading ──


def head(ref: str) -> str:
    return "".join(show(ref, "--only", "paper").split("\n\n")[0].split())


def test_a_filing_without_an_end_ends_with_its_upper_text():
    text = head("examples/engineering@2024.1")
    assert "有效期：2024-01-01～2028-01-31（没有写截止日期，随上位文件到期）" in text
    assert "长期" not in text
    texts = as_data("examples/engineering@2024.1", "--only", "paper")["texts"]
    assert [(t["from"], t["until"]) for t in texts] == [
        ("2024-01-01", "2028-01-31"),
        ("2023-02-01", "2028-01-31"),
    ]


def test_for_whom_a_filing_is_how_it_was_filed_and_for_what_it_holds():
    text = head("examples/education@2024.1")
    assert "适用行业：示例教育" in text
    assert "备案：示例备案〔2024〕40号，2024-08-20印发" in text
    assert "适用于：2024-09-01所在年度全年的活动" in text
    assert "适用于：2024-03-01起的活动，此前的活动按当时有效的文件" in head("examples/agriculture@2024.1")
    own = as_data("examples/education@2024.1", "--only", "paper")["texts"][0]
    assert own["industries"] == ["示例教育"]
    assert own["filing"] == {"document": "示例备案〔2024〕40号", "issued_on": "2024-08-20"}
    assert own["applies_from"] == "year"


def test_a_province_has_a_term_and_no_filing():
    text = head("xinjiang@2023.1")
    assert "有效期：2023-02-01～2028-01-31" in text
    assert "备案：" not in text
    assert "适用于：" not in text
    (own,) = as_data("xinjiang@2023.1", "--only", "paper")["texts"]
    assert (own["industries"], own["filing"], own["applies_from"]) == ([], None, None)


def test_a_superseded_version_ends_when_it_is_superseded(tmp_path):
    text = (ROOT / "policies/xinjiang/2023.1.yaml").read_text(encoding="utf-8")
    (tmp_path / "xinjiang").mkdir()
    (tmp_path / "xinjiang/2023.1.yaml").write_text(text, encoding="utf-8")
    later = text.replace('version: "2023.1"', 'version: "2025.1"\nsupersedes: xinjiang@2023.1')
    later = later.replace("from: 2023-02-01", "from: 2025-01-01")
    (tmp_path / "xinjiang/2025.1.yaml").write_text(later, encoding="utf-8")
    done = CliRunner().invoke(command, ["xinjiang@2023.1", "--policies", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "有效期：2023-02-01～2024-12-31（由 xinjiang@2025.1 取代）" in done.output
