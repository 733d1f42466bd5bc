"""Citations: what a clause is called, however it was written."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = "零一二三四五六七八九"
_COUNT = r"([0-9]{1,2}|[一二三四五六七八九十百]+)"
_CITATION = re.compile(rf"(细则|通知)?第?{_COUNT}条(?:第?{_COUNT}款)?(?:第?[(]?{_COUNT}[)]?项?)?")
_SHORT = re.compile(r"(细则|通知)?第?([0-9]{1,2})(?:条)?[(]([0-9]{1,2})[)]()")


def as_citation(raw: str) -> str | None:
    """The citation that a text such as ``第8条第6项``, ``8(6)`` or ``八条六项`` means; ``None`` for none."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).removeprefix("《").removesuffix("》")
    if found := _CITATION.fullmatch(text):
        document, article, paragraph, item = found.groups()
    elif found := _SHORT.fullmatch(text):
        document, article, item, paragraph = found.groups()
    else:
        return None
    parts = ((article, "条"), (paragraph, "款"), (item, "项"))
    return (document or "") + "".join(f"第{_chinese(count)}{word}" for count, word in parts if count)


def _chinese(count: str) -> str:
    """A count below a hundred in Chinese numerals; one that is already so as it is."""
    if not count.isdecimal():
        return count
    tens, ones = divmod(int(count), 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones or not tens else "")
