"""What is not known stays open, and no more of it than has to: tables, bounds, steps, the names that matter."""

from __future__ import annotations

from fractions import Fraction

import pytest

from policyhours.language.calculator import Calculator, open_names, quantity
from policyhours.language.expression import (
    Bounded,
    Call,
    Constant,
    Expression,
    Name,
    Operation,
    Row,
    Table,
)
from policyhours.language.number import Range
from policyhours.language.pattern import Between, OneOf, Unknown
from policyhours.language.step import step_of
from policyhours.language.unit import ANY

RANKS = Table(
    "rank",
    (Row(OneOf(frozenset({1})), Constant(30)), Row(Between(Range(2, 5)), Constant(12))),
    None,
    total=False,
    step=1,
)


def value(expression: Expression, **given):
    calculator = Calculator()
    return calculator.value(quantity(expression, expression, ANY), given), calculator


def test_a_table_that_covers_what_the_fact_may_still_be_has_no_gap():
    found, calculator = value(RANKS, rank=Range(1, 5))
    assert found == Range(12, 30)
    assert calculator.gaps == []


@pytest.mark.parametrize("rank", [Range(1, 6), Range(0, 5), Range(1, None), 6])
def test_a_table_that_does_not_cover_it_says_so(rank):
    found, calculator = value(RANKS, rank=rank)
    assert found == Range(0, None)
    assert calculator.gaps == [RANKS]


def test_a_gap_between_rows_shows_where_numbers_may_fall_into_it():
    bands = Table(
        "months",
        (Row(Between(Range(None, 2)), Constant(1)), Row(Between(Range(3, None)), Constant(2))),
        None,
        total=False,
        step=Fraction(1, 2),
    )
    assert value(bands, months=Range(0, 9))[1].gaps == [bands]
    assert value(bands, months=Range(3, 9))[0] == 2


WITHIN = Bounded(Name("stated"), Name("least"), Name("most"))


@pytest.mark.parametrize(
    ("stated", "least", "most", "expected"),
    [
        (18, 15, 30, 18),
        (15, 15, 30, 15),
        (Range(0, 100), 15, 30, Range(15, 30)),
        (Range(20, 100), 15, 30, Range(20, 30)),
        (18, Range(5, 15), Range(10, 30), Range(5, 18)),
        (7, Range(5, 15), Range(10, 30), Range(7, 30)),
    ],
)
def test_a_bounded_value_counts_within_its_bounds(stated, least, most, expected):
    found, calculator = value(WITHIN, stated=stated, least=least, most=most)
    assert found == expected
    assert calculator.outside == []


@pytest.mark.parametrize("stated", [14, 31, Range(40, 50)])
def test_a_value_outside_its_bounds_is_not_cut_to_fit(stated):
    found, calculator = value(WITHIN, stated=stated, least=15, most=30)
    assert found == Range(15, 30)
    assert calculator.outside == [(stated, Range(15, 30))]


def test_only_what_can_still_matter_is_asked_for():
    table = Table(
        "form",
        (Row(OneOf(frozenset({"class"})), Name("days")), Row(OneOf(frozenset({"article"})), Name("chars"))),
        None,
        total=True,
    )
    days, chars = Range(0, None), Range(0, None)
    assert open_names(table, {"form": "class", "days": days, "chars": chars}) == {"days"}
    anything = Unknown(frozenset({"class", "article"}))
    assert open_names(table, {"form": anything, "days": 3, "chars": chars}) == {"form", "chars"}


@pytest.mark.parametrize(
    ("expression", "step"),
    [
        (Name("days"), 1),
        (Name("hours"), Fraction(1, 10)),
        (Name("free"), None),
        (Operation("+", Name("days"), Name("hours")), Fraction(1, 10)),
        (Operation("*", Name("days"), Constant(8)), 8),
        (Operation("/", Name("days"), Constant(3)), Fraction(1, 3)),
        (Operation("/", Constant(3), Name("days")), None),
        (Call("floor", (Name("free"),)), 1),
        (Call("min", (Name("days"), Constant(Fraction(1, 2)))), Fraction(1, 2)),
        (RANKS, None),
    ],
)
def test_steps(expression, step):
    assert step_of(expression, {"days": 1, "hours": Fraction(1, 10), "free": None}) == step
