"""Cells as YAML and back: what stands in a cell, in the words of a filing, quoted only where it must be."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Final

from policyhours.desk.form.sections import Kind
from policyhours.text.finding import Refused
from policyhours.text.reader import read_document
from policyhours.text.source import Source
from policyhours.text.tree import Mapping, Node, Scalar, Sequence

_ITEMS: Final = re.compile(r"\s*[、，,\n]\s*")
_OPTION: Final = re.compile(r"\s*[：:]\s*")


class Misfit(Exception):
    """A node that no cell of the kind can say."""


def cell_text(node: Node, kind: Kind) -> str:
    """What a cell of a kind shows of a node.

    Raises:
        Misfit: where such a cell cannot say it.
    """
    if isinstance(node, Mapping):
        if kind != "options":
            raise Misfit
        return "\n".join(f"{entry.key}：{cell_text(entry.value, 'text')}" for entry in node.entries)
    if isinstance(node, Sequence):
        if kind not in ("list", "items"):
            raise Misfit
        return "、".join(cell_text(item, "text") for item in node.items)
    return node.raw


def written(text: str, kind: Kind) -> str:
    """The text of a cell in a filing, as it may stand between braces as well."""
    match kind:
        case "list" | "items":
            items = [part for part in _ITEMS.split(text.strip()) if part]
            if kind == "items" and len(items) == 1:
                return _scalar(items[0], "text")
            return f"[{', '.join(_scalar(item, 'text') for item in items)}]"
        case "options":
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            return f"{{{', '.join(_option(line) for line in lines)}}}"
        case _:
            return _scalar(text, kind)


def written_key(text: str) -> str:
    """A key, quoted where it must be."""
    return text if _stands(text, as_key=True) else json.dumps(text, ensure_ascii=False)


def _option(line: str) -> str:
    key, *label = _OPTION.split(line, maxsplit=1)
    return f"{written_key(key)}: {_scalar(label[0], 'text') if label and label[0] else 'null'}"


def _scalar(text: str, kind: Kind) -> str:
    value = _stands(text)
    plain = value is not None and (kind == "value" or isinstance(value.value, str))
    return text if plain else json.dumps(text, ensure_ascii=False)


@lru_cache(maxsize=4096)
def _stands(text: str, *, as_key: bool = False) -> Scalar | None:
    """What the text is where it stands without quotes, on a line of its own and between braces."""
    if not text or text != text.strip() or "\n" in text:
        return None
    said = (
        f"{text}: 1\nz:\n  {text}: {{{text}: 1, z: 1}}\n"
        if as_key
        else f"a: {text}\nb: {{c: {text}, d: 1}}\n"
    )
    try:
        tree = read_document(Source("", said))
    except Refused:
        return None
    if not isinstance(tree, Mapping) or len(tree.entries) != 2:
        return None
    first, second = (entry.value for entry in tree.entries)
    if as_key:
        inner = second.get(text) if isinstance(second, Mapping) else None
        both = isinstance(inner, Mapping) and inner.keys() == (text, "z")
        return first if tree.entries[0].key == text and both and isinstance(first, Scalar) else None
    inner = second.get("c") if isinstance(second, Mapping) else None
    same = isinstance(first, Scalar) and isinstance(inner, Scalar) and first.raw == inner.raw == text
    return first if same and isinstance(first, Scalar) and not first.quoted else None
