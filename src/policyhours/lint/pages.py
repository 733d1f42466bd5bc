"""Pages: what is said about each rule in ``docs/rules``, in Chinese with English beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from policyhours.language.shipped import rule_page

Kind = Literal["title", "severity", "heading", "text", "fence"]

_FENCE = re.compile(r"```(\w*)\n(.*?)```\s*$", re.DOTALL)
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def blocks(code: str, lang: str) -> Iterator[tuple[Kind, str]]:
    """The blocks of a rule's page in one language, without marks of markup; none where there is no page."""
    for block in _blocks(rule_page(code) or ""):
        if fence := _FENCE.fullmatch(block):
            if fence[1] not in ("zh", "en") or fence[1] == lang:
                yield "fence", fence[2].rstrip("\n")
        elif block.startswith("# "):
            yield "title", block[2:] if lang == "zh" else block[2:].partition(" · ")[0]
        elif block.startswith("#"):
            yield "heading", _side(block.lstrip("# "), lang)
        elif re.fullmatch(r"\*\*.* · .*\*\*", block):
            yield "severity", _side(block.strip("*"), lang)
        elif _language(block) == lang:
            yield "text", _plain(block)


@cache
def explanation(code: str, lang: str) -> str:
    """What the page says before its examples; empty where there is none."""
    said = []
    for kind, text in blocks(code, lang):
        if kind in ("heading", "fence"):
            break
        said += [text] if kind == "text" else []
    return "\n".join(said)


def title(code: str) -> str:
    """What the rule is about, in a few Chinese words; empty where there is no page."""
    first = (rule_page(code) or "").partition("\n")[0]
    return first.partition(" · ")[2].strip()


def _blocks(page: str) -> Iterator[str]:
    """Fences whole, all else by empty lines."""
    for at, part in enumerate(re.split(r"^(```\w*\n.*?^```\s*?$)", page, flags=re.MULTILINE | re.DOTALL)):
        if at % 2:
            yield part
        else:
            for block in re.split(r"\n\s*\n", part):
                if block.strip():
                    yield block.strip()


def _side(text: str, lang: str) -> str:
    """The half of ``中文 · English`` in the language."""
    zh, between, en = text.partition(" · ")
    return (zh if lang == "zh" or not between else en).strip()


def _language(text: str) -> str:
    """Chinese takes up far more of a Chinese text than it can of an English one that quotes some."""
    return "zh" if len(_CHINESE.findall(text)) * 5 >= len(text) else "en"


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", text).replace("`", "").replace("**", "")
    joined = re.sub(r"\n(?![-*] )", " ", text)
    return re.sub("(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", joined)
