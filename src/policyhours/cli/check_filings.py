"""``policyhours check-filings``: every filing against the upper text in force on a day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import click

from policyhours.cli.console import columns, say, say_data, say_error, say_findings, wants_colour
from policyhours.cli.findings import finding_data
from policyhours.cli.options import lang_option, policies_option, when_option
from policyhours.desk.filings.conformity import FAILS, Check, Conformity, Overview, as_data, check_all
from policyhours.desk.layout import fold
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.text.finding import Refused
from policyhours.text.telling import tell_all

_NOW: Final = {
    "conforms": ("与 {upper} 相符", "conforms to {upper}"),
    "implements_another": (
        "与 {upper} 相符，但实施的是 {named}",
        "conforms to {upper}, but implements {named}",
    ),
    "does_not_conform": ("自{since}起与 {upper} 不符", "does not conform to {upper} from {since}"),
    "faulty": ("有错误，无法核对", "is faulty and cannot be checked"),
    "upper_ended": (
        "上位文件自{since}起没有有效的版本",
        "its upper text has no version in force from {since}",
    ),
    "upper_not_begun": ("上位文件在{since}尚未生效", "its upper text is not yet in force on {since}"),
}
_AHEAD: Final = {
    "implements_another": (
        "自{since}起适用 {upper}：相符，但需按新版本重新发布",
        "{upper} from {since}: conforms, but has to be published anew",
    ),
    "does_not_conform": (
        "自{since}起不符：届时适用已发布的 {upper}",
        "will not conform from {since}, when {upper} is in force",
    ),
}


@click.command("check-filings", short_help="核对行业细则 · check filings against the upper text")
@when_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出形式 · form of output"
)
@policies_option
@lang_option
def check_filings(when: date | None, form: str, folder: Path | None, lang: str) -> None:
    """把每份行业细则与当天有效的上位文件核对：哪些不符、在哪里、从哪天起；也核对已发布、以后生效的版本。

    Check every filing against the upper text in force on the day, and against the versions that are already
    published for later. Exit code 0 all conform, 1 some do not, 2 wrong call, 3 there is no filing to check.
    """
    day = when or date.today()
    try:
        overview = check_all(Library(folders(folder)), day)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if form == "json":
        say_data(json.dumps(as_data(overview, lambda f: finding_data(f, lang)), ensure_ascii=False))
    elif overview.filings:
        say("\n".join(_lines(overview, lang)))
    if overview.findings and form == "text":
        say_findings(overview.findings, lang, to_error=False)
    if not overview.conforms:
        raise click.exceptions.Exit(1)
    if not overview.filings:
        zh, en = (f"没有在{day}需要核对的行业细则", f"there is no filing to check on {day}")
        say_error(zh if lang == "zh" else en)
        raise click.exceptions.Exit(3)


def _lines(overview: Overview, lang: str) -> list[str]:
    width = max(40, min(columns(), 120))
    count, bad = len(overview.filings), sum(not found.conforms for found in overview.filings)
    due = sum(found.conforms and _warned(found) for found in overview.filings)
    between = len(overview.findings)
    counts = (
        (bad, f"{bad}份不符", f"{bad} not conforming"),
        (due, f"{due}份相符但需更新", f"{due} to be published anew"),
        (between, f"规则之间有{between}处错误", f"{between} wrong between policies"),
    )
    zh = [text for number, text, _ in counts if number] or ["全部相符"]
    en = [text for number, _, text in counts if number] or ["all conform"]
    day = overview.day.isoformat()
    said = {
        "zh": f"按{day}有效的上位文件核对{count}份细则：{'，'.join(zh)}",
        "en": f"{count} checked against the upper text in force on {day}: {', '.join(en)}",
    }
    lines = fold(said[lang], width)
    told = {(finding.code, str(finding.place)) for finding in overview.findings}
    for found in sorted(overview.filings, key=lambda found: (found.conforms, not _warned(found))):
        lines += ["", *_block(found, told, lang, width)]
    return [*lines, ""] if overview.findings else lines


def _warned(found: Conformity) -> bool:
    """Whether the filing has to be published anew, now or later."""
    return found.now.state != "conforms" or bool(found.ahead)


def _block(found: Conformity, told: set[tuple[str, str]], lang: str, width: int) -> list[str]:
    """A filing: its mark and name, how it stands, then each finding that is not told at the end anyway."""
    colour = wants_colour()
    mark = "✘" if not found.conforms else "!" if _warned(found) else "✔"
    first, *more = fold(f"{found.filing.ref}  {found.filing.title}", width - 2)
    lines = [f"{mark} {first}", *(f"  {line}" for line in more)]
    for check, texts in [(found.now, _NOW), *((later, _AHEAD) for later in found.ahead)]:
        lines += _indented(_said(check, found, texts, lang), width)
        findings = [f for f in check.findings if (f.code, str(f.place)) not in told]
        if findings and (check.state in FAILS or texts is _NOW):
            lines += [f"    {line}" for line in tell_all(findings, lang, colour=colour).split("\n")]
    return lines


def _said(check: Check, found: Conformity, texts: dict[str, tuple[str, str]], lang: str) -> str:
    state = "faulty" if check.state == "does_not_conform" and check.upper is None else check.state
    words = {"upper": check.upper, "named": found.filing.implements, "since": check.since.isoformat()}
    if state == "upper_not_begun":
        words["since"] = found.day.isoformat()
    return texts[state][0 if lang == "zh" else 1].format_map(words)


def _indented(text: str, width: int) -> list[str]:
    return [f"  {line}" for line in fold(text, width - 2)]
