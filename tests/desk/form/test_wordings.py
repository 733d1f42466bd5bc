"""The wordings of forms: complete, each told somewhere; and the extra that forms need is named."""

from __future__ import annotations

import sys
from pathlib import Path

import policyhours
from policyhours.text.messages import wordings

CODES = [code for code in wordings() if code.startswith("DK3")]


def test_every_wording_is_told_somewhere():
    folder = Path(policyhours.__path__[0])
    code = "".join(path.read_text("utf-8") for path in (folder / "desk/form").glob("*.py"))
    assert len(CODES) > 20
    assert [told for told in CODES if f'"{told}"' not in code] == []


def test_without_the_library_of_workbooks_its_extra_is_named(clerk, monkeypatch):
    clerk.begin()
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, text = clerk.read()
    assert code == 1
    assert "policyhours[desk]" in text
    code, _, errors = clerk.run("new", "xinjiang", "-o", "空.xlsx")
    assert (code, Path("空.xlsx").exists()) == (1, False)
    assert "policyhours[desk]" in errors
