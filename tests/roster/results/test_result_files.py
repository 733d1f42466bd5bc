"""Results as files: Parquet for programs, CSV and workbooks for people."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import openpyxl
import pytest
from made_results import ENGLISH, LABELS, made

from policyhours.roster.results import output
from policyhours.roster.results.output import Further, Outputs, left_over, path_of, ready, write_outputs
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

ACTIVITIES = [
    {
        "person": "p0", "year": 2025, "id": "a2", "kind": "lecture", "date": date(2025, 6, 30), "grid": 90,
        "claimed_low": 96 * 90, "claimed_high": None, "counted_low": 50 * 90, "counted_high": 50 * 90,
        "outcome": "partly_counted", "article": "第八条第四项", "reasons": "ceiling:lecture", "words": "超过上限",
    },
    {
        "person": "p0", "year": 2025, "id": "a1", "kind": "training", "date": date(2025, 6, 30), "grid": 90,
        "outcome": "not_assessed",
    },
]  # fmt: skip


def code(refused) -> str:
    (finding,) = refused.value.findings
    return finding.code


def test_a_csv_is_what_a_clerk_reads(tmp_path):
    con = made(
        {
            "person": "p2", "verdict": "undetermined", "total_low": 5430, "total_high": None,
            "professional_low": 5445, "professional_high": 5445, "short_total_high": 2670,
            "reasons": "fact:assessment short:total", "words": "没有填写“考核结果”；合计不足", "evaluated": True,
        },
        {"person": "p10", "title_level": None},
        {
            "person": "p3", "verdict": "not_assessable", "policy": None, "total_low": None, "professional_low": None,
            "short_total_low": None, "short_total_high": None, "kind_lecture_low": None, "kind_lecture_high": None,
        },
    )  # fmt: skip
    out = tmp_path / "结果.csv"
    assert write_outputs(con, Outputs(out, LABELS)) == (out,)
    assert out.read_bytes().decode("utf-8") == (
        "\ufeff人员编号,年度,依据,结论,职称层级,所在地（州、市）,所属行业,专业科目 至少,专业科目 至多,合计 至少,合计 至多,"
        "尚缺 合计 至少,尚缺 合计 至多,其中 授课（报告） 至少,其中 授课（报告） 至多,原因代码,原因,逐人核算,有行被拒收\n"
        "p10,2025,xinjiang@2023.1,达到要求,,阿克苏地区,教育,60,60,90,90,0,0,0,0,,,否,否\n"
        "p2,2025,xinjiang@2023.1,不能确定,中级,阿克苏地区,教育,60.5,60.5,60又1/3,不限,0,29又2/3,0,0,"
        "fact:assessment short:total,没有填写“考核结果”；合计不足,是,否\n"
        "p3,2025,,不能评定,中级,阿克苏地区,教育,,,,,,,,,,,否,否\n"
    )


def test_an_english_csv_has_english_heads_and_verdicts(tmp_path):
    write_outputs(made({"total_low": 5430}), Outputs(tmp_path / "r.csv", ENGLISH))
    head, row = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert head.startswith("person,year,policy,verdict,职称层级,")
    assert ",total at least,total at most,lacking total at least," in head
    assert row.startswith("p0,2025,xinjiang@2023.1,met,")
    assert ",60 1/3,60 1/3," in row


def test_every_file_of_a_trial_says_so(tmp_path):
    con = made({})
    for name in ("r.csv", "r.parquet", "r.xlsx"):
        write_outputs(con, Outputs(tmp_path / name, LABELS, trial=True))
    assert "结论（试算）" in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active["D1"].value == "结论（试算）"
    said = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{tmp_path / 'r.parquet'}')").fetchall()
    assert (b"official", b"false") in said


def test_a_parquet_holds_the_table_as_it_is_sorted_by_person_and_year(tmp_path):
    con = made({"person": "p2", "year": 2025}, {"person": "p2", "year": 2024}, {"person": "p10"})
    write_outputs(con, Outputs(tmp_path / "r.parquet", LABELS))
    written = duckdb.read_parquet(str(tmp_path / "r.parquet"))
    assert written.columns == list(duckdb.table("result", connection=con).columns)
    assert written.types == duckdb.table("result", connection=con).types
    assert written.fetchall() == con.execute("SELECT * FROM result ORDER BY person, year").fetchall()
    assert [row[:2] for row in written.fetchall()] == [("p10", 2025), ("p2", 2024), ("p2", 2025)]


def test_detail_stands_beside_the_result_sorted_by_day_and_id(tmp_path):
    plan = Outputs(tmp_path / "r.csv", LABELS, detail=True)
    assert write_outputs(made({}, detail=ACTIVITIES), plan) == (tmp_path / "r.csv", tmp_path / "r.detail.csv")
    assert (tmp_path / "r.detail.csv").read_text("utf-8-sig").splitlines() == [
        "人员编号,年度,活动编号,学习形式,日期,申报 至少,申报 至多,计入 至少,计入 至多,认定结果,条文,原因代码,原因",
        "p0,2025,a1,培训（进修）班,2025-06-30,,,,,未评定,,,",
        "p0,2025,a2,授课（报告）,2025-06-30,96,不限,50,50,部分计入,第八条第四项,ceiling:lecture,超过上限",
    ]


def test_a_workbook_has_numbers_dates_and_texts_in_cells_of_their_kind(tmp_path):
    person = {"person": "0001", "professional_low": 5445, "total_low": 5430, "total_high": None}
    con = made(person, detail=[{**ACTIVITIES[0], "person": "0001", "id": "007"}])
    assert write_outputs(con, Outputs(tmp_path / "r.xlsx", LABELS, detail=True)) == (tmp_path / "r.xlsx",)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["结果", "活动"]
    result, detail = (
        {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)} for sheet in book.worksheets
    )
    assert (result["人员编号"].value, result["人员编号"].number_format) == ("0001", "@")
    assert (result["年度"].value, result["年度"].data_type) == (2025, "n")
    assert (result["专业科目 至少"].value, result["专业科目 至少"].data_type) == (60.5, "n")
    assert (result["合计 至少"].value, result["合计 至多"].value) == ("60又1/3", "不限")
    assert (detail["活动编号"].value, detail["活动编号"].number_format) == ("007", "@")
    assert detail["日期"].is_date
    for sheet in book.worksheets:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", sheet.dimensions)


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_text_that_looks_like_a_formula_is_text(tmp_path, start):
    evil = f'{start}cmd|" /C calc"!A0'
    con = made({"prefecture": evil, "person": f"{start}1+1"})
    write_outputs(con, Outputs(tmp_path / "r.csv", LABELS))
    text = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig")
    assert f"'{start}1+1" in text
    assert f"""'{start}cmd|"" /C""" in text
    write_outputs(con, Outputs(tmp_path / "r.xlsx", LABELS))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert {sheet["A2"].data_type, sheet["F2"].data_type} <= {"s", "inlineStr"}
    # A workbook keeps a carriage return as a line feed.
    assert sheet["F2"].value.replace("\r", "\n") == evil.replace("\r", "\n")


def test_a_negative_number_and_an_error_word_are_no_formulas(tmp_path):
    con = made({"prefecture": "-5", "industry": "#N/A"})
    write_outputs(con, Outputs(tmp_path / "r.csv", LABELS))
    assert ',-5,"#N/A",' in (tmp_path / "r.csv").read_text("utf-8-sig")
    write_outputs(con, Outputs(tmp_path / "r.xlsx", LABELS))
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    assert (sheet["G2"].value, sheet["G2"].data_type) == ("#N/A", "s")


def test_a_character_that_a_workbook_cannot_hold_is_replaced(tmp_path):
    write_outputs(made({"prefecture": "甲\x00\x07乙"}), Outputs(tmp_path / "r.xlsx", LABELS))
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active["F2"].value == "甲\ufffd\ufffd乙"


def test_leading_zeros_stay(tmp_path):
    con = made({"person": "000123456789012345"})
    for name in ("r.csv", "r.xlsx", "r.parquet"):
        write_outputs(con, Outputs(tmp_path / name, LABELS))
    assert "\n000123456789012345," in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active["A2"].value == "000123456789012345"


def test_two_facts_of_one_title_get_heads_that_tell_them_apart(tmp_path):
    con = made({})
    con.execute("ALTER TABLE result ADD COLUMN rank VARCHAR DEFAULT 'x'")
    facts = {**LABELS.facts, "rank": "职称层级"}
    write_outputs(con, Outputs(tmp_path / "r.csv", type(LABELS)(facts=facts)))
    head = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()[0]
    assert "职称层级 [title_level]" in head
    assert "职称层级 [rank]" in head


def test_every_row_has_a_grid_of_its_own(tmp_path):
    con = made({"person": "a", "grid": 3, "total_low": 181}, {"person": "b", "grid": 1, "total_low": 181})
    write_outputs(con, Outputs(tmp_path / "r.csv", LABELS))
    rows = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[9] for row in rows] == ["60又1/3", "181"]
    assert Fraction(181, 3) == 60 + Fraction(1, 3)


def test_a_name_of_a_column_may_hold_any_character(tmp_path):
    con = made({})
    con.execute('ALTER TABLE result ADD COLUMN "kind_paper+book_low" BIGINT DEFAULT 90')
    con.execute('ALTER TABLE result ADD COLUMN "kind_paper+book_high" BIGINT DEFAULT 180')
    write_outputs(con, Outputs(tmp_path / "it's.csv", LABELS))
    head, row = (tmp_path / "it's.csv").read_text("utf-8-sig").splitlines()
    assert head.endswith("其中 学术论文、著作 至少,其中 学术论文、著作 至多")
    assert row.endswith(",1,2")


def test_a_roster_of_nobody_gives_files_with_heads(tmp_path):
    con = made(detail=[])
    for name in ("r.csv", "r.xlsx", "r.parquet"):
        write_outputs(con, Outputs(tmp_path / name, LABELS, detail=True))
    assert len((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()) == 1
    assert openpyxl.load_workbook(tmp_path / "r.xlsx").active.max_row == 1


def test_a_workbook_tells_how_many_rows_are_written(tmp_path, monkeypatch):
    monkeypatch.setattr(output, "_CHUNK", 2)
    told: list[int] = []
    write_outputs(made({}, {}, {}), Outputs(tmp_path / "r.xlsx", LABELS, written=told.append))
    assert told == [2, 3]


def test_more_rows_than_a_sheet_holds_are_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(output, "MOST_ROWS", 2)
    with pytest.raises(Refused) as refused:
        write_outputs(made({}, {}, {}), Outputs(tmp_path / "r.xlsx", LABELS))
    assert code(refused) == "RO406"
    assert "结果有 3 行，一张 Excel 工作表最多放 2 行" in tell_all(refused.value.findings)
    assert ".csv" in tell_all(refused.value.findings, "en")
    assert list(tmp_path.iterdir()) == []


def test_an_ending_that_names_no_form_is_refused_before_anything_is_done(tmp_path):
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "r.xls", LABELS))
    assert code(refused) == "RO401"


def test_further_files_are_put_in_place_with_the_others(tmp_path):
    report = Further(tmp_path / "report.html", lambda path: path.write_text("报告", "utf-8"))
    rejected = Further(tmp_path / "r.rejected.csv", lambda path: path.write_text("行", "utf-8"), private=True)
    files = write_outputs(made({}), Outputs(tmp_path / "r.csv", LABELS, further=(report, rejected)))
    assert files == (tmp_path / "r.csv", report.path, rejected.path)
    assert [path.exists() for path in files] == [True, True, True]


def test_where_one_file_fails_none_is_put_in_place(tmp_path):
    (tmp_path / "r.csv").write_text("earlier", "utf-8")

    def fail(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(Refused) as refused:
        write_outputs(made({}), Outputs(tmp_path / "r.csv", LABELS, further=(Further(tmp_path / "x", fail),)))
    assert code(refused) == "RO405"
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]
    assert (tmp_path / "r.csv").read_text("utf-8") == "earlier"


def test_what_an_earlier_run_left_beside_is_known(tmp_path):
    (tmp_path / "r.detail.csv").write_text("", "utf-8")
    (tmp_path / "r.changes.csv").write_text("", "utf-8")
    assert left_over(Outputs(tmp_path / "r.csv", LABELS, changes=True)) == (tmp_path / "r.detail.csv",)
    assert left_over(Outputs(tmp_path / "r.xlsx", LABELS)) == ()
    assert path_of(Path("o.parquet"), "detail") == Path("o.detail.parquet")


def test_two_outputs_for_one_file_are_refused(tmp_path):
    report = Further(tmp_path / "x" / ".." / "r.csv", lambda _: None)
    (tmp_path / "x").mkdir()
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "r.csv", LABELS, further=(report,)))
    assert code(refused) == "RO410"
    ready(Outputs(tmp_path / "r.xlsx", LABELS, detail=True, changes=True))


def test_an_output_never_replaces_the_input(tmp_path):
    (tmp_path / "人员.csv").write_text("", "utf-8")
    with pytest.raises(Refused) as refused:
        ready(Outputs(tmp_path / "人员.csv", LABELS, inputs=(tmp_path / "人员.csv",)))
    assert code(refused) == "RO411"
    assert "是输入文件" in tell_all(refused.value.findings)


def test_a_fact_whose_name_begins_like_a_grid_is_shown(tmp_path):
    con = made({})
    con.execute("ALTER TABLE result ADD COLUMN grid_worker BOOLEAN DEFAULT true")
    write_outputs(con, Outputs(tmp_path / "r.csv", LABELS))
    head, row = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()
    assert (head.split(",")[-1], row.split(",")[-1]) == ("grid_worker", "是")
