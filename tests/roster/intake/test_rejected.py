"""Rejected rows: told in both languages, harmless in a spreadsheet, and for their owner's eyes only."""

from __future__ import annotations

import csv

import pytest

from policyhours.roster.intake.faults import Fault
from policyhours.roster.intake.rejected import Rejected, inert, write_rejected
from policyhours.text.aside import Aside

FAULT = Fault(
    "PH806", {"fact": "天数", "found": "=1+1", "expected": "整数", "expected_en": "a whole number"}, "days"
)


def written(path, *rows):
    with Aside() as aside:
        assert write_rejected(aside.beside(path, private=True), rows) == len(rows)
        aside.put_in_place()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_a_rejected_row_says_where_what_was_found_what_was_expected_and_what_to_do(tmp_path):
    head, row = written(tmp_path / "r.csv", Rejected("活动.xlsx", "活动", 7, "天数(天)", FAULT))
    assert dict(zip(head, row, strict=True)) == {
        "文件 file": "活动.xlsx",
        "工作表 sheet": "活动",
        "行 row": "7",
        "列 column": "天数(天)",
        "代码 code": "PH806",
        "填写的内容 found": "'=1+1",
        "应当是": "整数",
        "expected": "a whole number",
        "问题": "“天数”不能填“=1+1”，应当是：整数",
        "怎么办": "请核对这个数",
        "problem": "“天数” cannot be “=1+1”, expected is: a whole number",
        "to do": "check the number",
    }


def test_only_the_owner_may_read_it_from_the_first_byte_on(tmp_path):
    with Aside() as aside:
        write_rejected(aside.beside(tmp_path / "r.csv", private=True), [])
        (part,) = tmp_path.iterdir()
        assert part.stat().st_mode & 0o077 == 0
        aside.put_in_place()
    assert (tmp_path / "r.csv").stat().st_mode & 0o077 == 0


def test_the_earlier_file_stays_until_all_is_written(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("earlier", "utf-8")

    def rows():
        yield Rejected("a", "", 1, "", FAULT)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Aside() as aside:
        write_rejected(aside.beside(path, private=True), rows())
    assert [file.name for file in tmp_path.iterdir()] == ["r.csv"]
    assert path.read_text("utf-8") == "earlier"


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_made_a_text(cell):
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "-5", "+5.25", "0012", "天数"])
def test_numbers_and_texts_stay_as_they_are(cell):
    assert inert(cell) == cell


def test_a_very_long_cell_is_cut(tmp_path):
    fault = Fault("RO304", {"found": "长" * 5000})
    assert len(fault.says("zh")) < 350
