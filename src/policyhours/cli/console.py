"""The console: text that fits its width and its encoding, and findings on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TextIO

from policyhours.desk.layout import fitted
from policyhours.text.finding import Finding


def usable_streams() -> None:
    """Make sure that no character can make printing fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(ValueError, OSError):
                reconfigure(errors="replace")


def say(text: str) -> None:
    """Print to standard output, in characters that it has."""
    _print(text, sys.stdout)


def say_error(text: str) -> None:
    """Print to standard error, in characters that it has."""
    _print(text, sys.stderr)


def say_data(text: str) -> None:
    """Print data for programs: UTF-8, whatever the console speaks."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text + "\n")
    else:
        sys.stdout.flush()
        buffer.write(text.encode("utf-8") + b"\n")
        buffer.flush()


def say_findings(findings: Iterable[Finding], lang: str, *, to_error: bool = True) -> None:
    """Print findings, each with its line and caret."""
    from policyhours.text.telling import tell_all

    stream = sys.stderr if to_error else sys.stdout
    _print(tell_all(findings, lang, colour=wants_colour(stream)), stream)


def wants_colour(stream: TextIO | None = None) -> bool:
    """Whether to colour: on a terminal only, and not against ``NO_COLOR``."""
    stream = stream or sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """The width of the console."""
    return shutil.get_terminal_size((100, 24)).columns


def _print(text: str, stream: TextIO) -> None:
    stream.write(fitted(text, stream.encoding) + "\n")
    stream.flush()
