"""The workbench as people use it: in a real browser, by keyboard, without script, at 400 % zoom."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from browsing import CONTRAST, PAGES, POLICIES, REF, VERDICT, filled, kept, to

import policyhours

FAULTY = POLICIES / "examples/general/2023.1.yaml"
ALL = [*PAGES, "/nothing"]


# ── by keyboard ──


def typed(page: Any, selector: str, text: str) -> None:
    to(page, selector)
    page.keyboard.type(text)


def picked(page: Any, selector: str, label: str) -> None:
    """Choose in a list with the arrows, from its beginning."""
    to(page, selector)
    for _ in range(60):
        if page.eval_on_selector(selector, "s => s.selectedOptions[0].label") == label:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(label)


def dated(page: Any, selector: str, month: str, day: str, year: str) -> None:
    """Type a day; the browser asks for its parts in the order of its own language, English here."""
    to(page, selector)
    for part in (month, day, year):
        page.keyboard.type(part)
    assert page.input_value(selector) == f"{year}-{month}-{day}"


def test_a_case_is_filled_in_and_read_by_keyboard_alone(desk, tmp_path):
    page = desk.open("/")
    to(page, f'a[href="/case/{REF}"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/**")
    typed(page, "#f-case", "W1")
    typed(page, "#f-person-id", "p-001")
    picked(page, "#f-person-title_level", "中级")
    picked(page, "#new-kind", "继续教育培训活动")
    to(page, 'button[value="add:activities"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#f-activities-0-hours")
    dated(page, "#f-activities-0-date", "03", "10", "2025")
    typed(page, "#f-activities-0-hours", "90")
    picked(page, "#f-activities-0-assessment", "考核合格")
    to(page, "button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(VERDICT.format("✔ 达到要求"))
    assert page.inner_text("#outcome .verdict strong") == "✔ 达到要求"
    assert page.evaluate("document.activeElement.id") == "outcome"
    kept(page, tmp_path / "answer.png")


def test_the_focus_can_be_seen_wherever_it_is(desk):
    page = desk.open(f"/case/{REF}")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")


# ── the answer follows the form ──


def test_the_verdict_changes_with_a_reading_and_with_every_figure(desk, tmp_path):
    page = desk.open(f"/case/{REF}")
    filled(page)
    page.wait_for_selector("#live:text-matches('^2025：达到要求')", state="attached")
    page.click("summary:has-text('换用读法')")
    page.select_option("#f-readings-share_base", label="以实际取得的总学时为基数")
    page.wait_for_selector("#live:text-matches('2025：未达到要求')", state="attached")
    assert "试算" in page.inner_text("#outcome")
    kept(page, tmp_path / "reading.png")
    page.fill("#f-activities-1-hours", "30")
    page.wait_for_selector("#live:text-matches('2025：达到要求')", state="attached")


def test_with_another_kind_other_facts_are_asked_for_and_nothing_vanishes_unsaid(desk):
    page = desk.open(f"/case/{REF}")
    filled(page)
    page.select_option("#f-activities-0-kind", label="学术论文")
    page.wait_for_selector("#f-activities-0-authorship")
    assert page.query_selector("#f-activities-0-hours") is None
    assert page.evaluate("document.activeElement.id") == "f-activities-0-kind"


def test_without_script_the_buttons_do_the_same(plain_desk, tmp_path):
    page = plain_desk.open(f"/case/{REF}")
    filled(page)
    page.click("button.main")
    assert page.inner_text("#outcome .verdict strong") == "✔ 达到要求"
    page.click("summary:has-text('换用读法')")
    page.select_option("#f-readings-share_base", label="以实际取得的总学时为基数")
    page.click("button.main")
    assert page.inner_text("#outcome .verdict strong") == "✘ 未达到要求"
    page.select_option("#f-activities-0-kind", label="学术论文")
    page.click("#activities-0 .update")
    assert page.is_visible("#f-activities-0-authorship")
    assert "没有采用：核定学时（60）、考核结果（考核合格）" in page.inner_text(".note")
    page.click("#activities-0 button[value^=remove]")
    assert "公需科目学习" in page.inner_text("#activities-0 legend")
    kept(page, tmp_path / "plain.png")


def test_a_mistake_is_told_beside_its_field_and_at_the_top(plain_desk, tmp_path):
    page = plain_desk.open(f"/case/{REF}")
    filled(page, hours="6o")
    page.fill("#f-case", "")
    page.click("button.main")
    assert "“个案编号”没有填写" in page.inner_text("#f-case-fault")
    page.fill("#f-case", "W1")
    page.click("button.main")
    assert "6o" in page.inner_text("#f-activities-0-hours-fault")
    assert page.get_attribute("#f-activities-0-hours", "aria-invalid") == "true"
    assert "f-activities-0-hours-fault" in page.get_attribute("#f-activities-0-hours", "aria-describedby")
    page.click("#faults a")
    assert page.evaluate("document.activeElement.id") == "f-activities-0-hours"
    kept(page, tmp_path / "mistake.png")


# ── files ──


def test_the_case_is_downloaded_and_opened_again(desk, tmp_path):
    page = desk.open(f"/case/{REF}")
    filled(page)
    with page.expect_download() as saved:
        page.click("button[value=yaml]")
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    assert path.name == "个案.yaml"
    assert policyhours.evaluate(path, policies=POLICIES).result.years[2025].verdict == "met"
    page = desk.open(f"/case/{REF}")
    page.click("summary:has-text('打开个案文件')")
    page.set_input_files("#file", path)
    page.click("details.open button")
    assert page.input_value("#f-activities-1-hours") == "80"
    assert page.inner_text("#outcome .verdict strong") == "✔ 达到要求"


def test_the_answer_sheet_is_downloaded_as_one_page(desk, tmp_path):
    page = desk.open(f"/case/{REF}")
    filled(page)
    with page.expect_download() as saved:
        page.click("button[value=sheet]")
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert path.name == "答复单.html"
    assert "继续教育学时答复单" in text and "达到要求" in text and "http" not in text


def test_a_faulty_filing_is_told_at_its_lines(desk, tmp_path):
    page = desk.open("/check")
    lines = FAULTY.read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = lines[at].replace(": ", "：", 1)
    path = tmp_path / "细则.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    page.set_input_files("#file", path)
    page.click("main button")
    assert "“细则.yaml”：错误1处" in page.inner_text("#summary")
    below = page.query_selector(f"#L{at + 1} + .finding")
    assert "PH117" in below.inner_text()
    assert page.inner_text(f"#L{at + 1} mark") == "："
    page.click(".toc a")
    assert page.evaluate("location.hash") == f"#L{at + 1}"
    kept(page, tmp_path / "filing.png")


def test_a_file_of_another_encoding_is_told_as_such(plain_desk, tmp_path):
    page = plain_desk.open("/check")
    path = tmp_path / "gbk.yaml"
    path.write_bytes("policy: 细则\n".encode("gbk"))
    page.set_input_files("#file", path)
    page.click("main button")
    assert "GBK" in page.inner_text("#outcome")


def test_without_a_file_the_page_says_so_beside_the_field(plain_desk):
    page = plain_desk.open("/check")
    page.click("main button")
    assert "没有选择文件" in page.inner_text("#file-fault")


# ── for everybody ──


@pytest.mark.parametrize("path", ALL)
def test_at_four_hundred_percent_nothing_scrolls_sideways(narrow_desk, path, tmp_path):
    page = narrow_desk.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    kept(page, tmp_path / "narrow.png")
    narrow_desk.complaints.clear()  # a page that is not there is told in the console as well


def test_an_answer_and_a_filing_do_not_scroll_sideways_either(narrow_desk, tmp_path):
    page = narrow_desk.open(f"/case/{REF}")
    filled(page)
    page.click("button.main")
    page.wait_for_selector(VERDICT.format("✔ 达到要求"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    kept(page, tmp_path / "answer.png")
    page = narrow_desk.open("/check")
    page.set_input_files("#file", FAULTY)
    page.click("main button")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    kept(page, tmp_path / "filing.png")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_has_its_label_and_headings_are_in_order(desk, path, lang):
    page = desk.open(f"{path}?lang={lang}")
    if path.startswith("/case"):
        filled_in_english = {"zh": "添加", "en": "add"}[lang]
        page.click(f'button[value="add:activities"]:has-text("{filled_in_english}")')
        page.wait_for_selector("#f-activities-0-kind")
    unlabelled = page.evaluate(
        "[...document.querySelectorAll('input, select')].filter(e => !e.labels.length).map(e => e.outerHTML)"
    )
    assert unlabelled == []
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    twice = page.evaluate(
        "(i => i.filter((x, n) => i.indexOf(x) !== n))([...document.querySelectorAll('[id]')].map(e => e.id))"
    )
    assert twice == []
    assert page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[lang]


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("kind", ["desk", "dark_desk"])
def test_letters_stand_out_from_their_ground(request, kind, path):
    desk = request.getfixturevalue(kind)
    page = desk.open(path)
    assert page.evaluate(CONTRAST) == []
    desk.complaints.clear()


@pytest.mark.parametrize("kind", ["desk", "dark_desk"])
def test_the_letters_of_findings_stand_out_too(request, kind, tmp_path):
    desk = request.getfixturevalue(kind)
    page = desk.open("/check")
    path = tmp_path / "a.yaml"
    path.write_text("policy：x\n", encoding="utf-8")
    page.set_input_files("#file", path)
    page.click("main button")
    page.wait_for_selector(".finding")
    page.wait_for_load_state()  # the style sheets, too
    assert page.evaluate(CONTRAST) == []
    page = desk.open(f"/case/{REF}")
    filled(page, other="6o")
    page.click("button.main")
    page.wait_for_selector(".fault")
    page.wait_for_load_state()
    assert page.evaluate(CONTRAST) == []


def test_another_page_in_the_browser_can_do_nothing(browser, address, tmp_path):
    """A page from elsewhere posts a form and asks for data: neither comes to anything."""
    context = browser.new_context()
    page = context.new_page()
    hostile = tmp_path / "hostile.html"
    hostile.write_text(
        f'<form method="post" action="{address}case/{REF}"><input name="do" value="assess"><button>x</button></form>',
        encoding="utf-8",
    )
    page.goto(hostile.as_uri())
    read = page.evaluate(
        "async u => { try { return await (await fetch(u)).text() } catch { return 'refused' } }",
        f"{address}api/policies",
    )
    assert read == "refused"
    with page.expect_navigation() as gone:
        page.click("button")
    assert gone.value.status == 403
    context.close()
