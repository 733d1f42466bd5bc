"""``policyhours form``: a filing as a workbook, and back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from policyhours.cli.console import say, say_data, say_error, say_findings
from policyhours.cli.options import check_industry_id, lang_option, policies_option
from policyhours.desk.filings.draft import Wanted, first_day, has_leeway
from policyhours.language.files import file_name_of, folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.aside import Aside, told
from policyhours.text.blank import BLANK, blanks
from policyhours.text.finding import Refused
from policyhours.text.source import shown_path

_SAYS: Final = {
    "exists": (
        "{path} 已经存在，没有改动它\n  怎么办：用 -o 写到别处；确实要换掉它，加 --force",
        "{path} exists already and is left as it is\n  to do: write elsewhere, or replace it by --force",
    ),
    "xlsx": (
        "填写表要写成 .xlsx，不是“{path}”\n  怎么办：-o 后面写 表.xlsx",
        "a form is an .xlsx, not “{path}”\n  to do: let -o name form.xlsx",
    ),
    "is_filing": (
        "{ref} 本身是行业细则\n  怎么办：要把它写成填写表，用 policyhours form {ref} -o 表.xlsx",
        "{ref} is a filing itself\n  to do: for its form use policyhours form {ref} -o form.xlsx",
    ),
    "no_leeway": (
        "{ref} 没有留给行业规定的内容\n  怎么办：有哪些规则，见 policyhours policies",
        "{ref} leaves nothing to industries\n  to do: policyhours policies lists what there is",
    ),
    "made": (
        "已写好 {path}\n  接着：用 Excel 或 WPS 填写，再用 policyhours form read {path} -o 细则.yaml",
        "{path} is written\n  next: fill it in, then policyhours form read {path} -o draft.yaml",
    ),
    "read": (
        "已写好 {path}（{ref}），有{blanks}处“待填”\n  接着：policyhours lint {path}",
        "{path} is written ({ref}); {blanks} lines still say 待填\n  next: policyhours lint {path}",
    ),
    "not_read": (
        "没有写出细则；表没有改动。改好以上各处，保存后再读一次",
        "no filing is written, the form is as it was; mend it and read it again",
    ),
    "tried": (
        "试算了{count}个个案，结果写在 {path} 的“试算”\n"
        "  接着：看过认为正确，用 policyhours form try {form} --accept 个案.yaml 写成预期",
        "{count} cases tried; the results stand in {path}, sheet 试算\n"
        "  next: once you have looked at them, policyhours form try {form} --accept cases.yaml",
    ),
    "accepted": (
        "已把{count}个个案和预期写入 {path}\n  接着：细则放进规则文件夹以后，policyhours test {path}",
        "{count} cases with what is expected are written to {path}\n"
        "  next: once the filing stands among the policies, policyhours test {path}",
    ),
}


class _Writing(click.Group):
    """Writes a filing out where the first word is no command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with ``write`` put before them where it is left out."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["write", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Writing, short_help="填写表：细则与工作簿互换 · a filing as a workbook, and back")
def form() -> None:
    """填写表：在 Excel 或 WPS 里写细则。

    policyhours form REF 即 policyhours form write REF：把已有的细则写成填写表。

    Forms: a filing as a workbook, and back.

    \b
    例 · examples:
      policyhours form new xinjiang --name agriculture -o 表.xlsx
      policyhours form read 表.xlsx -o 细则.yaml
      policyhours form try 表.xlsx
      policyhours form examples/general@2023.1 -o 表.xlsx
    """  # noqa: D301 - \b is click's mark for lines that stay as they are


_path = click.Path(path_type=Path)
_output = click.option(
    "-o", "--output", type=_path, required=True, metavar="FILE", help="写到哪个文件 · where to write"
)
_force = click.option("--force", is_flag=True, help="已有的文件也换掉 · replace a file that is there")


@form.command(short_help="起草：空白的填写表 · begin a filing")
@click.argument("ref", metavar="REF")
@_output
@click.option("--name", metavar="标识", help="行业的标识，如 agriculture · the id of the industry")
@click.option("--title", metavar="中文名称", help="细则的名称 · its Chinese title")
@_force
@policies_option
@lang_option
def new(
    ref: str, output: Path, name: str | None, title: str | None, force: bool, folder: Path | None, lang: str
) -> None:
    """起草：REF 是要实施的上位文件；留给行业规定的内容逐项列出，写明范围、条款和单位。

    Begin a filing under REF: everything that it leaves to industries is laid out.
    """
    _check_output(output, force, lang)
    if name:
        check_industry_id(name, lang)
    with _refusing(lang):
        from policyhours.desk.form.filing import new_form
        from policyhours.desk.form.written import write_form

        today = date.today()
        upper = Library(folders(folder)).policy(parse_reference(ref), today)
        if upper.header.implements is not None:
            _stop("is_filing", lang, ref=upper.ref)
        if not has_leeway(upper):
            _stop("no_leeway", lang, ref=upper.ref)
        first = first_day(upper.header, today)
        wanted = Wanted(f"{upper.header.id}/{name}" if name else BLANK, f"{first.year}.1", title, first)
        write_form(output, new_form(upper, wanted), upper)
    say(_said("made", lang, path=shown_path(output)))


@form.command(short_help="已有的细则写成填写表 · an existing filing as a form")
@click.argument("ref", metavar="REF")
@_output
@_force
@policies_option
@lang_option
def write(ref: str, output: Path, force: bool, folder: Path | None, lang: str) -> None:
    """把已有的细则写成填写表；注释和次序都保留，读回来内容相同。

    Write an existing filing out as a form; its comments and its order are kept.
    """
    _check_output(output, force, lang)
    with _refusing(lang):
        from policyhours.desk.form.filing import form_of
        from policyhours.desk.form.written import write_form

        made, upper = form_of(Library(folders(folder)), parse_reference(ref), date.today())
        write_form(output, made, upper)
    say(_said("made", lang, path=shown_path(output)))


@form.command(short_help="填好的表读成细则 · a filled form as a filing")
@click.argument("path", metavar="表.xlsx", type=_path)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="写到哪个文件，- 是屏幕 · where to write, - for the screen",
)
@_force
@policies_option
@lang_option
def read(path: Path, output: str, force: bool, folder: Path | None, lang: str) -> None:
    """把填好的表读成细则。有不对的，逐处指出工作表和格子，不写出文件。

    Read a filled form as a filing. What is wrong is told by sheet and cell, and then nothing is written.
    """
    target = Path(output)
    if output != "-" and target.exists() and not force:
        _stop("exists", lang, path=shown_path(target))
    with _refusing(lang, _said("not_read", lang)):
        from policyhours.desk.form.filing import filing_of
        from policyhours.desk.form.read import read_form

        library = Library(folders(folder))
        filled = read_form(path, library)
        filing = filing_of(filled, library)
        if output != "-":
            _make_own_folder(target, filing.policy.ref)
            _put(target, filing.text)
    if filled.findings:
        say_findings(filled.findings, lang)
    if output == "-":
        say_data(filing.text.removesuffix("\n"))
        return
    count = sum(1 for _ in blanks(filing.policy.header.place))
    say(_said("read", lang, path=shown_path(target), ref=filing.policy.ref, blanks=count))


@form.command("try", short_help="试算表里的个案 · try the cases of a form")
@click.argument("path", metavar="表.xlsx", type=_path)
@click.option(
    "-o", "--output", type=_path, metavar="FILE", help="写到另一个工作簿，默认写回原表 · another workbook"
)
@click.option(
    "--accept", type=_path, metavar="个案.yaml", help="看过结果以后，写成带预期的个案 · the results as tests"
)
@_force
@policies_option
@lang_option
def try_(
    path: Path, output: Path | None, accept: Path | None, force: bool, folder: Path | None, lang: str
) -> None:
    """按表里写的细则评定“试算”中的个案，结果写在个案旁边。

    --accept 把结果写成预期：只接受表中已经写着的结果，也就是看过的结果。

    Assess the cases of the sheet 试算 under what the form says, and write the results beside them. --accept
    writes them as expectations, if they are what stands in the form already: what somebody has looked at.
    """
    if accept is not None and output is not None:
        raise click.UsageError("--accept 不写工作簿，去掉 -o · --accept writes no workbook")
    if output is not None:
        _check_output(output, force, lang)
    if accept is not None and accept.exists() and not force:
        _stop("exists", lang, path=shown_path(accept))
    with _refusing(lang):
        from policyhours.desk.form.beside import write_results
        from policyhours.desk.form.filing import filing_of, library_with
        from policyhours.desk.form.read import read_form
        from policyhours.desk.form.tried import accepted, trial_sheet, tried

        library = Library(folders(folder))
        filled = read_form(path, library)
        filing = filing_of(filled, library)
        with library_with(filing, library) as whole:
            results = tried(filled, filing, whole)
        if accept is not None:
            _put(accept, accepted(results))
        else:
            write_results(path, output or path, trial_sheet(filled), results)
    if filled.findings:
        say_findings(filled.findings, lang)
    if accept is not None:
        say(_said("accepted", lang, count=len(results), path=shown_path(accept)))
        return
    for each in results:
        say("\n  ".join([each.name, *each.outcome().split("\n"), *each.changed().split("\n")]).rstrip())
    written_to = shown_path(output or path)
    say(_said("tried", lang, count=len(results), path=written_to, form=written_to))


def _check_output(path: Path, force: bool, lang: str) -> None:
    if path.suffix.lower() != ".xlsx":
        _stop("xlsx", lang, path=shown_path(path))
    if path.exists() and not force:
        _stop("exists", lang, path=shown_path(path))


def _make_own_folder(path: Path, ref: str) -> None:
    """Make the folder of a filing where the path is its own, as ``new`` does; any other has to be there."""
    own = file_name_of(ref)
    if path.absolute().parts[-len(own.parts) :] == own.parts:
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)


def _put(path: Path, text: str) -> None:
    """Put a text into a file, whole or not at all, with LF."""
    with Aside() as aside:
        with told(path):
            aside.beside(path).write_text(text, encoding="utf-8", newline="\n")
        aside.put_in_place()


@contextlib.contextmanager
def _refusing(lang: str, also: str | None = None) -> Iterator[None]:
    """Tell what is refused, and leave."""
    try:
        yield
    except Refused as refused:
        say_findings(refused.findings, lang)
        if also is not None:
            say_error(also)
        raise click.exceptions.Exit(1) from None


def _stop(what: str, lang: str, **words: str) -> NoReturn:
    say_error(_said(what, lang, **words))
    raise click.exceptions.Exit(1)


def _said(what: str, lang: str, **words: object) -> str:
    return _SAYS[what][0 if lang == "zh" else 1].format(**words)
