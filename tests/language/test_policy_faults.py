"""A province's text with one thing wrong: refused at load, at its place, even where no case would notice."""

from __future__ import annotations

import pytest

from helpers import ROOT
from policyhours.language.library import Library
from policyhours.language.structure import check_policy
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

TEXT = (ROOT / "policies/xinjiang/2023.1.yaml").read_text(encoding="utf-8")
SPAN = "years: {by: degree_years, values: {ending: [1 - degree_span, 0], starting: [0, degree_span - 1]}}"


def load(text: str) -> None:
    tree = read_document(source_from_bytes(text.encode(), "x.yaml"))
    check_policy(tree)
    Library([]).resolve_file(tree, None)


def faults(before: str, after: str) -> list[str]:
    assert before in TEXT
    with pytest.raises(Refused) as caught:
        load(TEXT.replace(before, after, 1))
    return [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("{by: ip_scope, values: {all: any, invention_only: invention}}", "{by: degree, values: {bachelor: any}}", "PH315"),
        ("{by: event_roles, values: {one: [event], both: [event, kind]}", "{by: degree, values: {bachelor: [event]}", "PH315"),
        ("{by: completion_mode, values: {at_least: at_least, added: added}", "{by: degree, values: {bachelor: added}", "PH315"),
        (SPAN, "years: {by: degree, values: {bachelor: [0, 0]}}", "PH315"),
        ("{by: ip_scope, values: {all: any, invention_only: invention}}", "{by: ip_scope, values: {all: any}}", "PH313"),
        ("{all: any, invention_only: invention}", "{all: any, invention_only: inventon}", "PH303"),
        ("earned: total}", "earned: professional_share}", "PH409"),
        ("whole_down: floor(minutes / minutes_per_hour)}", "whole_down: floor(minutes)}", "PH409"),
        ("whole_down: floor(minutes / minutes_per_hour)}", "whole_down: minutes * 2}", "PH404"),
        ("自治区{industry}行业主管部门", "自治区{indstry}行业主管部门", "PH316"),
        ("自治区{industry}行业主管部门", "自治区{}行业主管部门", "PH316"),
        ("senior: regional, intermediate: local, junior: local, none: {", "senior: reginal, intermediate: local, junior: local, none: {", "PH312"),
        ("channel: pushed", "channel: pushd", "PH314"),
        ("sets: annual_hours", "sets: lecturing_factor", "PH311"),
        ("once_per: [patent]", "once_per: [degree]", "PH310"),
        ("like: degree", "like: degre", "PH308"),
        ("like: degree", "like: party_school_degree", "PH307"),
        ("filing: {by: industry, subject: professional", "filing: {by: industry, subject: profesional", "PH309"),
        ("completes: {subject: professional, may", "completes: {subject: publik, may", "PH309"),
        ('attested: "yes"', "attested: ja", "PH303"),
        ("title: 由自治区统一组织, type: boolean, attested: true", 'title: 由自治区统一组织, type: boolean, attested: "x"', "PH204"),
        ("step: 0.1", "step: 0", "PH318"),
        ("unit: day, at_least: 0, at_most: 366", "unit: day, at_least: 9, at_most: 8", "PH318"),
        ("title: 同一作品", "title: 同一活动", "PH317"),
        ("title: 进修项目", "title: 高级研修项目", "PH317"),
        ("{sole: 独立完成, joint: 与他人合作}", "{sole: 合作, joint: 合作}", "PH317"),
        ("{is: lecturing_factor * learning_time", "{is: 1 - lecturing_factor", "PH411"),
        ("{is: lecturing_factor * learning_time", "{is: 0 - lecturing_factor * learning_time", "PH416"),
        ("until: 2028-01-31", "until: 2022-01-31", "PH703"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_under_its_own_name(before, after, code):
    assert code in faults(before, after)


def test_a_fault_is_not_told_a_second_time_as_a_circle():
    assert faults("earned: total}", "earned: professional_share}") == ["PH409"]


def test_ceilings_cross_or_span_subjects():
    joint = "ceilings:\n  - {of: [%s], at_most: 50, per: year, article: 第八条第八项}\ncompletion:"
    for kinds, code in (("paper, training, public_course", "PH702"), ("paper, books", "PH308")):
        assert code in faults("completion:", joint % kinds)
    two = joint % "paper, book"
    crossing = two.replace(
        "completion:", "  - {of: [book, other], at_most: 50, per: year, article: 第八条第八项}\ncompletion:"
    )
    assert "PH701" in faults("completion:", crossing)
