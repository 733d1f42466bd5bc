"""``policyhours policies``: what there is."""

from __future__ import annotations

from pathlib import Path

import click

from policyhours.cli.console import say, say_findings
from policyhours.cli.options import lang_option, policies_option
from policyhours.desk.layout import pad
from policyhours.language.library import Library, folders
from policyhours.text.finding import Finding, Refused
from policyhours.text.telling import display_width

_STATUS = {
    "zh": {"filed": "已公布或备案", "draft": "草稿", "illustrative": "示例"},
    "en": {"filed": "filed", "draft": "draft", "illustrative": "illustrative"},
}
_HEADS = {
    "zh": ("规则", "有效期", "状态", "实施", "名称"),
    "en": ("policy", "in force", "status", "implements", "title"),
}


@click.command(short_help="有哪些规则 · what policies there are")
@policies_option
@lang_option
def policies(folder: Path | None, lang: str) -> None:
    """列出所有规则：有效期、状态、实施哪个文件。

    List the policies: time in force, status, what implements what. Exit code 1 where one is faulty, 3 where
    there is none.
    """
    faulty: list[Finding] = []
    rows = [_HEADS[lang]]
    try:
        library = Library(folders(folder))
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    for ref in library.refs():
        try:
            header = library.header(ref)
        except Refused as refused:
            faulty += refused.findings
            continue
        until = header.valid_until.isoformat() if header.valid_until else "…"
        term = f"{header.valid_from.isoformat()}～{until}"
        rows.append((ref, term, _STATUS[lang][header.status], header.implements or "", header.title))
    if len(rows) > 1:
        widths = [max(display_width(row[i]) for row in rows) for i in range(4)]
        for row in rows:
            cells = [pad(cell, width) for cell, width in zip(row, widths, strict=False)]
            say("  ".join([*cells, row[4]]))
    elif not faulty:
        say(
            "没有找到规则；用 --policies 指明文件夹"
            if lang == "zh"
            else "no policies found; name the folder with --policies"
        )
        raise click.exceptions.Exit(3)
    if faulty:
        say_findings(faulty, lang)
        raise click.exceptions.Exit(1)
