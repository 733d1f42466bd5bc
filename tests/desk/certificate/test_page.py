"""The page: one sheet, in a font that has every letter of it, the same bytes for the same content."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from datetime import date

import pytest
from certified import ACT, HOLDER, ID_NUMBER, codes, issued, key, met, worked

from policyhours.desk.certificate import fonts
from policyhours.desk.certificate.check import check
from policyhours.desk.certificate.fonts import faces
from policyhours.desk.certificate.holder import act, holder
from policyhours.desk.certificate.issue import issue, put
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

PDFTOTEXT = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext reads the page")


def text_of(data: bytes) -> str:
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return "".join(found.stdout.decode("utf-8").split())


@PDFTOTEXT
def test_the_page_shows_every_figure_that_is_signed():
    text = text_of(issued())
    for said in (
        "专业技术人员继续教育培训合格证书",
        "2025年度",
        "证书编号：2025-0001",
        "试例·某某（证件号码9999**********0015）",
        "60学时（要求不少于60学时）",
        "公需科目30学时",
        "90学时（要求不少于90学时）",
        "职称层级：中级",
        "（新人社规〔2022〕9号）第十二",
        "规则xinjiang@2023.1",
        "试行签发机关",
        "2026年1月12日",
        check(issued(), key().public_key()).short,
    ):
        assert said in text, said
    assert ID_NUMBER not in text


@PDFTOTEXT
def test_the_page_of_a_reduced_year_shows_the_decision_and_not_its_ground():
    text = text_of(issue(worked("W7-reduce"), 2024, HOLDER, ACT, key()).data)
    assert "第十条决定：减少学时数为45学时" in text
    assert "45学时（要求不少于45学时）" in text
    assert "病" not in text


def test_it_is_one_page_and_the_name_is_not_in_its_properties():
    assert issued().count(b"/Type /Page\n") == 1
    info = issued()[issued().index(b"/Keywords") - 2000 :]
    assert "试例".encode("utf-16-be") not in info


@pytest.mark.parametrize(
    "name", ["<b>&(x)\\)/Keywords (a.b.c)", "Aÿ" * 30, "王" * 60, "%%EOF %PDF-1.7", "**粗** __线__"]
)
def test_a_hostile_or_very_long_name_is_printed_as_it_is(name):
    made = issue(met(), 2025, holder(name, ID_NUMBER), ACT, key()).data
    assert check(made, key().public_key(), name=name).genuine
    if shutil.which("pdftotext"):
        assert "".join(name.split()) in text_of(made)


def test_long_titles_numbers_and_issuers_still_fit_on_the_page():
    long = act("编" * 60, "某" * 60, date(2026, 12, 31))
    made = issue(met(), 2025, holder("王" * 60, ID_NUMBER, "高" * 60), long, key()).data
    assert check(made, key().public_key()).genuine


def test_a_letter_that_no_font_has_is_named_and_never_left_out():
    with pytest.raises(Refused) as refused:
        issue(met(), 2025, holder("王\u0e01", ID_NUMBER), ACT, key())
    assert codes(refused) == ["DK243"]
    assert "U+0E01" in tell_all(refused.value.findings)


def test_without_any_chinese_font_the_folders_and_the_remedy_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path / "none", tmp_path])
    with pytest.raises(Refused) as refused:
        faces(frozenset("证"))
    assert codes(refused) == ["DK241"]
    told = tell_all(refused.value.findings)
    assert str(tmp_path) in told
    assert "--font" in told


def test_a_damaged_font_is_passed_over_for_a_sound_one(tmp_path, monkeypatch):
    sound = faces(frozenset("证")).text.path
    (tmp_path / "simsun.ttc").write_bytes(b"ttcf" + bytes(8))
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path])
    with pytest.raises(Refused) as refused:
        faces(frozenset("证"))
    assert codes(refused) == ["DK241"]
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path, sound.parent])
    assert faces(frozenset("证")).text.path == sound


def test_of_a_collection_the_simplified_chinese_face_is_taken():
    from fontTools.ttLib import TTFont

    face = faces(frozenset("证")).text
    if face.path.name.startswith("NotoSerifCJK"):
        with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
            assert font["name"].getDebugName(1) == "Noto Serif CJK SC"


@pytest.mark.parametrize("data", [b"", b"no font", b"ttcf\0\1\0\0\0\0\0\0"])
@pytest.mark.parametrize("ending", [".ttf", ".ttc"])
def test_a_named_file_that_is_no_font_is_refused(tmp_path, data, ending):
    path = tmp_path / f"f{ending}"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        faces(frozenset("证"), path)
    assert codes(refused) == ["DK240"]


def test_a_named_font_without_a_letter_is_refused_and_a_single_face_is_enough(tmp_path):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "zheng"])
    builder.setupCharacterMap({ord("证"): "zheng"})
    builder.setupGlyf({name: TTGlyphPen(None).glyph() for name in (".notdef", "zheng")})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "zheng"), (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Trial", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path, data = tmp_path / "one.ttf", io.BytesIO()
    builder.save(data)
    path.write_bytes(data.getvalue())
    assert faces(frozenset("证"), path).heading.path == path
    with pytest.raises(Refused) as refused:
        faces(frozenset("证书"), path)
    assert codes(refused) == ["DK242"]
    assert "书（U+4E66）" in tell_all(refused.value.findings)


@pytest.mark.parametrize("missing", ["fpdf", "fontTools.ttLib"])
def test_without_a_package_the_extra_is_told(monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(Refused) as refused:
        issue(met(), 2025, HOLDER, ACT, key())
    assert codes(refused) == ["DK201"]
    assert "policyhours[desk]" in tell_all(refused.value.findings)


def test_a_certificate_is_put_in_place_and_never_over_another(tmp_path):
    made = issue(met(), 2025, HOLDER, ACT, key())
    put(made, tmp_path / "证书.pdf")
    assert [p.name for p in tmp_path.iterdir()] == ["证书.pdf"]
    with pytest.raises(Refused) as refused:
        put(made, tmp_path / "证书.pdf")
    assert codes(refused) == ["DK244"]
    assert (tmp_path / "证书.pdf").read_bytes() == issued()
