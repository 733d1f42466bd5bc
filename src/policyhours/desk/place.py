"""Places: where the desk puts what it makes: keys, certificates, pages."""

from __future__ import annotations

from pathlib import Path

from policyhours.text.aside import Aside, told
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path


def refuse_existing(path: Path, code: str) -> None:
    """See to it that nothing stands at the path.

    Raises:
        Refused: where something does.
    """
    with told(path):
        if path.exists() or path.is_symlink():
            raise Refused((Finding(code, None, {"file": shown_path(path)}),))


def write(aside: Path, data: bytes, path: Path) -> None:
    """Write a file that is on its way to `path`.

    Raises:
        Refused: where the disk is full or fails.
    """
    with told(path):
        aside.write_bytes(data)


def put_whole(data: bytes, path: Path) -> None:
    """Put a file in its place, whole; what stood there is replaced.

    Raises:
        Refused: where it can't be written. What stood there before is then still there.
    """
    with Aside() as aside:
        write(aside.beside(path), data, path)
        aside.put_in_place()
