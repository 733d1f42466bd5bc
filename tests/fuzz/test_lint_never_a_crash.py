"""Lint takes any input whatever: findings come out, every report says them, and fixing ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from inputs import CASES, FILINGS, POLICY, SHAPES, SNIPPETS, edited, examples

from helpers import LIBRARY, ROOT
from policyhours.language.library import Library
from policyhours.lint import mending
from policyhours.lint.check import ALL, Report, check_files
from policyhours.lint.documents import read_file
from policyhours.lint.fixes import fix_of
from policyhours.lint.reports import github, sarif
from policyhours.lint.reports import json as as_json
from policyhours.lint.reports.text import summary
from policyhours.text.telling import tell_all

COMMENTS = ["# policyhours: 不查 PH605 原文如此", "# policyhours: ignore PH603", "# policyhours：不查"]
PIECES = [
    *SNIPPETS,
    *(f"  {comment}\n".encode() for comment in COMMENTS),
    b"industry_may",
    b"'1'",
    b"{}",
]
UPPER = ("xinjiang/2023.1.yaml", "national/accounting/2018.1.yaml")

quick = settings(max_examples=examples(25, 2_500), suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the texts that filings rest on, and of nothing else."""
    made = tmp_path_factory.mktemp("policies")
    for name in UPPER:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "policies" / name, made / name)
    return made


def told(report: Report) -> None:
    """Every form of report says every finding, in both languages."""
    found = report.findings
    for lang, remedy in (("zh", "怎么办："), ("en", "to do: ")):
        assert tell_all(found, lang).count(remedy) >= len(found)
        assert len(json.loads(as_json.render(found, lang))) == len(found)
        (run,) = json.loads(sarif.render(found, lang))["runs"]
        assert len(run["results"]) == len(found)
        assert github.render(found, lang).count("::") >= 2 * len(found)
        assert summary(report, lang)


def linted(path: Path, library: Library) -> None:
    """Check the file, tell what is found, and mend it: what was mended needs no mending any more."""
    file = read_file(path)
    report = check_files([file], library)
    told(report)
    if not any(fix_of(finding) for finding in report.findings):
        return
    changes = mending.mended([file], library.folders, report.findings, ALL)
    assert list(mending.diff(changes)) if changes else True
    for change in changes:
        path.write_bytes(change.text.encode())
        again = read_file(path)
        left = check_files([again], Library(library.folders)).findings
        assert mending.mended([again], library.folders, left, ALL) == []


@quick
@given(edited(POLICY, PIECES))
def test_an_edited_policy_is_linted(folder, data):
    path = folder.parent / "edited.yaml"
    path.write_bytes(data)
    linted(path, Library([folder]))


@quick
@given(st.sampled_from(FILINGS).flatmap(lambda filing: edited(filing, PIECES)))
def test_an_edited_filing_is_linted(folder, data):
    path = folder.parent / "edited.yaml"
    path.write_bytes(data)
    linted(path, Library([folder]))


@quick
@given(st.sampled_from(CASES).flatmap(lambda case: edited(case, PIECES)))
def test_an_edited_case_is_linted(folder, data):
    path = folder.parent / "edited.yaml"
    path.write_bytes(data)
    linted(path, LIBRARY)


@st.composite
def shapes(draw):
    """A policy of a shape with an edit, its cases as they are, and where it stands."""
    policy, _, cases = draw(st.sampled_from(SHAPES)).partition(b"\n---\n")
    said = [re.search(rb'^%b: "?([\w/.]+)' % key, policy, re.MULTILINE) for key in (b"policy", b"version")]
    name, version = (found[1].decode() for found in said if found)
    return draw(edited(policy, PIECES)), cases, f"{name}/{version}.yaml"


@quick
@given(shapes())
def test_an_edited_shape_is_linted_with_its_cases(folder, shape):
    policy, cases, name = shape
    place = folder.parent / "shaped"
    shutil.rmtree(place, ignore_errors=True)
    path = place / name
    (path.parent / "cases").mkdir(parents=True)
    path.write_bytes(policy)
    (path.parent / "cases" / "cases.yaml").write_bytes(cases)
    linted(path, Library([place]))


@given(st.binary(max_size=300))
@example(b"\xff\xfe" + "policy: 一".encode("utf-16-le"))
@example(b"# policyhours: \xb2\xbb\xb2\xe9 PH605")
def test_any_bytes_are_linted(folder, data):
    path = folder.parent / "edited.yaml"
    path.write_bytes(data)
    linted(path, LIBRARY)


FILING = max(FILINGS, key=len).decode()
LINE = "# policyhours: 不查 PH605 原文如此"
HOSTILE: dict[str, bytes] = {
    "bomb": b"a: &a [x]\n" + b"".join(b"%c: &%c [%b]\n" % (n, n, b"*%c," % (n - 1) * 9) for n in b"bcdefghij"),
    "brackets": b"[" * 1_000_000,
    "braces": b"policy: " + b"{a: " * 200_000,
    "indentation": b"\n".join(b" " * n + b"a:" for n in range(2000)),
    "digits": FILING.replace("按", "9" * 1_000_000, 1).encode() + b"\nversion: " + b"9" * 2_000_000,
    "digits in a formula": re.sub(r"is: .*?,", "is: " + "9" * 100_000 + ",", FILING, count=1).encode(),
    "a long formula": re.sub(r"is: .*?,", "is: " + "1+" * 50_000 + "1,", FILING, count=1).encode(),
    "a deep formula": re.sub(r"is: .*?,", "is: " + "(" * 50_000 + "1,", FILING, count=1).encode(),
    "powers": re.sub(r"is: .*?,", "is: " + "9*" * 3_000 + "9,", FILING, count=1).encode(),
    "NUL": FILING.encode().replace(b"\n", b"\0\n"),
    "encodings": FILING.encode() + "标题".encode("gbk") + "标题".encode("utf-16") + b"\xff",
    "comments": FILING.encode() + b"\n#" * 1_000_000,
    "suppressions": FILING.encode() + b"\n" + f"{LINE}\n".encode() * 90_000,
    "suppressions of lines": FILING.encode() + f"\n- x {LINE}".encode() * 50_000,
    "quotes and suppressions": b"a:\n" + f"- 'x' {LINE}\n".encode() * 50_000,
    "names in a suppression": f"a: 1 # policyhours: 不查 {'ph-x ' * 100_000}\n".encode(),
    "suppressions of no code": FILING.encode() + b"".join(b"# policyhours: ignore PHx%d x\n" % n for n in range(50_000)),
    "full-width colons": "甲：乙\n".encode() * 100_000,
    "ideographic spaces": FILING.encode() + ("　" * 500_000).encode(),
    "unknown keys": FILING.encode() + b"".join(b"titel%d: 1\n" % n for n in range(10_000)),
    "documents": b"--- {policy: a}\n" * 2_000,
    "cases": b"--- {case: a}\n" * 5_000,
    "rows": re.sub(
        r"(by: \w+, values: \{)", r"\g<1>" + "".join(f"{n}: 1, " for n in range(30_000)), FILING, count=1
    ).encode(),
}  # fmt: skip
MOST_SECONDS = 60
"""A bound against hanging, not a measurement."""
MOST_BYTES = 1_500_000_000


def limited() -> None:
    """Let the process have no more memory than this."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_and_small(folder, tmp_path, name):
    path = tmp_path / "hostile.yaml"
    path.write_bytes(HOSTILE[name])
    command = [sys.executable, "-m", "policyhours", "lint", "--fix", "--policies", str(folder), str(path)]
    started = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        timeout=2 * MOST_SECONDS,
        check=False,
        env={**os.environ, "POLICYHOURS_DEBUG": "1", "PYTHONIOENCODING": "utf-8"},
        preexec_fn=limited if os.name == "posix" else None,
    )
    assert time.monotonic() - started < MOST_SECONDS
    assert b"Traceback" not in done.stderr, done.stderr[-2000:].decode()
    assert done.returncode in (0, 1, 3)
