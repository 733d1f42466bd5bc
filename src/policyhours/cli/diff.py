"""``policyhours diff``: what changed between two policies, and for whom it matters."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from policyhours.case.read import Draft, read_draft
from policyhours.cli.console import columns, say, say_data, say_findings, wants_colour
from policyhours.cli.inputs import documents
from policyhours.cli.options import as_of_option, form_option, lang_option, output_option, policies_option
from policyhours.cli.paper import hand_over, ready
from policyhours.desk.changes.comparison import comparison_data, comparison_text
from policyhours.desk.changes.difference import Difference, difference
from policyhours.desk.changes.impact import Impact, Incomparable, impact
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping


@click.command(short_help="两个版本有什么不同 · what changed")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("more", nargs=-1, metavar="")
@click.option(
    "--cases",
    multiple=True,
    metavar="PATH…",
    help="个案文件或文件夹：对谁有影响 · cases: for whom it matters",
)
@as_of_option
@form_option("json", "html")
@output_option
@policies_option
@lang_option
def diff(
    old: str,
    new: str,
    more: tuple[str, ...],
    cases: tuple[str, ...],
    as_of: date | None,
    form: str,
    output: Path | None,
    folder: Path | None,
    lang: str,
) -> None:
    """比较两个规则：改了哪些数、条件、上限、学时，收紧还是放宽；加上 --cases，还说明对哪些个案有影响。

    Compare two resolved policies in the words of the law; with --cases, tell whose verdict or hours change,
    and why. Exit code 0 where the comparison could be made, 1 where a policy is faulty or missing or no case
    could be compared, 2 for a wrong call.

    \b
    例 · examples:
      policyhours diff xinjiang@2023.1 xinjiang@2023.2
      policyhours diff xinjiang@2023.1 xinjiang@2023.2 --cases 个案文件夹
    """  # noqa: D301
    if more and not cases:
        raise click.UsageError(
            f"多了“{more[0]}”；个案写在 --cases 后面 · one too many; cases stand after --cases",
            click.get_current_context(),
        )
    try:
        ready(form, output)
        library = Library(folders(folder))
        day = as_of or date.today()
        before, after = (library.policy(parse_reference(ref), day) for ref in (old, new))
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    found = difference(before, after)
    met = _impact(found, (*cases, *more), library) if cases else None
    if form == "json":
        say_data(json.dumps(comparison_data(found, met, lang), ensure_ascii=False))
    elif form == "html":
        _hand_over(found, met, output, lang)
    else:
        say(comparison_text(found, met, lang, width=columns(), colour=wants_colour()))
    if met is not None and not met.compared:
        raise click.exceptions.Exit(1)


def _hand_over(found: Difference, met: Impact | None, output: Path | None, lang: str) -> None:
    from policyhours.desk.html.changes import changes_html

    try:
        hand_over(changes_html(found, met, lang), output, lang)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None


def _impact(found: Difference, paths: tuple[str, ...], library: Library) -> Impact:
    """What the difference means for the cases in the files and folders."""
    drafts: list[Draft] = []
    unread: list[Incomparable] = []
    for document in documents(paths):
        if document.in_folder and document.is_policy:
            continue
        name = str(document.path or "-")
        try:
            if document.refused is not None:
                raise document.refused
            assert document.node is not None
            if isinstance(document.node, Mapping) and document.is_policy:
                raise Refused((Finding("PH328", document.node.entries[0].key_place),))
            drafts.append(read_draft(document.node))
        except Refused as refused:
            unread.append(Incomparable(name, None, refused.findings))
    return impact(found, drafts, library, unread)
