"""Loading and resolving a filing from scratch, in a process that is warm, and the parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from policyhours.language.library import Library
from policyhours.language.policy import Policy
from policyhours.language.reference import parse_reference
from policyhours.language.structure import check_policy
from policyhours.text.reader import read_document
from policyhours.text.source import read_source
from timing import Row, Times, take_turns

REF = "examples/general@2023.1"


def loading(folders: Sequence[Path], rounds: int) -> list[Row]:
    """The rows of the table."""
    library = Library(folders)
    reference = parse_reference(REF)
    policy = library.policy(reference)
    paths = [path for header in policy.layers if (path := library.path(header.ref)) is not None]
    trees = [read_document(read_source(path)) for path in paths]
    layers = [library.policy(parse_reference(header.ref)) for header in policy.layers]
    fastest = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def whole() -> None:
        Library(folders).policy(reference)

    def read() -> None:
        for path in paths:
            read_document(read_source(path))

    def check() -> None:
        for tree in trees:
            check_policy(tree)

    def build() -> None:
        for layer in layers:
            Policy(layer.layers, layer.tree, layer.readings).rules()

    def plain_yaml() -> None:
        for path in paths:
            yaml.load(path.read_text(encoding="utf-8"), Loader=fastest)

    peers = {"whole": whole, "read": read, "check": check, "build": build, "yaml": plain_yaml}
    times = take_turns(peers, rounds, warm_up=3)
    peer = times["yaml"]
    parts = [times[part] for part in ("read", "check", "build")]
    rest = Times(
        times["whole"].median - sum(part.median for part in parts),
        times["whole"].best - sum(part.best for part in parts),
    )
    return [
        Row(
            "**2 · 读入并合成两层规则，从头开始 · load and resolve both layers, from scratch**",
            note=f"倍数对照 · ratio to: yaml.{fastest.__name__}",
        ),
        Row(f"policyhours：{REF}", times["whole"], peer, "< 60 ms"),
        Row(
            "其中读 YAML · of it: reading YAML", times["read"], peer, note="每个值都带行列 · with every place"
        ),
        Row("其中查结构 · of it: schema check", times["check"], peer),
        Row("其中建规则 · of it: building rules", times["build"], peer),
        Row("其余 · the rest", rest, peer, note="合层、界限、摘要 · layers, bounds, digests"),
        Row(
            f"PyYAML {fastest.__name__}",
            peer,
            peer,
            note="同样两个文件，不查不建 · the same two files, nothing checked or built",
        ),
    ]
