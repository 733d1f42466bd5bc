"""Citations as clerks write them."""

from __future__ import annotations

import pytest

from policyhours.language.citations import as_citation


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("第8条第6项", "第八条第六项"),
        ("第８条", "第八条"),
        ("8(6)", "第八条第六项"),
        ("第8条(6)", "第八条第六项"),
        ("第八条（六）项", "第八条第六项"),
        ("第三条3款", "第三条第三款"),
        ("第 3 条 第 4 款 第 10 项", "第三条第四款第十项"),
        ("细则第20条", "细则第二十条"),
        ("十二条", "第十二条"),
        ("21条", "第二十一条"),
    ],
)
def test_what_is_meant(written: str, meant: str) -> None:
    assert as_citation(written) == meant


@pytest.mark.parametrize(
    "written", ["", "见文件", "8.6", "第条", "2025-06-30", "第八条之一", "第八条 和 第九条"]
)
def test_nothing_is_guessed(written: str) -> None:
    assert as_citation(written) is None
