"""What stands in a bundle's folder, and in which encoding and with which line ends."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from codecs import BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bundle.target import GLIBC, Target
from bundle.wheel import Wheel
from bundle.wheels import root

FILES: Final = Path(__file__).parent / "files"
SUMS: Final = "SHA256SUMS"
_POLICIES: Final = "policyhours/_data/policies/"


def lay_out(folder: Path, target: Target, own: Wheel, wheels: Iterable[Wheel], licence: Path) -> None:
    """Fill a folder that holds nothing but ``wheels/`` with everything else that a bundle has.

    Args:
        folder: where to.
        target: for which machines.
        own: the wheel of the project.
        wheels: every wheel in ``wheels/``.
        licence: the licence of the project.
    """
    _copy_scripts(FILES / "scripts", folder / "scripts", target)
    _copy_scripts(FILES / ("windows" if target.is_windows else "linux"), folder, target)
    _copy_policies(own, folder)
    shutil.copyfile(licence, folder / "LICENSE.txt")
    _write(folder / "许可清单.txt", licences(wheels), target)
    _write(folder / "scripts/about.json", about(target, own), target)
    _write(folder / "scripts/constraints.txt", constraints(wheels), target)
    (folder / SUMS).write_bytes("".join(sums(folder)).encode("utf-8"))


def about(target: Target, own: Wheel) -> str:
    """What the scripts have to know of the bundle that they are in."""
    known = {
        "glibc": None if target.is_windows else list(GLIBC),
        "install": str(root(own)),
        "platform": target.platform,
        "pythons": list(target.pythons),
        "version": own.version,
    }
    return json.dumps(known, indent=2) + "\n"


def constraints(wheels: Iterable[Wheel]) -> str:
    """The versions that the bundle holds: what else lies in the folder is not installed."""
    return "".join(f"{line}\n" for line in sorted({f"{wheel.name}=={wheel.version}" for wheel in wheels}))


def licences(wheels: Iterable[Wheel]) -> str:
    """Every package of the bundle with its version and its licence, as its wheel states it."""
    rows = sorted({(wheel.name, wheel.version, wheel.licence) for wheel in wheels})
    head = (
        "本文件夹中的软件和各自的许可，按安装包（wheels 文件夹）所写列出；许可全文在各安装包内。\n"
        "What is bundled and under which licence, as each wheel states it; full texts are in the wheels.\n\n"
    )
    wide = [max(len(row[column]) for row in rows) for column in range(2)]
    return head + "".join(f"{name:{wide[0]}}  {version:{wide[1]}}  {said}\n" for name, version, said in rows)


def sums(folder: Path) -> Iterator[str]:
    """The lines of ``SHA256SUMS``, as ``sha256sum -c`` reads them, for every file but itself."""
    for path in files_in(folder):
        name = path.relative_to(folder).as_posix()
        if name != SUMS:
            with path.open("rb") as file:
                yield f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n"


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder, in an order that does not depend on the machine."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def _copy_scripts(source: Path, into: Path, target: Target) -> None:
    for path in files_in(source):
        if "__pycache__" not in path.parts:
            _write(into / path.relative_to(source), path.read_text(encoding="utf-8"), target)


def _copy_policies(own: Wheel, folder: Path) -> None:
    """The policies that the wheel carries, where people see them and can put their own beside them."""
    with zipfile.ZipFile(own.path) as archive, tempfile.TemporaryDirectory(dir=folder) as aside:
        archive.extractall(aside, [name for name in archive.namelist() if name.startswith(_POLICIES)])
        (Path(aside) / _POLICIES).rename(folder / "policies")


def _write(path: Path, text: str, target: Target) -> None:
    """Write a text as the programs that will read it on the target expect it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(path, text, target))
    if path.suffix == ".sh":
        path.chmod(0o755)


def encoded(path: Path, text: str, target: Target) -> bytes:
    """The bytes of a text of the bundle.

    cmd reads a .bat in the code page of the machine, so a .bat is ASCII; its messages stand in texts beside
    it, in UTF-16 with a mark, which its ``type`` shows rightly under every code page. What Notepad opens is
    UTF-8 with a mark. Python, pip and Linux want UTF-8 without one.

    Raises:
        UnicodeEncodeError: where a .bat is not ASCII.
    """
    if not target.is_windows or path.suffix not in (".bat", ".txt") or path.name == "constraints.txt":
        return text.encode("utf-8")
    lines = text.replace("\n", "\r\n")
    if path.suffix == ".bat":
        return lines.encode("ascii")
    if path.parent.name == "scripts":
        return BOM_UTF16_LE + lines.encode("utf-16-le")
    return lines.encode("utf-8-sig")
