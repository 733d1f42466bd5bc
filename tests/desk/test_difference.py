"""``difference`` finds what changed between two policies, says it once, and says nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import LIBRARY, ROOT
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.changes.difference import change_data, change_text, difference
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.words import child, items_at, text_at
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document, read_documents
from policyhours.text.source import read_source, source_from_bytes
from policyhours.text.tree import Mapping, Node, Scalar, Sequence

TEXT = LIBRARY.path("xinjiang@2023.1").read_text(encoding="utf-8")
FILING = LIBRARY.path("examples/general@2023.1").read_text(encoding="utf-8")


def policy(text: str, name: str = "new.yaml") -> Policy:
    return Library([]).resolve_file(read_document(source_from_bytes(text.encode(), name)), None)


def filing(text: str) -> Policy:
    tree = read_document(source_from_bytes(text.encode(), "filing.yaml"))
    return Library(LIBRARY.folders).resolve_file(tree, None)


BASE = policy(TEXT, "old.yaml")
TREE = read_document(source_from_bytes(TEXT.encode(), "old.yaml"))


def edited(*edits: tuple[str, str]) -> Policy:
    text = TEXT
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return policy(text)


def changes(*edits: tuple[str, str]):
    return difference(BASE, edited(*edits)).changes


def one(*edits: tuple[str, str]):
    (found,) = changes(*edits)
    return found


PAPER = "    ceiling: {hours: 20, per: year, article: 第八条第八项, industry_may: tighten}\n"
CEILING = (PAPER, PAPER.replace("20", "25"))


# ── what it says ──


def test_a_ceiling_in_the_words_of_the_law_with_both_places():
    found = one(CEILING)
    assert change_text(found) == "学术论文 上限：每年 20 学时 → 25 学时（第八条第八项）〔放宽〕"
    assert change_text(found, "en") == "学术论文 ceiling: 每年 20 学时 → 25 学时 (第八条第八项) [looser]"
    line = TEXT[: TEXT.index(PAPER)].count("\n") + 1
    assert [str(place)[: str(place).rindex(":")] for place in found.places] == [
        f"old.yaml:{line}",
        f"new.yaml:{line}",
    ]


def test_the_same_as_data_with_exact_numbers():
    data = change_data(one(("professional_share: {is: 2/3", "professional_share: {is: 0.75")))
    assert (data["before"], data["after"]) == ("2/3", "3/4")
    assert data["address"] == "professional_share"
    assert data["kind"] == "value"
    assert data["change"] == "changed"
    assert data["direction"] == "stricter"
    assert data["article"] == ["第五条"]
    assert [place["side"] for place in data["places"]] == ["old", "new"]


SAID = {
    "a value": (
        ("minutes_per_hour:   {is: 45", "minutes_per_hour:   {is: 50"),
        "每学时分钟数：45 分钟/学时 → 50 分钟/学时（第六条）〔收紧〕",
    ),
    "what is required": (
        ("annual_hours:       {is: 90", "annual_hours:       {is: 80"),
        "每年应完成的总学时：90 学时 → 80 学时（第五条）〔放宽〕",
    ),
    "a row of a table": (
        ("master: 3", "master: 2"),
        "视为完成的年度数〔研究生（硕士）〕：3 年 → 2 年（第八条第五项）〔收紧〕",
    ),
    "a row that is new": (
        ("bachelor: 4, master", "associate: 1, bachelor: 4, master"),
        "新增 视为完成的年度数〔专科〕：1 年（第八条第五项）",
    ),
    "a formula": (
        ("{is: lecturing_factor * learning_time,", "{is: learning_time,"),
        "授课（报告） 学时：授课倍数×实际学习时间 → 实际学习时间（第八条第四项）",
    ),
    "a condition that is gone": (
        ("      - {openly_published: true, article: 第七条第八项, otherwise: 没有公开出版}\n", ""),
        "删去 学术著作、译著 条件 “已公开出版”：是（第七条第八项）〔放宽〕",
    ),
    "a condition that is narrower": (
        ("{organiser_level: [national, region], article: 第八条第二项", "{organiser_level: 国家级, article: 第八条第二项"),
        "高级研修项目 条件 “主办单位级别”：国家级或自治区级 → 国家级（第八条第二项）〔收紧〕",
    ),
    "a condition that is wider": (
        ("subjects_passed: 1..", "subjects_passed: 0.."),
        "职业资格考试 条件 “合格科目数”：不少于1 → 不少于0（第八条第九项）〔放宽〕",
    ),
    "a slot that is filled": (
        ("hours: {open_to: industry, at_least: 0, article: 第八条第十项}", "hours: learning_time"),
        "其他继续教育形式 学时：由行业实施细则规定（不少于0 学时） → 实际学习时间（第八条第十项）",
    ),
    "a ceiling that is gone": (
        ("    ceiling: {hours: 60, per: year, article: 第八条第二项, industry_may: tighten}\n", ""),
        "删去 进修项目 上限：每年 60 学时（第八条第二项）〔放宽〕",
    ),
    "what is one matter": (
        ("    once_per: [patent]\n", "    once_per: [patent, project]\n"),
        "专利或知识产权 同一事项：同一专利或知识产权 → 同一专利或知识产权、同一课题或项目（第八条第六项）",
    ),
    "a requirement that is gone": (
        ("  - {of: public, at_least: public_share * annual_hours, per: year, article: 第五条}\n", ""),
        "删去 公需科目 不少于：每年 公需科目占比×每年应完成的总学时（第五条）〔放宽〕",
    ),
    "the reading adopted": (
        ("adopted: prospective", "adopted: retroactive"),
        "取消基地的认定权限后，取消之前作出的认定是否仍然有效？ 采用：仍然有效 → 一并失效，须重新认定（第十五条）",
    ),
    "an option of a fact": (
        ("one_of: {invention: 发明专利}", "one_of: {invention: 发明专利, software: 软件著作权}"),
        "新增 专利或知识产权的类型 选项 software：软件著作权",
    ),
    "the dates in force": (
        ("until: 2028-01-31", "until: 2030-01-31"),
        "有效期 至：2028-01-31 → 2030-01-31（第十八条）",
    ),
    "the document": (("document: 新人社规〔2022〕9号", "document: 新人社规〔2022〕10号"), "文号：新人社规〔2022〕9号 → 新人社规〔2022〕10号"),
    "a deadline": (
        ("due: 2023-06-30", "due: 2024-06-30"),
        "行业实施细则 期限：2023-06-30 → 2024-06-30（第三条第三款）",
    ),
    "another clause": (
        ("lecturing_factor:   {is: 6, article: 第八条第四项", "lecturing_factor:   {is: 6, article: 第六条"),
        "授课倍数 依据条款：第八条第四项 → 第六条",
    ),
    "discretion": (("unit: hour/day, may: true,", "unit: hour/day,"), "删去 每天折算学时 可以：是（第六条）"),
    "how completion counts": (
        ("at_least: at_least, added: added", "at_least: added, added: added"),
        "视为完成〔不相加，两者取高〕：两者取高 → 相加（第八条第二项、第八条第五项）",
    ),
    "who is in which channel": (
        ("    channel: pushed\n", "    channel: applied\n"),
        "高级研修项目 登记渠道：由主办或承办单位推送考核合格人员后自动登记 → 本人登录系统上传佐证材料申请登记（第七条第二项、第八条第二项）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_each_sort_of_change_is_said_once_in_one_sentence(what):
    edit, text = SAID[what]
    assert change_text(one(edit)) == text


NEW_STANDARD = """  lab_course:
    title: 实验课
    article: 第七条第十项
    subject: professional
    channel: applied
    requires:
      - {assessment: passed, article: 第七条第十项, otherwise: 未考核}
    hours: learning_time
    ceiling: {hours: hours_of_lab, per: year, article: 第八条第十项}

  other:
"""


def test_a_standard_is_told_as_a_whole_not_part_by_part():
    found = changes(
        ("  other:\n", NEW_STANDARD),
        ("  lecturing_factor:", "  hours_of_lab: {is: 12, unit: hour, article: 第六条}\n  lecturing_factor:"),
    )
    assert [c.address for c in found] == ["hours_of_lab", "lab_course"]
    text = change_text(found[1])
    assert text.startswith("新增 实验课：科目：专业科目；登记渠道：")
    assert "条件 “考核结果”：考核合格；学时：实际学习时间；上限：每年 hours_of_lab" in text
    assert text.endswith("（第七条第十项）〔放宽〕")
    back = difference(
        edited(
            ("  other:\n", NEW_STANDARD.replace("hours_of_lab", "learning_time_cap")),
            (
                "  lecturing_factor:",
                "  learning_time_cap: {is: 12, unit: hour, article: 第六条}\n  lecturing_factor:",
            ),
        ),
        BASE,
    )
    assert [change_text(c)[:4] for c in back.changes] == ["删去 l", "删去 实"]


def test_a_filing_and_its_upper_text_differ_by_what_was_filed_and_nothing_more():
    found = difference(BASE, filing(FILING)).changes
    rules = {c.address for c in found if c.said.section != "header"}
    assert rules == {
        "exam_value", "intellectual_property.hours", "research_project.hours", "paper.hours", "book.hours",
        "qualification_exam.hours", "other.hours", "facts.ip_type.one_of.software",
    }  # fmt: skip


def test_a_row_of_a_filing_is_compared_by_itself():
    before, after = filing(FILING), filing(FILING.replace("1: 15", "1: 12"))
    (found,) = difference(before, after).changes
    assert found.address == "paper.hours"
    assert (
        change_text(found)
        == "学术论文 学时〔与他人合作、署名次序1〕：15 学时 → 12 学时（细则第八条）〔收紧〕"
    )


def test_the_order_is_the_regulations():
    found = changes(
        CEILING,
        ("due: 2023-06-30", "due: 2024-06-30"),
        ("master: 3", "master: 2"),
        ("{hours: 60,", "{hours: 61,"),
    )
    assert [c.address for c in found] == [
        "filing.due",
        "degree_span",
        "further_study.ceiling",
        "paper.ceiling",
    ]


# ── what is no change ──


def test_a_consequence_is_not_a_change():
    found = one(("hours_per_day:      {is: 8", "hours_per_day:      {is: 7"))
    assert found.address == "hours_per_day"
    found = one(
        (
            "    channel: applied\n    requires:\n      - {degree:",
            "    channel: pushed\n    requires:\n      - {degree:",
        )
    )
    assert found.address == "degree.channel"  # what is taken over by `like` changes with its model


SAME = [
    ("days * hours_per_day + part_day + hours", "hours + part_day + hours_per_day * days"),
    ("{is: 2/3, article: 第五条, title: 专业科目占比, industry_may", "{title: 专业科目占比, article: [第五条], is: '4/6', industry_may"),
    ("organiser_level: [national, region], article: 第八条第二项", "organiser_level: [自治区级, 国家级], article: 第八条第二项"),
    ("    hours: learning_time\n    ceiling: {hours: 60", "    hours: {is: learning_time}\n    ceiling: {hours: {is: 60}"),
    ("step: 0.1", "step: 1/10"),
    ("document: 新人社规〔2022〕9号", 'document: "新人社规〔2022〕9号"'),
    ("article: [第七条第八项, 第八条第八项]", "article: [第八条第八项, 第七条第八项]"),
    ("completes: {subject: professional, may: true,", "completes: {subject: professional, years: [0, 0], may: true,"),
    ("channel: {by: base_run, values: {true: automatic, false: applied}}", "channel: {by: base_run, values: {否: applied, 是: automatic}}"),
    ("evidence: true, may", "evidence: true, # 须有\n      may"),
    ("remedy: 请组织单位核对", "may: false, remedy: 请组织单位核对"),
    ("    like: degree\n", "    like: degree\n    subject: professional\n"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "otherwise"), SAME)
def test_what_says_the_same_is_no_change(written, otherwise):
    assert changes((written, otherwise)) == ()


def reordered(node: Node, backwards: bool) -> Node:
    if isinstance(node, Mapping):
        entries = [replace(entry, value=reordered(entry.value, backwards)) for entry in node.entries]
        return replace(node, entries=tuple(sorted(entries, key=lambda e: e.key, reverse=backwards)))
    if isinstance(node, Sequence):
        return replace(node, items=tuple(reordered(item, backwards) for item in node.items))
    return node


@pytest.mark.parametrize("backwards", [False, True])
def test_the_order_of_keys_is_no_change(backwards):
    again = Library([]).resolve_file(reordered(TREE, backwards), None)
    assert difference(BASE, again).changes == ()


@pytest.mark.parametrize("ref", LIBRARY.refs())
def test_a_policy_does_not_differ_from_itself(ref):
    found = LIBRARY.policy(parse_reference(ref))
    assert difference(found, found).changes == ()


# ── which way it goes ──


def test_where_the_uses_of_a_number_pull_both_ways_nothing_is_said():
    both = ("    ceiling: {hours: 60,", "    ceiling: {hours: annual_hours,")
    before, after = edited(both), edited(both, ("annual_hours:       {is: 90", "annual_hours:       {is: 80"))
    (found,) = difference(before, after).changes
    assert (found.address, found.direction) == ("annual_hours", None)


def test_a_filled_slot_and_another_formula_lean_nowhere():
    assert one(("{is: lecturing_factor * learning_time,", "{is: learning_time,")).direction is None
    assert one(SAID["a slot that is filled"][0]).direction is None


# ── laws ──


def numbers(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield from numbers(entry.value, (*path, entry.key))
    elif (
        isinstance(node, Scalar) and re.fullmatch(r"[0-9]+(\.[0-9]+|/[0-9]+)?", node.raw) and not node.quoted
    ):
        yield path, node


def expected_address(path: tuple[str, ...]) -> str | None:
    match path:
        case ("values", name, "is") | ("values", name, "values", *_):
            return name
        case ("values", name, bounds, end):
            return f"{name}.{bounds}.{end}"
        case ("standards", kind, "ceiling", "hours"):
            return f"{kind}.ceiling"
        case ("standards", kind, "hours", end):
            return f"{kind}.hours.{end}"
        case ("facts", *_):
            return ".".join(path)
        case _:
            return None


NUMBERS = [(address, node) for path, node in numbers(TREE) if (address := expected_address(path))]


def with_number(node: Scalar, number: str) -> str:
    lines = TEXT.split("\n")
    line, start = lines[node.place.line - 1], node.place.column - 1
    assert line[start:].startswith(node.raw)
    lines[node.place.line - 1] = line[:start] + number + line[start + len(node.raw) :]
    return "\n".join(lines)


edits = st.tuples(
    st.integers(0, len(NUMBERS) - 1),
    st.one_of(
        st.integers(0, 400).map(str), st.builds("{}/{}".format, st.integers(1, 30), st.integers(1, 12))
    ),
)


def resolved(text: str) -> Policy:
    try:
        return policy(text)
    except Refused:
        assume(False)
        raise


def test_the_file_has_numbers_to_edit():
    assert len(NUMBERS) > 30
    assert {"annual_hours", "degree_span", "paper.ceiling", "facts.hours.step"} <= {a for a, _ in NUMBERS}


@given(edits)
def test_every_edit_of_a_number_is_found_once_at_its_address(edit):
    (address, node), number = NUMBERS[edit[0]], edit[1]
    after = resolved(with_number(node, number))
    found = difference(BASE, after).changes
    same = read_document(source_from_bytes(f"[{node.raw}, {number}]".encode(), "n")).items
    if same[0].value == same[1].value:
        assert found == ()
    else:
        assert [c.address for c in found] == [address]
        assert {place.line for place in found[0].places} == {node.place.line}


@given(edits)
def test_an_edited_policy_does_not_differ_from_itself(edit):
    (_, node), number = NUMBERS[edit[0]], edit[1]
    text = with_number(node, number)
    assert difference(resolved(text), policy(text)).changes == ()


@given(edits, edits)
def test_both_ways_name_the_same_addresses_and_turn_the_direction(one_edit, other):
    a, b = (resolved(with_number(NUMBERS[which][1], number)) for which, number in (one_edit, other))
    there, back = difference(a, b).changes, difference(b, a).changes
    assert [c.address for c in there] == [c.address for c in back]
    turned = {None: None, "stricter": "looser", "looser": "stricter"}
    assert [turned[c.direction] for c in there] == [c.direction for c in back]


def test_whom_a_filing_is_for_is_told_with_its_header():
    before = filing(FILING)
    after = filing(FILING.replace("implements:", "industries: [示例行业]\nimplements:", 1))
    (found,) = difference(before, after).changes
    assert (found.said.section, found.address) == ("header", "industries")


def simple(node: Mapping) -> bool:
    """No reading is switched, nothing is decided, and no subject is completed as much as it is required."""
    kinds = {text_at(child(a, "kind")) for a in items_at(node.get("activities"))}
    return not {"readings", "decisions"} & set(node.keys()) and not kinds & {
        "advanced_seminar", "degree", "party_school_degree", "高级研修项目", "学历（学位）教育", "党校学历教育",
    }  # fmt: skip


WORKED = [
    read_draft(node)
    for path in sorted((ROOT / "policies/xinjiang/cases").glob("*.yaml"))
    for node in read_documents(read_source(path))
    if simple(node)
]


def verdicts(text: str) -> dict[tuple[str, int], str]:
    found = {}
    with TemporaryDirectory() as root:
        folder = Path(root) / "xinjiang"
        folder.mkdir()
        (folder / "2023.1.yaml").write_text(text, encoding="utf-8")
        library = Library([Path(root)])
        for draft in WORKED:
            done = evaluate(draft, library, policy=parse_reference("xinjiang@2023.1"), try_readings=False)
            found |= {(draft.id, number): year.verdict for number, year in done.result.years.items()}
    return found


BEFORE = verdicts(TEXT)


@settings(max_examples=10)
@given(edits)
def test_what_is_called_looser_costs_nobody_the_verdict_and_the_reverse(edit):
    (address, node), number = NUMBERS[edit[0]], edit[1]
    text = with_number(node, number)
    after = resolved(text)
    found = [c for c in difference(BASE, after).changes if c.direction]
    assume(found and not address.startswith("facts"))
    now = verdicts(text)
    better, worse = (BEFORE, now) if found[0].direction == "looser" else (now, BEFORE)
    lost = {
        year for year in better.keys() & worse.keys() if better[year] == "met" and worse[year] == "not_met"
    }
    assert lost == set()
