"""The pages of ``docs/zh`` are walked as a clerk would: every command is run, every output is compared.

All pages are walked in order in one new folder, with the program as it is installed, without the examples; it
stands in that folder, so that the paths that are printed are the same on every machine.
What a page says, and how it is done here:

- a block ``console``: lines that begin with ``> `` are commands, what follows is printed, letter by letter;
- a block ``yaml`` with a path behind it: this file is made;
- a block ``diff`` with a path behind it: in this file, lines become others (`change`);
- a table 工作表、格子、填写 behind the name of a workbook: these cells are filled in.

After a deliberate change: REGENERATE=1 pytest tests/docs/test_year.py writes what is printed now; read it.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from helpers import ROOT

YEAR = ROOT / "docs" / "zh"
PAGES = sorted(YEAR.glob("[0-9][0-9]-*.md"))
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^\| 工作表 \| 格子 \| 填写 \|\n\|[ -|]+\n((?:\|.*\n)+)", re.MULTILINE)
PROMPT = "> policyhours "


@dataclass(frozen=True)
class Step:
    """Something that a page says, from its place in the text."""

    start: int
    kind: str
    path: str
    text: str


def steps(text: str) -> Iterator[Step]:
    """What a page says, in order."""
    blocks = [Step(found.start(3), found[1], found[2] or "", found[3]) for found in BLOCK.finditer(text)]
    tables = [
        Step(found.start(1), "table", workbook_before(text[: found.start()]), found[1])
        for found in TABLE.finditer(text)
    ]
    return iter(sorted([*blocks, *tables], key=lambda step: step.start))


def workbook_before(text: str) -> str:
    """The workbook that was named last."""
    return re.findall(r"`([^`\s]+\.xlsx)`", text)[-1]


def install(folder: Path) -> None:
    """The program as a wheel installs it, in a folder: the code, and beside it what has a public text."""
    unwanted = shutil.ignore_patterns("examples", "cases", "__pycache__")
    place = folder / "程序"
    shutil.copytree(ROOT / "src" / "policyhours", place / "policyhours", ignore=unwanted)
    for name in ("schema", "policies", "docs/rules"):
        shutil.copytree(ROOT / name, place / "policyhours" / "_data" / name, ignore=unwanted)


def run(command: str, folder: Path) -> str:
    """What a command prints, on both streams in the order in which it does."""
    done = subprocess.run(
        [sys.executable, "-m", "policyhours", *shlex.split(command.removeprefix(PROMPT))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("POLICYHOURS")},
            "PYTHONPATH": str(folder / "程序"),
            "PYTHONUTF8": "1",
            "COLUMNS": "90",
            "LC_ALL": "zh_CN.UTF-8",
        },
        timeout=120,
        check=False,
    )
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def printed(step: Step, folder: Path) -> str:
    """The block as it is when its commands are run again."""
    commands = [line for line in step.text.splitlines() if line.startswith("> ")]
    assert commands, "a console shows what somebody typed"
    assert step.text.startswith("> ")
    assert all(command.startswith(PROMPT) for command in commands)
    return "".join(f"{command}\n{run(command, folder)}" for command in commands)


def do(step: Step, folder: Path) -> None:
    """Make or change a file as the page says."""
    path = folder / step.path
    if step.kind == "table":
        fill(path, step.text)
    elif step.kind == "diff":
        change(path, step.text)
    else:
        assert not path.exists(), "a file is made once; later it is changed"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")


def fill(path: Path, rows: str) -> None:
    book = openpyxl.load_workbook(path)
    for row in rows.splitlines():
        sheet, address, value = (part.strip() for part in row.strip("|").split("|"))
        cell = book[sheet][address]
        cell.value = typed(value.strip("`"), as_text=cell.number_format == "@")
    book.save(path)


def typed(text: str, *, as_text: bool) -> object:
    """What Excel makes of what somebody types: numbers and dates, but in cells for text."""
    if not as_text and re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return float(text) if "." in text else int(text)
    if not as_text and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return datetime.fromisoformat(text)
    return text


def change(path: Path, text: str) -> None:
    """Put lines with a plus in the place of those with a minus, behind those with a blank before them."""
    content = path.read_text(encoding="utf-8")
    for before, added in re.findall(r"((?:^[- ].*\n)+)((?:^\+.*\n)*)", text, re.MULTILINE):
        old = "".join(line[1:] for line in before.splitlines(keepends=True))
        kept = [line for line in before.splitlines(keepends=True) if line.startswith(" ")]
        assert content.count(old) == 1, old
        new = "".join(line[1:] for line in (*kept, *added.splitlines(keepends=True)))
        assert new != old
        content = content.replace(old, new)
    path.write_text(content, encoding="utf-8")


def walked(folder: Path) -> dict[str, tuple[str, str]]:
    """Every page as it is, and as it would be if its outputs were written anew."""
    found = {}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        renewed, at = "", 0
        for step in steps(text):
            renewed += text[at : step.start]
            at = step.start + len(step.text)
            if step.kind == "console":
                renewed += printed(step, folder)
            else:
                do(step, folder)
                renewed += step.text
        found[page.name] = (text, renewed + text[at:])
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """The folder in which everything is done."""
    folder = tmp_path_factory.mktemp("office")
    install(folder)
    return folder


@pytest.fixture(scope="module")
def walk(office) -> dict[str, tuple[str, str]]:
    return walked(office)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_output_is_what_the_page_prints(page, walk):
    text, renewed = walk[page.name]
    if os.environ.get("REGENERATE"):
        page.write_text(renewed, encoding="utf-8")
        return
    assert renewed == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_shows_what_is_not_run(page):
    text = page.read_text(encoding="utf-8")
    kinds = {step.kind for step in steps(text)}
    assert kinds <= {"console", "yaml", "csv", "diff", "table"}
    assert "console" in kinds
    assert all(step.path for step in steps(text) if step.kind != "console")
    assert text.count("```") == 2 * len(BLOCK.findall(text)), "every fence is one of a block that is run"
    outside = BLOCK.sub("", text)
    assert PROMPT.strip() not in outside


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_file_is_named_before_it_is_shown(page):
    text = page.read_text(encoding="utf-8")
    for step in steps(text):
        if step.path:
            assert f"`{step.path}`" in text[: step.start]


def test_the_workbooks_of_the_last_page_say_what_it_says(walk, office):
    assert rows(office / "结果.xlsx", "结果", "人员编号", "结论") == [
        ["p-101", "达到要求"],
        ["p-102", "未达到要求"],
        ["p-103", "不能确定"],
    ]
    assert rows(office / "结果.xlsx", "结果", "尚缺 合计 至少", "原因")[1] == [20, "专业科目不足；合计不足"]
    assert rows(office / "结果.xlsx", "结果", "原因")[2][0].startswith("没有填写“署名次序”")
    changes = rows(office / "新结果.xlsx", "变化", "人员编号", "变化")
    assert [person for person, _ in changes] == ["p-103"]
    assert "结论由“不能确定”变为“达到要求”" in changes[0][1]


def test_the_trial_says_beside_each_activity_what_the_page_says(walk, office):
    sheet = openpyxl.load_workbook(office / "细则.xlsx")["试算"]
    assert [str(sheet[f"Y{row}"].value).split("\n")[0] for row in (4, 5, 6)] == ["5", "25", "40"]


def rows(path: Path, sheet: str, *heads: str) -> list[list[object]]:
    """Some columns of a sheet of results."""
    first, *rest = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[row[first.index(head)] for head in heads] for row in rest]


def test_every_link_leads_somewhere():
    for page in YEAR.glob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_index_lists_every_page_in_order():
    index = (YEAR / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([0-9][0-9]-[a-z-]+\.md)\)", index) == [page.name for page in PAGES]


def test_the_last_line_of_a_page_leads_to_the_next():
    for page, after in itertools.pairwise(PAGES):
        assert f"]({after.name})" in page.read_text(encoding="utf-8").splitlines()[-1]
