"""Filings against the upper text in force on a day, and the list of all versions."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from policyhours.cli import app
from versions import PAPER_CEILING, filing, library, province

TIGHTER = {PAPER_CEILING: PAPER_CEILING.replace("20", "10")}
AT_15 = {"sets:\n": "sets:\n  paper.ceiling: {hours: 15, per: year, article: 细则第八条}\n"}


@pytest.fixture(autouse=True)
def _only_these(monkeypatch):
    """No policies but those of the folder that a test names."""
    monkeypatch.setattr("policyhours.language.files.shipped_policies", lambda: None)


def call(*arguments, columns=100):
    done = CliRunner().invoke(
        app, [str(a) for a in arguments], env={"COLUMNS": str(columns), "LC_ALL": "C.UTF-8"}
    )
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stdout, done.stderr


def checked(folder, when="2025-08-01", expected=1):
    code, out, _ = call("check-filings", "--when", when, "--policies", folder, "--format", "json")
    assert code == expected
    return json.loads(out)


def of(data, ref):
    return next(found for found in data["filings"] if found["policy"] == ref)


def test_all_conform(tmp_path):
    library(tmp_path, province(), filing())
    data = checked(tmp_path, expected=0)
    assert data["conforms"]
    assert (of(data, "trade@2025.1")["state"], of(data, "trade@2025.1")["since"]) == (
        "conforms",
        "2025-07-01",
    )
    code, out, _ = call("check-filings", "--when", "2025-08-01", "--policies", tmp_path)
    assert code == 0
    assert "全部相符" in out
    assert "与 xinjiang@2023.1 相符" in out


def test_a_revision_in_force_tells_which_filings_no_longer_conform_where_and_since_when(tmp_path):
    revision = province("2026.1", starts="2026-01-01", supersedes="xinjiang@2023.1", edits=TIGHTER)
    library(tmp_path, province(), revision, filing(edits=AT_15), filing("farm"))
    data = checked(tmp_path, "2026-03-01")
    bad, good = of(data, "trade@2025.1"), of(data, "farm@2025.1")
    assert (bad["state"], bad["upper"], bad["since"]) == ("does_not_conform", "xinjiang@2026.1", "2026-01-01")
    (finding,) = bad["findings"]
    assert finding["code"] == "PH502"
    assert finding["file"].endswith("trade/2025.1.yaml")
    assert finding["also"][0]["file"].endswith("xinjiang/2026.1.yaml")
    assert (good["state"], good["conforms"]) == ("implements_another", True)
    assert [f["code"] for f in good["findings"]] == ["PH343"]
    code, out, _ = call("check-filings", "--when", "2026-03-01", "--policies", tmp_path)
    assert code == 1
    assert "1份不符，1份相符但需更新" in out
    assert "自2026-01-01起与 xinjiang@2026.1 不符" in out
    assert "上位文件的规定在这里" in out


def test_a_version_that_is_already_published_is_looked_ahead_to(tmp_path):
    revision = province("2026.1", starts="2026-01-01", supersedes="xinjiang@2023.1", edits=TIGHTER)
    library(tmp_path, province(), revision, filing(edits=AT_15))
    data = checked(tmp_path, "2025-08-01")
    found = of(data, "trade@2025.1")
    assert (found["state"], found["conforms"]) == ("conforms", False)
    assert [(later["state"], later["since"]) for later in found["ahead"]] == [
        ("does_not_conform", "2026-01-01")
    ]
    assert "自2026-01-01起不符" in call("check-filings", "--when", "2025-08-01", "--policies", tmp_path)[1]
    # a new version of the filing is in force by then: the old one has nothing to fear
    library(
        tmp_path,
        filing(
            version="2026.1", starts="2026-01-01", implements="xinjiang@2026.1", supersedes="trade@2025.1"
        ),
    )
    assert of(checked(tmp_path, "2025-08-01", expected=0), "trade@2025.1")["ahead"] == []


def test_a_filing_over_a_superseded_version_that_conforms_is_warned_of(tmp_path):
    library(tmp_path, province(), province("2023.2", supersedes="xinjiang@2023.1"), filing())
    data = checked(tmp_path, expected=0)
    (finding,) = of(data, "trade@2025.1")["findings"]
    assert (finding["code"], finding["severity"]) == ("PH342", "warning")
    assert "xinjiang@2023.2" in finding["says"]


def test_a_filing_that_outlives_its_upper_text_is_told(tmp_path):
    library(tmp_path, province(), filing(ends="2030-12-31"), filing("farm", ends=None))
    data = checked(tmp_path)
    assert of(data, "trade@2025.1")["state"] == "does_not_conform"
    assert [f["code"] for f in of(data, "trade@2025.1")["findings"]] == ["PH508"]
    data = checked(tmp_path, "2028-06-01")
    found = of(data, "farm@2025.1")
    assert (found["state"], found["since"]) == ("upper_ended", "2028-02-01")
    assert [f["code"] for f in found["findings"]] == ["PH340"]


def test_no_upper_text_at_all_or_not_yet(tmp_path):
    library(tmp_path, province(starts="2026-01-01"), filing(), filing("farm", implements="nowhere@2023.1"))
    data = checked(tmp_path)
    assert [f["code"] for f in of(data, "trade@2025.1")["findings"]] == ["PH341"]
    assert of(data, "trade@2025.1")["state"] == "upper_not_begun"
    assert [f["code"] for f in of(data, "farm@2025.1")["findings"]] == ["PH322"]
    text = call("check-filings", "--when", "2025-08-01", "--policies", tmp_path)[1]
    assert "上位文件在2025-08-01尚未生效" in text
    assert "有错误，无法核对" in text


def test_two_filings_for_one_day_and_overlapping_versions_are_told_here_and_by_lint(tmp_path):
    said = "industries: [贸易]"
    library(
        tmp_path, province(), filing("trade", header=said), filing("shops", header=said),
        filing("shops", "2025.2", header="industries: [商店]"),
    )  # fmt: skip
    data = checked(tmp_path)
    assert sorted(f["code"] for f in data["findings"]) == ["PH334", "PH335"]
    code, out, _ = call("lint", tmp_path, "--policies", tmp_path)
    assert code == 1
    assert out.count("PH335") == 1
    assert out.count("PH334") == 1
    one = tmp_path / "trade/2025.1.yaml"
    code, out, _ = call("lint", one, "--policies", tmp_path)
    assert (code, out.count("PH335"), out.count("PH334")) == (1, 1, 0)
    assert call("lint", tmp_path / "xinjiang", "--policies", tmp_path)[0] == 0


def test_a_circle_of_versions_is_told_once(tmp_path):
    library(
        tmp_path,
        province(supersedes="xinjiang@2023.2"),
        province("2023.2", supersedes="xinjiang@2023.1"),
        filing(),
    )
    code, out, _ = call("lint", tmp_path, "--policies", tmp_path)
    assert code == 1
    assert [f["code"] for f in checked(tmp_path)["findings"]] == ["PH333", "PH333"]
    assert "Traceback" not in out
    assert call("policies", "--policies", tmp_path)[0] == 1


def test_what_has_ended_or_is_replaced_is_not_checked(tmp_path):
    library(tmp_path, province(), filing(ends="2025-07-31"))
    code, out, err = call("check-filings", "--when", "2025-08-01", "--policies", tmp_path)
    assert (code, out) == (3, "")
    assert "没有在2025-08-01需要核对的行业细则" in err
    assert call("check-filings", "--when", "soon", "--policies", tmp_path)[0] == 2


def test_it_speaks_english_and_fits_sixty_columns(tmp_path):
    library(tmp_path, province(), filing())
    code, out, _ = call(
        "check-filings", "--when", "2025-08-01", "--policies", tmp_path, "--lang", "en", columns=60
    )
    assert code == 0
    assert "all conform" in " ".join(out.split())


# ── policies ──


def test_policies_lists_every_version_as_it_really_is(tmp_path):
    draft = {"status: illustrative": "status: draft"}
    filed = {"status: illustrative": "status: filed"}
    late = "industries: [贸易, 物流]\nfiling: {document: 备1号, issued_on: 2023-07-10}"
    library(
        tmp_path,
        province(),
        province("2023.2", supersedes="xinjiang@2023.1"),
        province("2026.1", starts="2026-01-01", supersedes="xinjiang@2023.2"),
        filing("trade", "2023.1", starts="2023-03-01", header=late, edits=filed),
        filing("farm", edits=draft),
        filing("show"),
    )
    code, out, _ = call("policies", "--policies", tmp_path, "--as-of", "2025-08-01", "--format", "json")
    assert code == 0
    found = {entry["policy"]: entry for entry in json.loads(out)["policies"]}
    assert found["xinjiang@2023.1"]["in_force"] is None
    assert found["xinjiang@2023.2"]["in_force"] == {"from": "2023-02-01", "until": "2025-12-31"}
    assert found["xinjiang@2023.2"]["written"]["until"] == "2028-01-31"
    assert [ref for ref, entry in found.items() if entry["in_force_on_day"]] == [
        "farm@2025.1", "show@2025.1", "trade@2023.1", "xinjiang@2023.2",
    ]  # fmt: skip
    assert found["xinjiang@2023.2"]["superseded_by"] == ["xinjiang@2026.1"]
    assert found["trade@2023.1"]["industries"] == ["贸易", "物流"]
    assert found["trade@2023.1"]["filing"] == {
        "due": "2023-06-30", "issued_on": "2023-07-10", "state": "late", "days_late": 10,
    }  # fmt: skip
    assert found["farm@2025.1"]["filing"]["state"] == "overdue"
    assert found["show@2025.1"]["filing"] is None


@pytest.mark.parametrize("columns", [60, 100])
def test_policies_is_readable_in_narrow_windows(tmp_path, columns):
    from policyhours.text.telling import display_width

    draft = {"status: illustrative": "status: draft"}
    library(
        tmp_path, province(), province("2023.2", supersedes="xinjiang@2023.1"), filing("farm", edits=draft)
    )
    code, out, _ = call("policies", "--policies", tmp_path, "--as-of", "2023-07-02", columns=columns)
    assert code == 0
    assert all(display_width(line) <= columns for line in out.splitlines())
    assert "逾期未备案" in out
    assert "已由 xinjiang@2023.2 更正" in out
    assert "● xinjiang@2023.2" in out


def test_nobody_is_overdue_before_the_day(tmp_path):
    library(tmp_path, province(), filing("farm", edits={"status: illustrative": "status: draft"}))
    assert "逾期" not in call("policies", "--policies", tmp_path, "--as-of", "2023-06-30")[1]
    assert "已过1天" in call("policies", "--policies", tmp_path, "--as-of", "2023-07-01")[1]


def test_no_policies_is_told(tmp_path):
    assert call("policies", "--policies", tmp_path)[0] == 3


def test_overlapping_upper_texts_are_told_once(tmp_path):
    library(tmp_path, province(), province("2024.1", starts="2024-01-01"), filing(), filing("farm"))
    code, out, _ = call("check-filings", "--when", "2025-08-01", "--policies", tmp_path)
    assert (code, out.count("PH334"), out.count("有错误，无法核对")) == (1, 1, 2)


def test_help_says_what_the_exit_codes_mean():
    code, out, _ = call("check-filings", "--help")
    assert code == 0
    assert "3 there is no filing to check" in " ".join(out.split())
