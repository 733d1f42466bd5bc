"""``policyhours serve``: open the workbench."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from policyhours.cli.console import say, say_findings
from policyhours.cli.options import lang_option, policies_option
from policyhours.language.files import folders
from policyhours.text.finding import Finding, Refused

_NEEDED = ("jinja2", "multipart", "starlette", "uvicorn")


@click.command(short_help="打开工作台 · open the workbench")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口 · port")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="在哪个地址上打开 · the address to listen on"
)
@click.option("--no-browser", is_flag=True, help="不打开浏览器 · open no browser")
@policies_option
@lang_option
def serve(port: int, host: str, no_browser: bool, folder: Path | None, lang: str) -> None:
    """打开工作台：在浏览器里读规则、填个案、校验细则。只供本机使用，不保存任何内容；按 Ctrl-C 关闭。

    Open the workbench: read rules, fill in cases and check filings in a browser, on this computer only.
    Nothing is stored. Ctrl-C closes it.

    \b
    例 · examples:
      policyhours serve
      policyhours serve --port 9000 --no-browser
    """  # noqa: D301 - \b is click's mark for lines that stay as they are
    try:
        _check_installed()
        from policyhours.workbench import server

        found = folders(folder)
        listening, address = server.opened(host, port)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if address.others:
        say_findings([Finding("DK432", None, {"host": host})], lang)
    say(
        f"工作台：{address.url}　按 Ctrl-C 关闭"
        if lang == "zh"
        else f"workbench: {address.url}  Ctrl-C closes it"
    )
    if not no_browser:
        webbrowser.open(address.url)
    server.run(listening, address, found)
    say("工作台已关闭" if lang == "zh" else "the workbench is closed")


def _check_installed() -> None:
    """See to it that what the workbench needs is there.

    Raises:
        Refused: where something is missing.
    """
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise Refused((Finding("DK433", None, {"found": "、".join(missing)}),))
