"""What the engine of lint promises, whatever the rules are."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from helpers import ROOT
from policyhours.cli import app
from policyhours.language.library import Library
from policyhours.lint.check import check, check_files
from policyhours.lint.documents import file_from_bytes
from policyhours.text.messages import catalogue, wordings

SOUND = "case: a\npolicy: xinjiang@2023.1\nperson: {id: p, title_level: senior}\nactivities:\n"
SOUND += "  - {id: t, kind: training, date: 2025-03-10, hours: 60, assessment: passed}\n"
POLICIES = ROOT / "policies"


def codes(text: str, name: str = "-") -> list[str]:
    return [f.code for f in check_files([file_from_bytes(text.encode(), name)], Library([POLICIES])).findings]


def lint(*arguments: object, stdin: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(
        app, ["lint", "--policies", str(POLICIES), *map(str, arguments), "--lang", "zh"], input=stdin
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


@pytest.fixture
def there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_exit_codes_are_clean_errors_wrong_call_and_nothing_checked(there):
    (there / "a.yaml").write_text(SOUND, encoding="utf-8")
    assert lint("a.yaml", "--select", "PH2")[0] == 0
    (there / "b.yaml").write_text(SOUND.replace("2025-03-10", "2025-02-30"), encoding="utf-8")
    assert lint("b.yaml")[0] == 1
    assert lint("a.yaml", "--format", "xml")[0] == 2
    (there / "empty").mkdir()
    assert lint("empty")[0] == 3


def test_a_file_named_twice_and_in_its_folder_is_checked_once(there):
    (there / "b.yaml").write_text(SOUND.replace("2025-03-10", "2025-02-30"), encoding="utf-8")
    found = json.loads(lint("b.yaml", "./b.yaml", there, "--format", "json")[1])
    assert [f["code"] for f in found] == ["PH118"]


def test_findings_come_by_file_line_and_column(there):
    text = SOUND.replace("kind: training", "kind: trianing").replace("senior", "boss")
    for name in ("b.yaml", "a.yaml"):
        (there / name).write_text(text, encoding="utf-8")
    found = check([str(there)], Library([POLICIES])).findings
    spots = [(f.place.source.name, f.place.line, f.place.column) for f in found if f.place]
    assert spots == sorted(spots)
    assert {name for name, _, _ in spots} == {"a.yaml", "b.yaml"}


def test_warnings_and_advice_do_not_fail(there):
    """A filing that is sound has at most these, and the call succeeds."""
    code, out = lint(ROOT / "policies/examples/general/2023.1.yaml")
    assert code == 0
    assert "已校验1份" in out


def test_what_concerns_only_other_files_is_not_told(there):
    (there / "policies/x").mkdir(parents=True)
    text = (ROOT / "policies/examples/general/2023.1.yaml").read_text(encoding="utf-8")
    for name, version in (("x", "2023.1"), ("x", "2023.2"), ("y", "2023.1")):
        path = there / "policies" / name / f"{version}.yaml"
        path.parent.mkdir(exist_ok=True)
        other = text.replace("examples/general", name).replace('version: "2023.1"', f'version: "{version}"')
        path.write_text(other.replace("industries: [", f"industries: [{name}业, "), encoding="utf-8")
    library = Library([there / "policies", POLICIES])
    both = {f.code for f in check([str(there / "policies/x/2023.1.yaml")], library).findings}
    assert "PH334" in both
    library = Library([there / "policies", POLICIES])
    alone = check([str(there / "policies/y/2023.1.yaml")], library).findings
    assert "PH334" not in {f.code for f in alone}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "PH999"], "没有“PH999”"),
        (["--ignore", "full-width-punctuatoin"], "full-width-punctuation"),
        (["--ignore", "PH502"], "不能不查"),
        (["--ignore", "PH1"], "不能不查"),
        (["--fix", "--diff"], "不能同时用"),
        (["--fix", "-"], "标准输入不能改正"),
    ],
)
def test_a_wrong_call_is_refused_in_words(there, arguments, says):
    code, out = 0, ""
    result = CliRunner().invoke(app, ["lint", *arguments, "--lang", "zh"], standalone_mode=False)
    assert type(result.exception).__name__ == "UsageError"
    assert says in str(result.exception.format_message())  # type: ignore[union-attr]
    assert (code, out) == (0, "")


def test_select_and_ignore_take_codes_names_and_prefixes(there):
    text = SOUND.replace("kind: training", "kind: trianing").replace(
        "title_level: senior", "title_level: boss"
    )
    (there / "a.yaml").write_text(text, encoding="utf-8")

    def told(*options):
        return {f["code"] for f in json.loads(lint("a.yaml", "--format", "json", *options)[1])}

    everything = told()
    assert {"PH803", "PH805"} <= everything
    assert told("--select", "PH803") == {"PH803"}
    assert told("--select", "unknown-kind,PH805") == {"PH803", "PH805"}
    assert told("--ignore", "PH8") == {code for code in everything if not code.startswith("PH8")}


def test_what_makes_a_file_unreadable_is_told_whatever_is_selected(there):
    (there / "a.yaml").write_text("case： a\n", encoding="utf-8")
    code, out = lint("a.yaml", "--select", "PH6")
    assert code == 1
    assert "PH117" in out


def test_the_summary_counts_by_severity(there):
    (there / "a.yaml").write_text(SOUND.replace("kind: training", "kind: trianing"), encoding="utf-8")
    assert "已校验1份：1处错误" in lint("a.yaml")[1]
    assert "其中1处可以用 --fix 改正" in lint("a.yaml")[1]


def test_standard_input_is_a_file_without_a_name():
    code, out = lint("-", stdin=SOUND.replace("training", "trianing"))
    assert code == 1
    assert "-:5:" in out


# ── suppression ──

WRONG = "  - {id: t, kind: training, date: 2025-03-10, hours: 60, assessment: passed, author_order: 1}"


def with_line(line: str, before: str = "") -> str:
    head = SOUND.rsplit("\n", 2)[0]
    return f"{head}\n{before}{line}\n"


@pytest.mark.parametrize(
    "text",
    [
        with_line(f"{WRONG} # policyhours: 不查 PH856 原始登记如此"),
        with_line(f"{WRONG} # policyhours：ignore PH856 as registered"),
        with_line(f"{WRONG} #policyhours: 不查 fact-without-effect：原始登记如此"),
        with_line(WRONG, "  # policyhours: 不查 PH856 原始登记如此\n"),
        with_line(f"{WRONG}\n# policyhours").replace("\n# policyhours", ""),
    ][:4],
)
def test_a_comment_with_a_reason_keeps_a_finding_back(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("不查 PH856", ["PH856", "PH901"]),
        ("不查 PH856 ……", ["PH856", "PH901"]),
        ("不查 PH853 编号没有重复", ["PH856", "PH902"]),
        ("不查 PH8O3 理由", ["PH856", "PH903"]),
        ("不查 理由", ["PH856", "PH903"]),
        ("不查 PH502 理由", ["PH856", "PH904"]),
        ("不查 PH117 理由", ["PH856", "PH904"]),
        ("不查 PH803 理由", ["PH856", "PH904"]),
        ("不查 PH856、PH853 理由", ["PH902"]),
    ],
)
def test_what_is_wrong_with_a_comment_is_told_at_it(comment, left):
    assert codes(with_line(f"{WRONG} # policyhours: {comment}")) == left


@pytest.mark.parametrize(
    "text",
    [
        with_line(WRONG) + 'title: "甲 # policyhours: 不查 PH856 理由"\n',
        with_line(WRONG) + "title: '甲 # policyhours: 不查 PH856 理由'\n",
        with_line(WRONG) + "why: |\n  甲\n  # policyhours: 不查 PH856 理由\n  乙\n",
        with_line(WRONG) + "why: 甲# policyhours：不查 PH856 理由\n",
    ],
)
def test_what_is_no_comment_suppresses_nothing_and_is_no_finding(text):
    assert codes(text) == ["PH856"]


def test_a_comment_behind_the_head_of_a_block_is_one():
    text = with_line(WRONG) + "why: | # policyhours: 不查 PH856 理由\n  甲\n"
    assert sorted(codes(text)) == ["PH856", "PH902"]


def test_a_comment_elsewhere_keeps_nothing_back():
    text = "# policyhours: 不查 PH856 理由\n" + with_line(WRONG)
    assert sorted(codes(text)) == ["PH856", "PH902"]


# ── forms ──


def test_json_says_the_fix(there):
    (there / "a.yaml").write_text(SOUND.replace("training", "trianing"), encoding="utf-8")
    (found,) = json.loads(lint("a.yaml", "--format", "json")[1])
    assert found["fix"] == [{"line": 5, "column": 19, "width": 8, "text": "training"}]


def test_sarif_has_what_its_schema_requires(there):
    (there / "甲 乙.yaml").write_text(SOUND.replace("training", "trianing"), encoding="utf-8")
    (there / "b.yaml").write_text("case: a\ncase: b\n", encoding="utf-8")
    (there / "c.yaml").write_bytes("论文：学时\n".encode("gbk") * 3)
    log = json.loads(lint(there, "--format", "sarif")[1])
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "policyhours"
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["name"] == catalogue()[rule["id"]].name
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert {result["ruleId"] for result in run["results"]} == {"PH803", "PH111", "PH106"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note")
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            physical = location["physicalLocation"]
            uri = physical["artifactLocation"]["uri"]
            assert uri.isascii()
            assert "\\" not in uri
            assert not uri.startswith("/")
            if region := physical.get("region"):
                assert 1 <= region["startColumn"] < region["endColumn"]
    by_code = {result["ruleId"]: result for result in run["results"]}
    (change,) = by_code["PH803"]["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "training"}
    assert change["replacements"][0]["deletedRegion"] == {"startLine": 5, "startColumn": 19, "endColumn": 27}
    assert by_code["PH111"]["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_workflow_commands_are_escaped(there):
    (there / "a,b.yaml").write_text(SOUND.replace("training", "tr%41: ,x"), encoding="utf-8")
    _, out = lint("a,b.yaml", "--format", "github")
    (line,) = out.strip().splitlines()
    assert line.startswith("::error file=a%2Cb.yaml,line=")
    head, text = line.removeprefix("::").split("::", 1)
    assert "title=PH" in head
    assert "%0A怎么办：" in text
    if "41" in text:
        assert "%2541" in text


# ── explain ──


def explained(*arguments: str, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["explain", *arguments], env={"COLUMNS": "60", **environment})
    return result.exit_code, result.output


def test_explain_shows_the_page_in_one_language():
    code, out = explained("PH117", "--lang", "zh")
    assert code == 0
    assert "\n    title： 示例细则" in out
    assert "```" not in out
    assert "Colons" not in out
    code, out = explained("full-width-punctuation", "--lang", "en")
    assert code == 0
    assert "Colons" in out
    assert "冒号的一行" not in out


def test_explain_knows_the_nearest_and_lists_all():
    code, out = explained("PH1177", "--lang", "zh")
    assert code == 1
    assert "PH117" in out
    code, out = explained("--lang", "zh")
    assert code == 0
    assert all(code in out for code in wordings())
    code, out = explained("PH9", "--lang", "zh")
    assert "PH901" in out
    assert "PH101" not in out


@pytest.mark.parametrize(
    ("lang", "says", "do"), [("zh", "不能填", "怎么办："), ("en", "cannot be", "to do: ")]
)
def test_explain_says_of_a_code_without_a_page_what_was_found_and_what_to_do(lang, says, do):
    code, out = explained("RO301", "--lang", lang)
    assert code == 0
    assert says in out
    assert do in out
    assert "{" not in out
    assert explained("no-date", "--lang", lang) == (code, out)


def test_a_code_of_rosters_is_explained_but_is_no_rule_to_select():
    code, out = explained("RO3", "--lang", "zh")
    assert code == 0
    assert "RO308" in out
    assert "RO401" not in out
    assert CliRunner().invoke(app, ["lint", "--select", "RO3"]).exit_code == 2
