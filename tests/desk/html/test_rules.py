"""The rules as a page: every sentence of the text form, what differs marked, links that lead somewhere."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from desk.html.markup import Page, printed
from helpers import LIBRARY, ROOT, trial_head
from policyhours.cli.show import show as command
from policyhours.desk.html.rules import chapters, rules_html
from policyhours.desk.sentences.contested import Otherwise
from policyhours.desk.sentences.provision import cited
from policyhours.desk.sentences.shown import shown
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference

DAY = date(2025, 6, 1)
REFS = [
    "xinjiang@2023.1",
    "xinjiang/accounting@2023.1",
    "examples/general@2023.1",
    "national/accounting@2018.1",
]
HOSTILE = "</style><script>alert(1)</script>&<img src=x>"


def found(ref: str, library: Library = LIBRARY, part: str | None = None):
    return shown(library, parse_reference(ref), DAY, part)


def articles(ref: str):
    return [article for chapter in chapters(found(ref)) for article in chapter.articles]


@pytest.mark.parametrize("ref", REFS)
def test_the_page_says_every_provision_with_its_clauses_and_its_text(ref):
    those = found(ref)
    page = Page(rules_html(those))
    for provision in those.said:
        assert " ".join((provision.text + cited(provision)).split()) in page.text
        assert provision.source.document in page.text
    for header in those.policy.layers:
        assert header.digest in page.text
    assert len([i for i in page.ids if i.startswith("p")]) == len(those.said)


@pytest.mark.parametrize("ref", REFS)
def test_it_is_well_formed_loads_nothing_and_its_links_lead_somewhere(ref):
    page = Page(rules_html(found(ref)))
    assert page.loads == []
    assert "script" not in page.tags
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    chapter_links = [link for link in page.links if link.startswith("#c")]
    assert len(chapter_links) == len(set(chapter_links)) == len(chapters(found(ref)))


def test_a_provision_of_the_filing_is_marked_with_its_bounds_and_what_the_upper_text_says():
    paper = next(a for a in articles("examples/general@2023.1") if a.title == "学术论文" and a.differs)
    assert (
        paper.said
        == "学时：按署名方式：独立完成为20，与他人合作（按署名次序，1：15，2及以上：5）。（细则第八条）"
    )
    assert paper.document == "示例备〔2023〕1号"
    assert paper.mark.startswith("〔本细则第")
    assert "允许不低于0" in paper.mark
    assert paper.before.startswith("学时：由行业实施细则规定（不少于0）。")
    html = rules_html(found("examples/general@2023.1"))
    assert '<div class="article differs" id="p15-5">' in html
    assert f"<del>{paper.before}</del>" in html


def test_what_only_narrows_is_told_with_its_bounds_where_it_may_be_set():
    ceiling = next(a for a in articles("xinjiang@2023.1") if a.said.startswith("每年最多计60学时"))
    assert ceiling.leeway == "行业实施细则可以另定，不低于0、不高于60。（第八条第二项）"
    share = next(a for a in articles("xinjiang@2023.1") if a.title == "专业科目占比")
    assert "行业实施细则可以另定，不低于2/3、不高于1。" in share.said
    assert share.leeway == ""


def test_what_nobody_has_set_is_listed_before_all_else_and_what_differs_too():
    text = Page(rules_html(found("xinjiang@2023.1"))).text
    assert "尚待行业实施细则规定的（6处）" in text
    assert "与上位文件不同的" not in text
    text = Page(rules_html(found("xinjiang/accounting@2023.1"))).text
    assert "与上位文件不同的（22处）" in text
    assert "尚待行业实施细则规定的（2处）" in text
    assert "草稿：没有公布或备案，只能用于试算。" in text


def test_a_contested_reading_says_how_it_was_read_and_why():
    text = Page(rules_html(found("xinjiang@2023.1"))).text
    assert "采用：以应完成的总学时为基数。理由：若以实际取得为基数" in text
    assert "另一种读法：以实际取得的总学时为基数。（第五条）" in text


def test_a_provision_that_hangs_on_a_contested_reading_says_what_it_would_be():
    base = next(a for a in articles("xinjiang@2023.1") if a.title == "占比的基数")
    (other,) = base.hangs
    assert (other.option, other.said) == ("以实际取得的总学时为基数", ("占比的基数：总学时（学时）。",))
    html = rules_html(found("xinjiang@2023.1"))
    said = f"有争议（{other.links[0]}），如读作“以实际取得的总学时为基数”：占比的基数：总学时（学时）。"
    assert said in Page(html).text
    assert f"如读作“以实际取得的总学时为基数”：改变的是 {base.number}。" in Page(html).text


@pytest.mark.parametrize("ref", REFS)
def test_readings_and_what_hangs_on_them_name_each_other(ref):
    there = {article.number: article for article in articles(ref)}
    hanging = {(n, link) for n, article in there.items() for other in article.hangs for link in other.links}
    changed = {(link, n) for n, article in there.items() for other in article.changes for link in other.links}
    assert hanging == changed
    readings = [n for n, article in there.items() if article.title == "有争议的读法"]
    assert {reading for _, reading in hanging} == set(readings)


def test_a_part_without_its_reading_still_says_what_it_would_be():
    html = rules_html(found("xinjiang@2023.1", part="视为完成"))
    assert "有争议，如读作“相加”：视为完成的年度，在实得学时之外另加要求的学时。" in Page(html).text
    assert set(Page(html).links) == {"#c1"}


def test_where_another_reading_takes_a_provision_away_or_adds_one_it_says_so(monkeypatch):
    said = found("xinjiang@2023.1").said
    reading = LIBRARY.policy(parse_reference("xinjiang@2023.1")).readings["share_base"]
    gone = Otherwise(reading, "earned", (said[0],), ())
    more = Otherwise(reading, "earned", (), (said[1],))
    monkeypatch.setattr("policyhours.desk.html.rules.otherwise", lambda policy, upper: [gone, more])
    text = Page(rules_html(found("xinjiang@2023.1"))).text
    assert "如读作“以实际取得的总学时为基数”：没有这一条。" in text
    assert f"如读作“以实际取得的总学时为基数”：改变的是 1.1。另有：{said[1].text}" in text


def test_a_hostile_title_is_only_text(tmp_path):
    (tmp_path / "trial").mkdir()
    head = trial_head().replace("title: 试行细则", f"title: '{HOSTILE}'")
    (tmp_path / "trial" / "2023.1.yaml").write_text(head, encoding="utf-8")
    html = rules_html(found("trial@2023.1", Library([tmp_path, ROOT / "policies"])))
    page = Page(html)
    assert html.count("</style>") == 1
    assert HOSTILE in page.text
    assert not {"script", "img"} & set(page.tags)


def test_it_does_not_tell_in_which_folders_of_the_computer_the_texts_stand():
    assert "〔本细则〕" in rules_html(found("examples/general@2023.1"))
    assert ".yaml" not in rules_html(found("examples/general@2023.1"))


def test_one_part_can_be_asked_for():
    said = found("xinjiang@2023.1", part="lecture").said
    page = Page(rules_html(found("xinjiang@2023.1", part="lecture")))
    assert len([i for i in page.ids if i.startswith("p")]) == len(said) < 20
    assert "授课倍数" in page.text


def test_it_prints_on_few_pages_and_numbers_them(tmp_path):
    assert 3 <= printed(rules_html(found("xinjiang@2023.1")), tmp_path) <= 9


def test_the_command_puts_the_page_in_its_place(tmp_path):
    out = tmp_path / "条文.html"
    done = CliRunner().invoke(command, ["xinjiang@2023.1", "--format", "html", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert "已写出" in done.output
    assert Page(out.read_text(encoding="utf-8")).text
    assert CliRunner().invoke(command, ["xinjiang@2023.1", "-o", str(out)]).exit_code == 2
    refused = CliRunner().invoke(command, ["xinjiang", "--format", "html", "-o", str(tmp_path / "a.yaml")])
    assert refused.exit_code == 1
    assert "DK102" in refused.output
