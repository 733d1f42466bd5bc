"""Checks what it is given: filings and cases by ``policyhours lint``, filled forms by ``policyhours form``.

It looks from the folder in which that stands. So names are short, and the policies beside the files are
found; where there are none, those of the bundle are taken.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from policyhours.cli import main as policyhours
from policyhours.cli.console import say, usable_streams
from policyhours.cli.language import default_language
from policyhours.text.blank import blanks
from policyhours.text.place import Place
from policyhours.text.source import source_from_bytes

POLICIES = Path(__file__).resolve().parent.parent / "policies"


def main() -> int:
    """Check, and say what is found.

    Returns:
        The exit code, as of ``policyhours lint``: 0 no errors, 1 errors, 3 nothing to check.
    """
    usable_streams()
    given = [Path(name).absolute() for name in dropped(sys.argv[1:], os.environ)]
    if not given:
        tell(
            f"没有拖入文件，校验这个文件夹中的规则：{POLICIES}",
            f"nothing was dropped; checking the rules of this folder: {POLICIES}",
        )
        given = [POLICIES]
    start = given[0] if given[0].is_dir() else given[0].parent
    policies = () if has_policies(start) else ("--policies", str(POLICIES))
    if start.is_dir():
        os.chdir(start)
    forms = [path for path in given if path.suffix.lower() == ".xlsx" and path.is_file()]
    codes = [check_form(shown(path, start), policies) for path in forms]
    if texts := [shown(path, start) for path in given if path not in forms]:
        codes.append(run("lint", *policies, "--", *texts))
    return max(codes)


def check_form(name: str, policies: tuple[str, ...]) -> int:
    """Say what is wrong with a filled form, by sheet and cell; the filing that it makes is not kept."""
    with contextlib.redirect_stdout(io.StringIO()) as filing:
        code = run("form", "read", *policies, "-o", "-", "--", name)
    if code == 0:
        first = Place(source_from_bytes(filing.getvalue().encode("utf-8"), name), 1, 1, 1)
        left = len(list(blanks(first)))
        zh, en = (f"，还有{left}处“待填”", f"; {left} lines still say 待填") if left else ("", "")
        tell(f"填写表“{name}”没有错误{zh}", f"the form “{name}” has no errors{en}")
    return code


def run(*arguments: str) -> int:
    """Run a command of policyhours; gives its exit code."""
    sys.argv = ["policyhours", *arguments]
    try:
        policyhours()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return 0


def dropped(arguments: list[str], environment: Mapping[str, str]) -> list[str]:
    """The files and folders that were dropped, whole.

    Explorer quotes a path only where it has a space. So cmd cuts a dropped ``a&b.yaml`` in two and takes the
    ``^`` out of another; the line by which Explorer called, which the .bat hands on, still has them whole. It
    is believed only where it names nothing but what there is: another program may have called.

    Args:
        arguments: what cmd or the shell made of them.
        environment: where ``POLICYHOURS_CALLED`` is that line, and ``POLICYHOURS_BAT`` the name of the .bat.
    """
    called, bat = environment.get("POLICYHOURS_CALLED", ""), environment.get("POLICYHOURS_BAT", "")
    found = re.search(rf'/c\s+""[^"]*{re.escape(bat)}"\s*(.*)"\s*$', called, re.IGNORECASE)
    if not (bat and found):
        return arguments
    names = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', found[1])]
    return names if all(Path(name).exists() for name in names) else arguments


def has_policies(start: Path) -> bool:
    """Whether ``policyhours`` finds policies of its own accord from a folder upwards."""
    return any((folder / "policies").is_dir() for folder in (start, *start.parents))


def shown(path: Path, start: Path) -> str:
    """The path as it is told: short where it lies below the folder from which is looked."""
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)


def tell(zh: str, en: str) -> None:
    """Print a line in the language that policyhours speaks."""
    say(zh if default_language() == "zh" else en)


if __name__ == "__main__":
    sys.exit(main())
