"""``policyhours show``: a resolved policy in Chinese sentences, each with its origin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from policyhours.cli.console import columns, say, say_data, say_findings, wants_colour
from policyhours.cli.options import as_of_option, form_option, lang_option, output_option, policies_option
from policyhours.cli.paper import hand_over, ready
from policyhours.desk.layout import fold
from policyhours.desk.register import Entry
from policyhours.desk.sentences.heading import caution, heading
from policyhours.desk.sentences.origins import mark, marks
from policyhours.desk.sentences.provision import Provision, cited
from policyhours.desk.sentences.shown import Shown, shown
from policyhours.desk.sentences.slots import Leeway
from policyhours.language.files import folders
from policyhours.language.header import Header
from policyhours.language.library import Library
from policyhours.language.reference import parse_reference
from policyhours.language.rules import Origin
from policyhours.text.finding import Refused


@click.command(short_help="读规则 · read the rules")
@click.argument("ref", metavar="REF")
@click.option(
    "--only",
    "part",
    metavar="NAME",
    help="只看一种方式、一个数或一个部分，写标识或中文名称 · one standard, value or section",
)
@as_of_option
@form_option("json", "html")
@output_option
@policies_option
@lang_option
def show(
    ref: str,
    part: str | None,
    as_of: date | None,
    form: str,
    output: Path | None,
    folder: Path | None,
    lang: str,
) -> None:
    """把一个规则写成中文条文：每个数、每项条件、每处“可以”，都注明条款；不出自上位文件的注明出处。

    Render a resolved policy in Chinese sentences made from the data, with the origin of what does not come
    from its upper text. REF: xinjiang@2023.1, or xinjiang for the version in force.
    """
    try:
        ready(form, output)
        found = shown(Library(folders(folder)), parse_reference(ref), as_of or date.today(), part)
        if form == "html":
            from policyhours.desk.html.rules import rules_html

            hand_over(rules_html(found), output, lang)
            return
    except Refused as refused:
        say_findings(refused.findings, lang)
        raise click.exceptions.Exit(1) from None
    if form == "json":
        say_data(json.dumps(_data(found), ensure_ascii=False))
    else:
        say("\n".join(_lines(found)))


def _data(found: Shown) -> dict[str, Any]:
    policy = found.policy
    headers = {header.ref: header for header in policy.layers}
    return {
        "policy": policy.ref,
        "title": policy.header.title,
        "layers": [header.ref for header in policy.layers],
        "texts": [_text(found.standing[header.ref]) for header in policy.layers],
        "provisions": [
            {
                "key": p.key,
                "section": p.section,
                "text": p.text,
                "article": list(p.article),
                "may": p.may,
                "origin": _origin(p.origin, p.source),
                "slot": None if p.leeway is None else _slot(p.leeway, headers),
                "replaces": None if (old := found.replaced.get(p.key)) is None else _said(old),
            }
            for p in found.said
        ],
    }


def _slot(leeway: Leeway, headers: Mapping[str, Header]) -> dict[str, Any]:
    return {
        "open": leeway.open,
        "within": leeway.within,
        "article": list(leeway.origin.article),
        "origin": _origin(leeway.origin, headers[leeway.origin.policy]),
    }


def _said(provision: Provision) -> dict[str, Any]:
    return {
        "text": provision.text,
        "article": list(provision.article),
        "origin": _origin(provision.origin, provision.source),
    }


def _text(entry: Entry) -> dict[str, Any]:
    header, term = entry.header, entry.term
    filing = {
        "document": header.filed_as or None,
        "issued_on": header.issued_on.isoformat() if header.issued_on else None,
    }
    return {
        "policy": header.ref,
        "title": header.title,
        "document": header.document,
        "authority": header.authority,
        "issuers": list(header.issuers),
        "status": header.status,
        "from": term.first.isoformat() if term else None,
        "until": term.last.isoformat() if term and term.last else None,
        "industries": list(header.industries),
        "filing": filing if any(filing.values()) else None,
        "applies_from": header.applies_from if header.implements is not None else None,
        "file": header.place.source.name,
    }


def _origin(origin: Origin, header: Header) -> dict[str, Any]:
    return {
        "policy": origin.policy,
        "document": header.document,
        "authority": header.authority,
        "file": origin.place.source.name,
        "line": origin.place.line,
    }


def _lines(found: Shown) -> list[str]:
    policy = found.policy
    width = max(40, min(columns(), 120))
    colour = wants_colour()
    lines = [*fold(f"{policy.header.title}", width), f"{policy.ref}  {policy.header.document}"]
    for line in heading(found.standing[policy.ref]):
        lines += fold(line, width)
    if warning := caution(policy.header):
        lines.append(warning)
    for line in found.legend(files=True):
        lines += fold(line, width)
    words = marks(policy)
    section = None
    for provision in found.said:
        if provision.section != section:
            section = provision.section
            lines += ["", click.style(section, bold=True) if colour else section]
        first, *more = fold(
            provision.text + cited(provision) + mark(provision, words, found.replaced.get(provision.key)),
            width - 4,
        )
        lines += [f"  · {first}", *(f"    {line}" for line in more)]
    return lines
