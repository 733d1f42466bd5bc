"""The changes as a page: what the text form says, marked so that it needs no colour."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from desk.html.markup import Page, printed
from helpers import LIBRARY, ROOT
from policyhours.case.read import read_draft
from policyhours.cli.diff import diff as command
from policyhours.desk.changes.compared import comparison_lines, impact_lines, lines_text
from policyhours.desk.changes.difference import difference
from policyhours.desk.changes.impact import impact
from policyhours.desk.html.changes import changes_html
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_documents
from policyhours.text.source import read_source

OLD, NEW = (LIBRARY.policy(parse_reference(r)) for r in ("xinjiang@2023.1", "examples/general@2023.1"))
DRAFTS = [
    read_draft(node)
    for path in sorted((ROOT / "policies/examples/general/cases").glob("*.yaml"))
    for node in read_documents(read_source(path))
]
FOUND = difference(OLD, NEW)
MET = impact(FOUND, DRAFTS, LIBRARY, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("met", [None, MET], ids=["alone", "with cases"])
def test_it_says_every_line_of_the_text_form(lang, met):
    page = Page(changes_html(FOUND, met, lang))
    lines = [line.text for line in comparison_lines(FOUND, None, lang) if line.kind != "place"]
    lines += [lines_text(change, FOUND, lang) for change in FOUND.changes]
    lines += [line.text for line in impact_lines(met, lang, folders=False)] if met else []
    for line in lines:
        assert " ".join(line.split()) in page.text
    assert page.loads == []
    assert "script" not in page.tags
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert OLD.header.digest in page.text and NEW.header.digest in page.text


def test_what_is_looser_or_stricter_is_marked_without_colour(tmp_path):
    text = (ROOT / "policies/xinjiang/2023.1.yaml").read_text(encoding="utf-8")
    changed = text.replace("{hours: 60, per: year", "{hours: 70, per: year", 1)
    assert changed != text
    (tmp_path / "xinjiang").mkdir()
    (tmp_path / "xinjiang" / "2023.1.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "xinjiang" / "2023.2.yaml").write_text(
        changed.replace('version: "2023.1"', 'version: "2023.2"', 1), encoding="utf-8"
    )
    library = Library([tmp_path])
    one, two = (library.policy(parse_reference(f"xinjiang@2023.{n}")) for n in (1, 2))
    assert '<li class="changed looser"><span class="mark" aria-hidden="true">▽</span>' in changes_html(
        difference(one, two)
    )
    assert '<li class="changed stricter"><span class="mark" aria-hidden="true">▲</span>' in changes_html(
        difference(two, one)
    )


def test_what_is_new_or_gone_is_marked_without_colour():
    back = changes_html(difference(NEW, OLD))
    assert '<li class="removed"><span class="mark" aria-hidden="true">－</span><p>删去 ' in back
    assert '<li class="added"><span class="mark" aria-hidden="true">＋</span><p>新增 ' in changes_html(FOUND)


def test_where_nothing_changed_it_says_so():
    page = Page(changes_html(difference(OLD, OLD)))
    assert "没有变化" in page.text
    assert "section" not in page.tags


def test_it_prints(tmp_path):
    assert printed(changes_html(FOUND, MET), tmp_path) <= 4


def test_the_command_puts_the_page_in_its_place(tmp_path):
    out = tmp_path / "变化.html"
    called = [OLD.ref, NEW.ref, "--format", "html", "-o", str(out)]
    done = CliRunner().invoke(command, called)
    assert done.exit_code == 0, done.output
    assert "共16处变化" in Page(out.read_text(encoding="utf-8")).text
