"""A wheel: what its file says of itself."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PathDistribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

UNSTATED: Final = "未注明 not stated"


@dataclass(frozen=True, slots=True)
class Wheel:
    """What a wheel says of itself.

    Attributes:
        path: the file.
        name: the name of the package, as pip compares names.
        version: its version.
        requires: what it needs, each with its marker.
        licence: under which licence it stands, or that it doesn't say so.
    """

    path: Path
    name: str
    version: str
    requires: tuple[Requirement, ...]
    licence: str


def read_wheel(path: Path) -> Wheel:
    """What the wheel at `path` says of itself."""
    with zipfile.ZipFile(path) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = PathDistribution(zipfile.Path(archive, metadata).parent)  # type: ignore[arg-type]
        requires = tuple(Requirement(line) for line in said.requires or ())
        fields = said.metadata
        return Wheel(path, canonicalize_name(fields["Name"]), fields["Version"], requires, _licence(fields))


def _licence(fields: PackageMetadata) -> str:
    """The licence in one line: the expression, else the classifiers, else the field where it is one line."""
    if expression := fields.get_all("License-Expression"):
        return ", ".join(expression)
    classifiers = fields.get_all("Classifier") or ()
    if named := [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License :: ")]:
        return ", ".join(named)
    lines = "".join(fields.get_all("License") or ()).strip().splitlines()
    return lines[0].strip() if len(lines) == 1 else UNSTATED
