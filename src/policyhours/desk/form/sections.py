"""The sheets of a form: which sections of a filing have one, and what stands in its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "value", "list", "items", "options"]
"""How a cell is written in a filing: a text; a number, formula, day, true or false; a list; one item or a
list of them; options, one a line, each ``id：label``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of a filing, its head in Chinese, how it is written.

    Attributes:
        choices: what may be chosen, where it is one of few.
        width: in characters.
    """

    key: str
    head: str
    kind: Kind
    width: int = 16
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a filing that has a sheet.

    Attributes:
        key: in the filing.
        sheet: the sheet's name.
        named: the head of the column of its keys.
        says: what the sheet is for, in a sentence.
        columns: what an entry says, in the order of writing.
        content: the key of the column that may name another sheet instead.
        tables: whether that may be a table.
    """

    key: str
    sheet: str
    named: str
    says: str
    columns: tuple[Column, ...]
    content: str
    tables: bool = False


UNITS: Final = ("hour", "day", "minute", "year", "subject", "month", "item", "credit", "char", "person")

_ARTICLE: Final = Column("article", "条款", "items", 16)

SETS: Final = Section(
    "sets",
    "规定",
    "标识",
    "留给行业规定的内容，一行一项。“数或公式”写一个数或公式；按情形取值的，写“→ 工作表名”，在那张表里填。",
    (
        Column("is", "数或公式", "value", 30),
        Column("hours", "上限", "value", 12),
        Column("per", "上限按什么计", "items", 14),
        _ARTICLE,
    ),
    "is",
    tables=True,
)
VALUES: Final = Section(
    "values",
    "数与公式",
    "标识",
    "公式里只写名称，数都写在这里，各注明单位和条款。按情形取值的，“数或公式”写“→ 工作表名”。",
    (
        Column("is", "数或公式", "value", 40),
        Column("at_least", "不低于", "value", 14),
        Column("at_most", "不高于", "value", 14),
        Column("unit", "单位", "text", 16, (*UNITS, "hour/day", "hour/subject", "hour/credit")),
        _ARTICLE,
        Column("title", "名称", "text", 24),
    ),
    "is",
    tables=True,
)
FACTS: Final = Section(
    "facts",
    "事实",
    "标识",
    "登记时填写的内容。选项一行一个，写成“标识：中文名称”；给上位文件已有的事实增加选项，只填“增加的选项”。",
    (
        Column("of", "说明谁", "text", 12, ("activity", "person", "base", "review")),
        Column("title", "名称", "text", 24),
        Column("type", "类型", "text", 12, ("integer", "number", "boolean", "text", "identity")),
        Column("unit", "单位", "text", 10, UNITS),
        Column("step", "最小单位", "value", 10),
        Column("at_least", "最小", "value", 10),
        Column("at_most", "最大", "value", 10),
        Column("one_of", "选项", "options", 34),
        Column("extends", "增加的选项", "options", 34),
        Column("article", "条款", "items", 14),
    ),
    "title",
)
NOT_ENCODED: Final = Section(
    "not_encoded",
    "不编入的条文",
    "条款",
    "细则中不影响学时计算的条文，各写理由。",
    (Column("", "理由", "text", 60),),
    "",
)
SECTIONS: Final = {each.key: each for each in (SETS, VALUES, FACTS, NOT_ENCODED)}
"""By their keys in a filing."""

ORDER: Final = ("readings", "values", "facts", "requires", "ceilings", "sets", "prevails", "not_encoded")
"""Where a section goes that the head does not list yet."""

HEAD_TITLES: Final = {
    "language": "规则语言的版本",
    "policy": "编号",
    "version": "版本",
    "title": "名称",
    "document": "文号",
    "authority": "哪一级",
    "implements": "实施的上位文件",
    "supersedes": "取代的旧版本",
    "issuers": "发文机关",
    "industries": "适用的行业",
    "status": "状态",
    "in_force.from": "施行日期",
    "in_force.until": "终止日期",
    "in_force.article": "施行日期的条款",
    "applies_from": "从何时起适用",
    "filing.document": "备案文号",
    "filing.issued_on": "备案印发日期",
    "structure.条": "共几条",
    "readings": "有争议的读法",
    "values": "数与公式",
    "facts": "事实",
    "requires": "另加的条件",
    "ceilings": "另加的上限",
    "sets": "规定",
    "prevails": "优先的国家规定",
    "not_encoded": "不编入的条文",
}
"""What stands in the head of a filing, in the order of a new one."""

HEAD_CHOICES: Final = {
    "authority": ("industry",),
    "status": ("draft", "illustrative", "filed"),
    "applies_from": ("own_day", "year"),
}
HEAD_HINTS: Final = {
    "policy": "小写英文，上位文件的编号/行业，如 xinjiang/agriculture",
    "version": "如 2027.1",
    "issuers": "全称，几个机关用“、”隔开",
    "industries": "中文名称，几个行业用“、”隔开",
    "status": "draft 草稿（只能试算）、filed 已备案、illustrative 示例",
    "in_force.from": "写成 2027-01-01",
    "in_force.until": "空着的，随上位文件终止",
    "applies_from": "own_day 施行之日起的活动；year 年底有效即适用于全年",
    "filing.document": "备案以后填写",
    "filing.issued_on": "备案以后填写，写成 2026-12-15",
    "structure.条": "共有多少条；填了就会核对每一条是否都编入",
}
HEAD_LISTS: Final = ("issuers", "industries")
HEAD_TEXTS: Final = (
    "policy", "version", "title", "document", "authority", "implements", "supersedes", "status",
    "applies_from", "filing.document",
)  # fmt: skip


def head_kind(key: str) -> Kind:
    """How a line of the head is written."""
    if key in HEAD_LISTS:
        return "list"
    return "text" if key in HEAD_TEXTS else "items" if key.endswith(".article") else "value"
