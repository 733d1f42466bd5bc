"""Parquet: read where it stands, checked in SQL, and never differently from a cell read with care."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyhours.roster.intake.cells import read_cell
from policyhours.roster.intake.columns import stored_value
from policyhours.roster.intake.faults import Fault
from roster.intake.taking import every_industry, refused, taken

ACTIVITIES = every_industry().tables["activities"]
DAY = date(2025, 3, 1)


def activities(path, **columns):
    """Activities that are sound but for what the columns say."""
    count = len(next(iter(columns.values())))
    sound = {"person": ["p"] * count, "kind": ["paper"] * count, "date": [DAY] * count}
    pq.write_table(pa.table(sound | columns), path)
    return path


def test_the_relation_is_a_view_over_the_file(tmp_path):
    found = taken(activities(tmp_path / "a.parquet", days=[1, 2]))
    assert found.con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
    assert found.rows("activities") == [
        (0, 1, True, "p", "paper", DAY, 1),
        (0, 2, True, "p", "paper", DAY, 2),
    ]


def test_a_file_that_holds_nothing_but_what_fits_is_known_to_be_sound(tmp_path):
    sound = activities(tmp_path / "a.parquet", days=[1], hours=[1.5], ip_type=["invention"])
    assert taken(sound).intake.relations["activities"].sound
    for column, cell in {"days": 400, "hours": 1.55, "ip_type": "别的", "person": "", "kind": None}.items():
        path = activities(tmp_path / "b.parquet", **{column: [cell]})
        assert not taken(path).intake.relations["activities"].sound
        assert taken(path).rows("activities", "_sound") == [(False,)]


def test_a_code_that_may_be_blank_is_looked_at(tmp_path):
    for code in ("\u3000", "甲", " ", " 1"):
        found = taken(activities(tmp_path / "a.parquet", person=["0001", code]))
        assert not found.intake.relations["activities"].sound
        assert found.rows("activities", "_sound") == [(True,), (bool(code.strip()),)]


def test_columns_that_the_file_lacks_are_not_in_the_relation(tmp_path):
    found = taken(activities(tmp_path / "a.parquet", days=[1]))
    assert set(found.intake.relations["activities"].columns) == {"person", "kind", "date", "days"}


def test_what_is_no_number_does_not_fit(tmp_path):
    for cell in (float("nan"), float("inf"), float("-inf")):
        path = activities(tmp_path / "a.parquet", hours=[0.0, cell])
        assert taken(path).rows("activities", "_sound", "hours") == [(True, 0), (False, None)]


def test_numbers_are_stored_as_steps(tmp_path):
    file = activities(
        tmp_path / "a.parquet",
        hours=pa.array(
            [8.1, 0.30000000000000004, 8.55, float("nan"), float("inf"), 1e300, -1.0, 1000.1, None]
        ),
    )
    assert taken(file).rows("activities", "_sound", "hours") == [(True, 81), (True, 3)] + [
        (False, None)
    ] * 6 + [(True, None)]


def test_labels_and_spaces_are_read_and_other_spellings_are_looked_at_row_by_row(tmp_path):
    file = activities(
        tmp_path / "a.parquet", kind=["paper", "学术论文", " 学术论文 ", "学 术 论 文", "没有", None, ""]
    )
    found = taken(file)
    assert found.rows("activities", "_sound", "kind") == [(True, "paper")] * 3 + [(False, None)] * 4
    assert found.again(4).values["kind"] == "paper"
    assert [found.again(row)[0].code for row in (5, 6, 7)] == ["PH803", "RO305", "RO305"]


def test_spaces_around_a_code_do_not_make_two_persons_of_one(tmp_path):
    file = activities(tmp_path / "a.parquet", person=["p", " p", "p ", "　p", "p\u00a0", " ", "", None])
    assert taken(file).rows("activities", "_sound", "person") == [(True, "p")] * 5 + [(False, None)] * 3


def test_whole_numbers_are_codes_and_binary_ones_only_if_they_kept_their_digits(tmp_path):
    whole = activities(tmp_path / "a.parquet", person=[110101199001011234, 12])
    binary = activities(tmp_path / "b.parquet", person=[12.0, 1.2345678901234567e17])
    assert taken(whole).rows("activities", "_sound", "person") == [(True, "110101199001011234"), (True, "12")]
    assert [sound for (sound,) in taken(binary).rows("activities", "_sound")] == [True, False]
    assert taken(whole).again(1).values["person"] == "110101199001011234"


def test_a_column_of_texts_is_read_as_in_a_csv(tmp_path):
    file = activities(
        tmp_path / "a.parquet", days=["3天", "３", "三", None], date=["2025.3.1", "20250301", "2025/3/1", "x"]
    )
    assert taken(file).rows("activities", "_sound", "date", "days") == [
        (True, DAY, 3),
        (True, DAY, 3),
        (False, DAY, None),
        (False, None, None),
    ]


def test_moments_are_days(tmp_path):
    file = activities(
        tmp_path / "a.parquet", date=pa.array([datetime(2025, 3, 1, 23, 59)], pa.timestamp("ms"))
    )
    assert taken(file).rows("activities", "_sound", "date") == [(True, DAY)]


def test_moments_with_a_time_zone_are_refused_for_the_day_may_shift(tmp_path):
    zoned = pa.array([datetime(2025, 3, 1)], pa.timestamp("us", tz="Asia/Shanghai"))
    ((code, words),) = refused(activities(tmp_path / "活动.parquet", date=zoned))
    assert (code, words["column"]) == ("RO114", "date")


def test_files_of_one_pattern_are_one_relation_and_rows_know_their_file(tmp_path):
    for number in range(3):
        activities(tmp_path / f"activities-{number}.parquet", days=[number, number])
    activities(tmp_path / "activities-3.parquet", hours=[1.5])
    found = taken(tmp_path / "activities-*.parquet")
    rows = found.con.execute("SELECT _source, _row, days, hours FROM activities ORDER BY ALL").fetchall()
    by_file = {found.intake.sources[source].file[-9]: (row, days, hours) for source, row, days, hours in rows}
    assert by_file == {"0": (2, 0, None), "1": (2, 1, None), "2": (2, 2, None), "3": (1, None, 15)}
    assert sorted(source.rows for source in found.intake.sources) == [1, 2, 2, 2]


def test_marks_in_a_files_name_are_no_wildcards(tmp_path):
    file = activities(tmp_path / "activities[1].parquet", days=[1])
    assert taken(file).rows("activities", "days") == [(1,)]


CELLS = {
    "days": st.one_of(st.none(), st.integers(-400, 400), st.integers(-(2**63), 2**63 - 1)),
    "hours": st.one_of(
        st.none(), st.floats(width=64), st.integers(-20, 10020).map(lambda n: n / 10), st.floats(0, 1000)
    ),
    "months": st.one_of(st.none(), st.decimals(-50, 50, places=2)),
    "from": st.one_of(st.none(), st.dates()),
    "obtained": st.one_of(st.none(), st.booleans()),
    "ip_type": st.one_of(
        st.none(),
        st.sampled_from(["invention", "发明专利", " software ", "", "Software", "别的", "　发明专利"]),
    ),
    "event": st.one_of(st.none(), st.sampled_from(["e1", " e1", "e1　", "", "甲", " 甲 "])),
}
TYPES = {"months": pa.decimal128(10, 2), "obtained": pa.bool_(), "hours": pa.float64(), "days": pa.int64()}
TYPES |= {"from": pa.date32(), "ip_type": pa.string(), "event": pa.string()}


@pytest.mark.parametrize("column", sorted(CELLS))
@given(data=st.data())
def test_what_sql_reads_is_what_a_cell_says(column, data, tmp_path_factory):
    cells = data.draw(st.lists(CELLS[column], min_size=1, max_size=12))
    path = tmp_path_factory.mktemp("p") / "a.parquet"
    activities(path, **{column: pa.array(cells, TYPES[column])})
    found = taken(path).rows("activities", "_sound", column)
    for cell, (sound, value) in zip(cells, found, strict=True):
        read = read_cell(cell, ACTIVITIES[column])
        if isinstance(read, Fault):
            assert not sound
        elif sound:
            assert value == (None if read is None else stored_value(read, ACTIVITIES[column]))
        else:
            assert column == "ip_type"  # spelled in another way than ids and labels are: looked at row by row
