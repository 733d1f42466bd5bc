"""Workbooks that people have filled in, made by the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from helpers import ROOT
from policyhours.cli.form import form

POLICIES = str(ROOT / "policies")


class Clerk:
    """Somebody at a desk: runs the command, opens workbooks and changes cells."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "表.xlsx"

    def run(self, *args: str) -> tuple[int, str, str]:
        found = CliRunner().invoke(form, [*args, "--policies", POLICIES, "--lang", "zh"])
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found.exit_code, found.stdout, found.stderr

    def begin(self, ref: str = "examples/general@2023.1") -> Clerk:
        """The form of a filing that there is."""
        code, _, errors = self.run(ref, "-o", str(self.path), "--force")
        assert code == 0, errors
        return self

    def new(self) -> Clerk:
        code, _, errors = self.run("new", "xinjiang", "--name", "farm", "-o", str(self.path), "--force")
        assert code == 0, errors
        return self

    def change(self, sheet: str, cells: dict[str, Any]) -> Clerk:
        def fill(book: Any) -> None:
            for place, value in cells.items():
                book[sheet][place] = value

        return self.edit(fill)

    def edit(self, change: Callable[[Any], None]) -> Clerk:
        book = openpyxl.load_workbook(self.path)
        change(book)
        book.save(self.path)
        return self

    def read(self) -> tuple[int, str]:
        """Read the form onto the screen: the exit code, and what is printed."""
        code, out, errors = self.run("read", str(self.path), "-o", "-")
        return code, out + errors

    def where(self, sheet: str, text: str) -> Any:
        """The cell of a sheet that says just this."""
        book = openpyxl.load_workbook(self.path)
        return next(c for row in book[sheet].iter_rows() for c in row if c.value == text)

    def under(self, sheet: str, head: str, key: str) -> str:
        """The address of the cell under a head in the row of a key."""
        row = self.where(sheet, key).row
        column = self.where(sheet, head).column_letter
        return f"{column}{row}"


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.chdir(tmp_path)
    return Clerk(tmp_path)
