"""Every YAML block of the documents loads, and the language's page leaves out no key.

A block is whole files (policies, cases), or parts; see `parts`. The pages of the rules show what is wrong and
are tested by themselves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from parts import Block, laid, library, parts_of, put, skeleton, source_of
from policyhours.case.read import read_draft
from policyhours.desk.answer.evaluation import evaluate
from policyhours.desk.answer.expectation import misses
from policyhours.language.shipped import schema_text
from policyhours.text.reader import read_documents
from policyhours.text.tree import Mapping

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "docs" / "rules"
DOCUMENTS = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if RULES not in path.parents
)


def blocks() -> Iterator[Block]:
    for path in DOCUMENTS:
        name, text = path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        for found in re.finditer(r"^```ya?ml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield Block(name, text.count("\n", 0, found.start(1)) + 1, found[1])


BLOCKS = list(blocks())


def load(tree: Mapping) -> None:
    """Load a policy or a case as the program would, under every reading; expectations must hold."""
    if "case" in tree:
        assert misses(evaluate(read_draft(tree), library())) == []
        return
    policy = laid(tree)
    for name, reading in policy.readings.items():
        for option in reading.options:
            policy.rules({name: option})


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
