"""The command line: one thin file per command, each imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from policyhours.cli.console import say_error, usable_streams
from policyhours.cli.language import language_from
from policyhours.text.nearest import nearest
from policyhours.version import VERSION

COMMANDS = (
    "evaluate",
    "certificate",
    "lint",
    "explain",
    "roster",
    "test",
    "policies",
    "show",
    "diff",
    "check-filings",
    "new",
    "serve",
    "form",
    "schema",
)


class _Commands(click.Group):
    """The commands by name; none is imported before it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments call; an unknown one is refused in words for clerks."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = "、".join(nearest(args[0], COMMANDS)) or "、".join(COMMANDS)
            raise click.UsageError(f"没有“{args[0]}”这个命令，是不是要写：{near} · no such command", ctx)
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"policyhours.cli.{name}"), name)
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="policyhours %(version)s")
def app() -> None:
    """继续教育学时规则：校验、评定、逐条说明。

    Continuing-education rules as data: check them, assess cases, explain article by article.

    \b
    先试一试 · to begin with:
      policyhours policies                 有哪些规则 · what there is
      policyhours show xinjiang            读规则 · read the rules
      policyhours evaluate 个案.yaml       评定 · assess a case
      policyhours lint 细则.yaml           校验 · check a filing
    """  # noqa: D301 - \b is click's mark for lines that stay as they are


_INTERNAL = {
    "zh": "程序内部出错，没有得出结果。\n  怎么办：请把所用文件交给维护人员；不要采用任何推测的结果",
    "en": "an internal error; there is no result.\n"
    "  to do: hand the files to the maintainers; do not use any guess",
}


def main() -> None:
    """Run the command line and leave with its exit code; no traceback ever reaches the user."""
    usable_streams()
    lang = language_from(sys.argv[1:])
    try:
        code = app.main(standalone_mode=False, prog_name="policyhours")
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.ctx.get_help(), err=True)
        code = 2
    except click.UsageError as fault:
        say_error(_usage(fault, lang))
        code = 2
    except click.Abort:
        say_error("已中断" if lang == "zh" else "interrupted")
        code = 130
    except BrokenPipeError:
        _close_quietly()
        code = 141
    except OSError as fault:
        name = fault.filename or ""
        say_error(
            f"读写失败：{name} {fault.strerror}"
            if lang == "zh"
            else f"cannot read or write: {name} {fault.strerror}"
        )
        code = 1
    except Exception:
        if os.environ.get("POLICYHOURS_DEBUG"):
            raise
        say_error(_INTERNAL[lang])
        code = 2
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
    sys.exit(code if isinstance(code, int) else 0)


def _usage(fault: click.UsageError, lang: str) -> str:
    """What is wrong with the call, in words for clerks."""
    path = fault.ctx.command_path if fault.ctx else "policyhours"
    hint = f"{path} --help"
    if lang == "en":
        return f"{fault.format_message()}\n  to do: see {hint}"
    match fault:
        case click.NoSuchOption(option_name=name, possibilities=near):
            said = f"没有“{name}”这个选项" + (f"，是不是要写：{'、'.join(near)}" if near else "")
        case click.MissingParameter(param=param):
            shown = param.make_metavar(fault.ctx) if param and fault.ctx else ""
            said = (
                f"缺少选项 {param.opts[0]} {shown}"
                if isinstance(param, click.Option)
                else f"缺少参数 {shown}"
            )
        case click.BadOptionUsage(option_name=name):
            said = f"选项“{name}”的用法不对"
        case click.BadParameter(param=param):
            shown = "、".join(param.opts) if param else ""
            said = f"“{shown}”的值不对：{fault.message}"
        case _:
            said = fault.format_message()
    return f"{said}\n  怎么办：用 {hint} 查看用法；现有命令：{'、'.join(COMMANDS)}"


def _close_quietly() -> None:
    """The reader has gone (``| head``): nothing more can be said, and nothing is wrong."""
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
