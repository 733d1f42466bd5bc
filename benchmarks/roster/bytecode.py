"""Bytecode: children keep theirs, whatever this environment says, as on the machine of a user."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def bytecode_kept() -> Iterator[None]:
    """Processes started inside write their bytecode to a folder of its own, and find it there again.

    The first run of each fills it; only what comes after may be timed.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as place:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = place
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
