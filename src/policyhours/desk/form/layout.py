"""The layout of a form's workbook: what its writer puts and its reader looks for."""

from __future__ import annotations

from typing import Final

GUIDE: Final = "说明"
HEAD: Final = "基本情况"
REST: Final = "其他"
TRIAL: Final = "试算"
LISTS: Final = "选项"

FORMAT: Final = "1"
"""The version of this layout; a form says it."""

UPPER: Final = "上位文件"
DIGEST: Final = "上位文件的摘要"
VERSION: Final = "表的版本"

BEFORE: Final = "上方注释"
BEHIND: Final = "行末注释"
ITEM: Final = "项目"
WITHIN: Final = "范围"
UNIT: Final = "单位"
LEFT_BY: Final = "上位条款"
KEY: Final = "标识"
VALUE: Final = "填写"
HINT: Final = "怎样填"
CONTENT: Final = "内容"
PART: Final = "部分"
RESULT: Final = "数或公式"
OTHERWISE: Final = "其余情形"

HEAD_COLUMNS: Final = (ITEM, VALUE, HINT, BEFORE, BEHIND, KEY)
REST_COLUMNS: Final = (PART, KEY, CONTENT)
INFORMING: Final = (ITEM, LEFT_BY, WITHIN, UNIT)
"""Columns of the sheet 规定 that only tell; what stands in them is not read."""

AFTER: Final = "（文件结尾的注释）"
ARROW: Final = "→ "
"""Stands before the name of another sheet in which the content is."""

HEAD_ROW: Final = 3
"""The row of the heads as written; the reader finds it by its heads."""

LONGEST: Final = 32_000
"""The characters that a cell may hold, some to spare."""


def comment_cell(lines: tuple[str, ...]) -> str:
    """Comments as a cell shows them: without their marks where all of them are plain."""
    plain = [line[2:] for line in lines if line.startswith("# ")]
    if len(plain) == len(lines) and all(text.strip() and text[0] not in "# " for text in plain):
        return "\n".join(plain)
    return "\n".join(lines)


def comment_lines(text: str) -> tuple[str, ...]:
    """The comments that a cell says; a mark is put before those that have none."""
    if not text.strip():
        return ()
    lines = text.split("\n")
    if any(line.startswith("#") for line in lines):
        return tuple(line if line.startswith("#") else f"# {line}".rstrip() for line in lines)
    return tuple(f"# {line}".rstrip() for line in lines)
