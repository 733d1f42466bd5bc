"""National precedence (article 16): clause by clause, with everything that a clause needs, and by rule."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from helpers import trial_head
from policyhours.language.calculator import Calculator
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.structure import check_policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.text.tree import Mapping, plain

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Library([ROOT / "policies", Path(__file__).parent / "texts"])
HEAD = trial_head(status="illustrative", in_force="{from: 2023-02-01, until: 2025-12-31}")
RATE = "values:\n  rate: {is: 1, unit: hour/credit, article: 第十六条}\n"


def prevails(over: str, text: str = "national/short@2020.1", more: str = "") -> str:
    return f"prevails:\n  - {{text: {text}, over: {over}, article: 第十六条, because: 测试{more}}}\n"


def laid(body: str, head: str = HEAD) -> Policy:
    tree = read_document(source_from_bytes((head + body).encode(), "trial.yaml"))
    check_policy(tree)
    assert isinstance(tree, Mapping)
    return TEXTS.resolve_file(tree, None)


def refused(body: str, head: str = HEAD) -> Finding:
    with pytest.raises(Refused) as caught:
        laid(body, head)
    (finding,) = caught.value.findings
    assert finding.place is not None
    assert finding.place.source.name == "trial.yaml"
    return finding


def worth(policy: Policy, kind: str, **given: object) -> object:
    hours = policy.rules().standards[kind].hours
    assert hours is not None
    return Calculator().value(hours, given)


def stands_in(finding: Finding, label: str) -> str:
    return dict(finding.also)[label].source.name.rpartition("policies/")[2]


# ── what prevails, and what stands ──


def test_the_accounting_text_prevails_over_what_it_regulates_and_the_rest_stands():
    policy = laid("", (ROOT / "policies/xinjiang/accounting/2023.1.yaml").read_text(encoding="utf-8"))
    assert worth(policy, "paper", authorship="sole") == 30
    assert worth(policy, "paper", authorship="joint", author_order=2) == 10
    assert worth(policy, "attendance", days=2) == 20
    assert worth(policy, "qualification_exam", subjects_passed=2) == 180
    assert worth(policy, "degree_course", courses_passed=1) == 90
    ceiling = next(c for c in policy.rules().ceilings if c.of == {"paper"})
    assert ceiling.hours.expression.value == 20
    assert ceiling.origin.policy == "xinjiang@2023.1"


def test_every_node_keeps_the_text_in_which_it_stands():
    policy = laid(prevails("[paper.hours, annual_hours]"))
    tree = policy.tree
    assert policy.policy_of(tree.get("standards").get("paper").get("hours")) == "national/short@2020.1"
    assert policy.policy_of(tree.get("standards").get("paper")) == "xinjiang@2023.1"
    assert policy.policy_of(tree.get("values").get("annual_hours")) == "national/short@2020.1"
    assert policy.policy_of(tree.get("values").get("paper_hours")) == "national/short@2020.1"
    assert policy.policy_of(tree.get("values").get("learning_time")) == "xinjiang@2023.1"


def test_the_national_text_is_a_layer_so_results_name_it_and_its_status_counts():
    policy = laid(prevails("[paper.hours]"))
    assert [h.ref for h in policy.layers] == ["trial@2023.1", "xinjiang@2023.1", "national/short@2020.1"]
    assert policy.layers[-1].status == "illustrative"


def test_a_fixed_value_is_replaced_and_no_bound_applies_but_decisions_still_may():
    policy = laid(prevails("[annual_hours]"))
    assert policy.values().constant_named("annual_hours") == 72
    assert policy.rules().decidable["annual_hours"].high == 72


def test_what_a_provision_needs_comes_along_all_the_way_down():
    policy = laid(prevails("[paper.hours]"))
    assert "grade" in policy.rules().facts
    assert policy.readings["counting"].origin.policy == "national/short@2020.1"
    assert worth(policy, "paper", grade="a") == 12
    switched = policy.rules({"counting": "half"}).standards["paper"].hours
    assert Calculator().value(switched, {"grade": "a"}) == 6


def test_a_list_says_that_both_addresses_are_the_same():
    listed, mapped = laid(prevails("[paper.hours]")), laid(prevails("{paper.hours: paper.hours}"))
    assert plain(listed.tree) == plain(mapped.tree)


def test_the_address_there_may_be_another():
    policy = laid(prevails("{other.hours: paper.hours, practice.ceiling: paper.ceiling}"))
    assert worth(policy, "other", grade="a") == 12
    ceiling = next(c for c in policy.rules().ceilings if c.of == {"practice"})
    assert ceiling.hours.expression.value == 60


def test_conditions_and_completions_prevail_too():
    policy = laid(
        prevails("{paper.requires: paper.requires, advanced_seminar.completes: further_study.completes}")
    )
    (condition,) = policy.rules().standards["paper"].requires
    assert condition.otherwise == "没有评定等级"
    assert policy.rules().standards["advanced_seminar"].completes.origin.policy == "national/short@2020.1"


def test_a_form_of_learning_that_the_province_lacks_is_brought_in_whole():
    policy = laid(prevails("[degree_course]", "national/accounting@2018.1", ", equivalence: rate") + RATE)
    standard = policy.rules().standards["degree_course"]
    assert standard.subject == "professional"
    assert standard.origin.policy == "national/accounting@2018.1"
    assert policy.values().named("credits_per_course").unit == (("credit", 1), ("item", -1))


def test_a_whole_standard_takes_its_likeness_along_and_keeps_its_channel():
    policy = laid(prevails("[book]"))
    book = policy.rules().standards["book"]
    assert book.title == "书籍"
    assert worth(policy, "book", grade="a") == 12
    assert [c.otherwise for c in book.requires] == ["没有评定等级"]
    assert book.channel is not None


def test_a_name_with_the_same_meaning_is_shared():
    policy = laid(
        prevails("[research_project.hours]", "national/accounting@2018.1", ", equivalence: rate") + RATE
    )
    assert policy.rules().facts["role"].origin.policy == "xinjiang@2023.1"


def test_an_equivalence_multiplies():
    rate = "values:\n  rate: {is: 1/2, unit: hour/credit, article: 第十六条}\n"
    over = "{annual_hours: annual_credits, paper.hours: paper.hours}"
    policy = laid(prevails(over, "national/accounting@2018.1", ", equivalence: rate") + rate)
    assert policy.values().constant_named("annual_hours") == 45
    assert worth(policy, "paper", authorship="sole") == 15
    assert policy.values().named("annual_credits").unit == (("credit", 1),)


def test_the_equivalence_may_hang_on_a_reading():
    policy = TEXTS.policy(reference("xinjiang/accounting@2023.1"))
    rules = policy.rules({"credit_equivalence": "by_day"})
    assert Calculator().value(rules.parameters["annual_hours"], {}) == 72


def reference(text: str):
    from policyhours.language.reference import parse_reference

    return parse_reference(text)


def test_what_the_province_likens_to_a_claimed_standard_is_not_claimed():
    policy = laid(prevails("{degree.completes: further_study.completes, degree.requires: paper.requires}"))
    likened = policy.rules().standards["party_school_degree"]
    assert likened.completes.origin.policy == "xinjiang@2023.1"
    assert likened.requires[1].otherwise == "不是党校的相关专业"
    assert policy.rules().standards["degree"].completes.origin.policy == "national/short@2020.1"


def test_own_conditions_stand_behind_national_ones():
    own = "requires:\n  paper:\n    - {own_field: true, article: 细则第一条, otherwise: 不属于}\n"
    policy = laid(prevails("[paper.requires]") + own)
    said = [condition.otherwise for condition in policy.rules().standards["paper"].requires]
    assert said == ["没有评定等级", "不属于"]


def test_a_form_brought_in_may_be_narrowed_as_well():
    own = (
        RATE
        + "requires:\n  degree_course:\n    - {own_field: true, article: 细则第一条, otherwise: 不属于}\n"
    )
    own += "ceilings:\n  - {of: [degree_course], at_most: 50, per: year, article: 细则第一条}\n"
    policy = laid(prevails("[degree_course]", "national/accounting@2018.1", ", equivalence: rate") + own)
    assert policy.rules().standards["degree_course"].requires[-1].otherwise == "不属于"
    assert any(c.of == {"degree_course"} and c.hours.expression.value == 50 for c in policy.rules().ceilings)


def test_one_national_provision_may_prevail_at_two_addresses():
    body = prevails(
        "{paper.hours: paper.hours, book.hours: paper.hours}",
        "national/accounting@2018.1",
        ", equivalence: rate",
    )
    policy = laid(body + RATE)
    assert worth(policy, "paper", authorship="sole") == worth(policy, "book", authorship="sole") == 30


# ── by rule, not by order ──

ENTRIES = [
    "  - {text: national/short@2020.1, over: [paper.hours], article: 第十六条, because: 测试}\n",
    "  - {text: national/short@2020.1, over: [annual_hours], article: 第十六条, because: 测试}\n",
    "  - {text: national/other@2020.1, over: [research_project.hours], article: 第十六条, because: 测试}\n",
]


def test_resolving_is_independent_of_the_order_of_entries():
    found = [laid("prevails:\n" + "".join(order)) for order in permutations(ENTRIES)]
    assert all(policy.tree.keys() == found[0].tree.keys() for policy in found)
    assert all(plain(policy.tree) == plain(found[0].tree) for policy in found)
    assert len({tuple(h.ref for h in policy.layers) for policy in found}) == 1


@pytest.mark.parametrize(
    "body",
    [
        "prevails:\n" + ENTRIES[0] + ENTRIES[0],
        "prevails:\n" + ENTRIES[0] + ENTRIES[0].replace("paper.hours", "paper"),
        prevails("[paper.hours]") + "sets:\n  paper.hours: {is: 1, article: 细则第一条}\n",
        prevails("[book]") + "sets:\n  book.ceiling: {hours: 10, article: 细则第一条}\n",
    ],
)
def test_two_provisions_for_one_address_are_a_tie_that_names_both(body):
    finding = refused(body)
    assert finding.code == "PH516"
    assert dict(finding.also)["first"].source.name == "trial.yaml"


def test_a_name_that_means_something_else_in_the_province_is_a_tie():
    with pytest.raises(Refused) as caught:
        laid(prevails("{other.hours: course.hours}"))
    assert {(f.code, f.args["found"]) for f in caught.value.findings} == {
        ("PH518", "hours_per_day"),
        ("PH518", "learning_time"),
    }
    for finding in caught.value.findings:
        assert stands_in(finding, "first") == "xinjiang/2023.1.yaml"
        assert stands_in(finding, "national").endswith("short/2020.1.yaml")


def test_a_fact_that_means_something_else_is_a_tie():
    finding = refused(prevails("[training.hours]"))
    assert (finding.code, finding.args["found"]) == ("PH518", "degree")


def test_a_name_that_means_something_else_in_another_national_text_is_a_tie():
    entry = "  - {text: national/other@2020.1, over: [book.hours], article: 第十六条, because: 测试}\n"
    finding = refused("prevails:\n" + ENTRIES[0] + entry)
    assert (finding.code, finding.args["found"]) == ("PH518", "paper_hours")


def test_a_name_that_the_filing_declares_otherwise_is_a_tie():
    own = "values:\n  paper_hours: {is: 1, unit: hour, article: 细则第一条}\n"
    finding = refused(prevails("[paper.hours]") + own)
    assert finding.code == "PH518"
    assert stands_in(finding, "first") == "trial.yaml"


def test_a_name_of_another_sort_is_a_tie():
    own = "facts:\n  paper_hours: {title: 论文, type: boolean}\n"
    assert refused(prevails("[paper.hours]") + own).code == "PH518"


# ── units ──


def test_credits_against_hours_without_an_equivalence_are_refused_with_both_places():
    finding = refused(prevails("[paper.hours]", "national/accounting@2018.1"))
    assert finding.code == "PH517"
    assert (finding.args["found"], finding.args["expected"]) == ("学分", "学时")
    assert stands_in(finding, "national") == "national/accounting/2018.1.yaml"
    assert stands_in(finding, "upper") == "xinjiang/2023.1.yaml"


def test_an_equivalence_of_another_unit_is_refused():
    rate = "values:\n  rate: {is: 8, unit: hour/day, article: 第十六条}\n"
    finding = refused(prevails("[paper.hours]", "national/accounting@2018.1", ", equivalence: rate") + rate)
    assert finding.code == "PH520"
    assert finding.args["rate"] == "学时/天"


def test_an_equivalence_has_to_be_a_value_of_the_filing():
    body = prevails("[professional_share]", "national/accounting@2018.1", ", equivalence: rat") + RATE
    finding = refused(body)
    assert (finding.code, finding.args["nearest"]) == ("PH519", "rate")


# ── what cannot prevail ──


def test_a_text_of_one_office_alone_cannot_prevail_and_the_error_says_why():
    finding = refused(prevails("[paper.hours]", "national/medical@2024.1", ", equivalence: rate") + RATE)
    assert finding.code == "PH511"
    assert finding.args["issuers"] == "国家卫生健康委办公厅"
    assert finding.args["body"] == "人力资源和社会保障部"
    assert finding.args["article"] == "第十六条"
    assert stands_in(finding, "upper") == "xinjiang/2023.1.yaml"
    told = str(Refused((finding,)))
    assert "国卫办科教发〔2024〕20号" in told
    assert "第十六条要求是人力资源和社会保障部与其他机关联合发文" in told


def test_a_text_of_another_authority_cannot_prevail():
    finding = refused(prevails("[annual_hours]", "local/fixed@2020.1"))
    assert finding.code == "PH510"


def test_an_upper_text_that_yields_to_none_stands():
    head = HEAD.replace("xinjiang@2023.1", "local/fixed@2020.1")
    finding = refused(prevails("[annual_hours]"), head)
    assert finding.code == "PH509"
    assert stands_in(finding, "upper").endswith("fixed/2020.1.yaml")


@pytest.mark.parametrize(
    "term",
    ["{from: 2023-02-01}", "{from: 2023-02-01, until: 2027-01-01}", "{from: 2027-01-01, until: 2027-06-30}"],
)
def test_a_text_has_to_be_in_force_as_long_as_the_filing(term):
    head = HEAD.replace("{from: 2023-02-01, until: 2025-12-31}", term)
    finding = refused(prevails("[annual_hours]"), head)
    assert finding.code == "PH512"
    assert finding.args["until"] == "2026-12-31"


def test_a_text_that_is_in_force_exactly_as_long_prevails():
    head = HEAD.replace("2025-12-31", "2026-12-31")
    assert laid(prevails("[annual_hours]"), head).values().constant_named("annual_hours") == 72


@pytest.mark.parametrize(
    ("over", "code", "nearest"),
    [
        ("[paper.ours]", "PH206", None),
        ("{paper.hours: papers.hours}", "PH513", "paper.hours"),
        ("[papers]", "PH513", "paper"),
        ("{papers.hours: paper.hours}", "PH503", "paper.hours"),
        ("{anual_hours: annual_hours}", "PH503", "annual_hours"),
        ("{degree.hours: paper.hours}", "PH503", None),
        ("{paper.hours: annual_hours}", "PH514", None),
        ("{paper: annual_hours}", "PH514", None),
        ("{}", "PH515", None),
        ("[]", "PH515", None),
        ("[workshop]", "PH521", None),
    ],
)
def test_addresses_that_lead_nowhere_are_refused(over, code, nearest):
    finding = refused(prevails(over))
    assert finding.code == code
    if nearest is not None:
        assert nearest in finding.args["nearest"].split("、")


def test_a_text_that_is_missing_is_refused_at_its_reference():
    assert refused(prevails("[paper.hours]", "national/nothing@2020.1")).code == "PH322"


def test_a_text_without_a_version_is_refused():
    assert refused(prevails("[paper.hours]", "national/short")).code == "PH206"


def test_every_refusal_is_told_in_both_languages():
    from policyhours.text.telling import tell

    bodies = [
        prevails("[paper.hours]", "national/medical@2024.1", ", equivalence: rate") + RATE,
        prevails("[paper.hours]", "national/accounting@2018.1"),
        prevails("[training.hours]"),
        prevails("[annual_hours]", "local/fixed@2020.1"),
        "prevails:\n" + ENTRIES[0] + ENTRIES[0],
    ]
    for body in bodies:
        finding = refused(body)
        zh, en = tell(finding), tell(finding, "en")
        assert "怎么办：" in zh
        assert "to do: " in en
        assert "{" not in en.split("\n")[0]
