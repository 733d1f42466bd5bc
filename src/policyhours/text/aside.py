"""Aside: files are written beside their place and put there whole, all at once at the end.

A run that is killed, or a disk that fills, leaves what was there before. What a killed run leaves beside it,
the next one sweeps.
"""

from __future__ import annotations

import contextlib
import os
import platform
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from policyhours.text.finding import Finding, Refused

_OWNER_ONLY: Final = 0o600
_HERE: Final = re.sub(r"\W", "_", platform.node().partition(".")[0], flags=re.ASCII) or "here"
_LEFT_BEHIND: Final = re.compile(rf"\..+\.{_HERE}-(\d+)\.part")


class Aside:
    """Files on their way: used as a context, which cleans up whatever is not in place at its end."""

    def __init__(self) -> None:
        self._files: dict[Path, Path] = {}  # where it belongs → where it is meanwhile
        self._paths: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for aside in self._files.values():
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)

    def beside(self, path: Path, *, private: bool = False) -> Path:
        """An empty file in the same folder, to be written in the place of `path`.

        Args:
            path: where it will be put.
            private: whether only its owner may read it, from the first byte on.

        Raises:
            Refused: where nothing can be written there.
        """
        usable(path)
        place = Path(os.path.realpath(path))  # a link stays a link
        sweep(place.parent)
        aside = place.with_name(f".{place.name}.{_HERE}-{os.getpid()}.part")
        with told(path):
            aside.unlink(missing_ok=True)
            mode = _OWNER_ONLY if private else _mode_of(place)
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else mode))
            self._files[place] = aside
            self._paths.append(path)
            if mode is not None:
                aside.chmod(mode)
        return aside

    def put_in_place(self) -> tuple[Path, ...]:
        """Put every file where it belongs, once all of them are safely on the disk; gives their paths.

        Raises:
            Refused: where one can't be put there; where that shows beforehand, none is.
        """
        for place, aside in self._files.items():
            with told(place):
                _flush(aside)
                _free(place)
        for place, aside in self._files.items():
            with told(place):
                os.replace(aside, place)  # noqa: PTH105 - from a path to a path, at one stroke
        for folder in {place.parent for place in self._files}:
            _flush_folder(folder)
        return tuple(self._paths)


def usable(path: Path) -> None:
    """Make sure, before anything is worked out, that a file can be put at `path`.

    Raises:
        Refused: where its folder is missing or can't be written, or where no file can stand.
    """
    folder = path.parent
    if not folder.is_dir():
        raise _refused("RO402", path, folder=str(folder))
    if path.exists() and not path.is_file():
        raise _refused("RO403", path)
    with told(path):
        if not os.access(os.path.realpath(folder), os.W_OK | os.X_OK):
            raise PermissionError
        _free(path)


def sweep(folder: Path) -> None:
    """Remove what runs of this computer that are no more have left in a folder."""
    for left in folder.glob(".*.part"):
        found = _LEFT_BEHIND.fullmatch(left.name)
        if found and int(found[1]) != os.getpid() and not _is_running(int(found[1])):
            with contextlib.suppress(OSError):
                left.unlink()


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Failures of the disk, told as what became of `path`."""
    try:
        yield
    except PermissionError:
        raise _refused("RO404", path) from None
    except OSError:
        raise _refused("RO405", path) from None


def _refused(code: str, path: Path, **words: str) -> Refused:
    return Refused((Finding(code, None, {"file": str(path), **words}),))


def _mode_of(place: Path) -> int | None:
    """Who may read what stands there; ``None`` where nothing does."""
    try:
        return stat.S_IMODE(place.stat().st_mode)
    except FileNotFoundError:
        return None


def _free(place: Path) -> None:
    """Fail where another program, such as Excel, holds the file: on Windows it could not be replaced."""
    if place.exists():
        with place.open("r+b"):
            pass


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a folder can't be opened there, and its entries are written by the system
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_running(process: int) -> bool:
    """Whether a process of this computer is running."""
    if sys.platform == "win32":
        import ctypes

        # `os.kill` with signal 0 would send it Ctrl+C there.
        query, still_active = 0x1000, 259
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(query, False, process)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == still_active
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
