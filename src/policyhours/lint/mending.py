"""Mending: the fixes of findings applied to files, each tried before it is kept.

A fix is kept only if its finding is gone afterwards and everything else in the file still means what it
meant. A file that could not be read has to be readable further than before. Line ends, a byte-order mark and
all other characters stay as they are.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import Final

from policyhours.language.library import Library
from policyhours.lint.check import check_files
from policyhours.lint.choice import Choice
from policyhours.lint.documents import File, file_from_bytes
from policyhours.lint.fixes import Edit, fix_of
from policyhours.text.finding import Finding
from policyhours.text.place import Place
from policyhours.text.tree import Mapping, Node, Scalar
from policyhours.text.tree import Sequence as List

MAX_ROUNDS: Final = 200
"""How often a file is looked at again; a reader's findings come one at a time."""

_END = re.compile(r"(\r\n|\r|\n)")


@dataclass(frozen=True, slots=True)
class Mended:
    """A file and what it becomes.

    Attributes:
        before, after: its whole text, with byte-order mark and line ends.
    """

    file: File
    before: str
    after: File
    text: str


def mended(
    given: Sequence[File], folders: Sequence[Path], findings: Iterable[Finding], choice: Choice
) -> list[Mended]:
    """What the files become by the fixes of these findings, and of those that show once these are mended.

    Args:
        given: the files that were checked.
        folders: where policies are.
        findings: what was found in them.
        choice: which findings are told; others are not mended.
    """
    fixable = {f.place.source.name for f in findings if f.place is not None and fix_of(f) is not None}
    done: list[Mended] = []
    for file in given:
        if file.source is None or file.source.name not in fixable or file.path is None:
            continue
        before = _raw(file.path)
        if before is None:
            continue
        others = [other.after for other in done]
        text, after = _mend(file, before, others, folders, choice)
        if text != before:
            done.append(Mended(file, before, after, text))
    return done


def _mend(
    file: File, text: str, others: list[File], folders: Sequence[Path], choice: Choice
) -> tuple[str, File]:
    """The text and the file after every fix that holds."""
    refused: set[tuple[str, tuple[Edit, ...]]] = set()
    findings = _findings(file, others, folders, choice)
    for _ in range(MAX_ROUNDS):
        wanted = [
            (finding, fix.edits)
            for finding in findings
            if (fix := fix_of(finding)) is not None
            and fix.source.name == _name(file)
            and (finding.code, fix.edits) not in refused
        ]
        if not wanted:
            break
        for batch in (wanted, wanted[:1]):
            edits = _apart(edit for _, edits in batch for edit in edits)
            tried = edited(text, edits)
            after = replace(file_from_bytes(tried.encode(), _name(file), file.path), in_folder=file.in_folder)
            again = _findings(after, others, folders, choice)
            if all(_holds(finding, edits, findings, again) for finding, _ in batch[:1]) and _same_but(
                file, after, edits, findings, again
            ):
                text, file, findings = tried, after, again
                break
        else:
            refused.add((wanted[0][0].code, wanted[0][1]))
    return text, file


def _findings(file: File, others: list[File], folders: Sequence[Path], choice: Choice) -> list[Finding]:
    """What is wrong with the file, beside others as they have become."""
    library = Library(folders)
    for other in others:
        for document in other.documents():
            if document.is_policy and other.path is not None and isinstance(document.node, Mapping):
                library.take(document.node, other.path)
    return list(check_files([file], library, choice).findings)


def _holds(
    finding: Finding, edits: Sequence[Edit], before: Sequence[Finding], after: Sequence[Finding]
) -> bool:
    """Whether the finding is gone, and nothing new stands where it was edited."""
    lines = {edit.line for edit in edits}
    known = {_spot(f) for f in before}
    fresh = [f for f in after if f.place is not None and f.place.line in lines and _spot(f) not in known]
    return _spot(finding) not in {_spot(f) for f in after} and not any(
        f.code == finding.code
        and f.place is not None
        and finding.place is not None
        and (f.place.line, f.place.column) <= (finding.place.line, finding.place.column)
        for f in fresh
    )


def _spot(finding: Finding) -> tuple[str, str, str]:
    return finding.code, str(finding.place), finding.args.get("found", "")


def _same_but(
    before: File, after: File, edits: Sequence[Edit], old: Sequence[Finding], new: Sequence[Finding]
) -> bool:
    """Whether all that was sound means what it meant.

    A file that could not be read has nothing to compare: it has to be readable now, or further than before.
    """
    if before.refused is not None:
        if after.refused is None:
            return True
        one, two = before.refused.findings[0].place, after.refused.findings[0].place
        return one is not None and two is not None and (two.line, two.column) > _last(edits)
    if after.refused is not None or len(before.nodes) != len(after.nodes):
        return False
    touched = {
        (edit.line, column)
        for edit in edits
        for column in range(edit.column - 1, edit.column + edit.width + 1)
    }
    return all(_same(a, b, touched) for a, b in zip(before.nodes, after.nodes, strict=True))


def _last(edits: Sequence[Edit]) -> tuple[int, int]:
    first = min(edits)
    return first.line, first.column


def _same(one: Node, two: Node, touched: set[tuple[int, int]]) -> bool:
    """Whether two trees say the same, but for what stands where something was edited."""
    if _touches(one.place, touched) and isinstance(one, Scalar):
        return True
    if isinstance(one, Scalar) and isinstance(two, Scalar):
        return (one.value, one.raw, one.quoted) == (two.value, two.raw, two.quoted)
    if isinstance(one, List) and isinstance(two, List):
        return len(one.items) == len(two.items) and all(
            map(_same, one.items, two.items, [touched] * len(one.items))
        )
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return len(one.entries) == len(two.entries) and all(
            (a.key == b.key or _touches(a.key_place, touched)) and _same(a.value, b.value, touched)
            for a, b in zip(one.entries, two.entries, strict=True)
        )
    return False


def _touches(place: Place, touched: set[tuple[int, int]]) -> bool:
    return any((place.line, column) in touched for column in range(place.column, place.column + place.width))


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, without those that reach into an earlier one."""
    kept: list[Edit] = []
    for edit in sorted(set(edits)):
        if not kept or (kept[-1].line, kept[-1].column + max(1, kept[-1].width)) <= (edit.line, edit.column):
            kept.append(edit)
    return kept


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits done; line ends and a byte-order mark stay."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts = _END.split(text[len(mark) :])
    for edit in sorted(edits, reverse=True):
        line = parts[2 * (edit.line - 1)]
        start = edit.column - 1
        parts[2 * (edit.line - 1)] = line[:start] + edit.text + line[start + edit.width :]
    return mark + "".join(parts)


def diff(changes: Iterable[Mended]) -> Iterator[str]:
    """The lines of one unified diff; a path from the root is named as git names it."""
    for change in changes:
        name = _name(change.file).removeprefix("/")
        before, after = (
            _END.sub("\n", text.removeprefix("\ufeff")).splitlines() for text in (change.before, change.text)
        )
        yield from unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")


def write(change: Mended) -> bool:
    """Write the file, aside first, then in its place; whether that could be done.

    A file that is read-only, or that somebody else has changed meanwhile, is left alone.
    """
    path = change.file.path
    assert path is not None
    whole = path.resolve()
    aside: str | None = None
    try:
        mode = stat.S_IMODE(whole.stat().st_mode)
        if not mode & stat.S_IWUSR or not os.access(whole, os.W_OK) or _raw(whole) != change.before:
            return False
        handle, aside = tempfile.mkstemp(prefix=f".{whole.name}.", dir=whole.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        Path(aside).chmod(mode)
        os.replace(aside, whole)  # noqa: PTH105 - from a name to a path, at one stroke
    except OSError:
        if aside is not None:
            with suppress(OSError):
                Path(aside).unlink()
        return False
    return True


def _raw(path: Path) -> str | None:
    """The whole text of a file as it stands."""
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None


def _name(file: File) -> str:
    assert file.source is not None
    return file.source.name
