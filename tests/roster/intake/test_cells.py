"""One cell: a value, nothing, or a fault that says what was found and expected."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from policyhours.roster.intake.cells import read_cell
from policyhours.roster.intake.columns import Column, stored_value
from policyhours.roster.intake.faults import Fault
from policyhours.sheet.spelling import spelled
from roster.intake.taking import every_industry

ACTIVITIES = every_industry().tables["activities"]


def read(column: str, cell: object) -> object:
    found = read_cell(cell, ACTIVITIES[column])
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize("cell", [None, "", "  ", "　", "\u200b", "\t"])
@pytest.mark.parametrize("column", ["days", "hours", "date", "kind", "obtained", "event"])
def test_a_cell_of_spaces_is_empty(column, cell):
    assert read(column, cell) is None


@pytest.mark.parametrize("cell", ["3", "３", "3天", "3 天", " 3 ", "3.0", "03", "+3", 3, 3.0, Decimal("3.0")])
def test_a_whole_number_in_its_spellings(cell):
    assert read("days", cell) == 3


@pytest.mark.parametrize(
    ("cell", "exact"),
    [
        ("8.5", Fraction(17, 2)),
        ("8.5学时", Fraction(17, 2)),
        ("17/2", Fraction(17, 2)),
        ("1,000", 1000),
        (8.1, Fraction(81, 10)),
        (0.1 + 0.2, Fraction(3, 10)),
        (Decimal("8.1"), Fraction(81, 10)),
    ],
)
def test_hours_are_exact(cell, exact):
    assert read("hours", cell) == exact


@pytest.mark.parametrize(
    "cell",
    [
        "3.5",
        "三",
        "3天半",
        "3学时",
        "1e3",
        "1,00",
        "1/0",
        "--3",
        "-1",
        "367",
        "9" * 40,
        "NaN",
        2.5,
        float("nan"),
        float("inf"),
        -1,
        367,
        "TRUE",
        "2025-03-01",
    ],
)
def test_what_is_no_whole_number_within_the_bounds_is_refused(cell):
    assert read("days", cell) == "PH806"


@pytest.mark.parametrize("cell", ["8.55", 8.55, Decimal("8.55"), "1000.1", -0.1])
def test_hours_off_their_step_or_out_of_bounds_are_refused(cell):
    assert read("hours", cell) == "PH806"


@pytest.mark.parametrize(
    "cell",
    [
        "2025-06-30",
        "2025.6.30",
        "2025/6/30",
        "20250630",
        "2025年6月30日",
        "2025 年 6 月 30 日",
        "2025年6月30号",
        "２０２５－０６－３０",
        "2025-06-30 00:00:00",
        "2025/6/30 9:30",
        "2025-06-30T09:30:00.123",
        20250630,
        date(2025, 6, 30),
        datetime(2025, 6, 30, 23, 59),
    ],
)
def test_a_day_in_its_spellings(cell):
    assert read("date", cell) == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2025-02-30", "PH118"),
        ("2025.13.1", "PH118"),
        ("20250230", "PH118"),
        ("2025-6", "RO301"),
        ("6/30/2025", "RO301"),
        ("25.6.30", "RO301"),
        ("2025-06/30", "RO301"),
        ("45838", "RO301"),
        ("明天", "RO301"),
        ("1899-12-31", "RO301"),
        (45838, "RO301"),
        (45838.5, "RO301"),
        ("2025-06-30 abc", "RO301"),
        ("3000-01-01", "RO301"),
    ],
)
def test_what_is_no_day_is_refused_and_never_guessed_at(cell, code):
    assert read("date", cell) == code


@pytest.mark.parametrize("cell", ["是", "有", "√", "✓", "true", "TRUE", "Yes", "1", "１", True, 1, 1.0])
def test_yes(cell):
    assert read("obtained", cell) is True


@pytest.mark.parametrize("cell", ["否", "无", "×", "false", "No", "0", False, 0])
def test_no(cell):
    assert read("obtained", cell) is False


@pytest.mark.parametrize("cell", ["x", "2", "是否", "/", "待定"])
def test_neither_yes_nor_no(cell):
    assert read("obtained", cell) == "PH805"


@pytest.mark.parametrize(
    "cell", ["lecture", "授课（报告）", "授课(报告)", " 授课（报告） ", "LECTURE", "授课 （报告）"]
)
def test_an_option_by_id_or_label(cell):
    assert read("kind", cell) == "lecture"


def test_an_unknown_option_names_those_that_are_near():
    found = read_cell("发明", ACTIVITIES["ip_type"])
    assert isinstance(found, Fault)
    assert (found.code, found.word("nearest")) == ("PH805", "发明专利")


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
@pytest.mark.parametrize("column", ["days", "date", "kind", "event", "person"])
def test_a_failed_formula_is_no_empty_cell(column, cell):
    assert read(column, cell) == "RO304"


@pytest.mark.parametrize("column", ["days", "date", "kind", "event", "person"])
def test_a_formula_without_a_result_is_no_empty_cell(column):
    assert read(column, "=VLOOKUP(A2,B:C,2)") == "RO303"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0012", "0012"),
        ("　ＡＢ１２", "AB12"),
        (12345, "12345"),
        (12345.0, "12345"),
        ("12\u200b3", "123"),
        ("110101199001011234", "110101199001011234"),
        (110101199001011234, "110101199001011234"),
    ],
)
def test_codes_stay_codes(cell, code):
    assert read("person", cell) == code


@pytest.mark.parametrize("cell", ["1.23457E+17", "1E+15", 1.2345678901234567e17])
def test_a_code_that_lost_its_digits_says_so(cell):
    assert read("person", cell) == "RO302"


def test_a_binary_number_is_spelled_as_a_workbook_shows_it():
    assert [spelled(cell) for cell in (1.1, 0.1 + 0.2, 3.0, 1e-7, True, None)] == [
        "1.1",
        "0.3",
        "3",
        "0.0000001",
        "TRUE",
        None,
    ]


def test_what_is_stored_are_steps_or_the_exact_text():
    loose = Column("x", ("x",), "number")
    assert stored_value(Fraction(17, 2), ACTIVITIES["hours"]) == 85
    assert stored_value(3, ACTIVITIES["days"]) == 3
    assert [stored_value(value, loose) for value in (Fraction(181, 3), Fraction(1, 2), 60)] == [
        "181/3",
        "0.5",
        "60",
    ]
