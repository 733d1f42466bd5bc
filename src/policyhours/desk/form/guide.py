"""The first sheet of a form: how to fill it in, and what the upper text says and leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyhours.desk.form import layout as at
from policyhours.desk.form.paint import Page
from policyhours.desk.form.province import Opening
from policyhours.desk.form.sections import SETS
from policyhours.language.header import Header

_STEPS: Final = (
    "1．先看下面：上位文件怎样规定、留给行业规定什么、在什么范围以内。",
    "2．在“基本情况”“规定”“数与公式”“事实”和各张“表…”里填写浅黄色的格子；写着“待填”的都要改成实际内容。",
    "3．空着的不写入细则：一项规定空着，这一项的学时不能确定，不按零计；表里一行空着，同样。",
    "4．按情形取值的，在“数或公式”写“→ ”和工作表的名称，在那张表里填；可以复制一张表再改名。",
    "5．增加一列就增加一个事实，表头写名称或标识。2.. 是2及以上，..5 是5及以下，2..4 是2至4。",
    "6．工作表写不下的内容在“其他”里，是规则原文，可以修改，原样保留。",
    "7．填好以后：policyhours form read 本文件 -o 细则.yaml；试算：policyhours form try 本文件。",
    "灰色的格子、表头以上的各行和这张“说明”只供查看，不读进细则；批注和图片也不读。",
    "请不要改表头、不要合并单元格、不要在格子里写 Excel 公式。数写 20、0.5 或 2/3，日期写 2027-01-01。",
)


def write_guide(
    page: Page, header: Header, openings: Mapping[str, Opening], where: Mapping[str, str]
) -> None:
    """Write the sheet.

    Args:
        page: the sheet.
        header: of the upper text; the form carries its id, version and digest.
        openings: what it leaves to industries.
        where: by address, the sheet of the table in which it is set.
    """
    page.title(f"《{header.title}》（{header.document}）的实施细则：填写表")
    for line in _STEPS:
        page.line(line)
    page.blank()
    for label, value in ((at.UPPER, header.ref), (at.DIGEST, header.digest), (at.VERSION, at.FORMAT)):
        page.row([label, value], fixed=True)
    page.blank()
    page.heads(
        ("条款", "内容", "必须规定", "范围", "单位", "现在怎样", "可用的事实", at.KEY, "填在"),
        freeze=False,
    )
    for each in openings.values():
        sheet = where.get(each.address, SETS.sheet)
        cells = (
            each.articles, each.title, "是" if each.open else "否", each.within, each.unit, each.stands,
            each.hint, each.address, sheet,
        )  # fmt: skip
        page.row(cells, fixed=True, link=(len(cells), sheet))
    page.widths((18, 34, 10, 30, 10, 28, 50, 30, 20))
