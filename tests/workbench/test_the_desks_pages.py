"""What the desk says stands in the workbench as the desk wrote it, and looks there as it does by itself."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from browsing import CONTRAST, PAGES, POLICIES, REF, to

from helpers import LIBRARY
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.form.compose import compose
from policyhours.desk.form.read import read_form
from policyhours.desk.html.answer import answer_body, answer_html
from policyhours.desk.html.page import style
from policyhours.desk.html.rules import rules_body, rules_html
from policyhours.desk.sentences.shown import shown
from policyhours.language.files import read_policy_file
from policyhours.language.reference import parse_reference
from policyhours.text.reader import read_document
from policyhours.text.source import read_source
from policyhours.workbench import downloads
from policyhours.workbench.view import View

RANGES = Path(__file__).parent / "ranges.yaml"
PROVINCE = "xinjiang@2023.1"


def day() -> date:
    return date.today()


def found() -> Any:
    return evaluate(read_draft(read_document(read_source(RANGES))), LIBRARY)


def opened(client: Any, lang: str = "zh") -> str:
    sent = {"file": (RANGES.name, RANGES.read_bytes())}
    return client.post(f"/case/{REF}?lang={lang}", files=sent).text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_answer_is_the_desks_sheet(client, lang):
    assert answer_body(found(), lang, level=3) in opened(client, lang)


@pytest.mark.parametrize("ref", [REF, PROVINCE, "xinjiang/accounting@2023.1"])
def test_the_rules_are_the_desks_page(client, ref):
    assert rules_body(shown(LIBRARY, parse_reference(ref), day())) in client.get(f"/rules/{ref}").text


def test_every_style_comes_from_a_sheet_of_the_workbench(client):
    for text in (opened(client), *(client.get(path).text for path in PAGES)):
        assert "<style" not in text and " style=" not in text
        sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)">', text)
        assert sheets
        for sheet in sheets:
            response = client.get(sheet)
            assert (response.status_code, response.headers["content-type"]) == (
                200,
                "text/css; charset=utf-8",
            )
    assert client.get("/static/answer.css").text.strip() == style("answer")


# ── downloads ──


def test_the_rules_are_downloaded_as_a_page_of_one_file(client):
    response = client.get(f"/page/{REF}")
    assert response.text == rules_html(shown(LIBRARY, parse_reference(REF), day()))
    assert "attachment" in response.headers["content-disposition"]


def test_a_filing_is_downloaded_as_a_workbook_that_says_the_same(client, tmp_path):
    response = client.get(f"/form/{REF}")
    assert response.headers["content-type"].endswith("spreadsheetml.sheet")
    path = tmp_path / "表.xlsx"
    path.write_bytes(response.content)
    assert read_form(path, LIBRARY).form == compose(
        read_policy_file(POLICIES / "examples/general/2023.1.yaml")
    )


def test_a_workbook_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    reply = downloads.form((POLICIES,), View("zh"), REF, day())
    assert openpyxl.load_workbook(BytesIO(reply.body)).sheetnames
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_filing_has_no_workbook(client):
    assert "/form/" in client.get(f"/rules/{REF}").text
    assert "/form/" not in client.get(f"/rules/{PROVINCE}").text
    response = client.get(f"/form/{PROVINCE}")
    assert response.status_code == 422
    assert "DK322" in response.text
    assert "content-disposition" not in response.headers


@pytest.mark.parametrize("kind", ["page", "form"])
@pytest.mark.parametrize("ref", ["nowhere", "..%2f..%2fetc%2fpasswd", "C:%5Cwindows", "xinjiang@1999.1", ""])
def test_of_a_policy_that_is_not_there_nothing_is_downloaded(client, kind, ref):
    response = client.get(f"/{kind}/{ref}")
    assert response.status_code == 404
    assert "<main" in response.text
    assert "content-disposition" not in response.headers


def test_both_are_offered_where_the_rules_are_read(desk, tmp_path):
    page = desk.open(f"/rules/{REF}")
    for label, name in (
        ("下载条文", "条文 examples-general@2023.1.html"),
        ("下载填写表", "填写表 examples-general@2023.1.xlsx"),
    ):
        with page.expect_download() as saved:
            page.click(f"a:has-text('{label}')")
        assert saved.value.suggested_filename == name


# ── in a browser ──

LOOK = """() => {
  const kept = ['display', 'color', 'backgroundColor', 'fontSize', 'fontWeight', 'fontFamily', 'lineHeight', 'textAlign', 'listStyleType',
    'letterSpacing', 'whiteSpace', 'verticalAlign', 'marginTop', 'marginBottom', 'marginLeft', 'paddingTop', 'paddingBottom', 'paddingLeft',
    'borderTopWidth', 'borderBottomWidth', 'borderLeftWidth', 'borderTopStyle', 'textDecorationLine'];
  return [...document.querySelectorAll('article *')].filter(e => !e.closest('.who') && !e.closest('svg')).map(e => {
    const look = getComputedStyle(e);
    return [e.className || e.tagName, ...kept.map(name => name + ' ' + look[name])].join('; ');
  });
}"""


def case_opened(desk: Any) -> Any:
    page = desk.open(f"/case/{REF}")
    page.click("summary:has-text('打开个案文件')")
    page.set_input_files("#file", RANGES)
    page.click("details.open button")
    page.wait_for_selector("#outcome article")
    page.wait_for_load_state()  # the style sheets, too
    return page


def alone(browser: Any, html: str, path: Path, width: int) -> Any:
    path.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 900])
def test_the_answer_looks_as_it_does_by_itself(browser, desk, tmp_path, width):
    desk.page.set_viewport_size({"width": width, "height": 900})
    itself = alone(browser, answer_html(found()), tmp_path / "a.html", width)
    within = case_opened(desk).evaluate(LOOK)
    # its first heading is a level lower there
    assert [re.sub("^H[1-6]", "H", look) for look in within] == [
        re.sub("^H[1-6]", "H", look) for look in itself.evaluate(LOOK)
    ]
    itself.close()


@pytest.mark.parametrize("width", [320, 1200])
def test_the_rules_look_as_they_do_by_themselves(browser, desk, tmp_path, width):
    desk.page.set_viewport_size({"width": width, "height": 900})
    html = rules_html(shown(LIBRARY, parse_reference(REF), day()))
    itself = alone(browser, html, tmp_path / "r.html", width)
    assert desk.open(f"/rules/{REF}").evaluate(LOOK) == itself.evaluate(LOOK)
    itself.close()


BROKEN = "[...document.querySelectorAll('.n span')].filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
OUTSIDE = """() => [...document.querySelectorAll('#outcome article *')].filter(
  e => e.getBoundingClientRect().right > document.querySelector('#outcome').getBoundingClientRect().right).map(e => e.outerHTML)"""


@pytest.mark.parametrize("width", [320, 560, 768, 1030, 1200])
def test_at_any_width_the_sheet_fits_and_no_number_is_broken(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 900})
    page = case_opened(desk)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize("kind", ["desk", "dark_desk"])
def test_the_letters_of_an_answer_stand_out_from_their_ground(request, kind):
    assert case_opened(request.getfixturevalue(kind)).evaluate(CONTRAST) == []


def test_with_an_answer_headings_are_in_order(desk):
    page = case_opened(desk)
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])")
    assert levels[0] == levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


AT_THE_END = """() => new Promise(done => {
  const outcome = document.querySelector('#outcome');
  const look = () => outcome.scrollTop > 0 && outcome.scrollTop + outcome.clientHeight > outcome.scrollHeight - 2
    ? done(true) : requestAnimationFrame(look);
  setTimeout(() => done(false), 20000);
  look();
})"""


def test_a_long_answer_is_read_by_keyboard_alone(desk):
    page = case_opened(desk)
    page.focus("#f-case")
    to(page, "#outcome")
    page.keyboard.press("End")
    assert page.evaluate(AT_THE_END)


def test_printed_is_the_sheet_alone(desk):
    page = case_opened(desk)
    page.emulate_media(media="print")
    assert page.inner_text("main").startswith("继续教育学时答复单")
    assert page.is_visible("#outcome .who >> nth=0")
    assert not page.is_visible("body > footer")
    assert page.is_visible("article footer")
