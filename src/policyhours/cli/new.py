"""``policyhours new``: begin a filing, from its upper text or from its last version."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from policyhours.cli.console import say, say_data, say_error, say_findings
from policyhours.cli.options import check_industry_id, lang_option, policies_option
from policyhours.desk.filings.draft import Wanted, draft, first_day, has_leeway
from policyhours.desk.filings.succession import Next, succeeding
from policyhours.language.files import VARIABLE, file_name_of, folders, read_policy_file
from policyhours.language.header import Header, read_header
from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import Reference, is_version, parse_reference
from policyhours.text.blank import blanks
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import shown_path, source_from_bytes

_SAYS: Final = {
    "one_of_two": (
        "要写 --implements（实施哪个文件）或 --from（接着哪个版本），只写其中一个",
        "give --implements (which text) or --from (which version), one of the two",
    ),
    "version": (
        "“{version}”不是版本：写成 2027.1 的样子",
        "“{version}” is no version: write it like 2027.1",
    ),
    "other_name": (
        "{ref} 的标识是“{expected}”，不是“{name}”：新版本要沿用同一标识\n  怎么办：NAME 写成“{expected}”",
        "the id of {ref} is “{expected}”, not “{name}”: a new version keeps its id\n"
        "  to do: write “{expected}” for NAME",
    ),
    "is_filing": (
        "{ref} 本身是行业细则，不能由细则实施\n"
        "  怎么办：--implements 写上位文件，如 {upper}；要写它的下一个版本，用 --from {ref}",
        "{ref} is a filing itself\n"
        "  to do: let --implements name the upper text, as {upper}; for its next version use --from {ref}",
    ),
    "no_leeway": (
        "{ref} 没有留给行业规定的内容，不能写它的细则\n"
        "  怎么办：核对 --implements；有哪些规则，见 policyhours policies",
        "{ref} leaves nothing to industries\n"
        "  to do: check --implements; policyhours policies lists what there is",
    ),
    "no_filing": (
        "{ref} 不是行业细则，不能用 --from 接着写\n  怎么办：要写实施它的细则，用 --implements {ref}",
        "{ref} is no filing\n  to do: for a filing under it use --implements {ref}",
    ),
    "superseded": (
        "{ref} 已由 {newer} 取代\n  怎么办：用 --from {newer}",
        "{ref} is superseded by {newer}\n  to do: use --from {newer}",
    ),
    "no_upper": (
        "{day}没有有效的 {upper}，新版本没有可以实施的上位文件\n"
        "  怎么办：等上位文件的新版本编入以后再写，或用 --version 写更早的年份",
        "no version of {upper} is in force on {day}\n"
        "  to do: wait until its next version is encoded, or give an earlier year by --version",
    ),
    "exists": (
        "{path} 已经存在，没有改动它\n  怎么办：直接修改这个文件，或用 -o 写到别处",
        "{path} exists already and is left as it is\n  to do: edit that file, or write elsewhere by -o",
    ),
    "not_later": (
        "新版本的施行日期{day}不晚于 {ref} 的{first}\n  怎么办：用 --version 写更晚的年份",
        "the new version would begin on {day}, not after {ref} ({first})\n"
        "  to do: give a later year by --version",
    ),
    "written": (
        "已写好 {path}，有{blanks}处要填写或核对，另有留给行业规定的内容\n  接着：policyhours lint {path}",
        "{path} is written; {blanks} lines are to be filled in or checked,"
        " besides what is left to the industry\n"
        "  next: policyhours lint {path}",
    ),
    "written_next": (
        "已写好 {path}，有{blanks}处要填写或核对\n  接着：policyhours lint {path}",
        "{path} is written; {blanks} lines are to be filled in or checked\n  next: policyhours lint {path}",
    ),
}


@click.group(short_help="起草细则 · begin a filing")
def new() -> None:
    """起草：policyhours new industry … · begin a filing."""


@new.command(short_help="起草行业细则 · begin an industry's filing")
@click.argument("name", metavar="NAME")
@click.option("--implements", "upper", metavar="REF", help="实施哪个文件 · the upper text")
@click.option("--from", "older", metavar="REF", help="接着哪个版本写下一个版本 · the version to go on from")
@click.option("--title", metavar="中文名称", help="细则的名称 · its Chinese title")
@click.option("--version", metavar="2027.1", help="版本，默认下一年的 · its version, next year's by default")
@click.option(
    "-o", "--output", metavar="FILE", help="写到哪个文件，- 是屏幕 · where to write, - for the screen"
)
@policies_option
@lang_option
def industry(
    name: str,
    upper: str | None,
    older: str | None,
    title: str | None,
    version: str | None,
    output: str | None,
    folder: Path | None,
    lang: str,
) -> None:
    """起草行业细则：上位文件留给行业规定的内容逐项列出，写明范围、条款和可用的事实；要填的写着“待填”。

    NAME 是行业的标识（小写英文字母），如 agriculture。已有的文件不会被改写。

    Begin a filing. --implements lays out every open slot of the upper text, its bounds, articles and the
    facts that fit; what is to be filled in says 待填. --from copies a version with its comments as the next
    one. An existing file is never touched.

    \b
    policyhours new industry agriculture --implements xinjiang --title 农业细则
    policyhours new industry agriculture --from xinjiang/agriculture@2027.1
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    if (upper is None) == (older is None):
        raise click.UsageError(" · ".join(_SAYS["one_of_two"]))
    check_industry_id(name, lang)
    if version is not None and not is_version(version):
        raise click.UsageError(_said("version", lang, version=version))
    try:
        library = Library(folders(folder))
        if upper is not None:
            ref, text = _drafted(library, parse_reference(upper), name, title, version, lang)
        else:
            assert older is not None
            ref, text = _succeeded(library, parse_reference(older), name, title, version, lang)
        count = _blanks(text)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if output == "-":
        say_data(text.removesuffix("\n"))
        return
    path = _home(library, folder) / file_name_of(str(ref)) if output is None else Path(output)
    _write(path, text, lang)
    say(_said("written" if upper is not None else "written_next", lang, path=shown_path(path), blanks=count))


def _drafted(
    library: Library, ref: Reference, name: str, title: str | None, version: str | None, lang: str
) -> tuple[Reference, str]:
    """A filing under the text, as yet unfilled."""
    today = date.today()
    text = library.policy(ref, today)
    if text.header.implements is not None:
        _stop("is_filing", lang, ref=text.ref, upper=text.header.implements)
    if not has_leeway(text):
        _stop("no_leeway", lang, ref=text.ref)
    whole = name if name.startswith(f"{text.header.id}/") else f"{text.header.id}/{name}"
    first = _first(text, version) or first_day(text.header, today)
    wanted = Wanted(whole, version or f"{first.year}.1", title, first)
    return Reference(whole, wanted.version), draft(text, wanted)


def _first(text: Policy, version: str | None) -> date | None:
    """The first day of the year that the version names, if the text is in force then."""
    january = None if version is None else _january(version)
    return january if january is not None and text.in_force(january) else None


def _january(version: str) -> date | None:
    year = int(version.partition(".")[0])
    return date(year, 1, 1) if year else None


def _succeeded(
    library: Library, ref: Reference, name: str, title: str | None, version: str | None, lang: str
) -> tuple[Reference, str]:
    """The next version of a filing."""
    header = _last_version(library, ref)
    if header.implements is None:
        _stop("no_filing", lang, ref=header.ref)
    if name not in (header.id, header.id.rpartition("/")[2]):
        _stop("other_name", lang, ref=header.ref, expected=header.id.rpartition("/")[2], name=name)
    newer = library.versions(header.id).superseders(header)
    if newer:
        _stop("superseded", lang, ref=header.ref, newer=max(newer, key=lambda h: h.valid_from).ref)
    wanted = version or f"{max(date.today().year, header.valid_from.year) + 1}.1"
    first = _january(wanted) or header.valid_from
    if first <= header.valid_from and first.year == date.today().year:
        first = date.today()
    if first <= header.valid_from:
        _stop("not_later", lang, ref=header.ref, day=first.isoformat(), first=header.valid_from.isoformat())
    upper = header.implements.partition("@")[0]
    above = library.in_force(library.versions(upper), upper, first)
    if above is None:
        _stop("no_upper", lang, day=first.isoformat(), upper=upper)
    path = library.path(header.ref)
    assert path is not None
    tree = read_policy_file(path, header.ref)
    text = succeeding(tree, read_header(tree), Next(wanted, first, above.header, title))
    return Reference(header.id, wanted), text


def _last_version(library: Library, ref: Reference) -> Header:
    """The version that is named; where only the id is, the last one."""
    if ref.version is not None:
        return library.header(str(ref))
    return library.versions(ref.id).of(ref.id)[-1]


def _blanks(text: str) -> int:
    """How many lines say 待填; the text is read once more, so that nothing is written that cannot be read."""
    tree = read_document(source_from_bytes(text.encode("utf-8"), "-"))
    return sum(1 for _ in blanks(tree.place))


def _home(library: Library, given: Path | None) -> Path:
    """The folder of policies that is the user's own: never the one that came with the program."""
    first = library.folders[0]
    here = Path.cwd()
    near = (p / "policies" for p in (here, *here.parents))
    if given or os.environ.get(VARIABLE) or first in [path.resolve() for path in near]:
        return first
    return here / "policies"


def _write(path: Path, text: str, lang: str) -> None:
    """Write a new file, with LF; one that exists is left as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        _stop("exists", lang, path=shown_path(path))


def _stop(what: str, lang: str, **words: str) -> NoReturn:
    say_error(_said(what, lang, **words))
    raise click.exceptions.Exit(1)


def _said(what: str, lang: str, **words: object) -> str:
    return _SAYS[what][0 if lang == "zh" else 1].format(**words)
