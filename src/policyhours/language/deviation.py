"""Deviations: an error of `jsonschema` as findings of ours, at the exact place and in words a clerk knows.

None of jsonschema's own texts is shown. What was expected comes from the schema: its description, options and
examples.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from policyhours.language.citations import as_citation
from policyhours.text.finding import Finding
from policyhours.text.nearest import nearest
from policyhours.text.place import Place
from policyhours.text.tree import Entry, Mapping, Node, Scalar, Sequence, at

if TYPE_CHECKING:
    from jsonschema import ValidationError

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LIKE_DATE = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?|([0-9]{8})")
_OPTION = re.compile(r"([a-z_]+)（([^（）]+)）")
_TRUTH = {"yes": "true", "no": "false", "on": "true", "off": "false", "是": "true", "否": "false"}
_TYPES: Final = {
    "object": ("一组“键: 值”", "a group of “key: value”"),
    "array": ("列表，写成 [甲, 乙]", "a list, written [a, b]"),
    "string": ("文字", "a text"),
    "number": ("数", "a number"),
    "integer": ("整数", "a whole number"),
    "boolean": ("true 或 false", "true or false"),
    "null": ("null", "null"),
}
_VARIANTS: Final = {
    "text_policy": ("自治区或国家的文件", "a province's or a national text"),
    "industry_policy": ("行业实施细则", "an industry's filing"),
}


def explain(error: ValidationError, root: Node, whole: dict[str, Any]) -> Iterator[Finding]:
    """The findings that an error is.

    Args:
        error: what jsonschema found.
        root: the document.
        whole: its schema.
    """
    path = list(error.absolute_path)
    node, entry = at(root, path), _entry(root, path)
    schema = error.schema if isinstance(error.schema, dict) else {}
    wanted: Any = error.validator_value
    expected = str(schema.get("description") or schema.get("title") or "")
    if isinstance(node, Mapping) and isinstance(error.instance, str):
        yield _bad_key(node, error.instance, schema, expected)
        return
    if entry is not None and isinstance(node, Scalar) and node.value is None and not node.quoted:
        yield Finding("PH215", entry.key_place, {"found": entry.key})
        return
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(node, schema, whole, at_top=not path)
        case "required":
            yield from _missing_key(node, schema, wanted)
        case "dependentRequired":
            names = [n for key, some in wanted.items() if _has(node, key) for n in some]
            yield from (_missing(name, _head(node, entry)) for name in names if not _has(node, name))
        case "not":
            yield from _no_form(node, entry, schema, expected)
        case "type":
            yield _wrong_type(node, entry, schema, wanted, expected)
        case "enum" | "const":
            yield _not_an_option(node, entry, wanted if error.validator == "enum" else [wanted], expected)
        case "pattern" | "format":
            yield _wrong_form(node, schema, expected)
        case "minimum" | "maximum":
            least = error.validator == "minimum"
            words = {"found": said(node), "zh": "不小于" if least else "不大于", "limit": str(wanted)}
            yield Finding("PH207", node.place, {**words, "en": "at least" if least else "at most"})
        case _:
            yield _wrong_length(node, entry, expected)


# ── keys ──


def _unknown_keys(
    node: Node, schema: dict[str, Any], whole: dict[str, Any], *, at_top: bool
) -> Iterator[Finding]:
    known = list(schema.get("properties", {}))
    patterns = [re.compile(p) for p in schema.get("patternProperties", {})]
    for entry in node.entries if isinstance(node, Mapping) else ():
        if entry.key in known or any(p.search(entry.key) for p in patterns):
            continue
        free = [key for key in known if not _has(node, key)]
        by_title = {str(schema["properties"][key].get("title")): key for key in free}
        named = by_title.get(entry.key)
        near = [named] if named else _near(entry.key, free)
        home = _home(entry.key, whole) if at_top else None
        if wide := _wide_colon(entry):
            yield wide
        elif home is not None:
            zh, en = _VARIANTS[home]
            yield Finding("PH218", entry.key_place, {"found": entry.key, "home": zh, "home_en": en})
        elif near:
            yield Finding("PH201", entry.key_place, {"found": entry.key, **_listed(near)})
        else:
            words = {
                "found": entry.key,
                "expected": "、".join(free or known),
                "expected_en": ", ".join(free or known),
            }
            yield Finding("PH209", entry.key_place, words)


def _home(key: str, whole: dict[str, Any]) -> str | None:
    """The variant of a policy file in which the key belongs."""
    variants = (v for v in _VARIANTS if key in whole["$defs"].get(v, {}).get("properties", {}))
    return next(variants, None)


def _wide_colon(entry: Entry) -> Finding | None:
    """The finding that a full-width colon made one key of a key and its value."""
    at_colon = entry.key.find("：")
    if at_colon < 0:
        return None
    place = Place(entry.key_place.source, entry.key_place.line, entry.key_place.column + at_colon)
    return Finding("PH117", place, {"found": "：", "expected": ": "})


def _bad_key(node: Mapping, key: str, schema: dict[str, Any], expected: str) -> Finding:
    entry = node.entry(key)
    place = entry.key_place if entry is not None else node.place
    if entry is not None and (wide := _wide_colon(entry)):
        return wide
    return Finding("PH202", place, {"found": key, "expected": expected, "example": _example(schema)})


def _missing_key(node: Node, schema: dict[str, Any], wanted: list[str]) -> Iterator[Finding]:
    """What is missing, unless some key that is not known is near to it: then that one is misspelt."""
    entries = node.entries if isinstance(node, Mapping) else ()
    strays = [entry for entry in entries if entry.key not in _known(schema)]
    for name in wanted:
        if _has(node, name):
            continue
        joined = next((entry for entry in strays if entry.key.startswith(f"{name}：")), None)
        if joined is not None and (wide := _wide_colon(joined)):
            yield wide
            continue
        title = str(schema.get("properties", {}).get(name, {}).get("title", ""))
        misspelt = next((e for e in strays if e.key == title or _near(e.key, [name])), None)
        if misspelt is not None:
            yield Finding("PH201", misspelt.key_place, {"found": misspelt.key, "nearest": name})
        else:
            yield _missing(name, _head(node), title)


def _missing(name: str, place: Place, title: str = "") -> Finding:
    return Finding(
        "PH203", place, {"found": name, "title": f"（{title}）" if title and title != name else ""}
    )


def _known(schema: dict[str, Any]) -> set[str]:
    return {*schema.get("properties", ()), *schema.get("required", ())}


def _no_form(node: Node, entry: Entry | None, schema: dict[str, Any], expected: str) -> Iterator[Finding]:
    """A value that has none of the keys by which its form is told."""
    forms = [str(form) for form in schema.get("examples", ())]
    for key in node.keys() if isinstance(node, Mapping) else ():
        if near := nearest(key, forms):
            assert isinstance(node, Mapping)
            stray = node.entry(key)
            assert stray is not None
            yield Finding("PH201", stray.key_place, {"found": key, **_listed(near)})
            return
    words = {
        "found": entry.key if entry else said(node),
        "expected": expected,
        "expected_en": ", ".join(forms),
    }
    yield Finding("PH219", _head(node, entry), words)


# ── values ──


def _wrong_type(
    node: Node, entry: Entry | None, schema: dict[str, Any], wanted: str | list[str], expected: str
) -> Finding:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    zh, en = ("、".join(_TYPES[kind][0] for kind in kinds), " or ".join(_TYPES[kind][1] for kind in kinds))
    words = {"found": said(node), "expected": f"{zh}（{expected}）" if expected else zh, "expected_en": en}
    if isinstance(node, Sequence) and kinds != ["object"]:
        return Finding("PH216", _head(node, entry), words)
    if not isinstance(node, Scalar):
        return Finding("PH204", _head(node, entry), words)
    if kinds == ["array"]:
        return Finding("PH217", node.place, words)
    if schema.get("format") == "date":
        return _wrong_form(node, schema, expected)
    if {"number", "integer"} & set(kinds) and (misfit := _not_a_number(node)):
        return misfit
    if "boolean" in kinds and node.raw.lower() in _TRUTH:
        return Finding("PH211", node.place, {**words, "expected": _TRUTH[node.raw.lower()]})
    if kinds == ["string"]:
        return Finding("PH213", node.place, words)
    return Finding("PH204", node.place, words)


def _not_a_number(node: Scalar) -> Finding | None:
    """The finding that a text would be a number, were it not for its quotes or its wide digits."""
    ascii_text = unicodedata.normalize("NFKC", node.raw).strip()
    if not _NUMBER.fullmatch(ascii_text):
        return None
    if node.raw != ascii_text:
        return Finding("PH214", node.place, {"found": node.raw, "expected": ascii_text})
    return Finding("PH210", node.place, {"found": node.raw}) if node.quoted else None


def _wrong_form(node: Node, schema: dict[str, Any], expected: str) -> Finding:
    words = {"found": said(node), "expected": expected, "example": _example(schema)}
    if not isinstance(node, Scalar):
        return Finding("PH206", node.place, words)
    if any(isinstance(example, int | float) for example in schema.get("examples", ())):
        zh, en = _TYPES["number"]
        words = {**words, "expected": f"{zh}（{expected}）", "expected_en": en}
        return _not_a_number(node) or Finding("PH204", node.place, words)
    if schema.get("format") == "date" and (day := _as_date(node.raw)):
        code = "PH212" if _is_day(day) else "PH118"
        return Finding(code, node.place, {**words, "expected": day})
    if option := _by_label(expected).get(node.raw):
        return Finding(
            "PH205",
            node.place,
            {**words, "nearest": option, "expected_en": ", ".join(_by_label(expected).values())},
        )
    if "第八条第六项" in schema.get("examples", ()) and (citation := as_citation(node.raw)):
        return Finding("PH222", node.place, {**words, "expected": citation})
    return Finding("PH206", node.place, words)


def _as_date(raw: str) -> str | None:
    """The day that is meant, written as it should be; there may be no such day."""
    found = _LIKE_DATE.fullmatch(unicodedata.normalize("NFKC", raw).strip())
    if found is None:
        return None
    run = found[4]
    year, month, day = (run[:4], run[4:6], run[6:]) if run else found.group(1, 2, 3)
    return f"{int(year):04}-{int(month):02}-{int(day):02}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _listed(near: list[str]) -> dict[str, str]:
    """The words that may have been meant, listed in either language."""
    return {"nearest": "、".join(near), "nearest_en": ", ".join(near)}


def _by_label(described: str) -> dict[str, str]:
    """The options of a description such as ``met（达到）、not_met（未达到）``, by their Chinese labels."""
    return {label: option for option, label in _OPTION.findall(described)}


def _not_an_option(node: Node, entry: Entry | None, options: list[Any], expected: str) -> Finding:
    texts = [f"[{', '.join(map(str, o))}]" if isinstance(o, list) else str(o) for o in options]
    if entry is not None and entry.key == "language":
        return Finding("PH221", node.place, {"found": said(node), "expected": "、".join(texts)})
    words = {"found": said(node), "expected": expected or "、".join(texts), "expected_en": ", ".join(texts)}
    by_label = {label: option for label, option in _by_label(expected).items() if option in texts}
    near = nearest(said(node), texts) or [by_label[label] for label in nearest(said(node), by_label)]
    near = [by_label[said(node)]] if said(node) in by_label else near
    if near:
        return Finding("PH205", node.place, {**words, **_listed(near)})
    return Finding("PH220", node.place, words)


def _wrong_length(node: Node, entry: Entry | None, expected: str) -> Finding:
    """Too little or too much; for what is quite empty, that it is empty."""
    inside = (
        node.raw if isinstance(node, Scalar) else node.entries if isinstance(node, Mapping) else node.items
    )
    if not inside and entry is not None:
        return Finding("PH215", entry.key_place, {"found": entry.key})
    return Finding("PH208", _head(node, entry), {"found": said(node), "expected": expected})


# ── small readings ──


def _near(key: str, known: list[str]) -> list[str]:
    """The keys that are near, full-width letters taken as the letters that they are."""
    return nearest(unicodedata.normalize("NFKC", key), known)


def said(node: Node) -> str:
    """What the node says, shortened to be quoted."""
    if isinstance(node, Scalar):
        return node.raw if len(node.raw) <= 40 else node.raw[:40] + "…"
    if isinstance(node, Mapping):
        return "{" + "、".join(node.keys()[:3]) + ("…}" if len(node.entries) > 3 else "}")
    return "[" + "、".join(said(item) for item in node.items[:3]) + ("…]" if len(node.items) > 3 else "]")


def _example(schema: dict[str, Any]) -> str:
    return next((str(example) for example in schema.get("examples", ())), "—")


def _has(node: Node, key: str) -> bool:
    return isinstance(node, Mapping) and key in node


def _head(node: Node, entry: Entry | None = None) -> Place:
    """Where a group or list begins: its own key, for it may run over many lines; else its first key."""
    if entry is not None:
        return entry.key_place
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key_place
    return node.place


def _entry(root: Node, path: list[str | int]) -> Entry | None:
    """The entry that the path leads to, where it ends in a key."""
    if not path or not isinstance(path[-1], str):
        return None
    parent = at(root, path[:-1])
    return parent.entry(path[-1]) if isinstance(parent, Mapping) else None
