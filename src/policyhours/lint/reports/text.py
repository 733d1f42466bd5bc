"""Findings for people: each with its line and caret, and a summary with counts."""

from __future__ import annotations

from typing import Final

from policyhours.lint.check import Report
from policyhours.lint.fixes import fix_of
from policyhours.text.messages import Severity

_COUNTED: Final[tuple[tuple[Severity, str, str, str], ...]] = (
    ("error", "处错误", "error", "errors"),
    ("warning", "处警告", "warning", "warnings"),
    ("advice", "处建议", "advice", "pieces of advice"),
)


def summary(report: Report, lang: str) -> str:
    """How many documents were checked, what was found by severity, and how much of it can be mended."""
    counts = [(report.count(severity), zh, one, many) for severity, zh, one, many in _COUNTED]
    found = [counted for counted in counts if counted[0]]
    fixable = sum(fix_of(finding) is not None for finding in report.findings)
    if lang == "zh":
        said = "、".join(f"{number}{zh}" for number, zh, _, _ in found)
        said = said if counts[0][0] else f"没有错误，{said}" if said else "没有发现错误"
        more = f"。其中{fixable}处可以用 --fix 改正" if fixable else ""
        return f"已校验{report.checked}份：{said}{more}"
    said = ", ".join(f"{number} {one if number == 1 else many}" for number, _, one, many in found)
    said = said if counts[0][0] else f"no errors, {said}" if said else "no errors"
    more = f"; {fixable} of them can be mended with --fix" if fixable else ""
    return f"{report.checked} checked: {said}{more}"
