"""The wording of findings is data, complete in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import policyhours
from policyhours.text import messages
from policyhours.text.messages import LANGUAGES, catalogue, wordings

FILES = sorted(Path(messages.__file__).parent.glob("*.yaml"))


def codes(path: Path) -> list[str]:
    """As they are written, for a YAML parser would keep the last of two."""
    return re.findall(r"^(\w+):$", path.read_text("utf-8"), re.MULTILINE)


CODES = [code for path in FILES for code in codes(path)]


def test_no_code_and_no_name_stands_twice():
    assert len(set(CODES)) == len(CODES) == len(wordings())
    assert len({message.name for message in wordings().values()}) == len(CODES)


def test_the_rules_of_lint_are_those_with_a_page():
    assert [*catalogue()] == [code for code in wordings() if code.startswith("PH")]


def test_a_family_stands_in_one_file():
    families = [family for path in FILES for family in {code[:3] for code in codes(path)}]
    assert len(set(families)) == len(families)


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_complete(code):
    message = wordings()[code]
    assert re.fullmatch("(PH|RO|DK)[0-9]{3}", code)
    assert re.fullmatch("[a-z]+(-[a-z]+)*", message.name)
    assert message.severity in ("error", "warning", "advice")
    assert not code.startswith("RO") or (message.severity == "advice") == code.startswith("RO2")
    assert not code.startswith("DK2") or message.severity == "error"
    for lang in LANGUAGES:
        assert message.says[lang].strip()
        assert message.do[lang].strip()
        Formatter().vformat(message.says[lang] + message.do[lang], (), AnyWord())


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_written_in_the_house_style(code):
    message = wordings()[code]
    assert not message.says["zh"].endswith(("。", "."))
    chinese = re.sub("“[^”]*”", "", message.says["zh"] + message.do["zh"])
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]", chinese)
    english = message.says["en"] + message.do["en"]
    assert english[0] in "“{" or english[0].islower() or english.startswith("YAML")
    assert not re.search(r"\b(token|scalar|mapping|sequence|node)\b", english)


def test_every_message_is_told_somewhere():
    code = "".join(path.read_text("utf-8") for path in Path(policyhours.__path__[0]).rglob("*.py"))
    assert [told for told in CODES if f'"{told}"' not in code] == []


class AnyWord(dict):
    def __missing__(self, key):
        return key
