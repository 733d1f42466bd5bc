"""Names are printed as they are or refused; id numbers are masked and never repeated."""

from __future__ import annotations

from datetime import date

import pytest
from certified import ID_NUMBER, NAME, codes
from hypothesis import given
from hypothesis import strategies as st

from policyhours.desk.certificate.holder import act, holder, mask, read_holder
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all


def test_of_an_id_number_the_first_and_the_last_four_show():
    assert holder(NAME, ID_NUMBER).masked_id == "9999**********0015"


def test_an_id_number_is_taken_in_full_width_and_with_a_small_x():
    assert mask("99999919000101004x") == mask("99999919000101004Ｘ") == "9999**********004X"


@given(st.from_regex(r"[A-Z0-9()]{6,17}", fullmatch=True))
def test_at_least_half_of_any_id_number_is_hidden(number):
    masked = mask(number)
    assert len(masked) == len(number)
    assert masked.count("*") * 2 >= len(number)
    hidden = [i for i, letter in enumerate(masked) if letter == "*"]
    assert hidden == list(range(hidden[0], hidden[-1] + 1))


@pytest.mark.parametrize("place", range(18))
def test_a_wrong_digit_of_a_resident_number_is_found_and_the_number_not_repeated(place):
    digit = str((int(ID_NUMBER[place]) + 1) % 10)
    wrong = ID_NUMBER[:place] + digit + ID_NUMBER[place + 1 :]
    with pytest.raises(Refused) as refused:
        mask(wrong)
    assert codes(refused) == ["DK225"]
    assert wrong not in tell_all(refused.value.findings)


@pytest.mark.parametrize(
    "number", ["", "12345", "a" * 30, "１２３ ４５６", "12345\n6", "身份证号码没有", "\ud800" * 8]
)
def test_what_is_no_id_number_is_refused(number):
    with pytest.raises(Refused) as refused:
        mask(number)
    assert codes(refused) == ["DK224"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "DK221"),
        (" 　\u00a0", "DK221"),
        ("王" * 61, "DK222"),
        ("王" * 100_000, "DK222"),
        ("王\n某", "DK223"),
        ("王\x1b[31m某", "DK223"),
        ("王\ud83d某", "DK223"),
        ("\u202e某王", "DK223"),
        ("王\u200b某", "DK223"),
        ("王\ue000某", "DK223"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused(name, code):
    with pytest.raises(Refused) as refused:
        holder(name, ID_NUMBER)
    assert codes(refused) == [code]


def test_a_name_is_kept_as_given_but_for_blanks_around_it():
    assert holder(" 阿卜杜·某某　某 ", ID_NUMBER).name == "阿卜杜·某某 某"
    assert holder("<b>&(x)\\", ID_NUMBER).name == "<b>&(x)\\"


def test_an_issuer_and_a_number_are_needed():
    for number, issuer in (("", "某局"), ("1", " ")):
        with pytest.raises(Refused) as refused:
            act(number, issuer, date(2026, 1, 1))
        assert codes(refused) == ["DK221"]


@pytest.mark.parametrize(
    "text",
    [
        "姓名: 试例\n证件号码: 999999190001010015\n职称: 农艺师\n",
        "name: 试例\nid_number: '999999190001010015'\n",
    ],
)
def test_a_holders_file_is_read_in_either_language(tmp_path, text):
    path = tmp_path / "h.yaml"
    path.write_text(text, encoding="utf-8")
    fields = read_holder(path)
    assert (fields.name, fields.id_number) == ("试例", "999999190001010015")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("姓名: 试例\n电话: 123\n", "DK226"),
        ("姓名: 试例\nname: 试例\n", "DK226"),
        ("姓名: [试例]\n", "DK226"),
        ("- 试例\n", "DK226"),
        ("试例\n", "DK226"),
        ("姓名: 试例\n 证件号码: 999999190001010015\n", "DK227"),
        ("", "DK227"),
    ],
)
def test_a_holders_file_that_says_other_things_is_refused_and_not_quoted(tmp_path, text, code):
    path = tmp_path / "h.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        read_holder(path)
    assert codes(refused) == [code]
    assert "试例" not in tell_all(refused.value.findings)
