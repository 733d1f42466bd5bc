"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from policyhours.cli.language import default_language
from policyhours.language.reference import is_id

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[date]):
    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2025-06-30 · not a date, write 2025-06-30", param, ctx)


class Pair(click.ParamType[tuple[str, str]]):
    """Two words with an equals sign between them; what is before the last of them may hold others.

    Args:
        says: how it is written, for people who wrote something else.
    """

    name = "K=V"

    def __init__(self, says: str) -> None:
        self._says = says

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two words."""
        before, equals, after = str(value).rpartition("=")
        if not (before and equals and after):
            self.fail(f"“{value}”应写成 {self._says}", param, ctx)
        return before, after


def _with_default_language(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    return value or default_language()


def lang_option(command: F) -> F:
    """``--lang zh|en``."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=_with_default_language,
        help="语言，默认中文 · language",
    )(command)


def policies_option(command: F) -> F:
    """``--policies DIR``."""
    return click.option(
        "--policies",
        "folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="规则文件夹 · the folder of policies",
    )(command)


def day_option(name: str, says: str, given: str = "day") -> Callable[[F], F]:
    """A day, given to the command under a name."""
    return click.option(name, given, type=_Day(), metavar="DATE", help=says)


def as_of_option(command: F) -> F:
    """``--as-of DATE``."""
    return day_option("--as-of", "取该日有效的版本 · the version in force on that day", "as_of")(command)


def when_option(command: F) -> F:
    """``--when DATE``."""
    return day_option("--when", "按该日有效的上位文件，默认今天 · the day, today by default", "when")(command)


def reading_option(command: F) -> F:
    """``--reading K=V``, several times."""
    return click.option(
        "--reading",
        "readings",
        type=Pair("读法=选项 · write reading=option"),
        multiple=True,
        metavar="K=V",
        help="换用一种读法，可多次 · switch a reading, repeatable",
    )(command)


def form_option(*forms: str) -> Callable[[F], F]:
    """``--format``: text for people by default; others as named."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", *forms]),
        default="text",
        help="输出形式 · form of output",
    )


def output_option(command: F) -> F:
    """``-o FILE``: where a page or data goes, as `paper.ready` checks it."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="写到哪个文件，默认标准输出 · where the output goes",
    )(command)


def check_industry_id(name: str, lang: str) -> None:
    """Make sure that a filing can be called so.

    Raises:
        click.UsageError: where it can't.
    """
    if not is_id(name):
        zh = (
            f"“{name}”不能作行业的标识：用小写英文字母、数字和下划线，以字母开头，如 agriculture；"
            "中文名称写在 --title 后面"
        )
        en = (
            f"“{name}” cannot be the id of an industry: small letters, digits and underscores, as"
            " agriculture; the Chinese title goes behind --title"
        )
        raise click.UsageError(zh if lang == "zh" else en)
