"""Lints what it is given, as ``policyhours lint`` does: from the folder in which that stands.

So names are short, and the policies beside the files are found; where there are none, those of the bundle.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent.parent
POLICIES = BUNDLE / "policies"


def main() -> None:
    """Lint, and leave with the exit code of ``policyhours lint``."""
    from policyhours.cli import main as policyhours
    from policyhours.cli.console import say, usable_streams
    from policyhours.cli.language import default_language

    usable_streams()
    given = [Path(name).absolute() for name in dropped(sys.argv[1:], os.environ)]
    if not given:
        say(
            f"没有拖入文件，校验这个文件夹中的规则：{POLICIES}"
            if default_language() == "zh"
            else f"nothing was dropped; checking the rules of this folder: {POLICIES}"
        )
        given = [POLICIES]
    start = given[0] if given[0].is_dir() else given[0].parent
    policies = [] if has_policies(start) else ["--policies", str(POLICIES)]
    if start.is_dir():
        os.chdir(start)
    sys.argv = ["policyhours", "lint", *policies, "--", *(shown(path, start) for path in given)]
    policyhours()


def dropped(arguments: list[str], environment: Mapping[str, str]) -> list[str]:
    """The files and folders that were dropped, as absolute as they came.

    Explorer quotes a path only where it has a space. So cmd cuts a dropped ``a&b.yaml`` in two and takes the
    ``^`` out of another; the line by which Explorer called, which the .bat hands on, still has them whole. It
    is believed only where it names nothing but what there is: another program may have called.

    Args:
        arguments: what cmd made of them.
        environment: where ``POLICYHOURS_CALLED`` is that line, and ``POLICYHOURS_BAT`` the path of the .bat.
    """
    called, bat = environment.get("POLICYHOURS_CALLED", ""), environment.get("POLICYHOURS_BAT", "")
    found = re.search(rf'/c\s+""{re.escape(bat)}"\s*(.*)"\s*$', called, re.IGNORECASE) if bat else None
    if not found:
        return arguments
    names = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', found[1])]
    return names if all(Path(name).exists() for name in names) else arguments


def has_policies(start: Path) -> bool:
    """Whether ``policyhours`` finds policies of its own accord from a folder upwards."""
    return any((folder / "policies").is_dir() for folder in (start, *start.parents))


def shown(path: Path, start: Path) -> str:
    """The path as it is told: short where it lies below the folder from which is looked."""
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)


if __name__ == "__main__":
    main()
