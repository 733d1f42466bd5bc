"""Inputs: the documents in the files, folders and standard input that a command is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from policyhours.text.finding import Finding, Refused
from policyhours.text.reader import read_documents
from policyhours.text.source import MAX_BYTES, read_source, source_from_bytes
from policyhours.text.tree import Mapping, Node

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an input, or why the input could not be read.

    Attributes:
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


def documents(paths: Iterable[str]) -> Iterator[Document]:
    """Every document of the inputs; ``-`` is standard input, a folder all YAML files below it."""
    for path in paths:
        if path == "-":
            yield from _read(None)
        elif Path(path).is_dir():
            for inner in files_in(Path(path)):
                yield from (replace(document, in_folder=True) for document in _read(inner))
        else:
            yield from _read(Path(path))


def files_in(folder: Path) -> list[Path]:
    """Every YAML file below the folder, in order."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())


def _read(path: Path | None) -> Iterator[Document]:
    try:
        if path is None:
            source = source_from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
        else:
            source = read_source(path)
        found = read_documents(source)
        if not found:
            raise Refused((Finding("PH109", None, {"file": source.name}),))
        for node in found:
            yield Document(path, node)
    except Refused as refused:
        yield Document(path, None, refused)
