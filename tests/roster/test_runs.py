"""Whole runs: files in, results out, as a department sees them."""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
import yaml

from helpers import LIBRARY, ROOT
from policyhours.language.reference import parse_reference
from policyhours.roster import judging
from policyhours.roster import run as runs
from policyhours.roster.request import Request
from policyhours.roster.run import Done, run
from policyhours.text.finding import Refused

TODAY = date(2026, 1, 15)
GENERAL = "examples/general@2023.1"
PERSONS = "人员编号,职称层级,所属行业\n"
ACTIVITIES = "人员编号,活动编号,学习形式,日期,天数,考核结果,同一作品\n"


def written(folder: Path, **tables: str) -> tuple[str, ...]:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return tuple(str(folder / f"{name}.csv") for name in tables)


def ran(folder: Path, *inputs: str, policy: str = GENERAL, years=(2025,), out="结果.parquet", **more) -> Done:
    request = Request(inputs, parse_reference(policy), years, folder / out, **more)
    return run(request, LIBRARY, TODAY)


def results(folder: Path, out: str = "结果.parquet") -> dict[tuple[str, int], dict[str, object]]:
    cursor = duckdb.execute(f"SELECT * FROM '{(folder / out).as_posix()}'")
    names = [name for name, *_ in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert len({(row["person"], row["year"]) for row in rows}) == len(rows)
    return {(row["person"], row["year"]): row for row in rows}


def hours(row: dict[str, object], name: str) -> tuple[Fraction | None, Fraction | None]:
    ends = (row[f"{name}_low"], row[f"{name}_high"])
    return tuple(None if end is None else Fraction(end, row["grid"]) for end in ends)


def rejected(folder: Path, out: str = "结果.rejected.csv") -> list[tuple[str, str, str, str]]:
    with (folder / out).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [(r["文件 file"].rsplit("/")[-1], r["行 row"], r["列 column"], r["代码 code"]) for r in rows]


def sound(persons: int = 2) -> dict[str, str]:
    """People who meet with training and courses."""
    people = "".join(f"{n:04},中级,\n" for n in range(persons))
    rows = "".join(
        f"{n:04},a{n},继续教育培训活动,2025-03-01,8,考核合格,\n{n:04},b{n},公需科目学习,2025-04-01,4,考核合格,\n"
        for n in range(persons)
    )
    return {"人员": PERSONS + people, "活动": ACTIVITIES + rows}


# ── what comes out ──


def test_a_row_for_each_person_and_year(tmp_path):
    done = ran(tmp_path, *written(tmp_path, **sound()), years=(2024, 2025))
    found = results(tmp_path)
    assert set(found) == {(p, y) for p in ("0000", "0001") for y in (2024, 2025)}
    row = found["0001", 2025]
    assert (row["verdict"], row["policy"], row["title_level"]) == ("met", GENERAL, "intermediate")
    assert (hours(row, "professional"), hours(row, "public"), hours(row, "total")) == (
        (64, 64),
        (32, 32),
        (96, 96),
    )
    assert hours(found["0001", 2024], "short_total") == (90, 90)
    assert (done.summary.rows.given, done.summary.rows.assessed, done.rejected) == (6, 6, 0)


@pytest.mark.parametrize(("most", "evaluated"), [(2, 3), (3, 0)])
def test_what_one_person_has_and_not_the_whole_roster_bounds_the_sums(tmp_path, monkeypatch, most, evaluated):
    monkeypatch.setattr(judging, "MOST_ROWS", most)  # everybody has two activities
    done = ran(tmp_path, *written(tmp_path, **sound(3)))
    assert [(year.evaluated, year.tally.met) for year in done.summary.years] == [(evaluated, 3)]


def test_numbers_are_whole_numbers_of_64_bits(tmp_path):
    ran(tmp_path, *written(tmp_path, **sound()))
    types = duckdb.execute(f"DESCRIBE SELECT * FROM '{tmp_path / '结果.parquet'}'").fetchall()
    assert {str(kind) for _, kind, *_ in types} == {"VARCHAR", "BIGINT", "INTEGER", "BOOLEAN"}


@pytest.mark.parametrize("out", ["结果.csv", "结果.xlsx"])
def test_other_forms_are_written_and_can_be_compared_with(tmp_path, out):
    inputs = written(tmp_path, **sound())
    ran(tmp_path, *inputs, out=out)
    done = ran(tmp_path, *inputs, out="再来.csv", compare=tmp_path / out)
    assert (done.summary.changes.same, done.summary.changes.verdicts) == (2, ())


def test_persons_may_be_left_out(tmp_path):
    (_, activities) = written(tmp_path, **sound())
    ran(tmp_path, activities)
    assert {verdict["verdict"] for verdict in results(tmp_path).values()} == {"met"}


def test_a_person_without_activities_has_a_row(tmp_path):
    ran(tmp_path, *written(tmp_path, 人员=PERSONS + "0001,中级,\n"))
    assert results(tmp_path)["0001", 2025]["verdict"] == "not_met"


def test_in_a_year_without_a_policy_nobody_can_be_assessed(tmp_path):
    ran(tmp_path, *written(tmp_path, **sound()), years=(2015, 2025))
    row = results(tmp_path)["0000", 2015]
    assert (row["verdict"], row["policy"], row["reasons"], row["total_low"]) == (
        "not_assessable", None, "no_policy", None,
    )  # fmt: skip


def test_each_industry_is_assessed_under_its_own_filing(tmp_path):
    tables = sound(3)
    tables["人员"] = PERSONS + "0000,中级,示例农业\n0001,中级,示例教育\n0002,中级,\n"
    ran(tmp_path, *written(tmp_path, **tables), policy="xinjiang@2023.1")
    refs = {person: row["policy"] for (person, _), row in results(tmp_path).items()}
    assert refs == {
        "0000": "examples/agriculture@2024.1",
        "0001": "examples/education@2024.1",
        "0002": "xinjiang@2023.1",
    }


def test_the_report_holds_no_person(tmp_path):
    ran(tmp_path, *written(tmp_path, **sound(5)), report=tmp_path / "报告.html")
    page = (tmp_path / "报告.html").read_text("utf-8")
    assert "<!DOCTYPE html>" in page and ">0001<" not in page and "已备案" in page and "http:" not in page


# ── rows that do not fit ──


def with_rows(*rows: str) -> dict[str, str]:
    tables = sound()
    tables["活动"] += "".join(f"{row}\n" for row in rows)
    return tables


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("0000,c,培训班学习,2025-05-01,3,,", "学习形式", "PH803"),
        ("0000,c,继续教育培训活动,2025-05-01,三天,考核合格,", "天数", "PH806"),
        ("0000,c,继续教育培训活动,2025-02-30,3,考核合格,", "日期", "PH118"),
        ("0000,c,继续教育培训活动,2025-05-01,367,考核合格,", "天数", "PH806"),
        ("0000,c,继续教育培训活动,2025-05-01,,考核合格,", "", "PH808"),
        ("0009,c,继续教育培训活动,2025-05-01,3,考核合格,", "人员编号", "RO351"),
    ],
)
def test_a_row_that_does_not_fit_is_told_and_the_rest_is_assessed(tmp_path, row, column, code):
    done = ran(tmp_path, *written(tmp_path, **with_rows(row)))
    assert rejected(tmp_path) == [("活动.csv", "6", column, code)]
    assert (done.summary.rows.given, done.summary.rows.assessed, done.rejected) == (7, 6, 1)
    found = results(tmp_path)
    assert found["0001", 2025]["verdict"] == "met"
    assert found["0000", 2025]["touched"] == (code != "RO351")


def test_whoever_is_touched_by_a_rejected_row_is_never_not_met(tmp_path):
    tables = sound(1)
    tables["活动"] = ACTIVITIES + "0000,a,继续教育培训活动,2025-05-01,三天,考核合格,\n"
    ran(tmp_path, *written(tmp_path, **tables))
    row = results(tmp_path)["0000", 2025]
    assert (row["verdict"], "rejected" in row["reasons"].split()) == ("undetermined", True)
    assert hours(row, "total") == (0, None)


def test_met_stays_met_where_no_reading_of_the_row_could_undo_it(tmp_path):
    ran(tmp_path, *written(tmp_path, **with_rows("0000,c,继续教育培训活动,2025-05-01,三天,考核合格,")))
    row = results(tmp_path)["0000", 2025]
    assert (row["verdict"], hours(row, "total")) == ("met", (96, None))


def test_met_becomes_undetermined_where_the_row_might_name_the_same_matter(tmp_path):
    tables = sound(1)
    tables["活动"] = ACTIVITIES + (
        "0000,a,继续教育培训活动,2025-03-01,5,考核合格,\n0000,b,公需科目学习,2025-04-01,4,考核合格,\n"
        "0000,c,学术论文,2025-05-01,,,W1\n0000,d,学术论文,2024-05-01,三天,,W1\n"
    )
    tables["活动"] = (
        tables["活动"].replace("同一作品\n", "同一作品,署名方式\n", 1).replace("W1\n", "W1,独立完成\n")
    )
    tables["活动"] = tables["活动"].replace("考核合格,\n", "考核合格,,\n")
    ran(tmp_path, *written(tmp_path, **tables))
    row = results(tmp_path)["0000", 2025]
    assert (row["verdict"], row["touched"]) == ("undetermined", True)


def test_under_shares_of_what_was_earned_a_further_row_may_undo_what_is_met(tmp_path):
    inputs = written(tmp_path, **with_rows("0000,c,继续教育培训活动,2025-05-01,三天,考核合格,"))
    ran(tmp_path, *inputs, readings={"share_base": "earned"})
    assert results(tmp_path)["0000", 2025]["verdict"] == "undetermined"


def test_of_rows_that_are_the_same_the_first_stays(tmp_path):
    ran(tmp_path, *written(tmp_path, **with_rows("0000,a0,继续教育培训活动,2025-03-01,8,考核合格,")))
    assert rejected(tmp_path) == [("活动.csv", "6", "活动编号", "RO354")]
    assert hours(results(tmp_path)["0000", 2025], "total") == (96, None)


def test_of_rows_that_differ_under_one_code_none_stays(tmp_path):
    ran(tmp_path, *written(tmp_path, **with_rows("0000,a0,继续教育培训活动,2025-03-01,1,考核合格,")))
    assert [(row, code) for _, row, _, code in rejected(tmp_path)] == [("2", "RO353"), ("6", "RO353")]
    row = results(tmp_path)["0000", 2025]
    assert (row["verdict"], hours(row, "total")) == ("undetermined", (32, None))


def test_the_same_code_for_two_people_is_no_fault(tmp_path):
    done = ran(tmp_path, *written(tmp_path, **with_rows("0001,a0,继续教育培训活动,2025-03-01,1,考核合格,")))
    assert done.rejected == 0


def test_somebody_listed_twice_in_two_industries_is_undetermined(tmp_path):
    tables = sound()
    tables["人员"] = PERSONS + "0000,中级,示例农业\n0001,中级,\n0000,中级,示例教育\n"
    ran(tmp_path, *written(tmp_path, **tables), policy="xinjiang@2023.1")
    found = results(tmp_path)
    assert rejected(tmp_path) == [("人员.csv", "4", "人员编号", "RO353")]
    assert found["0000", 2025]["verdict"] == "undetermined"
    assert hours(found["0000", 2025], "professional") == (0, None)


def test_an_activity_of_a_base_that_nobody_lists_is_rejected(tmp_path):
    tables = sound(1)
    tables["活动"] = tables["活动"].replace("同一作品\n", "同一作品,认定的基地,认定日期\n")
    tables["活动"] = (
        tables["活动"].replace(",\n", ",,,\n") + "0000,c,其他继续教育形式,2025-05-01,1,,,B9,2025-05-02\n"
    )
    ran(tmp_path, *written(tmp_path, **tables))
    assert [code for *_, code in rejected(tmp_path)] == ["RO352"]


def test_a_strict_run_stops_and_leaves_the_earlier_result(tmp_path):
    inputs = written(tmp_path, **with_rows("0000,c,培训班学习,2025-05-01,3,,"))
    (tmp_path / "结果.parquet").write_text("earlier", "utf-8")
    with pytest.raises(Refused) as refused:
        ran(tmp_path, *inputs, strict=True)
    assert [finding.code for finding in refused.value.findings] == ["RO120"]
    assert (tmp_path / "结果.parquet").read_text("utf-8") == "earlier"
    assert [code for *_, code in rejected(tmp_path)] == ["PH803"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_reads_the_rejected_rows(tmp_path):
    ran(tmp_path, *written(tmp_path, **sound()))
    assert (tmp_path / "结果.rejected.csv").stat().st_mode & 0o077 == 0


# ── the same as case by case ──


def _cases() -> dict[tuple[str, tuple[tuple[str, str], ...]], list[dict[str, object]]]:
    """The worked cases that a roster can state, by policy and readings."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[dict[str, object]]] = {}
    for path in sorted((ROOT / "policies").rglob("*.yaml")):
        for case in yaml.load_all(path.read_text("utf-8"), yaml.BaseLoader):
            facts = case.get("person", {})
            by_year = any(not isinstance(value, str) for value in facts.values())  # a roster has one row
            if "expect" in case and "@" in case["policy"] and not by_year:
                readings = tuple(sorted(case.get("readings", {}).items()))
                found.setdefault((case["policy"], readings), []).append(case)
    return found


CASES = _cases()


@pytest.mark.parametrize("key", CASES, ids=lambda key: "-".join((key[0], *(f"{k}={o}" for k, o in key[1]))))
def test_every_worked_case_comes_out_in_a_roster_of_them_all(tmp_path, key):
    policy, readings = key
    tables: dict[str, list[dict[str, str]]] = {"人员": [], "活动": [], "决定": [], "基地": []}
    wanted: dict[tuple[str, int], object] = {}
    for number, case in enumerate(CASES[key]):
        own = f"{number:03}"
        facts = {name: fact for name, fact in case.get("person", {}).items() if name != "industry"}
        activities = [dict(a) for a in case.get("activities", ())]
        for activity in activities:
            if "void" in activity:
                activity["status"] = "void"
                del activity["void"]
            if "recognised_by" in activity:
                activity["recognised_by"] = f"{own}-{activity['recognised_by']}"
        tables["人员"].append(facts | {"id": own})
        tables["活动"] += [a | {"person": own} for a in activities]
        tables["决定"] += [dict(d) | {"person": own} for d in case.get("decisions", ())]
        tables["基地"] += [dict(b) | {"id": f"{own}-{b['id']}"} for b in case.get("bases", ())]
        for year, expected in case["expect"].items():
            if year.isdecimal():
                wanted[own, int(year)] = expected
    for name, rows in ((name, rows) for name, rows in tables.items() if rows):
        heads = list(dict.fromkeys(head for row in rows for head in row))
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, heads)
            writer.writeheader()
            writer.writerows(rows)
    years = tuple(sorted({year for _, year in wanted}))
    ran(tmp_path, str(tmp_path / "*.csv"), policy=policy, years=years, readings=dict(readings))
    assert rejected(tmp_path) == []
    found = results(tmp_path)
    for key, expected in wanted.items():
        row = found[key]
        assert row["verdict"] == expected.get("verdict", row["verdict"]), (key, expected, row)
        for name in ("professional", "public", "total"):
            if name in expected and f"{name}_low" in row:
                said = expected[name]
                ends = said if isinstance(said, list) else [said, said]
                exact = tuple(None if end in ("null", "~", "") else Fraction(end) for end in ends)
                assert hours(row, name) == exact, (key, name)


# ── activities ──


def test_every_activity_says_what_was_claimed_what_counts_and_why_the_rest_does_not(tmp_path):
    tables = sound(1)
    tables["活动"] += (
        "0000,c,其他继续教育形式,2025-05-01,5,,\n0000,,继续教育培训活动,2024-05-01,1,考核合格,\n"
    )
    ran(tmp_path, *written(tmp_path, **tables), detail=True, out="结果.csv")
    with (tmp_path / "结果.detail.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["活动编号"]: row for row in csv.DictReader(stream)}
    assert set(rows) == {"a0", "b0", "c"}
    row = rows["c"]
    assert (row["申报 至少"], row["计入 至少"], row["未计 至少"]) == ("40", "30", "10")
    assert (row["认定结果"], row["条文"], row["原因代码"]) == ("部分计入", "第八条第十项", "ceiling:other")


def test_what_is_reported_of_people_is_the_same_with_their_activities(tmp_path):
    inputs = written(tmp_path, **sound(7))
    ran(tmp_path, *inputs)
    done = ran(tmp_path, *inputs, detail=True, out="细.parquet")
    assert [year.evaluated for year in done.summary.years] == [0]
    without, beside = results(tmp_path), results(tmp_path, "细.parquet")
    assert without.keys() == beside.keys()
    for key, row in without.items():
        assert row["verdict"] == beside[key]["verdict"] and row["reasons"] == beside[key]["reasons"]
        for name in ("professional", "public", "total", "kind_training", "short_total"):
            assert hours(row, name) == hours(beside[key], name)


def test_on_spark_the_result_is_the_same(tmp_path):
    pytest.importorskip("pyspark", reason="the extra spark is not installed")
    if shutil.which("java") is None:
        pytest.skip("there is no Java")
    inputs = written(tmp_path, **with_rows("0000,c,培训班学习,2025-05-01,3,,"))
    ran(tmp_path, *inputs)
    ran(tmp_path, *inputs, engine="spark", out="火花.parquet")
    assert results(tmp_path) == results(tmp_path, "火花.parquet")


def test_where_a_row_were_lost_nothing_would_be_written(tmp_path, monkeypatch):
    found = runs.find_amiss

    def losing(*given):
        amiss = found(*given)
        return replace(amiss, known={**amiss.known, "activities": amiss.known["activities"] - 1})

    monkeypatch.setattr(runs, "find_amiss", losing)
    with pytest.raises(Refused) as refused:
        ran(tmp_path, *written(tmp_path, **sound()))
    assert [finding.code for finding in refused.value.findings] == ["RO121"]
    assert not (tmp_path / "结果.parquet").exists()
