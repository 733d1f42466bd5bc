"""CSV as Excel and databases write it: encodings, delimiters, titles, rows of a wrong width."""

from __future__ import annotations

from datetime import date

import pytest

from roster.intake.taking import refused, taken

HEAD = "人员编号,学习形式,日期,天数\n"
ROWS = "0001,继续教育培训活动,2025-03-01,3\n0002,学术论文,2025.4.1,\n"
EXPECTED = [
    (2, True, "0001", "training", date(2025, 3, 1), 3),
    (3, True, "0002", "paper", date(2025, 4, 1), None),
]


def read(*paths):
    return taken(*paths).rows("activities", "_row", "_sound", "person", "kind", "date", "days")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("gbk", "GBK（GB18030）"),
        ("gb18030", "GBK（GB18030）"),
        ("utf-16", "UTF-16"),
    ],
)
def test_every_encoding_that_excel_writes_is_read(tmp_path, encoding, told):
    file = tmp_path / "活动.csv"
    file.write_bytes((HEAD + ROWS).encode(encoding))
    assert read(file) == EXPECTED
    assert [n.args["encoding"] for n in taken(file).intake.notes if n.code == "RO204"] == (
        [told] if told else []
    )


def test_a_character_that_only_gb18030_has_is_read(tmp_path):
    file = tmp_path / "人员.csv"
    file.write_bytes("人员编号,所属行业\n1,𠮷林行业行业\n".encode("gb18030"))
    assert taken(file).rows("persons", "industry") == [("𠮷林行业行业",)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_delimiter_is_found(tmp_path, delimiter):
    file = tmp_path / "活动.csv"
    file.write_text((HEAD + ROWS).replace(",", delimiter), "utf-8")
    assert read(file) == EXPECTED


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_read(tmp_path, end):
    file = tmp_path / "活动.csv"
    file.write_bytes((HEAD + ROWS).replace("\n", end).encode())
    assert read(file) == EXPECTED


def test_titles_above_the_head_are_passed_over_and_rows_keep_their_numbers(tmp_path):
    file = tmp_path / "活动.csv"
    file.write_text("登记表,,,\n" + HEAD + ROWS + "合计,,,3\n", "utf-8")
    assert [row for row, *_ in read(file)] == [3, 4]


def test_empty_lines_count_as_rows_as_they_do_in_a_spreadsheet(tmp_path):
    file = tmp_path / "活动.csv"
    file.write_text("登记表\n\n" + HEAD + "\n" + ROWS + ",,,\n", "utf-8")
    found = taken(file)
    assert [row for (row,) in found.rows("activities", "_row")] == [5, 6]
    assert found.intake.sources[0].empty == 1


def test_a_row_with_a_wrong_number_of_cells_is_rejected_and_the_others_are_read(tmp_path):
    file = tmp_path / "活动.csv"
    file.write_text(
        HEAD + "0001,学术论文,2025-01-01,\n0002,学术论文\n0003,学术论文,2025-01-01,,,\n1,2,3,4,5\n", "utf-8"
    )
    found = taken(file)
    assert found.rows("activities", "_row", "person") == [(2, "0001"), (4, "0003")]
    assert [
        (r.row, r.fault.code, r.fault.word("found"), r.person) for r in found.intake.rejected_at_once
    ] == [
        (3, "RO308", "2", "0002"),
        (5, "RO308", "5", "1"),
    ]


def test_a_cell_may_hold_delimiters_quotes_and_lines(tmp_path):
    file = tmp_path / "人员.csv"
    file.write_text('人员编号,所属行业\n1,"甲,乙"\n2,"说""好"""\n3,"两\n行"\n4,丙\n', "utf-8")
    assert taken(file).rows("persons", "_row", "industry") == [
        (2, "甲,乙"),
        (3, '说"好"'),
        (4, "两\n行"),
        (5, "丙"),
    ]


def test_quotes_that_do_not_pair_are_refused_for_rows_cannot_be_told_apart(tmp_path):
    file = tmp_path / "人员.csv"
    file.write_text('人员编号,所属行业\n1,"甲\n2,乙\n', "utf-8")
    assert [code for code, _ in refused(file)] == ["RO115"]


def test_several_files_of_one_table_may_have_different_heads(tmp_path):
    (tmp_path / "活动1.csv").write_text(HEAD + ROWS, "utf-8")
    (tmp_path / "活动2.csv").write_text("person;kind;date;hours\n0003;paper;20250501;1.5\n", "utf-8")
    (tmp_path / "~$活动3.csv").write_text("", "utf-8")
    found = taken(tmp_path / "活动*.csv", tmp_path / "*.csv")
    assert found.rows("activities", "_source", "person", "days", "hours") == [
        (0, "0001", 3, None),
        (0, "0002", None, None),
        (1, "0003", None, 15),
    ]
    assert found.raw("activities", 2, 1)["hours"] == "1.5"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "RO107"),
        ("人员编号,所属行业\n1,甲乙丙丁戊己庚辛".encode() + b"\xff\xfe\n", "RO113"),
        (b"\x00\x01\x02\x03" * 100, "RO113"),
        ("人员编号,所属行业\n1,a\x00b\n".encode(), "RO113"),
        ("人员编号,所属行业\n1,甲\n".encode("utf-16-le"), "RO113"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, code):
    file = tmp_path / "人员.csv"
    file.write_bytes(content)
    assert [found for found, _ in refused(file)] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    codes = [code for code, _ in refused(tmp_path / "没有.csv", tmp_path / "没有*.csv", tmp_path)]
    assert sorted(codes) == ["PH101", "PH103", "RO101"]


def test_copies_of_texts_are_readable_by_their_owner_only(tmp_path):
    from policyhours.roster.intake.encodings import as_utf8

    file = tmp_path / "人员.csv"
    file.write_bytes("人员编号\n1\n".encode("gbk"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    copy = as_utf8(file, scratch).path
    assert copy.parent == scratch
    assert copy.stat().st_mode & 0o077 == 0


def test_a_column_in_which_no_row_says_anything_is_left_out(tmp_path):
    file = tmp_path / "活动.csv"
    file.write_text("人员编号,学习形式,日期,天数,同一活动\n1,学术论文,2025-01-01,,\n", "utf-8")
    assert set(taken(file).intake.relations["activities"].columns) == {"person", "kind", "date"}


def test_a_table_without_rows_is_no_relation(tmp_path):
    (tmp_path / "活动.csv").write_text(HEAD + ROWS, "utf-8")
    (tmp_path / "决定.csv").write_text("人员编号,年度,处理\n", "utf-8")
    assert list(taken(tmp_path / "*.csv").intake.relations) == ["activities"]
