"""A certificate is genuine as it was issued, and in no other form."""

from __future__ import annotations

import base64
import copy
import json
import zlib

import pytest
from certified import ACT, HOLDER, NAME, codes, issued, key, met, other_key, worked
from hypothesis import given
from hypothesis import strategies as st

from policyhours.desk.certificate.check import Checked, check, read_certificate
from policyhours.desk.certificate.claims import claims
from policyhours.desk.certificate.code import canonical, claims_of, signed
from policyhours.desk.certificate.figures import figures
from policyhours.desk.certificate.seal import sealed
from policyhours.text.finding import Refused

PUBLIC = key().public_key()
CLAIMS = claims(figures(met(), 2025), HOLDER, ACT, key())
CODE = signed(CLAIMS, key())


def checked(data, public=PUBLIC, **more) -> Checked:
    return check(data if isinstance(data, bytes) else data.encode("ascii"), public, **more)


def found(data, public=PUBLIC, **more) -> list[str]:
    """The codes of what is wrong."""
    try:
        return [finding.code for finding in checked(data, public, **more).findings]
    except Refused as refused:
        return [finding.code for finding in refused.findings]


def with_claims(said) -> str:
    """The code with other claims under the old signature."""
    head, _, signature = CODE.split(".")
    return f"{head}.{base64.urlsafe_b64encode(canonical(said)).decode().rstrip('=')}.{signature}"


def leaves(value, path=()):
    """The path of every value that stands in the claims."""
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, step))
        return
    yield path


def test_the_file_and_its_code_are_genuine_and_say_what_was_signed():
    for data in (issued(), CODE.encode(), f"\ufeff{CODE[:99]}\r\n {CODE[99:]}\n".encode()):
        outcome = checked(data, evaluation=met(), name=NAME)
        assert outcome.genuine
        assert outcome.claims == CLAIMS
        assert len(outcome.short) == 19


def test_the_same_certificate_is_the_same_bytes():
    from policyhours.desk.certificate.issue import issue

    assert issue(met(), 2025, HOLDER, ACT, key()).data == issued()


def test_neither_the_name_nor_the_id_number_is_in_the_code():
    text = json.dumps(claims_of(CODE)[1], ensure_ascii=False)
    assert NAME not in text
    assert "999999190001010015" not in text
    assert claims_of(CODE)[1]["id"] == "9999**********0015"


@given(st.data())
def test_no_value_of_the_claims_can_be_changed(data):
    said = copy.deepcopy(CLAIMS)
    *way, last = data.draw(st.sampled_from(list(leaves(CLAIMS))))
    inner = said
    for step in way:
        inner = inner[step]
    inner[last] = data.draw(st.one_of(st.text(), st.integers(), st.none()).filter(lambda v: v != inner[last]))
    try:
        code = with_claims(said)
    except UnicodeEncodeError:
        return  # half a character: there is no such code
    outcome = checked(code)
    assert [f.code for f in outcome.findings] == ["DK253"]
    assert outcome.claims is None


@given(st.data())
def test_no_claim_can_be_left_out_or_added(data):
    said = dict(CLAIMS)
    if data.draw(st.booleans()):
        del said[data.draw(st.sampled_from(sorted(said)))]
    else:
        said[data.draw(st.text("abc", min_size=1).filter(lambda name: name not in said))] = "x"
    assert found(with_claims(said)) == ["DK253"]


@given(st.integers(0, len(CODE) - 1), st.sampled_from("AbZ09-_.=!"))
def test_no_character_of_the_code_can_be_changed(at, letter):
    if CODE[at] != letter:
        assert found(CODE[:at] + letter + CODE[at + 1 :])


@given(st.integers(0, len(CODE) - 1))
def test_a_code_that_is_cut_off_is_called_damaged(size):
    assert found(CODE[:size]) in (["DK250"], ["DK251"])


@given(st.integers(0, len(issued()) - 1), st.integers(1, 255))
def test_no_byte_of_the_file_can_be_changed(at, change):
    data = bytearray(issued())
    data[at] ^= change
    assert found(bytes(data))


@given(st.integers(0, len(issued()) - 1))
def test_a_file_that_is_cut_off_is_not_genuine(size):
    assert found(issued()[:size])


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_never_a_crash(data):
    assert found(data)
    assert found(b"%PDF-1.7\n" + data)
    assert found(b"%PDF-1.7\n/Keywords (" + data + b")")


@pytest.mark.parametrize("more", [b"\n", b"%", b"\n%%EOF\n"])
def test_what_is_added_to_the_file_breaks_the_seal(more):
    assert found(issued() + more) == ["DK254"]


def test_a_page_that_is_drawn_around_a_genuine_code_is_not_genuine():
    outcome = checked(b"%PDF-1.7\n/Keywords (" + CODE.encode() + b")\n%%EOF\n")
    assert [f.code for f in outcome.findings] == ["DK254"]
    assert outcome.claims == CLAIMS, "what was signed is told, to be compared"


def test_a_page_that_is_sealed_by_another_key_is_not_genuine():
    page = b"%PDF-1.7\n/Keywords (" + CODE.encode() + b")\n%%EOF\n"
    assert found(sealed(page, other_key())) == ["DK254"]


def test_a_file_with_a_second_code_is_refused():
    assert found(issued() + b"/Keywords (abc.def.ghi)\n") == ["DK251"]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n%%EOF\n", "身份".encode(), b"", b"hello", zlib.compress(b"x" * 999)]
)
def test_what_holds_no_code_is_refused(data):
    assert found(data) == ["DK250"]


def test_another_key_is_told_by_both_fingerprints():
    outcome = checked(issued(), other_key().public_key())
    (finding,) = outcome.findings
    assert finding.code == "DK252"
    assert finding.args["named"] != finding.args["given"] == outcome.fingerprint
    assert outcome.claims is None


def test_a_forger_who_names_the_offices_key_is_found_out():
    head = json.loads(base64.urlsafe_b64decode(CODE.split(".")[0] + "=="))
    forged = signed(CLAIMS, other_key()).split(".")
    forged[0] = base64.urlsafe_b64encode(canonical(head)).decode().rstrip("=")
    assert found(".".join(forged)) == ["DK253"]


@pytest.mark.parametrize(
    "head", [{"alg": "none", "typ": "JWT"}, {"alg": "HS256"}, {}, {"alg": "EdDSA", "kid": 1}]
)
def test_no_other_way_of_signing_is_taken(head):
    start = base64.urlsafe_b64encode(canonical(head)).decode().rstrip("=")
    _, claimed, signature = CODE.split(".")
    assert found(f"{start}.{claimed}.{signature}") == ["DK251"]


def test_a_form_that_is_newer_is_not_guessed_at():
    assert found(signed({**CLAIMS, "form": 2}, key())) == ["DK255"]


def test_another_name_is_found_out():
    assert found(CODE, name="试例·某") == ["DK259"]
    assert found(CODE, name=f" {NAME} ") == []


def test_against_another_case_every_figure_that_differs_is_named():
    more = {"kind": "training", "hours": 5, "assessment": "passed"}
    outcome = checked(issued(), evaluation=met(more))
    assert {
        f.args["label"]: (f.args["signed"], f.args["now"]) for f in outcome.findings if f.code == "DK258"
    } == {
        "各科目": ("专业科目 60；公需科目 30", "专业科目 65；公需科目 30"),
        "合计": ("90", "95"),
    }
    assert [f.code for f in outcome.findings].count("DK256") == 1


def test_a_forged_figure_is_named_by_the_case():
    said = {**CLAIMS, "total": "120"}
    outcome = checked(with_claims(said), evaluation=met())
    assert [f.code for f in outcome.findings] == ["DK253", "DK258"]
    assert outcome.findings[1].args["signed"] == "120"


def test_another_policy_of_the_same_name_is_named():
    said = copy.deepcopy(CLAIMS)
    said["policies"]["xinjiang@2023.1"] = "sha256:00"
    outcome = checked(signed(said, key()), evaluation=met())
    (finding,) = outcome.findings
    assert (finding.code, finding.args["label"]) == ("DK258", "规则摘要")


def test_a_case_of_other_years_or_that_no_longer_meets_is_told():
    assert found(CODE, evaluation=worked("W7-reduce")) == ["DK257"]
    pending = {"kind": "training", "hours": 1, "assessment": "passed", "status": "pending"}
    assert found(CODE, evaluation=met(pending)) == ["DK215"]


def test_a_file_that_is_missing_or_far_too_large_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        read_certificate(tmp_path / "none.pdf")
    assert codes(refused) == ["DK236"]
    with (tmp_path / "large.pdf").open("wb") as stream:
        stream.truncate(17 * 1024 * 1024)
    with pytest.raises(Refused) as refused:
        read_certificate(tmp_path / "large.pdf")
    assert codes(refused) == ["DK237"]
