"""Every rule has a page that is at once its documentation, what ``explain`` prints, and its test.

A page shows wrong and right examples. An example is one fence, or several that belong together:

- ```` ```yaml ```` whose first line says where it belongs (``# in a policy, under values:``): a part of a sound
  file (see `parts`); a finding calls it ``例.yaml`` and counts lines from the one behind that line.
- ```` ```yaml ```` whose first line names a file (``# file 细则.yaml:``, or ``# file 细则.yaml in gbk:``): that
  file, in a folder that also holds the policies of the repository.
  ``in hex`` writes the bytes that stand there. Behind a comma, what a page cannot show: ``, ◌ is U+200B`` (a mark
  stands for a character that nobody sees), ``, 30000 times`` (its text, over and over), ``, read-only``,
  ``, no permission``, ``, broken disk``.
- ```` ```console ```` with ``$ policyhours …``: that command, called there. Behind the files that it is about;
  a line ``# 没有随带的规则 · with no policies installed:`` before it takes away those of the program.
- ```` ```python ```` with one call of the API, there too.

Behind a wrong example stand the exact findings, as ```` ```zh ```` and ```` ```en ````; behind a right one
nothing. After a deliberate change of wording: REGENERATE=1 pytest tests/rules, and read the difference.
"""

from __future__ import annotations

import errno
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import policyhours
from parts import POLICIES, Block, laid, library, parts_of, put, skeleton
from policyhours.case.read import read_draft
from policyhours.cli import app
from policyhours.desk.answer.evaluation import evaluate
from policyhours.language.library import Library
from policyhours.lint.check import check
from policyhours.lint.families import CASE_RULES, POLICY_RULES
from policyhours.text.finding import Finding, Refused
from policyhours.text.messages import catalogue
from policyhours.text.telling import tell_all

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"
FENCE = re.compile(r"^```(yaml|console|python|zh|en)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# file (\S+?)(?: in (\S+?))?(?:, (.+?))?:")
STANDS_FOR = re.compile(r"(\S) is U\+([0-9A-F]{4})")
TIMES = re.compile(r"([0-9]+) times")
FAULTS = {"no permission": PermissionError(), "broken disk": OSError(errno.EIO, "")}
ALONE = "# 没有随带的规则 · with no policies installed:\n"
CALLS = ("console", "python")
HEADS = {"## 错 · wrong": "wrong", "## 对 · right": "right"}
SEVERITIES = {"error": "错误 · error", "warning": "警告 · warning", "advice": "建议 · advice"}


@dataclass
class Example:
    """What a page shows as wrong or as right, and the findings that it says come out."""

    code: str
    kind: str
    shown: list[tuple[str, str]] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)


def examples(path: Path) -> Iterator[Example]:
    """The examples of a page, in order."""
    text = path.read_text(encoding="utf-8")
    for head, kind in HEADS.items():
        _, _, rest = text.partition(f"\n{head}\n")
        section = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]
        example = Example(path.stem, kind)
        for language, inner in FENCE.findall(section):
            if language in ("zh", "en"):
                example.told[language] = inner
                continue
            part = language == "yaml" and not FILE.match(inner)
            called = bool(example.shown) and example.shown[-1][0] in CALLS
            if example.shown and (example.told or part or (kind == "right" and called)):
                yield example
                example = Example(path.stem, kind)
            example.shown.append((language, inner))
        if example.shown:
            yield example


def found_in(example: Example, lang: str, folder: Path) -> str:
    """What comes out of an example."""
    if any(language == "console" for language, _ in example.shown):
        return _called(example, lang, folder)
    if any(language == "python" for language, _ in example.shown):
        return _told(_of_api(example, folder), lang, folder)
    if all(FILE.match(inner) for _, inner in example.shown):
        return _told(_of_files(example, folder), lang, folder)
    (_, inner), *others = example.shown
    assert not others, "a part stands alone"
    return _told(list(_of_part(inner)), lang, folder)


def _of_part(text: str) -> Iterator[Finding]:
    try:
        parts = parts_of(Block("例.yaml", 0, text))
        assert parts, f"the first line says where this belongs: {text.splitlines()[0]}"
        tree = skeleton(parts[0].of)
        for part in parts:
            tree = put(tree, part)
        if parts[0].of == "case":
            evaluation = evaluate(read_draft(tree), library())
            findings = [finding for rule in CASE_RULES for finding in rule(evaluation)]
        else:
            policy = laid(tree)
            findings = [finding for rule in POLICY_RULES for finding in rule(policy, library())]
    except Refused as refused:
        findings = list(refused.findings)
    yield from (f for f in findings if f.place is None or f.place.source.name == "例.yaml")


def _files(example: Example, folder: Path) -> list[Path]:
    """Write the files of an example into a folder that also has the policies of the repository."""
    if not (folder / "policies").exists():
        shutil.copytree(POLICIES, folder / "policies")
    written = []
    for language, inner in example.shown:
        if language == "yaml":
            first, _, text = inner.partition("\n")
            named = FILE.fullmatch(first)
            assert named, first
            path = folder / named[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, text, named[2] or "utf-8", named[3] or "")
            written.append(path)
    return written


def _write(path: Path, text: str, encoding: str, state: str) -> None:
    if path.exists():
        path.chmod(0o644)
    if mark := STANDS_FOR.fullmatch(state):
        text = text.replace(mark[1], chr(int(mark[2], 16)))
    if times := TIMES.fullmatch(state):
        text *= int(times[1])
    path.write_bytes(bytes.fromhex(text) if encoding == "hex" else text.encode(encoding))
    if state == "read-only":
        path.chmod(0o444)
    assert mark or times or state in ("", "read-only", *FAULTS), state


@contextmanager
def _disk(example: Example, folder: Path) -> Iterator[None]:
    """The files of an example that cannot be opened cannot: an administrator's tests may open anything."""
    named = [FILE.match(inner) for language, inner in example.shown if language == "yaml"]
    faults = {folder / name[1]: FAULTS[name[3]] for name in named if name and name[3] in FAULTS}
    opened = Path.open

    def open_(path: Path, *args: Any, **options: Any) -> Any:
        if path.absolute() in faults:
            raise faults[path.absolute()]
        return opened(path, *args, **options)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "open", open_)
        yield


def _of_files(example: Example, folder: Path) -> list[Finding]:
    paths = _files(example, folder)
    with _disk(example, folder):
        report = check([str(path) for path in paths], Library([folder / "policies"]))
    return list(report.findings)


def _of_api(example: Example, folder: Path) -> list[Finding]:
    _files(example, folder)
    (call,) = [inner for language, inner in example.shown if language == "python"]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        try:
            exec(call, {"policyhours": policyhours})
        except Refused as refused:
            return list(refused.findings)
    return []


def _called(example: Example, lang: str, folder: Path) -> str:
    _files(example, folder)
    (command,) = [inner for language, inner in example.shown if language == "console"]
    alone = command.startswith(ALONE)
    arguments = shlex.split(command.removeprefix(ALONE).strip().removeprefix("$ policyhours"))
    with pytest.MonkeyPatch.context() as patched, _disk(example, folder):
        patched.chdir(folder)
        if alone:
            patched.setattr("policyhours.language.files.shipped_policies", lambda: None)
        result = CliRunner().invoke(app, [*arguments, "--lang", lang], env={"COLUMNS": "100"})
    return result.output.replace(f"{folder.as_posix()}/", "")


def _told(findings: list[Finding], lang: str, folder: Path) -> str:
    text = tell_all(findings, lang)
    for root in (folder, POLICIES.parent):
        text = text.replace(f"{root.as_posix()}/", "")
    return f"{text}\n" if text else ""


EXAMPLES = [example for path in sorted(PAGES.glob("PH*.md")) for example in examples(path)]
NAMES = [f"{e.code}-{e.kind}-{n}" for n, e in enumerate(EXAMPLES)]


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_an_example_has_exactly_the_findings_that_its_page_says(example, tmp_path):
    found = {lang: found_in(example, lang, tmp_path) for lang in ("zh", "en")}
    if example.kind == "right":
        assert example.told == {}
        assert example.code not in found["zh"]
        return
    if os.environ.get("REGENERATE"):
        _regenerate(example, found)
    else:
        assert example.told == found
    assert example.code in found["zh"]


def _regenerate(example: Example, found: dict[str, str]) -> None:
    """Put what comes out behind the example."""
    path = PAGES / f"{example.code}.md"
    text = path.read_text(encoding="utf-8")
    shown = f"```{example.shown[-1][0]}\n{example.shown[-1][1]}```\n"
    before, _, after = text.partition(shown)
    after = re.sub(r"\A(\n```(zh|en)\n.*?^```\n)+", "", after, flags=re.MULTILINE | re.DOTALL)
    told = "".join(f"\n```{lang}\n{found[lang]}```\n" for lang in ("zh", "en"))
    path.write_text(before + shown + told + after, encoding="utf-8")


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert {path.stem for path in PAGES.glob("PH*.md")} == set(catalogue())


@pytest.mark.parametrize("path", sorted(PAGES.glob("PH*.md")), ids=lambda path: path.stem)
def test_a_page_says_what_it_is_and_shows_wrong_and_right(path):
    text = path.read_text(encoding="utf-8")
    message = catalogue()[path.stem]
    first, _, severity, *_ = text.splitlines()
    assert re.fullmatch(rf"# {message.code} {message.name} · \S.*", first)
    assert severity == f"**{SEVERITIES[message.severity]}**"
    assert {example.kind for example in examples(path)} == {"wrong", "right"}


def test_no_two_pages_say_the_same():
    bodies = [path.read_text(encoding="utf-8").split("\n", 1)[1] for path in PAGES.glob("PH*.md")]
    explained = [body.partition("## 错 · wrong")[0].split("**", 2)[2].strip() for body in bodies]
    assert len(set(explained)) == len(explained)
    assert all(len(text) > 20 for text in explained)
