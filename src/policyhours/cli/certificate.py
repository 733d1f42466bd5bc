"""``policyhours certificate``: issue the certificate of a year, and check one."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

import click

from policyhours.case.read import read_draft
from policyhours.cli.console import say, say_error, say_findings
from policyhours.cli.inputs import documents
from policyhours.cli.options import day_option, lang_option, policies_option
from policyhours.desk.answer.evaluation import Evaluation
from policyhours.language.files import folders
from policyhours.language.library import Library
from policyhours.text.finding import Finding, Refused
from policyhours.text.source import shown_path

PASSWORD: Final = "POLICYHOURS_KEY_PASSWORD"
"""The variable that may hold the password of the private key."""

_SAYS: Final = {
    "issued": (
        "已签发 {path}\n  校验码：{short}\n  公钥指纹：{key}\n"
        "  接着：打印、盖章，原文件存档；核验用 policyhours certificate verify",
        "issued {path}\n  check code: {short}\n  key: {key}\n  next: print and stamp it, keep the file;"
        " policyhours certificate verify checks it",
    ),
    "made": (
        "私钥 {private}：签发用，放在只有签发人员能打开的文件夹里，不得外传\n"
        "公钥 {public}：核验用，可以公开\n"
        "公钥指纹：{key}",
        "private key {private}: for issuing, to be kept by the office alone\n"
        "public key {public}: for checking, to be handed out\nfingerprint: {key}",
    ),
    "no_password": (
        "私钥没有设密码：谁拿到文件谁就能签发；要设密码，换个文件名，加 --password 再生成一对",
        "the private key has no password: whoever has the file can issue; --password asks for one",
    ),
    "genuine": ("真的：签名有效", "genuine: the signature is good"),
    "not": ("不能证实是真的，不要采信", "NOT shown to be genuine: do not rely on it"),
    "signed": ("签名的各项：", "what is signed:"),
    "key": ("公钥指纹", "key"),
    "short": ("校验码", "check code"),
    "paper": (
        "打印件上的姓名用 --name 核对；其余各项和校验码须与以上逐一相同",
        "check the printed name by --name; all else on paper has to be as above",
    ),
    "need": (
        "缺少{thing}；可以写在 --holder 文件里",
        "{thing} is missing; the --holder file may say it",
    ),
}


class _Issuing(click.Group):
    """Issues where the first word is no command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments, with ``issue`` put before them where it is left out."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["issue", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Issuing, short_help="合格证书 · certificates")
def certificate() -> None:
    """合格证书：签发、核验。

    policyhours certificate CASE … 即 policyhours certificate issue CASE …

    Certificates of a year: issue one, check one.

    \b
    例 · examples:
      policyhours certificate key -o 密钥.pem --password
      policyhours certificate 个案.yaml --year 2025 --key 密钥.pem --holder 持证人.yaml
          --issuer 某某人力资源和社会保障局 --number 2026-0001 -o 证书.pdf
      policyhours certificate verify 证书.pdf --key 密钥.公钥.pem
    """  # noqa: D301


_path = click.Path(path_type=Path)


@certificate.command(short_help="签发一个年度的证书 · issue one")
@click.argument("case", metavar="CASE")
@click.option("--year", type=click.IntRange(1900, 9999), required=True, help="哪个年度 · the year")
@click.option("-o", "--output", type=_path, required=True, metavar="FILE", help="写到哪个 PDF · the PDF")
@click.option("--key", type=_path, required=True, metavar="FILE", help="签发机关的私钥 · the private key")
@click.option("--issuer", required=True, metavar="名称", help="签发机关 · who issues it")
@click.option("--number", required=True, metavar="编号", help="证书编号 · its number")
@day_option("--date", "签发日期，默认今天 · the day of issue, today by default")
@click.option(
    "--holder",
    "holder_file",
    type=_path,
    metavar="FILE",
    help="持证人文件：姓名、证件号码、职称 · name, id_number, title",
)
@click.option("--name", metavar="姓名", help="持证人姓名；不写就询问 · asked for if left out")
@click.option("--id-number", metavar="号码", help="证件号码，只印遮盖后的；不写就询问 · printed masked")
@click.option("--title", metavar="职称", help="职称或资格，默认照个案 · the title, the case's by default")
@click.option("--font", type=_path, metavar="FILE", help="中文字体文件 · a Chinese font")
@policies_option
@lang_option
def issue(
    case: str,
    year: int,
    output: Path,
    key: Path,
    issuer: str,
    number: str,
    day: date | None,
    holder_file: Path | None,
    name: str | None,
    id_number: str | None,
    title: str | None,
    font: Path | None,
    folder: Path | None,
    lang: str,
) -> None:
    """签发一个年度的合格证书（PDF）。试算、有未办结事项、未达到或不能确定的年度不签发。

    姓名、证件号码不写进个案：写在 --holder 文件里，或在询问时输入。

    Issue the certificate of a year. None is issued on a trial, with open items, or for a year that is not
    met. Name and id number never stand in a case: they come from the --holder file, or are asked for.
    """
    from policyhours.desk.certificate.holder import Fields, act, holder, read_holder
    from policyhours.desk.certificate.issue import issue as issue_it
    from policyhours.desk.certificate.issue import put, ready
    from policyhours.desk.certificate.keys import needs_password, private_key

    try:
        ready(output)
        evaluation = _evaluated(case, folder)
        secret = private_key(key, _password() if needs_password(key) else "")
        file = read_holder(holder_file) if holder_file is not None else Fields()
        person = holder(
            name or file.name or _asked("姓名", "the name", lang),
            id_number or file.id_number or _asked("证件号码", "the id number", lang),
            title or file.title,
        )
        made = issue_it(evaluation, year, person, act(number, issuer, day or date.today()), secret, font=font)
        put(made, output)
    except Refused as refused:
        _refuse(refused, lang)
    say(_said("issued", lang, path=shown_path(output), short=made.short, key=made.fingerprint))


@certificate.command("key", short_help="生成签发用的密钥 · make a pair of keys")
@click.option(
    "-o", "--output", type=_path, required=True, metavar="FILE", help="私钥写到哪里 · where to write"
)
@click.option("--password", "locked", is_flag=True, help="询问密码，给私钥加密 · ask for a password")
@lang_option
def make_key(output: Path, locked: bool, lang: str) -> None:
    """生成一对密钥：私钥签发用，公钥写在旁边，交给核验的人。已有的密钥从不覆盖。

    密码也可以放在环境变量 POLICYHOURS_KEY_PASSWORD 里。

    Make a pair of keys, once for an office: the private one issues, the public one beside it is handed out.
    """
    from policyhours.desk.certificate.keys import make_pair, public_path

    password = os.environ.get(PASSWORD, "")
    if locked and not password:
        password = click.prompt(
            "密码 · password", hide_input=True, confirmation_prompt="再输一次 · again", err=True
        )
    try:
        by = make_pair(output, password)
    except Refused as refused:
        _refuse(refused, lang)
    public = shown_path(public_path(output))
    say(_said("made", lang, private=shown_path(output), public=public, key=by))
    if not password:
        say_error(_said("no_password", lang))


@certificate.command(short_help="核验证书 · check one")
@click.argument("file", metavar="FILE|-")
@click.option("--key", type=_path, required=True, metavar="FILE", help="签发机关的公钥 · the public key")
@click.option("--case", metavar="CASE", help="个案：重新评定，逐项核对 · assess it anew and compare")
@click.option("--name", metavar="姓名", help="核对姓名 · check the name")
@policies_option
@lang_option
def verify(file: str, key: Path, case: str | None, name: str | None, folder: Path | None, lang: str) -> None:
    """核验证书：FILE 是签发的 PDF；- 是从标准输入读证书编码（PDF 文档属性的“关键字”）。

    Check a certificate: the PDF as issued, or its code on standard input. Exit code 0 where it is genuine,
    1 where it is not, 2 for a wrong call.
    """
    from policyhours.desk.certificate.check import check, read_certificate
    from policyhours.desk.certificate.keys import public_key
    from policyhours.desk.certificate.labels import lines

    try:
        public = public_key(key)
        data = read_certificate(sys.stdin.buffer if file == "-" else Path(file))
        evaluation = _evaluated(case, folder) if case is not None else None
    except Refused as refused:
        _refuse(refused, lang)
    try:
        checked = check(data, public, evaluation=evaluation, name=name)
    except Refused as refused:
        say(_said("not", lang))
        _refuse(refused, lang)
    say(_said("genuine" if checked.genuine else "not", lang))
    colon = "：" if lang == "zh" else ": "
    say(f"  {_said('key', lang)}{colon}{checked.fingerprint}")
    say(f"  {_said('short', lang)}{colon}{checked.short}")
    if checked.claims is not None:
        say(_said("signed", lang))
        for label, text in lines(checked.claims, lang):
            say(f"  {label}{colon}{text}")
        if name is None:
            say(_said("paper", lang))
    if not checked.genuine:
        say_findings(checked.findings, lang)
        raise click.exceptions.Exit(1)


def _evaluated(case: str, folder: Path | None) -> Evaluation:
    """The one case of a file, assessed; a certificate goes by the adopted readings, so no other is tried."""
    from policyhours.desk.answer.evaluation import evaluate

    found = list(documents([case]))
    for document in found:
        if document.refused is not None:
            raise document.refused
    if len(found) != 1 or found[0].node is None:
        raise Refused((Finding("DK217", None, {"file": case, "found": str(len(found))}),))
    return evaluate(read_draft(found[0].node), Library(folders(folder)), try_readings=False)


def _password() -> str:
    """The password of the private key: from its variable, or asked for; empty where nobody can be asked."""
    if (known := os.environ.get(PASSWORD)) is not None or not sys.stdin.isatty():
        return known or ""
    return str(click.prompt("私钥密码 · password of the key", hide_input=True, err=True))


def _asked(zh: str, en: str, lang: str) -> str:
    """What the clerk types when asked; a call that nobody can be asked in is refused."""
    what = zh if lang == "zh" else en
    if not sys.stdin.isatty():
        raise click.UsageError(_said("need", lang, thing=what))
    return str(click.prompt(what, err=True))


def _refuse(refused: Refused, lang: str) -> NoReturn:
    say_findings(refused.findings, lang)
    raise click.exceptions.Exit(1)


def _said(what: str, lang: str, **words: str) -> str:
    return _SAYS[what][0 if lang == "zh" else 1].format(**words)
