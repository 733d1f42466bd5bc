"""Slips of the hand: a line copied and not changed, a stray sign, a wrong digit of a year."""

from __future__ import annotations

import pytest
from edited import ACCOUNTING, AGRICULTURE, EDUCATION, GENERAL, HEALTH, PROVINCE, told

CHANNEL = (
    "    title: 其他继续教育形式\n    article: [第七条第十项, 第八条第十项]\n    subject: professional\n"
)
STRUCTURE = "structure: {条: 20}\n"
FIVE = "    - {signatory: ..5, article: 细则第三条, otherwise: 不是前五名完成人}\n"
HOST = "      - {official_host: true, article: 第七条第二项, otherwise: 不是人社部门或行业主管部门主办}\n"
JOINT = "  - {of: [paper, book], at_most: 45, per: year, article: 细则第六条}\n"
PUBLIC = "  - {of: public, at_least: public_share * annual_hours, per: year, article: 第五条}\n"


@pytest.mark.parametrize(
    ("path", "edits", "expected"),
    [
        (AGRICULTURE, [(FIVE, FIVE + FIVE)], ["PH612 {"]),
        (AGRICULTURE, [(FIVE, FIVE + FIVE.replace("第三条", "第八条"))], ["PH612 {"]),
        (PROVINCE, [(HOST, HOST + HOST)], ["PH612 {"]),
        (PROVINCE, [(PUBLIC, PUBLIC + PUBLIC)], ["PH612 {"]),
        (HEALTH, [(JOINT, JOINT + JOINT)], ["PH612 {", "PH720 {"]),
        (HEALTH, [("  further_study:\n", "  further_study:\n    - {official_host: true, article: 细则第七条, otherwise: 不是}\n")], ["PH612 {"]),
        (AGRICULTURE, [(FIVE, FIVE + FIVE.replace("..5", "..6"))], []),
        (PROVINCE, [(CHANNEL + "    channel: applied\n", CHANNEL)], ["PH356 other"]),
        (PROVINCE, [("unit: hour/day, may: true", "unit: hour/day, may: false")], ["PH357 false"]),
        (AGRICULTURE, [("issued_on: 2024-02-20", "issued_on: 1024-02-20")], ["PH360 {"]),
        (PROVINCE, [("in_force: {from: 2023-02-01", "in_force: {from: 1023-02-01")], ["PH360 {"]),
        (EDUCATION, [("{title: 说课稿字数, type: integer, unit: char", "{title: 说课稿字数, type: integer, unit: person")], ["PH453 person"]),
        (HEALTH, [("{region: 3, unit: 1}", "{region: -3, unit: 1}")], ["PH454 -3"]),
        (AGRICULTURE, [("at_most: 12, per: event", "at_most: -12, per: event")], ["PH454 -12"]),
        (PROVINCE, [("bachelor: 4, master: 3", "bachelor: 4, master: -3")], ["PH454 -3"]),
        (PROVINCE, [("industry_may: {at_least: professional_share", "industry_may: {at_least: professional_shar")], ["PH410 professional_shar"]),
        (PROVINCE, [("article: [第七条第十项, 第八条第十项]", "article: [第八条第十项, 第八条第十项]")], ["PH734 第八条第十项"]),
        (PROVINCE, [("by: [title_level, qualification_level]", "by: [qualification_level]")], ["PH602 {"]),
        (ACCOUNTING, [("degree_course: degree_course", "degree_ourse: degree_course")], ["PH523 degree_ourse"]),
        (GENERAL, [(STRUCTURE, "")], ["PH733 not_encoded"]),
    ],
)  # fmt: skip
def test_a_slip_is_told(tmp_path, path, edits, expected):
    assert sorted(told(tmp_path, path, *edits)) == sorted(expected)


def test_a_long_document_is_counted_to_its_end(tmp_path):
    cited = ("article: 细则第二十条", "article: [细则第二十条, 细则第一百零一条]")
    found = told(tmp_path, GENERAL, (STRUCTURE, "structure: {条: 102}\n"), cited)
    assert found == ["PH711 structure"] * 81
