"""The wordings about certificates keep to the rules of the catalogue, and none is idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import policyhours
from policyhours.text import messages
from policyhours.text.messages import LANGUAGES, catalogue, wordings

FILE = Path(messages.__file__).parent / "certificate.yaml"
CODES = re.findall(r"^(\w+):$", FILE.read_text("utf-8"), re.MULTILINE)


def test_no_code_stands_twice_and_none_is_lints():
    assert len(set(CODES)) == len(CODES)
    assert all(re.fullmatch("DK2[0-9]{2}", code) for code in CODES)
    assert not set(CODES) & set(catalogue())
    names = [message.name for message in wordings().values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", CODES)
def test_a_wording_is_complete_and_in_the_house_style(code):
    message = wordings()[code]
    assert re.fullmatch("[a-z]+(-[a-z]+)*", message.name)
    assert message.severity == "error"
    for lang in LANGUAGES:
        assert message.says[lang].strip()
        assert message.do[lang].strip()
    assert not message.says["zh"].endswith(("。", "."))
    chinese = re.sub("“[^”]*”", "", message.says["zh"] + message.do["zh"])
    assert not re.search(r"[\u4e00-\u9fff][,;:!?]", chinese)
    english = message.says["en"] + message.do["en"]
    assert english[0] in "“{" or english[0].islower()


def test_every_wording_is_told_somewhere():
    code = "".join(path.read_text("utf-8") for path in Path(policyhours.__path__[0]).rglob("*.py"))
    assert [told for told in CODES if f'"{told}"' not in code] == []
