"""Lint against check-jsonschema and yamllint: a thousand filings, the same files, whole processes in turns.

The filings are made from the examples: each with an id, a title and a document number of its own, and other
hours within the bounds that the province sets. In a second set one in ten has one mistake, of the kinds that
people make. How many of those each peer refuses is counted apart from the clock.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from roster.bytecode import bytecode_kept
from timing import Row, take_turns

ROOT = Path(__file__).resolve().parent.parent
POLICY = "xinjiang/2023.1.yaml"
EXAMPLES = ("agriculture", "education", "engineering", "general", "health")
SCHEMA = ROOT / "schema" / "policy.schema.json"
NAMES = ("policyhours", "check-jsonschema", "yamllint")
RAISED = "practice.ceiling: {hours: 90, per: year, article: 细则第一条}"
MISTAKES: dict[str, tuple[str, str]] = {
    "键写错 · a typo in a key": (r"^implements:", "implments:"),
    "缺键 · a key left out": (r"^authority: .*\n", ""),
    "重复的键 · a key twice": (r"^(status: .*\n)", r"\1\1"),
    "缩进 · indentation": (r"^title: ", " title: "),
    "全角冒号 · a full-width colon": (r"^title: ", "title："),
    "不可能的日期 · a date that is none": (r"from: (\d{4})-\d\d-\d\d", r"from: \1-02-30"),
    "没有的条 · an article that is none": (r"article: 细则第[一二三四五六七八九]条", "article: 细则第九十条"),
    "选项写错 · a typo in an option": (r"(by: [a-z_]+, values: \{[a-z_]+)", r"\1x"),
    "公式写错 · a name that is none": (r"is: [a-z]+_[a-z]+\b", "is: unheard_of"),
    "抬高上限 · a ceiling raised": (r"^sets:\n", f"sets:\n  {RAISED}\n"),
}  # fmt: skip
"""A pattern, matched once, and what stands in its place."""


@dataclass(frozen=True, slots=True)
class Filings:
    """A folder of policies that holds the province's, and the thousand below it."""

    folder: Path

    @property
    def made(self) -> Path:
        """The folder of the filings alone."""
        return self.folder / "made"

    def commands(self) -> dict[str, list[str]]:
        """What each peer is called with, by its name."""
        files = [str(path) for path in sorted(self.made.rglob("*.yaml"))]
        run = [sys.executable, "-m"]
        return {
            NAMES[0]: [*run, "policyhours", "lint", "--policies", str(self.folder), str(self.made)],
            NAMES[1]: [*run, "check_jsonschema", "--schemafile", str(SCHEMA), *files],
            NAMES[2]: [*run, "yamllint", "-d", "relaxed", str(self.made)],
        }


def lint_speed(rounds: int, count: int = 1000) -> tuple[list[Row], list[str]]:
    """The rows of the table, and the notes: how many of the faulty filings each peer refuses."""
    missing = [name for name in NAMES[1:] if find_spec(name.replace("-", "_")) is None]
    rows = [
        Row(
            f"**4 · {count}份细则，整个进程 · {count} filings, whole processes**",
            note=f"倍数对照 · ratio to: {NAMES[1]}",
        )
    ]
    if missing:
        return [*rows, Row("、".join(missing), note="没有安装 · not installed (make bench)")], []
    notes: list[str] = []
    with bytecode_kept(), tempfile.TemporaryDirectory() as place:
        sets = {
            "无误 · sound": made(Path(place) / "sound", count, faulty=False),
            "每十份一处错误 · one mistake in ten files": made(Path(place) / "unsound", count, faulty=True),
        }
        for title, filings in sets.items():
            commands = filings.commands()
            refused = refusals(commands)  # from here on files and bytecode are where they are found fast
            peers = {name: partial(_run, command) for name, command in commands.items()}
            times = take_turns(peers, rounds, warm_up=0)
            against = times[NAMES[1]]
            for name in NAMES:
                target = "< 1 ×" if name == NAMES[0] else ""
                rows.append(Row(f"{name}：{title}", times[name], against, target))
            told = "，".join(f"{name} {len(refused[name])}" for name in NAMES)
            notes.append(f"{title}：拒绝的份数 · files refused: {told}")
    return rows, notes


def made(folder: Path, count: int, *, faulty: bool) -> Filings:
    """Write the province's policy and the filings into the folder; the same ones every time."""
    random_numbers = random.Random(20220901)
    policy = folder / POLICY
    policy.parent.mkdir(parents=True)
    shutil.copy(ROOT / "policies" / POLICY, policy)
    originals = [next((ROOT / "policies" / "examples" / name).glob("*.yaml")) for name in EXAMPLES]
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in originals]
    mistakes = list(MISTAKES.values())
    for number in range(count):
        name, text = texts[number % len(texts)]
        text = varied(text, number, random_numbers)
        if faulty and number % 10 == number // 10 % 10:
            at = number // 10 + number // 100  # each mistake meets each of the examples
            turns = (mistakes[(at + n) % len(mistakes)] for n in range(len(mistakes)))
            text = next(wrong for pattern, put in turns if (wrong := _once(pattern, put, text)) != text)
        path = folder / "made" / f"d{number:04}" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return Filings(folder)


def varied(text: str, number: int, random_numbers: random.Random) -> str:
    """A filing of its own: id, title, document, and hours that are up to two fewer."""
    text = re.sub(r"^policy: \S+", f"policy: made/d{number:04}", text, flags=re.MULTILINE)
    text = re.sub(r"^industries: .*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^title: ", f"title: 第{number}号", text, flags=re.MULTILINE)
    text = re.sub(r"〔(\d{4})〕(\d+)号", rf"〔\1〕{number + 1}号", text)
    return "".join(_fewer(text, random_numbers))


def _fewer(text: str, random_numbers: random.Random) -> Iterator[str]:
    section = ""
    for line in text.splitlines(keepends=True):
        section = line.partition(":")[0] if line[:1].isalpha() else section
        if section == "sets":
            yield re.sub(
                r"(?<=: )[1-4]\d(?=[,}\n])",
                lambda found: str(int(found[0]) - random_numbers.randrange(3)),
                line,
            )
        else:
            yield line


def _once(pattern: str, put: str, text: str) -> str:
    return re.sub(pattern, put, text, count=1, flags=re.MULTILINE)


def refusals(commands: dict[str, list[str]]) -> dict[str, set[str]]:
    """The files in which each peer finds an error."""
    own = json.loads(_output([*commands[NAMES[0]], "--format", "json"]))
    schema = json.loads(_output([commands[NAMES[1]][0], *commands[NAMES[1]][1:], "-o", "json"]))
    plain = _output([*commands[NAMES[2]], "-f", "parsable"]).splitlines()
    return {
        NAMES[0]: {finding["file"] for finding in own if finding["severity"] == "error"},
        NAMES[1]: {
            str(entry["filename"]) for key in ("errors", "parse_errors") for entry in schema.get(key, [])
        },
        NAMES[2]: {line.partition(":")[0] for line in plain if "[error]" in line},
    }


def _run(command: list[str]) -> int:
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode


def _output(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout


if __name__ == "__main__":
    from timing import table

    arguments = sys.argv[1:]
    lines, said = lint_speed(rounds=1 if "--quick" in arguments else 3)
    print(table(lines))
    print("\n".join(said))
