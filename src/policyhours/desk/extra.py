"""The optional packages that the desk needs; where one is missing, the extra that has it is told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from policyhours.text.finding import Finding, Refused


@contextlib.contextmanager
def needed(code: str) -> Iterator[None]:
    """Import an optional package within.

    Args:
        code: the finding that says what can't be done without it.

    Raises:
        Refused: where it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        words = {"package": (missing.name or "").partition(".")[0], "extra": "policyhours[desk]"}
        raise Refused((Finding(code, None, words),)) from None
