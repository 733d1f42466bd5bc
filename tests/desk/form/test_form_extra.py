"""The extra that forms need is named."""

from __future__ import annotations

import sys
from pathlib import Path


def test_without_the_library_of_workbooks_its_extra_is_named(clerk, monkeypatch):
    clerk.begin()
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, text = clerk.read()
    assert code == 1
    assert "policyhours[desk]" in text
    code, _, errors = clerk.run("new", "xinjiang", "-o", "空.xlsx")
    assert (code, Path("空.xlsx").exists()) == (1, False)
    assert "policyhours[desk]" in errors
