"""Paper: where a command puts a page that it has made."""

from __future__ import annotations

from pathlib import Path

import click

from policyhours.cli.console import say, say_data
from policyhours.text.aside import usable
from policyhours.text.source import shown_path


def ready(form: str, output: Path | None) -> None:
    """Make sure, before anything is worked out, that a page can be put there.

    Raises:
        Refused: where it can't.
        click.UsageError: where no page is asked for.
    """
    if output is None:
        return
    if form != "html":
        raise click.UsageError("-o 只用于 --format html · -o goes with --format html")
    from policyhours.desk.html.page import ready as page_ready

    page_ready(output)
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
    say(f"已写出 {shown_path(output)}" if lang == "zh" else f"written: {shown_path(output)}")
