"""Every YAML block of the documents loads, and the language's page leaves out no key.

A block is whole files (policies, cases), or parts. A part begins with a line that says where it belongs,
such as ``# in a policy, under standards:``; it replaces or adds those entries in a sound file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from policyhours.case.read import read_draft
from policyhours.desk.evaluation import evaluate
from policyhours.desk.expectation import misses
from policyhours.language.layers import lay
from policyhours.language.library import Library, Reference, parse_reference
from policyhours.language.policy import Policy, read_header, read_readings
from policyhours.language.shipped import schema_text
from policyhours.language.structure import check_policy
from policyhours.text.reader import read_document, read_documents
from policyhours.text.source import Source, read_source
from policyhours.text.tree import Mapping, Node, Scalar

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
POLICIES = ROOT / "policies"
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
    """A YAML block of a document; `line` is where its text begins."""

    document: str
    line: int
    text: str


@dataclass(frozen=True)
class Part:
    """A part of a block: the file and the section that it belongs to, none for the top."""

    of: str
    section: str | None
    node: Node


def blocks() -> Iterator[Block]:
    for path in DOCUMENTS:
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for found in re.finditer(r"^```ya?ml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield Block(name, text.count("\n", 0, found.start(1)) + 1, found[1])


BLOCKS = list(blocks())


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


def load(tree: Mapping) -> None:
    """Load a policy or a case as the program would, under every reading; expectations must hold."""
    if "case" in tree:
        assert misses(evaluate(read_draft(tree), library())) == []
        return
    policy = laid(tree)
    for name, reading in policy.readings.items():
        for option in reading.options:
            policy.rules({name: option})


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


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.document}:{block.line}")
def test_block_loads(block: Block) -> None:
    parts = parts_of(block)
    if not parts:
        wholes = read_documents(source_of(block, block.text.splitlines()))
        assert wholes
        for whole in wholes:
            assert isinstance(whole, Mapping)
            load(whole)
            if "case" not in whole:
                library().resolve_file(whole, None)
        return
    assert len({part.of for part in parts}) == 1, "all parts of a block belong to one file"
    tree = skeleton(parts[0].of)
    for part in parts:
        tree = put(tree, part)
    load(tree)


def test_language_page_has_blocks() -> None:
    assert sum(block.document == "docs/language.md" for block in BLOCKS) >= 20


@pytest.mark.parametrize("schema", ["policy", "case", "result"])
def test_language_page_names_every_key(schema: str) -> None:
    said = set(
        re.findall(r"[a-z_]+|[\u4e00-\u9fff]+", (ROOT / "docs/language.md").read_text(encoding="utf-8"))
    )
    assert set(keys_of(json.loads(schema_text(schema)))) - said == set()


def keys_of(schema: object) -> Iterator[str]:
    """Every key that a schema names."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties" and isinstance(value, dict):
                yield from value
            yield from keys_of(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from keys_of(item)
