"""Files: which ones are meant, what format they have, and which table each is by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path
from typing import Final

from policyhours.roster.intake.columns import TABLES, Table
from policyhours.roster.intake.fixed import TABLE_TITLES
from policyhours.roster.intake.folding import key
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

_WILD: Final = re.compile(r"[*?\[]")
_OLD: Final = bytes.fromhex("d0cf11e0a1b11ae1")


class Format(Enum):
    """How a file holds its table."""

    WORKBOOK = auto()
    PARQUET = auto()
    TEXT = auto()


def expand(paths: Iterable[Path | str]) -> tuple[list[Path], list[Finding]]:
    """The files that are meant, each once, and what is wrong with those that cannot be."""
    files: dict[Path, Path] = {}
    faults: list[Finding] = []
    for said in paths:
        path = Path(said)
        wild = _WILD.search(str(said)) is not None and not path.exists()
        found = _fitting(path) if wild else [path]
        if not found:
            faults.append(Finding("RO101", None, {"file": path.as_posix()}))
        for each in found:
            if each.is_file():
                files.setdefault(each.resolve(), each)
            elif not wild:
                code = "PH103" if each.is_dir() else "PH101"
                faults.append(Finding(code, None, {"file": shown_path(each)}))
    return list(files.values()), faults


def _fitting(pattern: Path) -> list[Path]:
    """The files that fit wildcards, but for what programs put beside a file that is open."""
    below = Path(pattern.anchor)
    found = below.glob(pattern.relative_to(below).as_posix() if pattern.anchor else pattern.as_posix())
    return sorted(path for path in found if not path.name.startswith(("~$", ".")))


def format_of(path: Path) -> Format:
    """The format, by the file's first bytes: endings are often wrong.

    Raises:
        Refused: where the file cannot be opened, is empty, or has a format that cannot be read.
    """
    name = shown_path(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as fault:
        code = "PH102" if isinstance(fault, PermissionError) else "PH104"
        raise Refused((Finding(code, None, {"file": name}),)) from None
    if not head:
        raise Refused((Finding("RO107", None, {"file": name}),))
    if head.startswith(b"PK"):
        return Format.WORKBOOK
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if head.startswith(_OLD):
        raise Refused((Finding("RO103", None, {"file": name}),))
    if path.suffix.lower() in (".xlsx", ".xlsm", ".parquet"):
        raise Refused((Finding("RO104", None, {"file": name}),))
    return Format.TEXT


def table_of_name(name: str, *, whole: bool = False) -> Table | None:
    """The table that a file or a sheet is called after; a file's name may go on behind that.

    Args:
        name: of a sheet, or of a file without its ending.
        whole: whether the name has to be that word and nothing else, but for a remark in brackets.
    """
    said = key(name)
    for table in TABLES:
        for word in (table, TABLE_TITLES[table]):
            rest = said.removeprefix(word)
            if rest != said and (not whole or re.fullmatch(r"表?(\(.*\)|[0-9]*)?", rest)):
                return table
    return None
