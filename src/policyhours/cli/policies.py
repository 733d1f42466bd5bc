"""``policyhours policies``: what there is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from policyhours.cli.console import columns, say, say_data, say_error, say_findings, wants_colour
from policyhours.cli.options import as_of_option, lang_option, policies_option
from policyhours.desk.layout import fold, pad
from policyhours.desk.register import STATUS, Entry, as_data, entries, in_force_text, said
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.text.finding import Refused
from policyhours.text.telling import display_width


@click.command(short_help="有哪些规则 · what policies there are")
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出形式 · form of output"
)
@policies_option
@lang_option
def policies(as_of: date | None, form: str, folder: Path | None, lang: str) -> None:
    """列出所有规则的所有版本：实际有效期、状态、实施哪个文件、适用哪些行业、哪个取代哪个、哪些逾期。

    在 --as-of 那天（默认今天）有效的标 ●。

    List all versions of the policies: the time in which they really are in force, status, what implements
    what, for whom, what supersedes what, what is overdue. Exit code 1 where one is faulty, 3 where there is
    none.
    """
    try:
        library = Library(folders(folder))
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    versions, unread = library.every_version()
    faulty = [*unread, *library.faults()]
    day = as_of or date.today()
    found = entries(versions, day)
    if form == "json":
        data = {"as_of": day.isoformat(), "policies": [as_data(entry) for entry in found]}
        say_data(json.dumps(data, ensure_ascii=False))
    elif found:
        say("\n".join(_lines(found, day, lang)))
    if faulty:
        say_findings(faulty, lang)
        raise click.exceptions.Exit(1)
    if not found:
        say_error(
            "没有找到规则；用 --policies 指明文件夹"
            if lang == "zh"
            else "no policies found; name the folder with --policies"
        )
        raise click.exceptions.Exit(3)


def _lines(found: list[Entry], day: date, lang: str) -> list[str]:
    """A block for each version: how it stands, its title, and what else there is to say."""
    width = max(40, min(columns(), 120))
    colour = wants_colour()
    legend = (
        f"● {day.isoformat()}有效　○ 当天无效"
        if lang == "zh"
        else f"● in force on {day.isoformat()}  ○ not in force that day"
    )
    lines = [legend]
    name = None
    refs = min(max(display_width(entry.header.ref) for entry in found), width // 2)
    for entry in found:
        header = entry.header
        if header.id != name:
            name = header.id
            lines.append("")
        mark = "●" if entry.now else "○"
        ref = pad(header.ref, refs)
        ref = click.style(ref, bold=True) if colour and entry.now else ref
        term, status = in_force_text(entry, lang), STATUS[lang][header.status]
        head = f"{mark} {ref}  {term}  {status}"
        if display_width(click.unstyle(head)) <= width:
            lines.append(head)
        else:
            lines += [f"{mark} {ref.rstrip()}", *_indented(f"{term}  {status}", width)]
        lines += _indented(header.title, width)
        for part in said(entry, lang):
            lines += _indented(part, width)
    return lines


def _indented(text: str, width: int) -> list[str]:
    return [f"    {line}" for line in fold(text, width - 4)]
