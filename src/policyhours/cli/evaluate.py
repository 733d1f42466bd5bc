"""``policyhours evaluate``: assess cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policyhours.case.read import Draft, read_draft
from policyhours.cli.answers import Answers
from policyhours.cli.console import say_error, say_findings
from policyhours.cli.inputs import Document, documents
from policyhours.cli.options import (
    as_of_option,
    form_option,
    lang_option,
    output_option,
    policies_option,
    reading_option,
)
from policyhours.cli.paper import ready
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path
from policyhours.text.tree import Mapping

if TYPE_CHECKING:
    from policyhours.desk.answer.evaluation import Evaluation
    from policyhours.desk.before.earlier import Earlier
    from policyhours.desk.before.since import Since


@click.command(short_help="评定个案 · assess cases")
@click.argument("cases", nargs=-1, required=True, metavar="CASE…")
@click.option("--policy", metavar="REF", help="按哪个规则，如 xinjiang@2023.1 · the policy to use")
@reading_option
@as_of_option
@form_option("json", "html")
@output_option
@click.option(
    "--compare",
    "old",
    type=click.Path(path_type=Path),
    metavar="OLD.json",
    help="与以前的结果比较：哪些年度变了、为什么 · which years changed since, and why",
)
@policies_option
@lang_option
def evaluate(
    cases: tuple[str, ...],
    policy: str | None,
    readings: tuple[tuple[str, str], ...],
    as_of: date | None,
    form: str,
    output: Path | None,
    old: Path | None,
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
      policyhours evaluate 个案.yaml --format json -o 原结果.json
      policyhours evaluate 个案.yaml --compare 原结果.json
    """  # noqa: D301
    from policyhours.desk.answer.evaluation import evaluate as evaluate_case
    from policyhours.desk.before.earlier import earlier_results

    try:
        ready(form, output, data=True)
        _spare((*map(Path, cases), *((old,) if old else ())), output)
        earlier = earlier_results(old) if old is not None else None
        library = Library(folders(folder))
        chosen = parse_reference(policy) if policy else None
        if chosen is not None and chosen.version is None and as_of is None:
            library.versions(chosen.id)  # each year has its own
        elif chosen is not None:
            library.policy(chosen, as_of)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    answers = Answers(form, output, lang)
    failed = 0
    left = dict.fromkeys(earlier or ())
    for document in documents(cases):
        if document.in_folder and document.is_policy:
            continue
        try:
            draft = _draft(document)
            left.pop(draft.id, None)
            found = evaluate_case(draft, library, policy=chosen, as_of=as_of, readings=dict(readings))
            answers.add(found, _since(found, earlier, old, lang))
        except Refused as refused:
            say_findings(refused.findings, lang)
            failed += 1
    try:
        answers.hand_over()
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if left and not failed:
        say_error(
            f"以前的结果中还有{len(left)}个个案，这次没有评定，没有比较"
            if lang == "zh"
            else f"cases of the earlier result that are not assessed now, so not compared: {len(left)}"
        )
    if answers.count + failed > 1 or failed:
        total = answers.count + failed
        say_error(
            f"共{total}个个案：已评定{answers.count}个，无法评定{failed}个"
            if lang == "zh"
            else f"{total} cases: {answers.count} assessed, {failed} could not be assessed"
        )
    if failed or not answers.count:
        raise click.exceptions.Exit(1)


def _spare(inputs: Iterable[Path], output: Path | None) -> None:
    """See to it that what is written replaces nothing of what is read.

    Raises:
        Refused: where it would.
    """
    for path in inputs:
        if output is not None and output.resolve() == path.resolve():
            raise Refused((Finding("RO411", None, {"file": shown_path(path)}),))


def _since(
    found: Evaluation, earlier: dict[str, Earlier] | None, old: Path | None, lang: str
) -> Since | None:
    """What changed since the earlier result of a case, where there is a file of them."""
    if earlier is None or old is None:
        return None
    from policyhours.desk.before.earlier import earlier_of
    from policyhours.desk.before.since import since

    return since(earlier_of(found.draft.id, earlier, old), found, lang)


def _draft(document: Document) -> Draft:
    if document.refused is not None:
        raise document.refused
    assert document.node is not None
    if isinstance(document.node, Mapping) and document.is_policy:
        raise Refused((Finding("PH328", document.node.entries[0].key_place),))
    return read_draft(document.node)
