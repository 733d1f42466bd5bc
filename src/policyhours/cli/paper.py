"""Paper: where a command puts a page that it has made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from policyhours.cli.console import say, say_data
from policyhours.text.aside import usable
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path


def ready(form: str, output: Path | None, *, data: bool = False) -> None:
    """Make sure, before anything is worked out, that a page can be put there.

    Args:
        form: in which the command gives its output.
        output: where to put it; ``None`` for standard output.
        data: whether the command writes JSON to a file, too.

    Raises:
        Refused: where it can't.
        click.UsageError: where neither is asked for.
    """
    if output is None:
        return
    if form == "json" and data:
        if output.suffix.lower() != ".json":
            raise Refused((Finding("DK116", None, {"file": shown_path(output)}),))
    elif form == "html":
        from policyhours.desk.html.page import ready as page_ready

        page_ready(output)
    else:
        forms = ("--format html", *(("--format json",) if data else ()))
        raise click.UsageError(f"-o 只用于 {'、'.join(forms)} · -o goes with {' or '.join(forms)}")
    usable(output)


def hand_over(html: str, output: Path | None, lang: str) -> None:
    """Put a page where it belongs, or print it.

    Raises:
        Refused: where it can't be written.
    """
    if output is None:
        say_data(html)
        return
    from policyhours.desk.html.page import put_page

    put_page(html, output)
    _say_written(output, lang)


def hand_over_data(lines: Iterable[str], output: Path, lang: str) -> None:
    """Put data, a line each, where it belongs.

    Raises:
        Refused: where it can't be written.
    """
    from policyhours.desk.place import put_whole

    put_whole("".join(f"{line}\n" for line in lines).encode(), output)
    _say_written(output, lang)


def _say_written(output: Path, lang: str) -> None:
    say(f"已写出 {shown_path(output)}" if lang == "zh" else f"written: {shown_path(output)}")
