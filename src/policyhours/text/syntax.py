"""What a YAML parser complains of, in our own words, at the place that most likely caused it."""

from __future__ import annotations

from typing import Final

import yaml

from policyhours.text.blame import blamed
from policyhours.text.finding import Finding
from policyhours.text.fullwidth import slip
from policyhours.text.place import Place
from policyhours.text.source import Source

_CODES: Final = (
    ("mapping values are not allowed", "PH113"),
    ("could not find expected ':'", "PH114"),
    ("unexpected ':'", "PH114"),
    ("unexpected end of stream", "PH115"),
    ("unexpected document", "PH115"),
    ("ing a tag", "PH125"),
    ("escape", "PH128"),
    ("hexdecimal", "PH128"),
    ("violates indentation", "PH112"),
    ("a tab character", "PH112"),
    ("scanning a block scalar", "PH133"),
    ("scanning an anchor", "PH124"),
    ("scanning an alias", "PH124"),
    ("tag handle", "PH125"),
    ("directive", "PH130"),
    ("incompatible YAML", "PH130"),
    ("cannot start any token", "PH121"),
    ("sequence entries are not allowed", "PH134"),
    ("parsing a flow", "PH116"),
    ("node content", "PH116"),
    ("parsing a block", "PH122"),
    ("<document start>", "PH122"),
)
"""A part of a complaint, as libyaml or the pure parser words it, and our finding; the first that fits."""

_AT_THE_START: Final = {"PH114", "PH115", "PH116", "PH124", "PH125"}
_MAY_BE_FULL_WIDTH: Final = {"PH110", "PH113", "PH114", "PH116", "PH121", "PH122", "PH134"}


def explain(source: Source, fault: yaml.MarkedYAMLError) -> Finding:
    """The finding for a parser's complaint."""
    line, column = _position(source, fault.problem_mark or fault.context_mark)
    first, opened = _position(source, fault.context_mark) if fault.context_mark else (line - 1, 1)
    complaint = f"{fault.context or ''}: {fault.problem or ''}"
    code = next((code for part, code in _CODES if part in complaint), "PH110")
    text = source.line(line)
    if code in _MAY_BE_FULL_WIDTH and (place := _full_width(source, code, (first, opened), (line, column))):
        return slip(place)
    if code in ("PH112", "PH121", "PH122") and (tab := _tab(text, column)):
        return Finding("PH112", Place(source, line, tab))
    if code == "PH113" and _is_indented_under_a_value(source, line, column):
        return Finding("PH122", Place(source, line, _indentation(text) + 1))
    if code in ("PH116", "PH122"):
        code = _more_exactly(code, text, column)
    if code == "PH130":
        return Finding(code, Place(source, line, 1, max(1, len(text))), {"found": text})
    if code == "PH128":
        start = max(0, text.rfind("\\", 0, column))
        return Finding(code, Place(source, line, start + 1, max(1, len(text[start : start + 2]))))
    is_in_between = code == "PH116" and text[column - 1 : column] in ("]", "}", ",")
    if code in _AT_THE_START and fault.context_mark and not is_in_between:
        line, column = first, opened
    found = source.line(line)[column - 1 : column]
    return Finding(code, Place(source, line, column), {"found": found or "⏎"})


def _position(source: Source, mark: yaml.Mark | None) -> tuple[int, int]:
    """The line and column of a mark, taken back to the end of the last line that says something."""
    if mark is None:
        return 1, 1
    line, column = mark.line + 1, mark.column + 1
    last = len(source.lines())
    if line >= last and not source.line(line).strip():
        line = next((n for n in range(last, 0, -1) if source.line(n).strip()), 1)
        column = len(source.line(line)) + 1
    return line, min(column, len(source.line(line)) + 1)


def _full_width(source: Source, code: str, start: tuple[int, int], end: tuple[int, int]) -> Place | None:
    """The full-width mark to blame, if there is one, in what began at `start` and failed at `end`."""
    if code == "PH114":  # the line that lacks a colon is where it started; it failed on the next
        return blamed(source, start[0], *start)
    if code == "PH116":  # a bracket may have been open for many lines
        return blamed(source, min(start[0], end[0]), *end, in_brackets=True)
    return blamed(source, end[0] - 1, *end)


def _tab(text: str, column: int) -> int:
    """The column of the tab at the fault or in the indentation; 0 if there is none."""
    if text[column - 1 : column] == "\t":
        return column
    return text.find("\t", 0, len(text) - len(text.lstrip())) + 1


def _is_indented_under_a_value(source: Source, line: int, column: int) -> bool:
    """Whether a first colon of its line cannot stand, for the line continues the value of the line before."""
    return ": " not in source.line(line)[: column - 1] and _indentation(source.line(line)) > 0


def _more_exactly(code: str, text: str, column: int) -> str:
    """What a line has that does not fit: no key, a bracket too many, text behind an ended value."""
    before, found = text[: column - 1].rstrip(), text[column - 1 : column]
    if found == ":" and before[-1:] in ("", "-", "{", ","):
        return "PH131"
    if code == "PH122" and found in ("]", "}"):
        return "PH116"
    return "PH135" if code == "PH122" and before.endswith(("'", '"', "]", "}")) else code


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
