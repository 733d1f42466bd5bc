"""The heading of a shown policy: when it really is in force, for whom, how filed, for what it holds."""

from __future__ import annotations

from typing import Final

from policyhours.desk.register import Entry, in_force_text, term_text
from policyhours.language.header import Header
from policyhours.language.versions import Term

_CAUTIONS: Final = {
    "illustrative": "示例：内容是虚构的，不是任何部门的规定。",
    "draft": "草稿：没有公布或备案，只能用于试算。",
}


def heading(entry: Entry) -> list[str]:
    """What a policy says of itself, a line each, given how its version stands."""
    header = entry.header
    lines = [f"有效期：{in_force_text(entry, 'zh')}{_why(entry)}"]
    if header.industries:
        lines.append(f"适用行业：{'、'.join(header.industries)}")
    filed = [header.filed_as] if header.filed_as else []
    filed += [f"{header.issued_on.isoformat()}印发"] if header.issued_on is not None else []
    if filed:
        lines.append(f"备案：{'，'.join(filed)}")
    if header.implements is not None:
        first = header.valid_from.isoformat()
        whole = header.applies_from == "year"
        held = f"{first}所在年度全年的活动" if whole else f"{first}起的活动，此前的活动按当时有效的文件"
        lines.append(f"适用于：{held}")
    return lines


def caution(header: Header) -> str:
    """What a reader has to know first of a text that is not in force as law; empty for one that is filed."""
    return _CAUTIONS.get(header.status, "")


def _why(entry: Entry) -> str:
    """Why the time in force is not as the file says, if it is not."""
    header = entry.header
    if entry.term is None or entry.term == Term(header.valid_from, header.valid_until):
        return ""
    if entry.superseded_by:
        return f"（由 {entry.superseded_by[0]} 取代）"
    if header.valid_until is None:
        return "（没有写截止日期，随上位文件到期）"
    return f"（文件写的是{term_text(Term(header.valid_from, header.valid_until), 'zh')}）"
