"""``policyhours schema``: the JSON Schema by which an editor completes and explains keys."""

from __future__ import annotations

import json
from pathlib import Path

import click

from policyhours.cli.console import say, say_data
from policyhours.cli.options import lang_option
from policyhours.language.shipped import schema_text
from policyhours.text.source import shown_path


@click.command(short_help="编辑器用的结构说明 · the schema for an editor")
@click.argument(
    "name", metavar="[policy|case|result]", type=click.Choice(["policy", "case", "result"]), default="policy"
)
@click.option("-o", "--output", metavar="FILE", help="写到哪个文件，默认是屏幕 · where to write")
@lang_option
def schema(name: str, output: str | None, lang: str) -> None:
    """写出结构说明（JSON Schema）：编辑器用它提示有哪些键，并用中文解释。用法见 docs/editor.md。

    Write the JSON Schema of policies, cases or results, for an editor that completes and explains keys in
    Chinese. See docs/editor.md.
    """
    text = schema_text(name).replace("\r\n", "\n").removesuffix("\n")
    if output is None or output == "-":
        say_data(text)
        return
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    title = json.loads(text)["title"]
    place = shown_path(path)
    say(f"已写好 {place}（{title}）" if lang == "zh" else f"{place} is written ({name})")
