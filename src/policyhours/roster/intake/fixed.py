"""The columns that every roster has, whatever its policy: those of a case that are no facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyhours.roster.intake.columns import FIRST_YEAR, LAST_YEAR, Column, Table
from policyhours.roster.intake.folding import key

EXPLANATION: Final = "说明"
OPTIONS: Final = "选项"
"""The sheets of our template that hold no rows: what columns mean, and the lists of what may be chosen."""

TABLE_TITLES: Final[Mapping[Table, str]] = {
    "persons": "人员",
    "activities": "活动",
    "decisions": "决定",
    "bases": "基地",
}
"""The names of the sheets, in Chinese."""


def spellings(options: Mapping[str, str], *more: tuple[str, str]) -> dict[str, str]:
    """Every spelling of the options: their labels, further ones, and their ids."""
    labels = {key(label): option for option, label in options.items()}
    return (
        labels | {key(label): option for label, option in more} | {key(option): option for option in options}
    )


def _choice(id_: str, titles: tuple[str, ...], options: Mapping[str, str], *more: tuple[str, str]) -> Column:
    return Column(id_, titles, "choice", options=options, labels=spellings(options, *more))


def _year(id_: str, *titles: str, needed: bool = False) -> Column:
    bounds = (1, FIRST_YEAR, LAST_YEAR)
    return Column(id_, titles, "integer", needed, None, *bounds, narrow=True)


_PERSON: Final = Column("person", ("人员编号", "人员", "工号"), "text", needed=True)
_STATUS: Final = {"registered": "已登记", "pending": "待登记", "void": "已作废"}
_EVIDENCE: Final = {"complete": "齐全", "missing": "缺"}

FIXED: Final[Mapping[Table, tuple[Column, ...]]] = {
    "persons": (Column("id", ("人员编号", "编号", "工号"), "text", needed=True),),
    "activities": (
        _PERSON,
        Column("id", ("活动编号", "编号"), "text"),
        Column("kind", ("学习形式", "方式", "类别", "学习方式", "活动类别"), "choice", needed=True),
        Column("date", ("日期", "活动日期", "完成日期", "结束日期"), "date", needed=True),
        Column("from", ("开始日期", "起始日期"), "date"),
        _choice("status", ("登记状态", "状态"), _STATUS, ("登记", "registered"), ("作废", "void")),
        _choice("evidence", ("佐证材料", "证明材料"), _EVIDENCE, ("缺少", "missing"), ("不齐", "missing")),
        Column("recognised_by", ("认定的基地", "认定基地"), "text"),
        Column("recognised_on", ("认定日期",), "date"),
    ),
    "decisions": (
        _PERSON,
        _year("year", "年度", needed=True),
        Column("ground", ("原因",), "choice"),
        Column("remedy", ("处理", "决定"), "choice", needed=True),
        _year("until", "补足期限"),
        Column("required_hours", ("应完成学时",), "number", at_least=0),
        Column("certified_by", ("由谁证明", "证明单位"), "choice"),
        Column("decided_by", ("由谁决定", "决定机关"), "text"),
        Column("decided_on", ("决定日期",), "date"),
    ),
    "bases": (
        Column("id", ("基地编号", "编号"), "text", needed=True),
        Column("level", ("级别", "基地级别"), "choice"),
        Column("authorised_from", ("授权起",), "date"),
        Column("authorised_until", ("授权止",), "date"),
        Column("revoked_on", ("取消日期",), "date"),
    ),
}
"""Options of ``kind``, ``ground``, ``remedy``, ``certified_by`` and ``level`` come from the rules."""

COMMON: Final[tuple[Column, ...]] = (
    Column("title_level", ("职称层级",), "text"),
    Column("qualification_level", ("职业资格层级",), "text"),
    Column("prefecture", ("所在地（州、市）",), "text"),
    Column("industry", ("所属行业",), "text"),
    Column("in_scope", ("是否适用",), "text"),
)
"""What may be stated of a person whether or not the rules declare it."""

UNNEEDED: Final = frozenset(
    {
        "姓名",
        "name",
        "身份证号",
        "身份证号码",
        "公民身份号码",
        "备注",
        "说明",
        "note",
        "remarks",
        "序号",
        "no",
    }
)
"""Heads that offices often have and no rule needs, as `folding.key` gives them."""
