"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from policyhours.cli.language import default_language

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[date]):
    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2025-06-30 · not a date, write 2025-06-30", param, ctx)


class _Switch(click.ParamType[tuple[str, str]]):
    name = "K=V"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        reading, equals, option = str(value).partition("=")
        if not (reading and equals and option):
            self.fail(f"“{value}”应写成 读法=选项 · write reading=option", param, ctx)
        return reading, option


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


def as_of_option(command: F) -> F:
    """``--as-of DATE``."""
    return click.option(
        "--as-of",
        type=_Day(),
        metavar="DATE",
        help="取该日有效的版本 · the version in force on that day",
    )(command)


def when_option(command: F) -> F:
    """``--when DATE``."""
    return click.option(
        "--when",
        type=_Day(),
        metavar="DATE",
        help="按该日有效的上位文件，默认今天 · the day, today by default",
    )(command)


def day_option(name: str, says: str) -> Callable[[F], F]:
    """A day by another name, given as ``day``."""
    return click.option(name, "day", type=_Day(), metavar="DATE", help=says)


def reading_option(command: F) -> F:
    """``--reading K=V``, several times."""
    return click.option(
        "--reading",
        "readings",
        type=_Switch(),
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
    """``-o FILE``: where a page goes, as `page_path` checks it."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="网页写到哪个文件，默认标准输出 · where the page goes",
    )(command)
