"""Policy files: in which folders they stand, under which name, and that each says the name it stands under.

A policy's id is its folder, its version the file's name: ``xinjiang@2023.1`` is
``policies/xinjiang/2023.1.yaml``. What else stands in those folders (cases, notes) is no policy.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from policyhours.language.reference import is_id, is_version
from policyhours.language.shipped import shipped_policies
from policyhours.language.structure import check_policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_document
from policyhours.text.source import read_source
from policyhours.text.tree import Mapping, Scalar

VARIABLE: Final = "POLICYHOURS_POLICIES"
"""The variable of the environment that names the folder of policies."""


def folders(given: Path | None = None, start: Path | None = None) -> tuple[Path, ...]:
    """The folders in which policies are looked for, the first that has one wins.

    The folder given, else the one that the environment names, else the nearest ``policies`` folder from
    `start` upwards; then the policies installed with the package.

    Raises:
        Refused: where a folder was named that is none.
    """
    named = given or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None and not named.is_dir():
        raise Refused((Finding("PH321", None, {"found": str(named)}),))
    here = start or Path.cwd()
    near = next((p / "policies" for p in (here, *here.parents) if (p / "policies").is_dir()), None)
    found = [named or near, shipped_policies()]
    return tuple(dict.fromkeys(folder.resolve() for folder in found if folder is not None))


def refs_in(folder: Path) -> Iterator[str]:
    """The ``id@version`` of every policy in a folder, in no order."""
    for path in folder.rglob("*.yaml"):
        name = path.parent.relative_to(folder).as_posix()
        if is_version(path.stem) and is_id(name) and path.is_file():
            yield f"{name}@{path.stem}"


def file_of(ref: str, among: Iterable[Path]) -> Path | None:
    """The file in which the policy ``id@version`` stands, in the first of some folders that has one."""
    paths = (folder / file_name_of(ref) for folder in among)
    return next((path for path in paths if path.is_file()), None)


def file_name_of(ref: str) -> Path:
    """Where the policy ``id@version`` stands below the folder of policies."""
    name, _, version = ref.partition("@")
    return Path(*name.split("/"), f"{version}.yaml")


def refs_of(path: Path, among: Iterable[Path]) -> Iterator[str]:
    """The ``id@version`` under which a file stands in each of some folders that has it."""
    whole = path.resolve()
    for folder in among:
        if whole.is_relative_to(folder) and is_version(path.stem):
            yield f"{whole.parent.relative_to(folder).as_posix()}@{path.stem}"


def read_policy_file(path: Path, ref: str | None = None) -> Mapping:
    """The tree of a policy file, its structure checked.

    Args:
        path: the file.
        ref: the ``id@version`` that it has to say of itself, if known.

    Raises:
        Refused: where it cannot be read, or is not a policy file, or says another id or version.
    """
    tree = read_document(read_source(path))
    check_policy(tree)
    assert isinstance(tree, Mapping)
    if ref is not None:
        check_says(tree, ref, path.name)
    return tree


def check_says(tree: Mapping, ref: str, file: str) -> None:
    """See to it that a file says the id and version under which it stands.

    Raises:
        Refused: where it says another.
    """
    for key, expected in zip(("policy", "version"), ref.split("@"), strict=True):
        node = tree.get(key)
        if isinstance(node, Scalar) and node.raw != expected:
            raise Refused(
                (Finding("PH326", node.place, {"found": node.raw, "expected": expected, "file": file}),)
            )
