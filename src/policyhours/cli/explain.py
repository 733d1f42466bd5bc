"""``policyhours explain``: the page about a rule of lint, what any other code says, or the list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NoReturn

import click

from policyhours.cli.console import columns, say, say_error, wants_colour
from policyhours.cli.options import lang_option
from policyhours.desk.layout import fold, pad
from policyhours.lint.choice import UnknownCode, codes_of
from policyhours.lint.pages import blocks, title
from policyhours.text.messages import Message, wordings
from policyhours.text.telling import REMEDY, SEVERITIES, display_width

_FAMILIES: Final = {
    "PH1": ("文件本身", "the file itself"),
    "PH2": ("内容的结构", "structure"),
    "PH3": ("名称、引用和版本", "names, references and versions"),
    "PH4": ("公式和单位", "formulas and units"),
    "PH5": ("与上位文件是否相符", "conformity with the upper text"),
    "PH6": ("表", "tables"),
    "PH7": ("上限、有效期和条款", "ceilings, time in force and clauses"),
    "PH8": ("个案", "cases"),
    "PH9": ("校验本身", "lint itself"),
}
_OTHER_FAMILIES: Final = {
    "RO1": ("名册的文件和表头", "rosters: files and heads"),
    "RO2": ("名册的提示", "rosters: what else is worth knowing"),
    "RO3": ("名册的行", "rosters: rows"),
    "RO4": ("名册的结果", "rosters: results"),
    "DK1": ("网页", "pages"),
    "DK2": ("学时证明", "certificates"),
    "DK3": ("细则表", "forms"),
    "DK4": ("工作台", "the workbench"),
}
"""The codes that are no rules of lint; they have no page."""
_NO_PAGE: Final = {
    "zh": "这不是校验规则，没有说明页；“…”处在报告时填入具体内容。",
    "en": "This is no rule of lint and has no page; where “…” stands, a report says what it was.",
}


@click.command(short_help="说明一个代码 · explain a code")
@click.argument("code", required=False, metavar="[CODE]")
@lang_option
def explain(code: str | None, lang: str) -> None:
    """说明一条校验规则：为什么、怎样算错、怎样算对；名册等其他代码：发现了什么、怎么办。

    CODE 是代码或名称，如 PH117、full-width-punctuation、RO301；不写即列出全部。

    Explain a rule of lint: why, what is wrong, what is right; of any other code, what was found and what to
    do. Without CODE: the list of all. Exit code 1 where there is no such code.
    """
    if code is None:
        say("\n".join(_list(lang, max(40, min(columns(), 120)))))
        return
    try:
        messages = [_unfilled(wordings()[found]) for found in codes_of(code, wordings())]
    except UnknownCode as unknown:
        _refuse(code, unknown.nearest, lang)
    if len(messages) == 1:
        say("\n".join(_page(messages[0], lang, max(40, min(columns(), 100)))))
    else:
        say("\n".join(_rows(messages, lang, max(40, min(columns(), 120)))))


def _refuse(code: str, near: list[str], lang: str) -> NoReturn:
    zh = f"没有“{code}”这个代码或名称" + (f"，是不是要写：{'、'.join(near)}？" if near else "")
    en = f"there is no code or name “{code}”" + (f", did you mean {', '.join(near)}?" if near else "")
    do = ("怎么办：用 policyhours explain 列出全部", "to do: policyhours explain lists them all")
    say_error(f"{zh}\n  {do[0]}" if lang == "zh" else f"{en}\n  {do[1]}")
    raise click.exceptions.Exit(1)


def _list(lang: str, width: int) -> list[str]:
    """Every code with its name and what it is about, by family."""
    lines: list[str] = []
    for family, names in (_FAMILIES | _OTHER_FAMILIES).items():
        messages = [
            _unfilled(message) for code, message in sorted(wordings().items()) if code.startswith(family)
        ]
        if messages:
            lines += [""] if lines else []
            lines += [f"{family}xx {names[lang == 'en']}", *_rows(messages, lang, width)]
    return lines


def _rows(messages: Iterable[Message], lang: str, width: int) -> list[str]:
    """A line for each code; what does not fit goes on below."""
    lines = []
    for message in messages:
        severity = SEVERITIES[lang][message.severity]
        about = title(message.code) if lang == "zh" else ""
        head = f"  {message.code}  {pad(severity, 7)}  "
        text = f"{about or message.says[lang]}  {message.name}" if lang == "zh" else message.name
        first, *more = fold(text, width - display_width(head))
        lines += [head + first, *(" " * display_width(head) + line for line in more)]
    return lines


def _page(message: Message, lang: str, width: int) -> list[str]:
    """The page of a rule; where there is none, what was found and what to do."""
    lines: list[str] = []
    for kind, text in blocks(message.code, lang):
        lines += [""] if lines else []
        if kind == "fence":
            lines += [f"    {line}".rstrip() for line in text.split("\n")]
            continue
        folded = [line for part in text.split("\n") for line in fold(part, width)]
        bold = kind in ("title", "heading") and wants_colour()
        lines += [click.style(line, bold=True) for line in folded] if bold else folded
    if lines:
        return lines
    severity = SEVERITIES[lang][message.severity]
    said = [f"{message.code} {message.name} · {severity}", message.says[lang], message.do[lang]]
    return [line for part in (*said, _NO_PAGE[lang]) for line in fold(part, width)]


def _unfilled(message: Message) -> Message:
    """The message as it stands for any finding: what each would say of its own is left open."""
    says, do = (
        {lang: text.format_map(defaultdict(lambda: "…")) for lang, text in texts.items()}
        for texts in (message.says, message.do)
    )
    return replace(message, says=says, do={lang: REMEDY[lang] + text for lang, text in do.items()})
