"""The wheel carries the schemas and the public policies, and works from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile

import pytest

from helpers import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_what_it_needs_and_nothing_invented(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert "policyhours/_data/schema/policy.schema.json" in names
    assert "policyhours/_data/policies/xinjiang/2023.1.yaml" in names
    assert "policyhours/_data/docs/rules/PH117.md" in names
    assert "policyhours/text/messages/cases.yaml" in names
    assert "policyhours/desk/html/templates/answer.html" in names
    assert "policyhours/desk/html/styles/answer.css" in names
    assert "policyhours/py.typed" in names
    assert not [name for name in names if "examples" in name or "/cases/" in name]


def test_it_works_from_an_empty_folder(wheel, tmp_path):
    place = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(place)
    empty = tmp_path / "empty"
    empty.mkdir()
    case = "case: a\npolicy: xinjiang\nperson: {id: p, title_level: 高级}\nactivities:\n"
    case += "  - {id: t, kind: 继续教育培训活动, date: 2025-03-01, hours: 90, assessment: 考核合格}\n"
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", "evaluate", "-"],
        input=case.encode(),
        capture_output=True,
        cwd=empty,
        env={**os.environ, "PYTHONPATH": str(place), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.stderr == b""
    assert "✔ 达到要求" in done.stdout.decode()
    assert "[正式]" in done.stdout.decode()
