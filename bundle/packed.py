"""A bundle's folder as one .zip, the same bytes for the same folder."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from bundle.folder import files_in

_DATE: Final = (2020, 2, 2, 0, 0, 0)  # the date that a wheel's entries bear, too
_ENTRY: Final = 0o100000  # a plain file


def pack(folder: Path, into: Path) -> None:
    """Write a .zip of a folder, with the folder at its top.

    Nothing is compressed: wheels are already, and compressed bytes differ from one zlib to the next. Names
    that are not ASCII are marked as UTF-8 by `zipfile`, so that Explorer shows them rightly.
    """
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
        for path in files_in(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _DATE)
            entry.create_system = 3  # Unix, wherever it is made: only then are modes kept
            entry.external_attr = (_ENTRY | (0o755 if path.suffix == ".sh" else 0o644)) << 16
            with path.open("rb") as file, archive.open(entry, "w") as packed:
                while block := file.read(1 << 20):
                    packed.write(block)
