"""Files of the run's own, that nobody but its owner may read: they hold what the user's files hold."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def private_file(folder: Path, ending: str) -> Path:
    """A new empty file in the folder, readable by its owner only."""
    handle, name = tempfile.mkstemp(ending, dir=folder)
    os.close(handle)
    return Path(name)
