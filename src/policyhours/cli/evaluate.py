"""``policyhours evaluate``: assess cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyhours.case.read import Draft, read_draft
from policyhours.cli.console import columns, say, say_data, say_error, say_findings, wants_colour
from policyhours.cli.inputs import Document, documents
from policyhours.cli.options import (
    as_of_option,
    form_option,
    lang_option,
    output_option,
    policies_option,
    reading_option,
)
from policyhours.cli.paper import hand_over, ready
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping

if TYPE_CHECKING:
    from policyhours.desk.evaluation import Evaluation


@click.command(short_help="评定个案 · assess cases")
@click.argument("cases", nargs=-1, required=True, metavar="CASE…")
@click.option("--policy", metavar="REF", help="按哪个规则，如 xinjiang@2023.1 · the policy to use")
@reading_option
@as_of_option
@form_option("json", "html")
@output_option
@policies_option
@lang_option
def evaluate(
    cases: tuple[str, ...],
    policy: str | None,
    readings: tuple[tuple[str, str], ...],
    as_of: date | None,
    form: str,
    output: Path | None,
    folder: Path | None,
    lang: str,
) -> None:
    """评定个案：每年认定多少学时、为什么、还差多少。

    CASE 是个案文件、文件夹，或 -（标准输入）；一个文件里可以有几个个案，用 --- 隔开。

    Assess cases: what each year comes to, why, and what is lacking. Exit code 0 whatever the verdict,
    1 where a case could not be assessed, 2 for a wrong call.

    \b
    例 · examples:
      policyhours evaluate 个案.yaml
      policyhours evaluate 个案.yaml --policy xinjiang@2023.1 --format json
      policyhours evaluate 个案.yaml --reading share_base=earned
      policyhours evaluate 个案.yaml --format html -o 答复单.html
    """  # noqa: D301
    from policyhours.desk.evaluation import evaluate as evaluate_case

    try:
        ready(form, output)
        library = Library(folders(folder))
        chosen = parse_reference(policy) if policy else None
        if chosen is not None and chosen.version is None and as_of is None:
            library.versions(chosen.id)  # each year has its own
        elif chosen is not None:
            library.policy(chosen, as_of)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    done = failed = 0
    sheets: list[Evaluation] = []
    for document in documents(cases):
        if document.in_folder and document.is_policy:
            continue
        try:
            draft = _draft(document)
            found = evaluate_case(draft, library, policy=chosen, as_of=as_of, readings=dict(readings))
        except Refused as refused:
            say_findings(refused.findings, lang)
            failed += 1
            continue
        if form == "json":
            from policyhours.desk.record import record

            say_data(json.dumps(record(found, lang), ensure_ascii=False))
        elif form == "html":
            sheets.append(found)
        else:
            from policyhours.desk.picture import picture

            if done:
                say("")
            say(picture(found, lang, width=columns(), colour=wants_colour()))
        done += 1
    if sheets:
        _hand_over(sheets, output, lang)
    if done + failed > 1 or failed:
        total = done + failed
        say_error(
            f"共{total}个个案：已评定{done}个，无法评定{failed}个"
            if lang == "zh"
            else f"{total} cases: {done} assessed, {failed} could not be assessed"
        )
    if failed or not done:
        raise click.exceptions.Exit(1)


def _hand_over(sheets: list[Evaluation], output: Path | None, lang: str) -> None:
    """All of them in one file, each on paper of its own."""
    from policyhours.desk.html.answer import answers_html

    try:
        hand_over(answers_html(sheets, lang), output, lang)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None


def _draft(document: Document) -> Draft:
    if document.refused is not None:
        raise document.refused
    assert document.node is not None
    if isinstance(document.node, Mapping) and document.is_policy:
        raise Refused((Finding("PH328", document.node.entries[0].key_place),))
    return read_draft(document.node)
