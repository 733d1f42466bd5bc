"""A filing over the province's text: it fills what is open and tightens what it may, nothing else."""

from __future__ import annotations

import pytest

from helpers import LIBRARY, ROOT, trial_head
from policyhours.language.header import read_header
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes

HEAD = trial_head("examples/trial", "illustrative")


def filing(body: str):
    source = source_from_bytes((HEAD + body).encode(), "trial.yaml")
    tree = read_document(source)
    check_policy(tree)
    return Library([ROOT / "policies"]).resolve_file(tree, None)


def codes(body: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        filing(body)
    for finding in caught.value.findings:
        assert finding.place is not None
    return [finding.code for finding in caught.value.findings]


def both_places(body: str) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        filing(body)
    (finding,) = caught.value.findings
    (label, upper), *_ = finding.also
    assert label == "upper"
    return finding.place.source.name, upper.source.name


def test_an_open_slot_is_filled_and_knows_its_origin():
    policy = filing("sets:\n  paper.hours: {is: 1, article: 细则第一条}\n")
    assert policy.rules().standards["paper"].hours.expression.value == 1
    node = policy.tree.get("standards").get("paper").get("hours")
    assert policy.policy_of(node) == "examples/trial@2023.1"
    assert policy.policy_of(policy.tree.get("relief")) == "xinjiang@2023.1"


def test_a_ceiling_may_be_lowered():
    policy = filing("sets:\n  paper.ceiling: {hours: 15, per: year, article: 细则第一条}\n")
    ceiling = next(c for c in policy.rules().ceilings if c.of == {"paper"})
    assert ceiling.hours.expression.value == 15


def test_a_share_may_be_raised():
    policy = filing("sets:\n  professional_share: {is: 3/4, article: 细则第一条}\n")
    assert policy.rules().requirements[1].hours is not None


@pytest.mark.parametrize(
    "body",
    [
        "sets:\n  paper.ceiling: {hours: 21, per: year, article: 细则第一条}\n",
        "sets:\n  professional_share: {is: 1/2, article: 细则第一条}\n",
        "sets:\n  professional_share: {is: 5/4, article: 细则第一条}\n",
        "sets:\n  paper.hours: {is: -1, article: 细则第一条}\n",
        "sets:\n  paper.hours: {by: authorship, values: {sole: 20, joint: -5}, article: 细则第一条}\n",
    ],
)
def test_what_oversteps_a_bound_is_refused_with_both_places(body):
    assert codes(body) == ["PH502"]
    assert both_places(body) == ("trial.yaml", "policies/xinjiang/2023.1.yaml")


@pytest.mark.parametrize(
    ("body", "cell", "words"),
    [
        ("paper.ceiling: {hours: 21, per: year", "21", ("21", "0～20")),
        ("professional_share: {is: 1/2", "1/2", ("1/2", "2/3～1")),
        ("paper.hours: {by: authorship, values: {sole: 20, joint: -5}", "-5", ("-5", "不低于0")),
        ("book.hours: {by: [authorship], values: {sole: 20}, otherwise: -3", "-3", ("-3", "不低于0")),
    ],
)
def test_what_oversteps_a_bound_is_told_at_the_very_number(body, cell, words):
    with pytest.raises(Refused) as caught:
        filing(f"sets:\n  {body}, article: 细则第一条}}\n")
    (finding,) = caught.value.findings
    place = finding.place
    assert place.source.line(place.line)[place.column - 1 :][: place.width] == cell
    assert (finding.args["found"], finding.args["expected"]) == words


def test_a_circle_is_told_once_wherever_it_is_entered():
    a, b, c = (f"  {name}: {{is: {of}, article: 细则第一条}}\n" for name, of in ("ab", "bc", "cb"))
    with pytest.raises(Refused) as caught:
        filing(f"values:\n{a}{b}{c}")
    circles = [f.args["circle"] for f in caught.value.findings if f.code == "PH307"]
    assert circles == ["b → c → b"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("sets:\n  annual_hours: {is: 80, article: 细则第一条}\n", "PH501"),
        ("sets:\n  training.hours: {is: 80, article: 细则第一条}\n", "PH501"),
        ("values:\n  annual_hours: {is: 80, article: 细则第一条}\n", "PH504"),
        ("facts:\n  degree: {extends: {college: 大专}}\n", "PH505"),
        ("facts:\n  ip_type: {extends: {invention: 发明}}\n", "PH506"),
        ("facts:\n  days: {title: 天, type: integer}\n", "PH504"),
    ],
)
def test_what_is_fixed_above_stays_fixed(body, code):
    assert codes(body) == [code]
    assert both_places(body)[1] == "policies/xinjiang/2023.1.yaml"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("sets:\n  papers.hours: {is: 1, article: 细则第一条}\n", "PH503"),
        ("facts:\n  nothing: {extends: {a: 甲}}\n", "PH304"),
        ("sets:\n  paper.hours: {is: days * 1, article: 细则第一条}\n", "PH411"),
        ("sets:\n  paper.hours: {is: author_order, article: 细则第一条}\n", "PH411"),
        ("sets:\n  paper.hours: {is: learning_time + days, article: 细则第一条}\n", "PH409"),
        ("sets:\n  paper.hours: {is: total, article: 细则第一条}\n", "PH412"),
        ("sets:\n  paper.hours: {is: authorship, article: 细则第一条}\n", "PH414"),
        ("sets:\n  paper.hours: {is: learning_time / subjects_passed, article: 细则第一条}\n", "PH415"),
        ("sets:\n  paper.hours: {is: learning_tme, article: 细则第一条}\n", "PH410"),
        ("sets:\n  paper.hours: {by: authorship, values: {alone: 20}, article: 细则第一条}\n", "PH303"),
        ("sets:\n  paper.hours: {by: autorship, values: {sole: 20}, article: 细则第一条}\n", "PH305"),
        (
            "sets:\n  paper.hours: {by: author_order, values: {1..3: 9, 2..: 5}, article: 细则第一条}\n",
            "PH601",
        ),
        ("sets:\n  paper.hours: {by: author_order, values: {1: {2: 9}}, article: 细则第一条}\n", "PH602"),
        ("values:\n  a: {is: b, article: 细则第一条}\n  b: {is: a, article: 细则第一条}\n", "PH307"),
        ("sets:\n  book.ceiling: {hours: days * hours_per_day, per: year, article: 细则第一条}\n", "PH412"),
    ],
)
def test_faults_are_named_at_their_place(body, code):
    assert code in codes(body)


# ── what a filing adds of its own: it only narrows ──

OWN_READING = """\
readings:
  joint_papers:
    article: 细则第八条
    question: 合写的论文怎样计算？
    options: {half: 计半数, full: 计全数}
    adopted: half
    because: 合写的只完成一部分。
"""


def test_a_filing_declares_contested_readings_of_its_own():
    table = "{by: joint_papers, values: {half: 10, full: 20}, article: 细则第八条}"
    policy = filing(OWN_READING + f"sets:\n  paper.hours: {table}\n")
    assert policy.readings["joint_papers"].origin.policy == "examples/trial@2023.1"
    assert policy.rules().standards["paper"].hours.expression.value == 10
    assert policy.rules({"joint_papers": "full"}).standards["paper"].hours.expression.value == 20
    assert policy.rules().standards["paper"].readings == {"joint_papers"}


def test_a_bound_holds_under_every_reading():
    table = "{by: joint_papers, values: {half: 10, full: 21}}"
    body = OWN_READING + f"sets:\n  paper.ceiling: {{hours: {table}, article: 细则第八条}}\n"
    assert codes(body) == ["PH502"]


def test_the_adopted_option_has_to_be_one_of_the_options():
    assert codes(OWN_READING.replace("adopted: half", "adopted: hall")) == ["PH306"]


def test_a_filing_adds_conditions_behind_the_upper_texts():
    policy = filing(
        "facts:\n  indexed: {title: 已被收录, type: boolean}\n"
        "requires:\n  paper:\n    - {indexed: true, article: 细则第八条, otherwise: 没有被收录}\n"
    )
    *upper, own = policy.rules().standards["paper"].requires
    assert upper[0].otherwise == "期刊没有国内统一连续出版物号"
    assert own.otherwise == "没有被收录"
    assert own.origin.policy == "examples/trial@2023.1"
    assert upper[0].origin.policy == "xinjiang@2023.1"


def test_conditions_of_one_standard_do_not_touch_the_others():
    policy = filing(
        "requires:\n  degree:\n    - {own_field: true, article: 细则第二条, otherwise: 不属于本行业领域}\n"
    )
    assert policy.rules().standards["degree"].requires[-1].otherwise == "不属于本行业领域"
    assert all(
        condition.origin.policy == "xinjiang@2023.1"
        for kind, standard in policy.rules().standards.items()
        if kind != "degree"
        for condition in standard.requires
    )


def test_a_filing_adds_ceilings_also_where_the_upper_text_has_none():
    policy = filing(
        "ceilings:\n"
        "  - {of: [training], at_most: 40, per: year, article: 细则第一条}\n"
        "  - {of: [paper, book], at_most: 50, per: year, article: 细则第八条}\n"
    )
    own = [c for c in policy.rules().ceilings if c.origin.policy == "examples/trial@2023.1"]
    assert [(sorted(c.of), c.hours.expression.value) for c in own] == [
        (["training"], 40),
        (["book", "paper"], 50),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (OWN_READING.replace("joint_papers", "share_base"), "PH504"),
        (OWN_READING.replace("joint_papers", "annual_hours"), "PH504"),
        ("values:\n  paper_value: {by: jont, values: {a: 1}, article: 细则第一条}\n", "PH305"),
        ("requires:\n  papers:\n    - {own_field: true, article: 细则第八条, otherwise: 不属于}\n", "PH308"),
        ("requires:\n  paper:\n    - {own_fild: true, article: 细则第八条, otherwise: 不属于}\n", "PH304"),
        ("requires:\n  paper:\n    - {role: chief, article: 细则第八条, otherwise: 不属于}\n", "PH303"),
        ("requires:\n  paper:\n    - {own_field: true, otherwise: 不属于}\n", "PH203"),
        ("ceilings:\n  - {of: [papers], at_most: 9, per: year, article: 细则第一条}\n", "PH308"),
        ("ceilings:\n  - {of: [paper], at_most: days, per: year, article: 细则第一条}\n", "PH411"),
        (
            "ceilings:\n  - {of: [paper, book], at_most: 9, per: year, article: 细则第一条}\n"
            "  - {of: [book, other], at_most: 9, per: year, article: 细则第一条}\n",
            "PH701",
        ),
        (
            "ceilings:\n  - {of: [paper, public_course], at_most: 9, per: year, article: 细则第一条}\n",
            "PH702",
        ),
        ("standards:\n  walk: {title: 散步}\n", "PH218"),
        ("subjects:\n  sport: {title: 体育, article: 细则第一条}\n", "PH218"),
        ("requirement:\n  - {of: total, at_least: 100, per: year, article: 细则第一条}\n", "PH218"),
    ],
)
def test_what_a_filing_adds_is_checked_at_its_place(body, code):
    with pytest.raises(Refused) as caught:
        filing(body)
    findings = [f for f in caught.value.findings if f.code == code]
    assert findings, [f.code for f in caught.value.findings]
    assert all(f.place.source.name == "trial.yaml" for f in findings)


# ── its time in force ──


@pytest.mark.parametrize(
    "term",
    ["{from: 2023-01-31}", "{from: 2023-02-01, until: 2028-02-01}", "{from: 2028-02-01}"],
)
def test_a_filing_that_outlives_its_upper_text_is_refused_with_both_places(term):
    tree = read_document(source_from_bytes(HEAD.replace("{from: 2023-02-01}", term).encode(), "trial.yaml"))
    with pytest.raises(Refused) as caught:
        Library([ROOT / "policies"]).resolve_file(tree, None)
    (finding,) = caught.value.findings
    assert finding.code == "PH508"
    assert finding.also[0][1].source.name == "policies/xinjiang/2023.1.yaml"


def test_a_filing_without_an_end_ends_with_its_upper_text():
    from datetime import date

    policy = filing("")
    assert policy.in_force(date(2028, 1, 31))
    assert not policy.in_force(date(2028, 2, 1))


def test_labels_are_accepted_wherever_an_id_is():
    policy = filing(
        "sets:\n  paper.hours: {by: authorship, values: {独立完成: 20, 与他人合作: 10}, article: 细则第一条}\n"
    )
    assert policy.rules().standards["paper"].hours.expression.total


def test_a_filing_implements_no_filing():
    tree = read_document(
        source_from_bytes(HEAD.replace("xinjiang@2023.1", "examples/general@2023.1").encode(), "trial.yaml")
    )
    with pytest.raises(Refused) as caught:
        Library([ROOT / "policies"]).resolve_file(tree, None)
    assert [f.code for f in caught.value.findings] == ["PH507"]


def test_a_circle_of_policies_is_refused(tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        folder = tmp_path / name
        folder.mkdir()
        text = HEAD.replace("examples/trial", name).replace("xinjiang@2023.1", f"{other}@2023.1")
        (folder / "2023.1.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        Library([tmp_path]).policy(parse_reference("a@2023.1"))
    assert [f.code for f in caught.value.findings] == ["PH324"]


def test_a_file_must_say_where_it_stands(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "2023.1.yaml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        Library([tmp_path]).policy(parse_reference("a@2023.1"))
    assert [f.code for f in caught.value.findings] == ["PH326"]


@pytest.mark.parametrize(
    "text", ["../x@2023.1", "/etc/passwd@2023.1", "a..b@2023.1", "x@", "X@2023.1", "a//b", "", "a@1"]
)
def test_a_reference_cannot_leave_the_folder(text):
    with pytest.raises(Refused) as caught:
        parse_reference(text)
    assert [f.code for f in caught.value.findings] == ["PH320"]


def test_the_version_in_force_is_found_by_the_day():
    from datetime import date

    policy = LIBRARY.policy(parse_reference("xinjiang"), date(2025, 1, 1))
    assert policy.ref == "xinjiang@2023.1"
    with pytest.raises(Refused) as caught:
        LIBRARY.policy(parse_reference("xinjiang"), date(2029, 1, 1))
    assert [f.code for f in caught.value.findings] == ["PH323"]


def test_every_other_reading_builds_too():
    for ref in LIBRARY.refs():
        policy = LIBRARY.policy(parse_reference(ref))
        for reading in policy.readings.values():
            for option in reading.options:
                assert policy.rules({reading.id: option}).chosen[reading.id] == option


def test_the_digest_is_of_the_content_not_of_its_bytes():
    def header(text: bytes):
        return read_header(read_document(source_from_bytes(text, "x")))

    plain = (HEAD + "sets:\n  paper.hours: {is: 1, article: 细则第一条}\n").encode()
    crlf = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    assert header(plain).digest == header(crlf).digest
    assert header(plain).digest != header(plain.replace(b"is: 1", b"is: 2")).digest
