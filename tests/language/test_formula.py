"""Formulas: a closed subset, refused at load with a caret, computed exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhours.language.calculator import Calculator, quantity
from policyhours.language.expression import Constant, Name
from policyhours.language.formula import FormulaFault, parse
from policyhours.language.number import Range, as_range, contains
from policyhours.language.unit import ANY, HOUR, agree, parse_unit, product, quotient, unit_title


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("3999999**3999999", "PH408", 0),
        ("days**days", "PH408", 0),
        ("days.real", "PH408", 0),
        ("().__class__", "PH408", 0),
        ("'%s' % days", "PH401", 0),
        ("f(days)", "PH405", 0),
        ("lambda: 0", "PH401", 6),
        ("[d for d in days]", "PH401", 0),
        ("x = 1", "PH401", 2),
        ("x := 1", "PH401", 2),
        ("min", "PH406", 0),
        ("days + max", "PH406", 7),
        ("days\n+ hours", "PH401", 4),
        ("days; hours", "PH401", 4),
        ("days < hours", "PH401", 5),
        ("days == hours", "PH401", 5),
        ("days if hours else 0", "PH408", 0),
        ("days and hours", "PH408", 0),
        ("days // hours", "PH408", 0),
        ("8 * days", "PH404", 0),
        ("1.5", "PH404", 0),
        ("True + days", "PH408", 0),
        ("days × hours", "PH401", 5),
        ("ｄａｙｓ", "PH401", 0),
        ("days + ", "PH403", 5),
        ("(" * 300, "PH403", 0),
        ("min()", "PH407", 0),
        ("floor(days, hours)", "PH407", 0),
        ("min(*days)", "PH407", 0),
        ("round_to(days)", "PH407", 0),
        ("floor(days)(hours)", "PH408", 0),
        ("days # hours", "PH401", 5),
        ("d" * 401, "PH402", 0),
        ("days, hours", "PH408", 0),
        ("", "PH403", 0),
    ],
)
def test_what_is_not_of_the_subset_is_refused_where_it_stands(text, code, offset):
    with pytest.raises(FormulaFault) as caught:
        parse(text)
    assert caught.value.code == code
    if "(((" not in text:
        assert caught.value.offset == offset


@given(st.text(max_size=80))
def test_nothing_but_a_formula_or_a_fault_comes_out_of_any_text(text):
    try:
        parse(text)
    except FormulaFault as fault:
        assert fault.code.startswith("PH4")


def value(text, **given):
    expression = parse(text)
    return Calculator().value(quantity(expression, expression, ANY), given)


def test_arithmetic_is_exact():
    assert value("minutes / length", minutes=195, length=45) == Fraction(13, 3)
    assert value("floor(a / b) + ceil(a / b)", a=7, b=2) == 7
    assert value("round_to(a, s)", a=Fraction(5, 4), s=Fraction(1, 2)) == Fraction(3, 2)
    assert value("-a + 1", a=3) == -2
    assert value("max(a, 1) - min(a, 0)", a=-4) == 5


@given(
    st.sampled_from(
        ["a + b", "a - b", "a * b", "min(a, b)", "max(a, 1) * b", "floor(a / (b * b + 1))", "a * a - b"]
    ),
    st.tuples(st.fractions(-9, 9), st.fractions(-9, 9)).map(sorted),
    st.tuples(st.fractions(-9, 9), st.fractions(-9, 9)).map(sorted),
    st.fractions(0, 1),
    st.fractions(0, 1),
)
def test_a_range_contains_every_outcome(text, a, b, where_a, where_b):
    spans = {"a": Range(*a), "b": Range(*b)}
    points = {"a": a[0] + (a[1] - a[0]) * where_a, "b": b[0] + (b[1] - b[0]) * where_b}
    if "/" in text:
        spans["b"] = points["b"]  # squaring a range that holds zero is wider than its values, and may hold -1
    assert contains(as_range(value(text, **spans)), value(text, **points))


def test_a_range_without_an_end_stays_without_one():
    assert value("a + b", a=Range(1, None), b=2) == Range(3, None)
    assert value("a * b", a=Range(0, None), b=3) == Range(0, None)
    assert value("min(a, b)", a=Range(1, None), b=5) == Range(1, 5)
    assert value("-a", a=Range(1, None)) == Range(None, -1)


def test_units_keep_hours_and_days_apart():
    day, rate = parse_unit("day"), parse_unit("hour/day")
    assert product(day, rate) == HOUR
    assert quotient(parse_unit("minute"), parse_unit("minute/hour")) == HOUR
    assert not agree(day, HOUR)
    assert agree(ANY, HOUR)
    assert unit_title(rate) == "学时/天"


def test_names_know_where_they_stand():
    tree = parse("  days + 1")
    assert tree.left == Name("days")
    assert tree.left.offset == 2
    assert tree.right == Constant(1)
