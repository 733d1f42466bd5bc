"""The page about lint lists every rule, with its severity and a link to its page.

After a change of the rules: REGENERATE=1 pytest tests/docs/test_lint_page.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from policyhours.cli.explain import _FAMILIES
from policyhours.lint.pages import title
from policyhours.text.messages import catalogue

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lint.md"
OPENS, CLOSES = "<!-- rules -->\n", "<!-- /rules -->\n"
SEVERITIES = {"error": "错误 error", "warning": "警告 warning", "advice": "建议 advice"}


def rows() -> Iterator[str]:
    """The list as it should be."""
    yield "| 代码 · code | | 名称 · name | 程度 · severity |"
    yield "| --- | --- | --- | --- |"
    for family, (zh, en) in _FAMILIES.items():
        yield f"| **{family}xx** | **{zh}** | **{en}** | |"
        for code, message in sorted(catalogue().items()):
            if code.startswith(family):
                severity = SEVERITIES[message.severity]
                yield f"| [{code}](rules/{code}.md) | {title(code)} | {message.name} | {severity} |"


def test_the_list_of_rules_is_complete() -> None:
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(OPENS)
    found, _, after = rest.partition(CLOSES)
    expected = "".join(f"{row}\n" for row in rows())
    if os.environ.get("REGENERATE"):
        PAGE.write_text(before + OPENS + expected + CLOSES + after, encoding="utf-8")
        return
    assert found == expected


def test_every_rule_that_is_linked_has_a_page() -> None:
    assert [code for code in catalogue() if not (PAGE.parent / "rules" / f"{code}.md").is_file()] == []
