"""Documents: what stands in the files, folders and standard input that a command is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_documents
from policyhours.text.source import MAX_BYTES, Source, read_source, source_from_bytes
from policyhours.text.tree import Mapping, Node

SUFFIXES: Final = (".yaml", ".yml")
STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an input, or why the input could not be read.

    Attributes:
        path: its file; ``None`` for standard input.
        in_folder: it was found in a folder, not named itself.
    """

    path: Path | None
    node: Node | None
    refused: Refused | None = None
    in_folder: bool = False

    @property
    def is_case(self) -> bool:
        """Whether it calls itself a case."""
        return isinstance(self.node, Mapping) and "case" in self.node

    @property
    def is_policy(self) -> bool:
        """Whether it calls itself a policy."""
        return isinstance(self.node, Mapping) and "policy" in self.node and "case" not in self.node


@dataclass(frozen=True)
class File:
    """An input, read once.

    Attributes:
        path: ``None`` for standard input.
        nodes: its documents; none where it was refused.
        refused: why it could not be read.
        source: its text, where there is one.
        in_folder: it was found in a folder, not named itself.
    """

    path: Path | None
    nodes: tuple[Node, ...] = ()
    refused: Refused | None = None
    source: Source | None = None
    in_folder: bool = False

    @cached_property
    def whole(self) -> Path | None:
        """The path without links and dots; by it, two names of one file are told to be one."""
        return None if self.path is None else self.path.resolve()

    def documents(self) -> Iterator[Document]:
        """Its documents, or the one that says why it could not be read."""
        if self.refused is not None:
            yield Document(self.path, None, self.refused, self.in_folder)
        for node in self.nodes:
            yield Document(self.path, node, None, self.in_folder)


def documents(paths: Iterable[str]) -> Iterator[Document]:
    """Every document of the inputs; ``-`` is standard input, a folder all YAML files below it."""
    for file in files(paths):
        yield from file.documents()


def files(paths: Iterable[str]) -> Iterator[File]:
    """Every file of the inputs, each read once; ``-`` is standard input, a folder all YAML files below it."""
    for path in paths:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
            yield file_from_bytes(data, STANDARD_INPUT)
        elif _is_folder(Path(path)):
            for inner in files_in(Path(path)):
                yield replace(read_file(inner), in_folder=True)
        else:
            yield read_file(Path(path))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that no file can bear; reading it says so
        return False


def files_in(folder: Path) -> list[Path]:
    """Every YAML file below the folder, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())


def read_file(path: Path) -> File:
    """The file, read."""
    try:
        return _parsed(path, read_source(path))
    except Refused as refused:
        return File(path, refused=refused, source=_source_of(refused))


def file_from_bytes(data: bytes, name: str, path: Path | None = None) -> File:
    """What a file of this name would be if it held these bytes."""
    try:
        return _parsed(path, source_from_bytes(data, name))
    except Refused as refused:
        return File(path, refused=refused, source=_source_of(refused))


def _parsed(path: Path | None, source: Source) -> File:
    try:
        nodes = tuple(read_documents(source))
        if not nodes:
            raise Refused((Finding("PH109", None, {"file": source.name}),))
    except Refused as refused:
        return File(path, refused=refused, source=source)
    return File(path, nodes, source=source)


def _source_of(refused: Refused) -> Source | None:
    place = refused.findings[0].place
    return place.source if place is not None else None
