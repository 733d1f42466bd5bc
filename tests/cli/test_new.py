"""``policyhours new``: what it lays out, what lint then says, and what it never touches."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from test_commands import call

from helpers import LIBRARY, ROOT
from policyhours.desk.filings.draft import Wanted, draft, first_day
from policyhours.desk.filings.succession import Next, succeeding
from policyhours.language.files import read_policy_file
from policyhours.language.header import read_header
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.slots import slots_of
from policyhours.language.structure import check_policy
from policyhours.lint.blanks import left_blank
from policyhours.text.blank import BLANK, blanks
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

UPPER = LIBRARY.policy(parse_reference("xinjiang@2023.1"))
TEXT = draft(UPPER, Wanted("xinjiang/dairy", "2027.1", None, date(2027, 1, 1)))
FILINGS = sorted(
    ref for ref in LIBRARY.refs() if (header := LIBRARY.header(ref)).implements and not header.supersedes
)


def loaded(text: str):
    tree = read_document(source_from_bytes(text.encode(), "dairy.yaml"))
    check_policy(tree)
    return LIBRARY.resolve_file(tree, None)


def filled(text: str) -> str:
    """The draft with every example taken up and every gap filled, as a clerk would."""
    body = text[text.index("policy: ") :]
    lines = []
    for line in body.split("\n"):
        example = re.match(r"# ( *(?:- )?[\w.]+:.*|values:|facts:|sets:|requires:|ceilings:| +- \{.*)", line)
        lines.append(example[1] if example and "（" not in example[1].split("{")[0] else line)
    done = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    done = done.replace("applies_from: year  ", "applies_from: own_day  ")
    done = done.replace("细则第待填条", "细则第六条").replace("otherwise: 待填", "otherwise: 不符合")
    done = done.replace("extends: {待填: 待填}", "extends: {variety: 植物新品种权}")
    done = done.replace("first: 待填, second: 待填", "first: 一级, second: 二级")
    numbers = count(1)
    done = re.sub(r"(title|document): 待填", lambda found: f"{found[1]}: 示例{next(numbers)}", done)
    done = done.replace("[待填]", "[示例]")
    done = done.replace("professional_share: {is: 待填", "professional_share: {is: 3/4")
    return re.sub(r"# 待填：", "# ", done).replace(BLANK, "10")


def test_every_slot_is_laid_out_with_its_bounds_article_and_ceiling():
    for address, slot in slots_of(UPPER.tree).items():
        assert f"#   {address}: {{" in TEXT, address
        assert slot.address == address
    assert "#   # 学术论文（第八条第八项）：不低于0；每年最多计20学时。" in TEXT
    assert "#   # 没有填写以前，学时不能确定（每年0至20学时之间），不按零计。" in TEXT
    assert "#   # 职业资格考试（第八条第九项）：不低于0；没有上限。" in TEXT
    assert "#   # 专业科目占比（第五条）：不低于2/3、不高于1" in TEXT


def test_facts_that_fit_are_named_with_their_options():
    paper = TEXT[TEXT.index("# 学术论文（") : TEXT.index("paper.hours:")]
    assert "authorship：署名方式（sole 独立完成、joint 与他人合作）" in paper
    assert "author_order：署名次序（整数，不低于1，不高于1000）" in paper
    assert "role" not in paper
    project = TEXT[TEXT.index("# 课题、科研项目（") : TEXT.index("research_project.hours:")]
    assert "role：承担角色（lead 主持、member 参与）" in project
    assert "concluded" not in project


def test_the_draft_loads_and_every_gap_is_told_once():
    policy = loaded(TEXT)
    found = list(left_blank(policy, LIBRARY))
    assert [f.args["found"] for f in found] == ["title", "document", "issuers", "industries", "in_force"]
    assert {f.code for f in found} == {"PH539"}
    assert all(
        f.place and f.place.source.line(f.place.line)[f.place.column - 1 :].startswith(BLANK) for f in found
    )
    unset = {address for address, slot in slots_of(policy.tree).items() if "open_to" in slot.node}
    assert unset == {address for address, slot in slots_of(UPPER.tree).items() if "open_to" in slot.node}


def test_what_the_draft_offers_is_sound_once_it_is_filled_in():
    policy = loaded(filled(TEXT))
    assert not [slot for slot in slots_of(policy.tree).values() if "open_to" in slot.node]
    assert list(left_blank(policy, LIBRARY)) == []


def test_a_title_is_taken_as_it_is():
    text = draft(UPPER, Wanted("xinjiang/dairy", "2027.1", '农业“细则”: "试行"', date(2027, 1, 1)))
    assert loaded(text).header.title == '农业“细则”: "试行"'


def test_the_first_day_lies_within_the_upper_text():
    assert first_day(UPPER.header, date(2026, 11, 25)) == date(2027, 1, 1)
    assert first_day(UPPER.header, date(2028, 1, 5)) == date(2028, 1, 5)
    assert first_day(UPPER.header, date(2031, 1, 5)) == date(2028, 1, 31)
    assert first_day(UPPER.header, date(2020, 1, 5)) == date(2023, 2, 1)


@pytest.mark.parametrize("ref", FILINGS)
def test_the_next_version_changes_only_what_has_to_change(ref: str):
    path = LIBRARY.path(ref)
    assert path is not None
    tree = read_policy_file(path)
    header = read_header(tree)
    text = succeeding(tree, header, Next("2027.1", date(2027, 1, 1), UPPER.header))
    before, after = path.read_text(encoding="utf-8").split("\n"), text.split("\n")
    kept = [line for line in after if line != f"supersedes: {ref}"]
    assert len(kept) == len(before)
    changed = {new.split(":")[0] for old, new in zip(before, kept, strict=True) if old != new}
    assert changed <= {"version", "in_force", "document", "filing", "status"}
    new = read_header(read_document(source_from_bytes(text.encode(), "next.yaml")))
    assert (new.version, new.supersedes, new.valid_from) == ("2027.1", ref, date(2027, 1, 1))
    assert new.valid_until == header.valid_until
    assert new.status != "filed"
    assert [blank.key for blank in blanks(new.place)][:1] == ["document"]


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [(date(2027, 1, 1), "2026-12-31", "2028-01-31"), (date(2027, 1, 1), "2027-06-30", "2027-06-30")],
)
def test_a_last_day_that_would_not_do_is_left_to_check(first: date, until: str, expected: str):
    text = TEXT.replace("in_force: {from: 2027-01-01}", f"in_force:\n  from: 2025-01-01\n  until: '{until}'")
    tree = read_document(source_from_bytes(text.encode(), "dairy.yaml"))
    new = succeeding(tree, read_header(tree), Next("2028.1", first, UPPER.header))
    assert str(read_header(read_document(source_from_bytes(new.encode(), "f.yaml"))).valid_until) == expected


def test_what_is_filed_is_a_draft_again():
    text = TEXT.replace("status: draft", "status: filed")
    tree = read_document(source_from_bytes(text.encode(), "dairy.yaml"))
    new = succeeding(tree, read_header(tree), Next("2028.1", date(2028, 1, 1), UPPER.header))
    assert "\nstatus: draft  #" in new


# ── the command ──


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path


def test_a_new_filing_stands_under_its_upper_text_and_is_never_overwritten(office: Path):
    code, out, err = call(
        "new", "industry", "dairy", "--implements", "xinjiang", "--version", "2027.1", cwd=office
    )
    assert (code, err) == (0, "")
    assert out.startswith("已写好 policies/xinjiang/dairy/2027.1.yaml，有5处要填写或核对")
    path = office / "policies/xinjiang/dairy/2027.1.yaml"
    written = path.read_bytes()
    assert written.decode() == TEXT
    assert b"\r" not in written
    code, _, err = call(
        "new", "industry", "dairy", "--implements", "xinjiang", "--version", "2027.1", cwd=office
    )
    assert (code, path.read_bytes()) == (1, written)
    assert "已经存在，没有改动它" in err
    assert Library([office / "policies"]).header("xinjiang/dairy@2027.1").status == "draft"


def test_lint_tells_exactly_what_is_left_to_fill(office: Path):
    call("new", "industry", "dairy", "--implements", "xinjiang", "--version", "2027.1", cwd=office)
    code, out, err = call("lint", "policies/xinjiang/dairy", "--format", "json", cwd=office)
    assert (code, err) == (0, "")
    found = json.loads(out)
    told = [finding["code"] for finding in found]
    unset = [slot for slot in slots_of(UPPER.tree).values() if "open_to" in slot.node]
    # PH345: the day by which the upper text wants it filed has passed
    assert Counter(told) == {"PH539": 5, "PH530": len(unset), "PH345": 1}


def test_the_next_version_stands_beside_the_last(office: Path):
    ask = ("new", "industry", "health", "--from", "examples/health", "--version", "2027.1")
    assert call(*ask, cwd=office)[0] == 0
    library = Library([office / "policies"])
    assert library.header("examples/health@2027.1").supersedes == "examples/health@2024.1"
    code, _, err = call("new", "industry", "health", "--from", "examples/health@2024.1", cwd=office)
    assert code == 1
    assert "已由 examples/health@2027.1 取代" in err


def test_a_dash_prints(office: Path):
    code, out, _ = call(
        "new", "industry", "dairy", "--implements", "xinjiang", "--version", "2027.1", "-o", "-", cwd=office
    )
    assert (code, out) == (0, TEXT)
    assert not (office / "policies/xinjiang/dairy").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("dairy", "--implements", "xinjang"), 1, "xinjang"),
        (("dairy", "--implements", "examples/health@2024.1"), 1, "本身是行业细则"),
        (("dairy", "--implements", "national/accounting@2018.1"), 1, "没有留给行业规定的内容"),
        (("dairy", "--from", "xinjiang"), 1, "不是行业细则"),
        (("dairy", "--from", "examples/health"), 1, "标识是“health”"),
        (("health", "--from", "examples/health", "--version", "2029.1"), 1, "没有有效的 xinjiang"),
        (("health", "--from", "examples/health", "--version", "2024.2"), 1, "不晚于"),
        (("农业", "--implements", "xinjiang"), 2, "不能作行业的标识"),
        (("../dairy", "--implements", "xinjiang"), 2, "不能作行业的标识"),
        (("dairy", "--implements", "xinjiang", "--version", "27"), 2, "不是版本"),
        (("dairy",), 2, "--implements"),
        (("dairy", "--implements", "xinjiang", "--from", "xinjiang"), 2, "只写其中一个"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_what_to_do(arguments, code, says, office: Path):
    found, out, err = call("new", "industry", *arguments, cwd=office)
    assert (found, out) == (code, "")
    assert says in err
    assert "怎么办" in err
    assert "内部出错" not in err
