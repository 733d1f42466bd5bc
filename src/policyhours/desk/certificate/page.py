"""The page: one sheet, drawn from the claims; what it shows is what is signed, and the name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from policyhours.desk.certificate.code import short
from policyhours.desk.certificate.fonts import faces
from policyhours.desk.certificate.sheet import GOLD, GREY, INK, RED, WASH, Sheet
from policyhours.desk.wording import mixed
from policyhours.text.finding import Finding, Refused

TITLE: Final = "专业技术人员继续教育培训合格证书"
"""What article 12 calls it; whose it is, the document says under which it was issued."""

_LEFT, _RIGHT = 34.0, 263.0  # of all that is written
_WIDTH: Final = _RIGHT - _LEFT
_TOP, _BOTTOM = 79.0, 143.0  # of the room for the table
_FOOT: Final = 166.0
"""The width of the foot, which leaves the place of the seal free."""

_LABEL, _GAP = 33.0, 3.0  # of a row: the width of its label, and what is left free beside the text
_SIZES: Final = (12.5, 11.5, 10.5, 9.5, 8.5, 7.5)
_SEAL: Final = "（盖章处）"
_ISSUER: Final = "签发机关"

_Row = Sequence[tuple[str, str]]


def page(claims: Mapping[str, Any], name: str, code: str, fingerprint: str, font: Path | None) -> bytes:
    """The certificate as a PDF, its code in the file's keywords; the same content gives the same bytes.

    Raises:
        Refused: where no font has what is to be printed, or it does not fit on one page.
    """
    rows, foot = _rows(claims, name), _foot(claims, code, fingerprint)
    day = date.fromisoformat(claims["date"])
    issued = f"{day.year}年{day.month}月{day.day}日"
    year, number = f"{claims['year']} 年度", f"证书编号：{claims['number']}"
    who = f"{name}（证件号码 {claims['id']}）"
    what = f"已完成{claims['year']}年度规定的继续教育学习任务，经登记认定合格，特发此证。"
    texts = [TITLE, who, what, issued, year, number, claims["issuer"], _ISSUER, _SEAL, *foot]
    texts += [text for row in rows for cell in row for text in cell]
    found = faces(frozenset("".join(texts)), font)
    sheet = Sheet(f"{TITLE} {claims['number']}", claims["issuer"], code, day, found)
    sheet.line(TITLE, _LEFT, 29, _WIDTH, 29, RED, bold=True, spacing=4)
    sheet.rule(112, 43.5, 185, GOLD, 0.35)
    sheet.line(year, _LEFT, 46, _WIDTH, 15, INK)
    sheet.line(number, _RIGHT - 120, 54.5, 120, 10, GREY, "R")
    sheet.line(who, _LEFT, 62.5, _WIDTH, 13, INK)
    sheet.line(what, _LEFT, 69.5, _WIDTH, 13, INK)
    _table(sheet, rows)
    _signature(sheet, claims["issuer"], issued)
    for at, text in enumerate(foot):
        sheet.line(text, _LEFT, 176.5 + 4.2 * at, _FOOT, 7.5, GREY, "L")
    return sheet.data()


def _rows(claims: Mapping[str, Any], name: str) -> list[_Row]:
    """The table: rows of one or two cells, each a label and what it says."""
    unit, required = claims["unit"], dict(claims["required"])

    def hours(title: str, amount: str) -> str:
        asked = f"（要求不少于{mixed(required[title], 'zh')}{unit}）" if title in required else ""
        return f"{mixed(amount, 'zh')}{unit}{asked}"

    people = [
        ("姓名", name),
        ("证件号码", claims["id"]),
        ("职称（资格）", claims["title"] or "—"),
        ("年度", f"{claims['year']}年度"),
    ]
    figures = [(title, hours(title, amount)) for title, amount in claims["hours"]]
    figures += [("合计", hours("合计", claims["total"])), ("结论", "达到要求")]
    rows: list[_Row] = [cells[i : i + 2] for cells in (people, figures) for i in range(0, len(cells), 2)]
    if claims["basis"]:
        rows.append([("认定说明", "；".join(claims["basis"]))])
    return [*rows, [("依据", claims["under"])]]


def _foot(claims: Mapping[str, Any], code: str, fingerprint: str) -> list[str]:
    """What is needed to check the certificate."""
    digest = claims["policies"][claims["policy"]]
    return [
        f"校验码 {short(code)}　　签发公钥指纹 {fingerprint}　　规则 {claims['policy']}",
        f"规则摘要 {digest}",
        "核验：向签发机关索取公钥，运行 policyhours certificate verify 本文件 --key 公钥；"
        "打印件上的各项和校验码须与核验所示逐一相同",
    ]


def _table(sheet: Sheet, rows: Sequence[_Row]) -> None:
    """The rows, in the largest size in which all of them fit."""
    for size in _SIZES:
        heights = [_height(sheet, row, size) for row in rows]
        if sum(heights) <= _BOTTOM - _TOP:
            break
    else:
        raise Refused((Finding("DK245", None),))
    y = _TOP
    for row, height in zip(rows, heights, strict=True):
        _row(sheet, row, y, height, size)
        y += height
        sheet.rule(_LEFT, y, _RIGHT, GOLD, 0.2)
        sheet.rule(_LEFT, y - height, _RIGHT, GOLD, 0.2)  # once more, for the row was put over it
    for edge in (_TOP, y):
        sheet.rule(_LEFT, edge, _RIGHT, RED, 0.5)


def _height(sheet: Sheet, row: _Row, size: float) -> float:
    width = _WIDTH / len(row)
    labels = [sheet.height(label, _LABEL - 2, size) for label, _ in row]
    return max(labels + [sheet.height(text, _room(width), size) for _, text in row]) + 0.32 * size


def _room(width: float) -> float:
    """The room for the text of a cell."""
    return width - _LABEL - 2 * _GAP


def _row(sheet: Sheet, row: _Row, y: float, height: float, size: float) -> None:
    width = _WIDTH / len(row)
    for at, (label, text) in enumerate(row):
        x = _LEFT + at * width
        sheet.fill(x, y, _LABEL, height, WASH)
        middle = y + (height - sheet.height(label, _LABEL - 2, size)) / 2
        sheet.block(label, x + 1, middle, _LABEL - 2, size, RED, "C")
        middle = y + (height - sheet.height(text, _room(width), size)) / 2
        sheet.block(text, x + _LABEL + _GAP, middle, _room(width), size, INK)


def _signature(sheet: Sheet, issuer: str, issued: str) -> None:
    """Who issued it and when, across the place of the seal (42 mm)."""
    x, y = 222.0, 165.5
    sheet.ring(x, y, 21, GOLD)
    sheet.line(_ISSUER, x - 40, y - 13, 80, 9, GREY)
    size = next((size for size in (13.0, 11.0) if sheet.height(issuer, 86, size) < 0.9 * size), 8.0)
    sheet.block(issuer, x - 43, y - 1 - sheet.height(issuer, 86, size) / 2, 86, size, INK, "C")
    sheet.line(issued, x - 40, y + 5, 80, 11, INK)
    sheet.line(_SEAL, x - 14, y + 12, 28, 7.5, GOLD)
