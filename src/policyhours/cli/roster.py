"""``policyhours roster``: assess a whole roster, write its template, print its plan."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from policyhours.cli.console import columns, say, say_data, say_error, say_findings, wants_colour
from policyhours.cli.options import Pair, as_of_option, lang_option, policies_option, reading_option
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.text.finding import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from policyhours.roster.request import Request

_RUN: Final = "run"
_STAGES: Final = {
    "read": ("读取", "reading"),
    "judge": ("评定", "judging"),
    "singly": ("逐人核算", "one by one"),
    "write": ("写出", "writing"),
}


class _Roster(click.Group):
    """What is no subcommand is a file of the input."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand that is named, else the run."""
        if args and args[0] in self.commands and args[0] != _RUN:
            return super().resolve_command(ctx, args)
        return _RUN, self.commands[_RUN], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options of the run may stand first; only help is the group's own."""
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = [_RUN, *args]
            return super().parse_args(ctx, args)
        return super().parse_args(ctx, args)


class _Years(click.ParamType[tuple[int, ...]]):
    name = "YEARS"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        found: set[int] = set()
        for part in re.split(r"[,，、]", str(value)):
            span = re.fullmatch(r"\s*([0-9]{4})(?:\s*[-–~～]\s*([0-9]{4}))?\s*", part)
            if span is None or int(span[2] or span[1]) < int(span[1]):
                self.fail(f"“{part}”不是年度，写成 2025 或 2023-2025 · not a year", param, ctx)
            found |= set(range(int(span[1]), int(span[2] or span[1]) + 1))
        if len(found) > 30:
            self.fail("最多 30 个年度 · 30 years at most", param, ctx)
        return tuple(sorted(found))


@click.group(cls=_Roster, short_help="整张名册 · whole rosters")
def roster() -> None:
    """整张名册：一次评定许多人，每人每年一行结果。

    \b
    policyhours roster 名册.xlsx --policy xinjiang --years 2025 -o 结果.xlsx
    policyhours roster 人员.csv 活动.csv --policy xinjiang --years 2025 -o 结果.csv
    policyhours roster template xinjiang -o 名册.xlsx     空白的名册工作簿 · an empty workbook
    policyhours roster sql xinjiang --years 2025          评定用的查询 · the plan as SQL
    policyhours roster run --help                         全部选项 · all options

    Whole rosters: many people at once, one row of results a person and year.
    """  # noqa: D301


@roster.command(_RUN, short_help="评定 · assess")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.option("--policy", required=True, metavar="REF", help="按哪个规则，如 xinjiang@2023.1 · the policy")
@click.option(
    "--years", required=True, type=_Years(), help="评定哪些年度，如 2025 或 2023-2025 · the years reported"
)
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="OUT",
    help="结果文件：.xlsx、.csv 或 .parquet · where the result goes",
)  # fmt: skip
@click.option("--detail", is_flag=True, help="另写每项活动的结果 · activities, too")
@click.option(
    "--report", type=click.Path(path_type=Path), metavar="HTML", help="另写可以打印的报告 · a report to print"
)
@click.option(
    "--compare", type=click.Path(path_type=Path), metavar="OLD",
    help="与以前的结果比较 · compare with an earlier result",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="有一行不符合就停止 · stop where one row does not fit")
@click.option(
    "--columns", "heads", type=Pair("表头=列 · write head=column"), multiple=True, metavar="HEAD=COLUMN",
    help="表头是哪一列，如 学习天数=days，可多次 · what a head means, repeatable",
)  # fmt: skip
@reading_option
@as_of_option
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    help="在哪里运行 · where the plan runs",
)
@click.option("--memory", metavar="SIZE", help="最多用多少内存，如 3GB · the most memory")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="几个进程同时逐人核算 · processes side by side",
)
@click.option("--quiet", is_flag=True, help="不显示进度和汇总 · no progress and no summary")
@policies_option
@lang_option
def run_command(
    inputs: tuple[str, ...],
    policy: str,
    years: tuple[int, ...],
    out: Path,
    heads: tuple[tuple[str, str], ...],
    readings: tuple[tuple[str, str], ...],
    folder: Path | None,
    lang: str,
    quiet: bool,
    **given: Any,
) -> None:
    """评定整张名册。

    INPUT 是一个工作簿（工作表：人员、活动、决定、基地），或各表的 .csv、.parquet 文件，可以用通配符。
    列名写中文名称或标识都可以。不符合要求的行写入 OUT.rejected.csv，其余照常评定。

    Assess a whole roster. Exit code 0 where the result was written, whatever the verdicts and rejected rows;
    1 where it was not, 2 for a wrong call.
    """
    from policyhours.roster.request import Request

    def work(library: Library) -> None:
        _assess(
            Request(
                inputs, parse_reference(policy), years, out, dict(heads), dict(readings), lang=lang, **given
            ),
            library,
            quiet,
        )

    _telling(work, folder, lang)


def _assess(request: Request, library: Library, quiet: bool) -> None:
    from policyhours.roster.results.overview import summary_text
    from policyhours.roster.run import run

    lang = request.lang
    done = run(request, library, date.today(), _stage(lang, quiet))
    say_findings(done.notes, lang)
    if not quiet:
        say(summary_text(done.summary, done.labels, columns(), colour=wants_colour()))
    if done.rejected:
        zh = f"拒收{done.rejected:,}行，逐行情况见 {request.rejected}"
        say_error(zh if lang == "zh" else f"{done.rejected:,} rows rejected: see {request.rejected}")
    files = "、".join(str(path) for path in done.files if path != request.rejected)
    say_error(f"已写出：{files}" if lang == "zh" else f"written: {files}")


def _stage(
    lang: str, quiet: bool
) -> Callable[[str, int, DuckDBPyConnection | None], AbstractContextManager[Callable[[int], None]]]:
    """How far a run is, on standard error."""
    from policyhours.roster.results.progress import Progress, watching

    @contextmanager
    def stage(name: str, total: int, con: DuckDBPyConnection | None) -> Iterator[Callable[[int], None]]:
        title = _STAGES[name][0 if lang == "zh" else 1]
        stream = None if quiet else sys.stderr
        with Progress(title, total, stream, lang, people=name == "singly") as progress:
            if con is None:
                yield progress.at
                return
            with watching(con, progress, total):
                yield progress.at

    return stage


@roster.command("template", short_help="空白的名册工作簿 · an empty workbook")
@click.argument("ref", metavar="REF")
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="XLSX",
    help="写到哪里 · where to write it",
)  # fmt: skip
@click.option("--years", type=_Years(), help="为哪些年度，默认今年 · for which years, this one by default")
@policies_option
@lang_option
def template_command(
    ref: str, out: Path, years: tuple[int, ...] | None, folder: Path | None, lang: str
) -> None:
    """写一个空白的名册工作簿，供填写；REF 是省级文件的，包括各行业细则要填的列。

    Write an empty workbook for a roster.
    """

    def work(library: Library) -> None:
        from policyhours.roster.intake.template import write_template
        from policyhours.roster.policies import candidates, rules_of

        policies = candidates(parse_reference(ref), library, years or (date.today().year,))
        write_template(out, rules_of(policies, {}), policies[-1].header.title)
        say_error(f"已写出：{out}" if lang == "zh" else f"written: {out}")

    _telling(work, folder, lang)


def _telling(work: Callable[[Library], None], folder: Path | None, lang: str) -> None:
    """Do something with the policies; what is refused is told."""
    try:
        work(Library(folders(folder)))
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None


@roster.command("sql", short_help="评定用的查询 · the plan as SQL")
@click.argument("ref", metavar="REF")
@click.option(
    "--dialect",
    type=click.Choice(["duckdb", "spark", "postgres"]),
    default="duckdb",
    help="哪种数据库 · of which engine",
)
@click.option("--years", type=_Years(), help="哪个年度，默认今年 · the year, this one by default")
@reading_option
@as_of_option
@policies_option
@lang_option
def sql_command(
    ref: str,
    dialect: Literal["duckdb", "spark", "postgres"],
    years: tuple[int, ...] | None,
    readings: tuple[tuple[str, str], ...],
    as_of: date | None,
    folder: Path | None,
    lang: str,
) -> None:
    """把一个年度的规则写成一个查询，逐条注明条文，供数据已在数据库里的部门使用。

    Print a year's rules as one query, commented by article, for data that already lives in a database.
    """

    def work(library: Library) -> None:
        from policyhours.roster.by_hand import sql_by_hand

        year = max(years) if years else date.today().year
        say_data(sql_by_hand(library, parse_reference(ref), year, dialect, as_of, dict(readings)))

    _telling(work, folder, lang)
