"""Parts of policies, filings and cases as documents show them, each put into a sound file.

A part begins with a line that says where it belongs, such as ``# in a policy, under standards:``; it replaces
or adds those entries (a list as a whole).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from policyhours.language.header import read_header
from policyhours.language.layers import lay
from policyhours.language.library import Library
from policyhours.language.policy import Policy, read_readings
from policyhours.language.reference import Reference, parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.reader import read_document
from policyhours.text.source import Source, read_source
from policyhours.text.tree import Mapping, Node, Scalar

POLICIES = Path(__file__).resolve().parent.parent / "policies"
CASE = """
case: skeleton
policy: xinjiang@2023.1
person: {id: p-001, title_level: intermediate}
activities:
  - {id: t, kind: training, date: 2025-03-10, hours: 60, assessment: passed}
"""
MARK = re.compile(r"# in a (policy|filing|case), (?:under ([a-z_]+)|at the top):")


@dataclass(frozen=True)
class Block:
    """A block of a document.

    Attributes:
        document: what a finding calls the place in which the block stands.
        line: the line of the document at which its text begins.
    """

    document: str
    line: int
    text: str


@dataclass(frozen=True)
class Part:
    """A part of a block: the file and the section that it belongs to, none for the top."""

    of: str
    section: str | None
    node: Node


def parts_of(block: Block) -> list[Part]:
    """The parts of the block; none where it holds whole files."""
    lines = block.text.splitlines()
    starts = [(i, mark) for i, line in enumerate(lines) if (mark := MARK.fullmatch(line))]
    if not starts:
        return []
    assert starts[0][0] == 0, "a part begins before the first line that says where it belongs"
    ends = [i for i, _ in starts[1:]] + [len(lines)]
    return [
        Part(mark[1], mark[2], read_document(source_of(block, lines[start:end], start)))
        for (start, mark), end in zip(starts, ends, strict=True)
    ]


def source_of(block: Block, lines: list[str], start: int = 0) -> Source:
    """The lines as a source that counts from the top of the document, so that a finding says where it is."""
    return Source(block.document, "\n" * (block.line - 1 + start) + "\n".join(lines) + "\n")


def put(tree: Mapping, part: Part) -> Mapping:
    """The tree with the part in its place."""
    if part.section is None:
        assert isinstance(part.node, Mapping)
        return merged(tree, part.node)
    old = tree.get(part.section)
    new = merged(old, part.node) if isinstance(old, Mapping) and isinstance(part.node, Mapping) else part.node
    section = read_document(Source("section", f"{part.section}: 0\n"))
    assert isinstance(section, Mapping)
    return merged(tree, replace(section, entries=(replace(section.entries[0], value=new),)))


def merged(tree: Mapping, other: Mapping) -> Mapping:
    """The entries of both; those of `other` replace those of `tree`."""
    replaced = {entry.key: entry for entry in other.entries}
    kept = tuple(replaced.pop(entry.key, entry) for entry in tree.entries)
    return replace(tree, entries=(*kept, *replaced.values()))


@cache
def library() -> Library:
    return Library((POLICIES,))


@cache
def skeleton(of: str) -> Mapping:
    if of == "case":
        tree = read_document(Source("skeleton", CASE))
    else:
        name = {"policy": "xinjiang", "filing": "examples/general"}[of]
        tree = read_document(read_source(POLICIES / name / "2023.1.yaml"))
    assert isinstance(tree, Mapping)
    return tree


def laid(tree: Mapping) -> Policy:
    """The policy that a tree says over the text that it implements; clauses are not accounted for."""
    check_policy(tree)
    header = read_header(tree)
    if header.implements is None:
        policy = Policy((header,), tree, read_readings(tree, header.ref))
        policy.rules()
        return policy

    def text_of(named: Scalar) -> Policy:
        return library().policy(parse_reference(named.raw, named.place))

    return lay(tree, header, library().policy(Reference(*header.implements.split("@"))), text_of)
