"""``policyhours lint``: check policies and cases before they are filed, and mend what can be mended."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from policyhours.cli.console import say, say_data, say_error, say_findings
from policyhours.cli.options import lang_option, policies_option
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.lint.check import Report, check_files
from policyhours.lint.choice import AlwaysTold, Choice, UnknownCode, choice_of
from policyhours.lint.documents import STANDARD_INPUT, File, files
from policyhours.text.finding import Refused


@click.command(short_help="校验规则和个案 · check policies and cases")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="输出形式 · form of output",
)
@click.option("--fix", is_flag=True, help="改正能自动改正的错误 · mend what can be mended")
@click.option(
    "--diff", "show", is_flag=True, help="只显示会怎样改正，不写文件 · show the fixes, write nothing"
)
@click.option("--select", multiple=True, metavar="CODES", help="只查这些，如 PH6 · only these")
@click.option("--ignore", multiple=True, metavar="CODES", help="不查这些 · all but these")
@policies_option
@lang_option
def lint(
    paths: tuple[str, ...],
    form: str,
    fix: bool,
    show: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    folder: Path | None,
    lang: str,
) -> None:
    """校验规则文件和个案文件：写法、结构、名称、公式、单位，以及细则是否超出上位文件。

    PATH 是文件、文件夹，或 -（标准输入）；不写即校验全部规则。CODES 是代码、名称或开头，用逗号隔开。

    Check policy and case files. CODES are codes, names or prefixes, separated by commas. Exit code 0 without
    errors, 1 errors (or, with --diff, something to mend), 2 wrong call, 3 nothing was checked.

    \b
    例 · examples:
      policyhours lint 细则.yaml
      policyhours lint --diff 细则.yaml
      policyhours lint --ignore PH605,PH606 --format sarif policies
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    choice = _choice(select, ignore, lang)
    _check_call(paths, form, fix, show, lang)
    try:
        found_folders = folders(folder)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    gc.set_threshold(50_000, 20, 100)  # all that is read stays until the end: looking for waste is waste
    given = tuple(files(paths or tuple(str(f) for f in found_folders)))
    report = check_files(given, Library(found_folders), choice)
    unwritten = False
    if fix or show:
        unwritten, report = _mended(given, found_folders, report, choice, lang, write=fix)
    if not show:
        _tell(report, form, lang)
    if not report.checked:
        say_error("没有可校验的内容" if lang == "zh" else "there is nothing to check")
        raise click.exceptions.Exit(3)
    if report.count("error") or unwritten:
        raise click.exceptions.Exit(1)


def _tell(report: Report, form: str, lang: str) -> None:
    """Print the report."""
    if form == "json":
        from policyhours.lint.reports import json

        say_data(json.render(report.findings, lang))
    elif form == "sarif":
        from policyhours.lint.reports import sarif

        say_data(sarif.render(report.findings, lang))
    elif form == "github":
        from policyhours.lint.reports import github

        if report.findings:
            say_data(github.render(report.findings, lang))
    else:
        from policyhours.lint.reports.text import summary

        if report.findings:
            say_findings(report.findings, lang, to_error=False)
            say("")
        if report.checked:
            say(summary(report, lang))


def _mended(
    given: tuple[File, ...],
    found_folders: tuple[Path, ...],
    report: Report,
    choice: Choice,
    lang: str,
    *,
    write: bool,
) -> tuple[bool, Report]:
    """Mend the files or show how; whether anything is left to be written, and the report of what is left."""
    from policyhours.lint import mending

    changes = mending.mended(given, found_folders, report.findings, choice)
    if not write:
        for line in mending.diff(changes):
            say(line)
        return bool(changes), report
    written = True
    for change in changes:
        name = change.file.source.name if change.file.source is not None else ""
        if mending.write(change):
            say_error(f"已改正：{name}" if lang == "zh" else f"mended: {name}")
            continue
        written = False
        zh = f"文件“{name}”不能写入，没有修改\n  怎么办：请检查文件是否只读、是否正被其他程序使用"
        en = f"“{name}” cannot be written and was not changed\n  to do: see whether it is read-only or in use"
        say_error(zh if lang == "zh" else en)
    if changes:
        paths = [str(file.path) for file in given if file.path is not None]
        report = check_files(tuple(files(paths)), Library(found_folders), choice)
    return not written, report


def _choice(select: tuple[str, ...], ignore: tuple[str, ...], lang: str) -> Choice:
    """The choice that the options make.

    Raises:
        click.UsageError: where they name what there is not, or what cannot be left out.
    """
    try:
        return choice_of(_several(select), _several(ignore))
    except UnknownCode as unknown:
        near = "、".join(unknown.nearest) or "PH1、PH2……"
        zh = f"没有“{unknown.said}”这个代码或名称，是不是要写：{near}？用 policyhours explain 查看全部代码"
        en = f"there is no code or name “{unknown.said}”, did you mean {near}? policyhours explain lists them"
    except AlwaysTold as told:
        zh = f"“{told.said}”不能不查：读不了的文件、与上位文件不符之处必须改正"
        en = (
            f"“{told.said}” cannot be ignored: unreadable files and conflicts with the upper text stay errors"
        )
    raise click.UsageError(zh if lang == "zh" else en)


def _several(said: tuple[str, ...]) -> list[str]:
    """The codes of options that may be given several times, each with several codes."""
    text = ",".join(said).replace("，", ",").replace("、", ",")
    return [code.strip() for code in text.split(",") if code.strip()]


def _check_call(paths: tuple[str, ...], form: str, fix: bool, show: bool, lang: str) -> None:
    if fix and show:
        zh, en = "--fix 和 --diff 不能同时用", "use either --fix or --diff"
    elif (fix or show) and STANDARD_INPUT in paths:
        zh, en = "标准输入不能改正，请指明文件", "standard input cannot be mended, name a file"
    elif show and form != "text":
        zh, en = "--diff 只有一种输出形式", "--diff has one form of output"
    else:
        return
    raise click.UsageError(zh if lang == "zh" else en)
