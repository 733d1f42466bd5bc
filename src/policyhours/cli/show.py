"""``policyhours show``: a resolved policy in Chinese sentences."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from policyhours.cli.console import columns, say, say_data, say_findings, wants_colour
from policyhours.cli.options import as_of_option, lang_option, policies_option
from policyhours.desk.layout import fold
from policyhours.desk.provisions import Provision, cited, provisions
from policyhours.language.library import Library, folders, parse_reference
from policyhours.language.policy import Policy
from policyhours.text.finding import Refused


@click.command(short_help="读规则 · read the rules")
@click.argument("ref", metavar="REF")
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出形式 · form of output"
)
@policies_option
@lang_option
def show(ref: str, as_of: date | None, form: str, folder: Path | None, lang: str) -> None:
    """把一个规则写成中文条文：每个数、每项条件、每处“可以”，都注明条款；行业填写的注明出处。

    Render a resolved policy in Chinese sentences made from the data, with the origin of what was filed.
    REF: xinjiang@2023.1, or xinjiang for the version in force.
    """
    try:
        library = Library(folders(folder))
        policy = library.policy(parse_reference(ref), as_of or date.today())
        said = provisions(policy)
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if form == "json":
        say_data(json.dumps(_data(policy, said), ensure_ascii=False))
    else:
        say("\n".join(_lines(policy, said)))


def _data(policy: Policy, said: list[Provision]) -> dict[str, object]:
    return {
        "policy": policy.ref,
        "title": policy.header.title,
        "layers": [header.ref for header in policy.layers],
        "provisions": [
            {
                "key": p.key,
                "section": p.section,
                "text": p.text,
                "article": list(p.article),
                "may": p.may,
                "origin": {
                    "policy": p.origin.policy,
                    "file": p.origin.place.source.name,
                    "line": p.origin.place.line,
                },
            }
            for p in said
        ],
    }


def _lines(policy: Policy, said: list[Provision]) -> list[str]:
    width = max(40, min(columns(), 120))
    colour = wants_colour()
    lines = [*fold(f"{policy.header.title}", width), f"{policy.ref}  {policy.header.document}"]
    if policy.header.status == "illustrative":
        lines.append("示例：内容是虚构的，不是任何部门的规定。")
    if len(policy.layers) > 1:
        upper = policy.layers[1]
        lines += fold(f"实施《{upper.title}》（{upper.ref}）；标有〔〕的是本细则填写的。", width)
    section = None
    for provision in said:
        if provision.section != section:
            section = provision.section
            lines += ["", click.style(section, bold=True) if colour else section]
        text = provision.text + cited(provision)
        if provision.own and len(policy.layers) > 1:
            text += f"〔{provision.origin.place.source.name}:{provision.origin.place.line}〕"
        first, *more = fold(text, width - 4)
        lines += [f"  · {first}", *(f"    {line}" for line in more)]
    return lines
