"""What the fuzzers begin with, and how they edit it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

from helpers import ROOT

POLICY = (ROOT / "policies/xinjiang/2023.1.yaml").read_bytes()
FILINGS = [
    path.read_bytes()
    for path in sorted((ROOT / "policies").glob("*/*/20*.yaml"))
    if b"authority: industry" in path.read_bytes()
]
SHAPES = [path.read_bytes() for path in sorted((ROOT / "tests/shapes").glob("*.yaml"))]
CASES = [path.read_bytes() for path in sorted((ROOT / "policies").glob("**/cases/*.yaml"))]
SNIPPETS = [
    b"", b"\n", b" ", b"  ", b":", b": ", b"-", b"- ", b"{", b"}", b"[", b"]", b",", b"'", b'"', b"#", b"&a", b"*a",
    b"!!x", b"|", b">", b"%", b"@", b"\t", b"\r\n", b"\0", b"0", b"-1", b"1/0", b"1/3", b"9" * 40, b"1e9", b"no",
    b"null", b"true", b"2025-02-30", b"any", b"2..", b"..", "：".encode(), "，".encode(), "　".encode(),
    "论文".encode(), "学时".encode("gbk"), b"\xff\xfe", b"\xef\xbb\xbf", b"by", b"is", b"values", b"article",
    b"annual_hours", b"days", b"total", b"{by: degree, values: {any: 1}}", b"days / hours", b"--- ",
]  # fmt: skip


def edited(original: bytes, snippets: list[bytes] = SNIPPETS) -> st.SearchStrategy[bytes]:
    """The text with a few pieces cut out, doubled, or put in."""
    edit = st.tuples(st.integers(0, len(original)), st.integers(0, 25), st.sampled_from(snippets))

    def apply(edits: list[tuple[int, int, bytes]]) -> bytes:
        text = original
        for at, length, piece in edits:
            text = text[:at] + piece + text[at + length :]
        return text

    return st.lists(edit, min_size=1, max_size=3).map(apply)


def examples(quick: int, thorough: int) -> int:
    """How many inputs a test takes: few by default, many with HYPOTHESIS_PROFILE=thorough."""
    return thorough if settings.default.max_examples >= 1000 else quick
