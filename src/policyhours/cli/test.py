"""``policyhours test``: the policy language tests itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from policyhours.case.model import Activity, Case
from policyhours.case.read import read_draft
from policyhours.case.settle import Settled
from policyhours.cli.console import say, say_findings, wants_colour
from policyhours.cli.inputs import documents
from policyhours.cli.options import lang_option, policies_option
from policyhours.desk.answer.coverage import exercised, places
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.desk.answer.evaluation import evaluate as evaluate_case
from policyhours.desk.answer.expectation import expects, misses
from policyhours.desk.layout import fold
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.text.finding import Finding, Refused


@click.command(short_help="核对带预期的个案 · run the cases that say what should come out")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@policies_option
@lang_option
def test(paths: tuple[str, ...], folder: Path | None, lang: str) -> None:
    """核对带 expect 的个案，并列出哪些认定标准和表的哪些行没有个案用到。

    Run the cases with expect, and say which standards and table rows no case exercises. Without PATH: all
    cases beside the policies. Exit code 0 where every expectation holds, 1 where one does not, 3 where there
    is no case.
    """
    try:
        library = Library(folders(folder))
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    held: list[Evaluation] = []
    failed = 0
    for outcome in _run(paths or tuple(str(f) for f in library.folders), library):
        if isinstance(outcome, Evaluation):
            held.append(outcome)
        else:
            failed += 1
            say_findings(outcome, lang, to_error=False)
    if not held and not failed:
        say("没有带预期的个案" if lang == "zh" else "there is no case with expectations")
        raise click.exceptions.Exit(3)
    for line in _uncovered(held, lang):
        say(line)
    passed = len(held)
    said = (
        f"个案：{passed}个符合预期，{failed}个不符" if lang == "zh" else f"{passed} passed, {failed} failed"
    )
    say(click.style(said, fg="red" if failed else "green") if wants_colour() else said)
    if failed:
        raise click.exceptions.Exit(1)


def _run(paths: tuple[str, ...], library: Library) -> Iterator[Evaluation | tuple[Finding, ...]]:
    """For each case with expectations its evaluation where they hold, else the findings."""
    for document in documents(paths):
        if document.refused is not None:
            yield document.refused.findings
            continue
        if not document.is_case or document.node is None:
            continue
        try:
            found = evaluate_case(read_draft(document.node), library, try_readings=False)
        except Refused as refused:
            yield refused.findings
            continue
        if expects(found):
            missed = misses(found)
            yield tuple(miss.finding() for miss in missed) if missed else found


def _uncovered(evaluations: list[Evaluation], lang: str) -> Iterator[str]:
    """What no case exercises, by policy."""
    by_policy: dict[str, tuple[Policy, list[Case]]] = {}
    for evaluation in evaluations:
        for policy in evaluation.settled.taking_part(evaluation.result.years):
            by_policy.setdefault(policy.ref, (policy, []))[1].append(_under(policy, evaluation.settled))
    for ref, (policy, cases) in sorted(by_policy.items()):
        rules = policy.rules()
        reached = exercised(cases, rules)
        everything = places(rules)
        missing = [place for place in everything if place not in reached]
        done, total = len(everything) - len(missing), len(everything)
        if lang == "zh":
            head, none = f"{ref}：{total}处中{done}处有个案用到", "没有个案用到："
        else:
            head, none = f"{ref}: {done} of {total} places exercised", "not exercised: "
        yield head
        if missing:
            first, *more = fold(none + "；".join(missing), 96)
            yield f"  {first}"
            yield from (f"  {line}" for line in more)


def _under(policy: Policy, settled: Settled) -> Case:
    """The case with those of its activities only that are appraised under the policy."""

    def appraised(activity: Activity) -> bool:
        year = settled.policies.get(activity.year) or settled.begun.get(activity.year)
        return settled.own.get(activity.id, year) is policy

    return replace(settled.case, activities=tuple(a for a in settled.case.activities if appraised(a)))
