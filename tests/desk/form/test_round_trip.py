"""A form goes both ways: nothing that a filing says is lost in a workbook, and nothing is added."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import LIBRARY, ROOT
from policyhours.desk.form.compose import compose
from policyhours.desk.form.emit import Emitted
from policyhours.desk.form.filing import filing_of
from policyhours.desk.form.read import read_form
from policyhours.desk.form.written import write_form
from policyhours.language.files import read_policy_file
from policyhours.language.header import digest
from policyhours.language.reference import parse_reference
from policyhours.text.comments import layout_of
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import Source, source_from_bytes
from policyhours.text.tree import Mapping, plain

POLICIES = [p for p in sorted((ROOT / "policies").rglob("*.yaml")) if "cases" not in p.parts]
FILINGS = [p for p in POLICIES if "implements:" in p.read_text("utf-8")]


def named(path: Path) -> str:
    return path.relative_to(ROOT / "policies").as_posix()


def said(text: str) -> Mapping:
    tree = read_document(source_from_bytes(text.encode(), "x"))
    assert isinstance(tree, Mapping)
    return tree


def comments(tree: Mapping) -> list[str]:
    return [comment.text for comment in layout_of(tree.place.source).comments]


def test_there_are_filings_to_try():
    assert len(FILINGS) >= 6


@pytest.mark.parametrize("path", FILINGS, ids=named)
def test_a_filing_comes_back_from_its_workbook_as_it_was(path, tmp_path):
    tree = read_policy_file(path)
    form = compose(tree)
    write_form(tmp_path / "表.xlsx", form, LIBRARY.policy(parse_reference(form.says("implements"))))
    filled = read_form(tmp_path / "表.xlsx", LIBRARY)
    assert filled.form == form
    assert filled.findings == ()
    again = said(filing_of(filled, LIBRARY).text)
    assert digest(again) == digest(tree)
    assert comments(again) == comments(tree)
    assert [part.key.text for part in compose(again).parts] == list(tree.keys())


@pytest.mark.parametrize("path", POLICIES, ids=named)
def test_the_model_of_a_form_loses_nothing_of_any_policy(path):
    tree = read_policy_file(path)
    form = compose(tree)
    again = said(Emitted(form).text)
    assert (plain(again), comments(again), compose(again)) == (plain(tree), comments(tree), form)


PATH = ROOT / "policies/examples/agriculture/2024.1.yaml"
words = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), st.booleans(), words), max_size=6))
def test_comments_come_back_wherever_they_stand(notes):
    lines = PATH.read_text("utf-8").split("\n")
    for number, alone, word in sorted(notes, key=lambda note: note[0], reverse=True):
        if number < len(lines) and lines[number]:
            if alone:
                lines.insert(number, f"  # {word}".rstrip())
            else:
                lines[number] += f"  # {word}".rstrip()
    try:
        tree = said("\n".join(lines))
    except Refused:
        return  # characters that no filing may hold
    form = compose(tree)
    again = said(Emitted(form).text)
    assert plain(again) == plain(tree)
    assert comments(again) == comments(tree)
    assert compose(again) == form


titles = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(max_examples=150, deadline=None)
@given(titles, titles, st.sampled_from(["20", "2/3", "a * b", "max(1, b - 1)", '"20"', "true"]))
def test_any_text_comes_back_as_the_same_text(title, label, value):
    import json

    text = (
        f"title: {json.dumps(title, ensure_ascii=False)}\n"
        f"values:\n  v: {{is: {value if ',' not in value else json.dumps(value)}, title: {json.dumps(label)}}}\n"
        f"facts:\n  f: {{one_of: {{a: {json.dumps(label, ensure_ascii=False)}, b: B}}}}\n"
    )
    try:
        tree = said(text)
    except Refused:
        return
    form = compose(tree)
    assert plain(said(Emitted(form).text)) == plain(tree)


def test_an_entry_that_no_row_can_say_keeps_its_own_lines():
    form = compose(read_policy_file(PATH))
    sets = form.part("sets")
    assert sets is not None
    other = next(entry for entry in sets.entries if entry.key.text == "other.hours")
    assert other.text is not None
    assert other.text.text.startswith("other.hours:\n  by: other_form\n")


@pytest.mark.parametrize(
    "entry",
    [
        "other.hours:  # 乙\n    is: 3\n    # 丙\n    article: 细则第一条",
        "other.hours: {is: 3, may: true}",
        "other.hours: 3",
        "other.hours: {by: [role], values: {lead: 1}}",
        "other.hours: {is: 3, article: [细则第一条]}",
        "other.hours: |\n    甲\n\n    乙",
        "other.hours: {by: role, values: {lead: 1}, otherwise: {by: role, values: {lead: 1}}}",
    ],
)
def test_what_cells_cannot_say_is_kept_as_it_is_written(entry):
    tree = said(f"sets:\n  # 甲\n  {entry}\n  paper.hours: {{is: 1}}\n")
    form = compose(tree)
    part = form.part("sets")
    assert part is not None
    assert part.entries[0].text is not None
    again = said(Emitted(form).text)
    assert (plain(again), comments(again)) == (plain(tree), comments(tree))


def test_several_entries_on_one_line_are_refused_with_what_to_do():
    with pytest.raises(Refused) as refused:
        compose(said("{policy: a, version: b}"))
    assert [finding.code for finding in refused.value.findings] == ["DK301"]


def test_a_comment_is_found_beside_a_text_that_looks_like_one():
    layout = layout_of(Source("x", 'a: "# 不是"  # 是\nb: x#y\n# 也是\n'))
    assert [(c.line, c.text, c.alone) for c in layout.comments] == [(1, "# 是", False), (3, "# 也是", True)]


def test_a_text_too_long_for_a_cell_goes_into_several(tmp_path):
    path = ROOT / "policies/examples/health/2024.1.yaml"
    more = "".join(f"    # 第{number}行，{'说明' * 40}\n" for number in range(900))
    text = path.read_text("utf-8").replace("    article: 细则第五条\n", f"    article: 细则第五条\n{more}", 1)
    tree = said(text)
    form = compose(tree)
    assert max(len(part.text.text) for part in form.parts if part.text) > 70_000
    write_form(tmp_path / "表.xlsx", form, LIBRARY.policy(parse_reference("xinjiang@2023.1")))
    filled = read_form(tmp_path / "表.xlsx", LIBRARY)
    assert filled.form == form


def test_a_line_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path):
    path = ROOT / "policies/examples/health/2024.1.yaml"
    form = compose(said(path.read_text("utf-8") + "# " + "长" * 33_000 + "\n"))
    with pytest.raises(Refused) as refused:
        write_form(tmp_path / "表.xlsx", form, LIBRARY.policy(parse_reference("xinjiang@2023.1")))
    assert [finding.code for finding in refused.value.findings] == ["DK317"]
    assert list(tmp_path.iterdir()) == []
