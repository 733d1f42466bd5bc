"""What an unquoted text is, by our own rules and not by YAML's."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhours.text.finding import Refused
from policyhours.text.place import Place
from policyhours.text.scalar import read_scalar
from policyhours.text.source import Source

SOMEWHERE = Place(Source("x.yaml", ""), 1, 1)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("90", 90),
        ("-3", -3),
        ("9" * 18, int("9" * 18)),
        ("0.5", Fraction(1, 2)),
        ("-1.25", Fraction(-5, 4)),
        ("0.1", Fraction(1, 10)),
        ("2/3", Fraction(2, 3)),
        ("-181/3", Fraction(-181, 3)),
        ("4/2", Fraction(2)),
        ("2025-06-30", date(2025, 6, 30)),
        ("2024-02-29", date(2024, 2, 29)),
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
    ],
)
def test_a_number_a_day_and_a_truth(raw, value):
    read = read_scalar(raw, SOMEWHERE)
    assert read == value
    assert type(read) is type(value)


NOT_OURS = """
no yes on off True NULL ~ 010 00 +1 1:30 0x1F 0o17 0b1 1e3 1.5e3 .5 5. 1_000 1,000 -- - .inf .nan 2.. ..5 2..3
1/0 2/03 02/3 2/3/4 1/-2 -0x1 2025-6-30 2025/06/30 2025-06 2025年6月30日 ９０ ٣ 九十 … total
"""


@pytest.mark.parametrize("raw", NOT_OURS.split())
def test_all_else_is_text(raw):
    assert read_scalar(raw, SOMEWHERE) == raw


@pytest.mark.parametrize("raw", ["2025-02-30", "2023-02-29", "2025-13-01", "2025-00-10", "0000-01-01"])
def test_a_day_that_does_not_exist_is_refused(raw):
    with pytest.raises(Refused, match=f"PH118 没有“{raw}”这一天"):
        read_scalar(raw, SOMEWHERE)


@pytest.mark.parametrize("raw", ["1" * 19, "-" + "1" * 19, "0." + "3" * 19, "1/" + "7" * 19, "9" * 1_000_000])
def test_a_number_longer_than_any_can_need_is_refused(raw):
    with pytest.raises(Refused, match="PH119"):
        read_scalar(raw, SOMEWHERE)


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_whole_number_reads_as_itself(number):
    assert read_scalar(str(number), SOMEWHERE) == number


@given(st.fractions(-(10**9), 10**9, max_denominator=10**6))
def test_every_rational_reads_as_itself(number):
    assert read_scalar(f"{number.numerator}/{number.denominator}", SOMEWHERE) == number


@given(st.dates())
def test_every_day_reads_as_itself(day):
    assert read_scalar(day.isoformat(), SOMEWHERE) == day


@given(st.text(max_size=40))
def test_no_text_is_a_binary_fraction(raw):
    with suppress(Refused):
        assert not isinstance(read_scalar(raw, SOMEWHERE), float)
