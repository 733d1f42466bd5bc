"""``policyhours lint``: check policies and cases before they are filed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from policyhours.case.read import read_draft
from policyhours.case.settle import settle
from policyhours.cli.console import say, say_data, say_error, say_findings
from policyhours.cli.findings import finding_data
from policyhours.cli.inputs import Document, documents
from policyhours.cli.options import lang_option, policies_option
from policyhours.language.library import Library, folders
from policyhours.language.structure import check_policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.tree import Mapping


@click.command(short_help="校验规则和个案 · check policies and cases")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出形式 · form of output"
)
@policies_option
@lang_option
def lint(paths: tuple[str, ...], form: str, folder: Path | None, lang: str) -> None:
    """校验规则文件和个案文件：写法、结构、名称、公式、单位，以及细则是否超出上位文件。

    PATH 是文件、文件夹，或 -（标准输入）；不写即校验全部规则。

    Check policy and case files. Exit code 0 clean, 1 errors, 2 wrong call, 3 nothing was checked.
    """
    try:
        found_folders = folders(folder)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    library = Library(found_folders)
    findings: list[Finding] = []
    checked = 0
    policies = []
    for document in documents(paths or tuple(str(f) for f in found_folders)):
        checked += 1
        findings += _check(document, library)
        policies += [document.path] if document.is_policy and document.path is not None else []
    findings += _between(library, policies, findings)
    if form == "json":
        say_data(json.dumps([finding_data(finding, lang) for finding in findings], ensure_ascii=False))
    elif findings:
        say_findings(findings, lang, to_error=False)
        say("")
    if not checked:
        say_error("没有可校验的内容" if lang == "zh" else "there is nothing to check")
        raise click.exceptions.Exit(3)
    if form == "text":
        zh = f"已校验{checked}份：{len(findings)}处错误" if findings else f"已校验{checked}份：没有发现错误"
        en = f"{checked} checked: {len(findings) or 'no'} error{'' if len(findings) == 1 else 's'}"
        say(zh if lang == "zh" else en)
    if findings:
        raise click.exceptions.Exit(1)


def _check(document: Document, library: Library) -> Iterator[Finding]:
    try:
        if document.refused is not None:
            raise document.refused
        node = document.node
        assert node is not None
        if not isinstance(node, Mapping) or not (document.is_case or document.is_policy):
            place = node.entries[0].key_place if isinstance(node, Mapping) and node.entries else node.place
            raise Refused((Finding("PH327", place),))
        if document.is_case:
            settle(read_draft(node), library)
        else:
            check_policy(node)
            library.resolve_file(node, document.path)
    except Refused as refused:
        yield from refused.findings


def _between(library: Library, paths: list[Path], told: list[Finding]) -> Iterator[Finding]:
    """What is wrong between these policies and others: versions that overlap, two filings for one day."""
    if not paths:
        return
    files = {path.resolve() for path in paths}
    before = {(finding.code, str(finding.place)) for finding in told}
    for finding in library.faults():
        places = [place for place in (finding.place, *(place for _, place in finding.also)) if place]
        mine = any(Path(place.source.name).resolve() in files for place in places)
        if mine and (finding.code, str(finding.place)) not in before:
            yield finding
