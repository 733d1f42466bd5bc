"""Five workbooks as offices send them, each with its exact outcome. See `roster.sheets.offices`."""

from __future__ import annotations

from datetime import date

from roster.intake.taking import taken
from roster.sheets import offices


def test_a_sheet_with_titles_and_sums_is_read_from_its_head(tmp_path):
    offices.titled(tmp_path / "登记表.xlsx")
    found = taken(tmp_path / "登记表.xlsx")
    assert found.rows("activities", "_row", "_sound", "person", "kind", "date", "days") == [
        (4, True, "0001", "training", date(2025, 3, 1), 3),
        (5, True, "0001", "lecture", date(2025, 4, 1), 1),
        (8, True, "0002", "training", date(2025, 5, 1), 2),
    ]
    (source,) = found.intake.sources
    assert (source.sheet, source.rows, source.empty, source.sums) == ("活动", 3, 1, 2)
    assert found.notes() == ["RO205", "RO203"]
    assert found.intake.notes[0].args["row"] == "3"


def test_what_is_called_as_it_is_read_needs_no_word(tmp_path):
    for name in ("活动.xlsx", "登记表.xlsx"):  # the sheet of both is called 活动
        offices.merged(tmp_path / name)
        assert taken(tmp_path / name).notes() == []
    (tmp_path / "导出.csv").write_text("人员编号,方式,日期\n0001,论文,2025-03-01\n", "utf-8")
    assert taken(tmp_path / "导出.csv").notes() == ["RO205"]


def test_a_merged_person_holds_for_every_row_and_spaces_for_none(tmp_path):
    offices.merged(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    assert found.rows("activities", "_row", "_sound", "person", "kind", "days", "assessment") == [
        (2, True, "0001", "training", 3, "passed"),
        (3, True, "0001", "paper", None, None),
        (4, True, "0001", "practice", 2, None),
        (5, False, "0002", "training", None, "passed"),
        (6, False, "0002", "training", None, "passed"),
    ]


def test_a_merged_number_may_be_meant_for_each_row_or_for_all_and_is_refused(tmp_path):
    offices.merged(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    for row in (5, 6):
        (fault,) = found.again(row)
        assert (fault.code, fault.column, fault.word("found")) == ("RO307", "days", "5")


def test_one_day_is_one_day_in_every_spelling(tmp_path):
    offices.dated(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    assert found.rows("activities", "_sound", "date", "days") == [(True, date(2025, 6, 30), 3)] * 7


def test_codes_keep_their_zeros_and_one_that_lost_digits_says_so(tmp_path):
    offices.numbered(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    assert found.rows("activities", "_row", "_sound", "person") == [
        (2, True, "12345"),
        (3, True, "12345"),
        (4, True, "00123"),
        (5, True, "00123"),
        (6, False, "1.234567890123457E+17"),
        (7, True, "123456789012345678"),
    ]
    (fault,) = found.again(6)
    assert (fault.code, fault.column) == ("RO302", "person")
    assert "文本格式" in fault.do("zh")


def test_every_wrong_cell_is_told_with_what_was_found(tmp_path):
    offices.wrong(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    faults = {row: found.again(row) for row in range(2, 15)}
    assert {
        row: [(f.code, f.column, f.word("found")) for f in several] for row, several in faults.items()
    } == {
        2: [("PH803", "kind", "培训班学习")],
        3: [("PH806", "days", "三天")],
        4: [("PH118", "date", "2025-02-30")],
        5: [("RO304", "date", "#N/A")],
        6: [("RO303", "days", "=SUM(D2:D3)")],
        7: [("PH807", "hours", "")],
        8: [("PH805", "status", "审核中")],
        9: [("PH806", "days", "367")],
        10: [("PH806", "hours", "8.55")],
        11: [("RO305", "person", "")],
        12: [("PH808", "", "0001")],
        13: [("PH814", "from", "2025-04-01")],
        14: [("RO301", "date", "明天")],
    }
    assert all(
        f.says(lang) and f.do(lang) for several in faults.values() for f in several for lang in ("zh", "en")
    )


def test_what_the_cells_cannot_say_together_leaves_them_sound(tmp_path):
    offices.wrong(tmp_path / "活动.xlsx")
    found = taken(tmp_path / "活动.xlsx")
    sound = {row for row, sound in found.rows("activities", "_row", "_sound") if sound}
    assert sound == {7, 12, 13, 15}


def test_a_row_without_fault_states_exact_values(tmp_path):
    offices.wrong(tmp_path / "活动.xlsx")
    row = taken(tmp_path / "活动.xlsx").again(15)
    assert row.values == {
        "person": "0001",
        "kind": "paper",
        "date": date(2025, 3, 1),
        "status": "registered",
    }
    assert row.unused == ()
