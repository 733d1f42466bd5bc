"""Files that cannot be read, each with the exact text that a clerk reads, in Chinese and English.

After a deliberate change of wording: REGENERATE=1 pytest tests/text, and read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from policyhours.text.finding import Refused
from policyhours.text.messages import catalogue
from policyhours.text.reader import read_document
from policyhours.text.source import source_from_bytes
from policyhours.text.telling import tell_all

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
NOT_A_FILE = {"PH101", "PH102", "PH103", "PH104"}  # told by test_source: there are no bytes to keep
TOO_LARGE = {"PH105", "PH126"}  # told by test_source and test_reader: too large to keep
FALLBACK = {"PH110"}  # for a complaint that no parser is known to make


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_in_exactly_these_words(path, lang, parser):
    with pytest.raises(Refused) as caught:
        read_document(source_from_bytes(path.read_bytes(), path.name))
    told = tell_all(caught.value.findings, lang) + "\n"
    expected = path.with_suffix(f".{lang}.txt")
    if os.environ.get("REGENERATE"):
        expected.write_text(told, encoding="utf-8", newline="\n")
    assert told == expected.read_text(encoding="utf-8")


def test_every_finding_of_a_file_is_shown_by_some_bad_file():
    told = "".join(path.with_suffix(".zh.txt").read_text("utf-8") for path in BAD)
    of_files = {code for code in catalogue() if code.startswith("PH1")}
    assert of_files - NOT_A_FILE - TOO_LARGE - FALLBACK == set(re.findall(r"\bPH1\d\d\b", told))
