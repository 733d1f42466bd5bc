"""The wheels of a bundle: our own is built, all others are asked of pip, as pip is configured."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from bundle.fault import Unmade
from bundle.needs import needs, pinned
from bundle.target import Target
from bundle.wheel import Wheel, read_wheel

EXTRAS: Final = ("roster", "workbench")
"""What a desk needs: rosters, and the workbench, which brings forms and certificates with it.

Spark stays out: it is published as source only, needs Java, and is for servers.
"""


def own_wheel(project: Path, into: Path) -> Wheel:
    """The wheel of the project itself, built from its source; the same source gives the same bytes."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()
        raise Unmade(f"本项目的安装包没有生成：\n{said}", f"the project's own wheel can't be built:\n{said}")
    (built,) = into.glob("*.whl")
    return read_wheel(built)


def gather(own: Wheel, target: Target, versions: Mapping[str, str], into: Path) -> tuple[Wheel, ...]:
    """Put every wheel that a target needs into a folder, for all its Pythons, and say which they are.

    Raises:
        Unmade: where one can't be had; it names the package, the target and the Python.
    """
    shutil.copy(own.path, into)
    likely: frozenset[str] = frozenset()  # what one Python needs, the next most likely does
    for python in target.pythons:
        with tempfile.TemporaryDirectory(dir=into) as folder:
            wheels = _for_python(own, target, python, versions, likely, Path(folder))
            for wheel in wheels:
                wheel.path.replace(into / wheel.path.name)
        likely = frozenset(wheel.name for wheel in wheels)
    return tuple(read_wheel(path) for path in sorted(into.glob("*.whl")))


def root(own: Wheel) -> Requirement:
    """What is installed at the end: our own package with the extras of a desk."""
    return Requirement(f"{own.name}[{','.join(EXTRAS)}]=={own.version}")


def _for_python(
    own: Wheel,
    target: Target,
    python: str,
    versions: Mapping[str, str],
    likely: frozenset[str],
    folder: Path,
) -> tuple[Wheel, ...]:
    """Every wheel but our own that one Python of a target needs, in a folder."""
    environment = target.environment(python)
    wanted = root(own)
    wheels: dict[str, Wheel] = {}
    missing = likely or needs(wanted, {own.name: own.requires}, environment).unknown
    while missing:
        _download([pinned(name, versions) for name in sorted(missing)], target, python, folder)
        wheels = {wheel.name: wheel for wheel in map(read_wheel, folder.glob("*.whl"))}
        requires = {wheel.name: wheel.requires for wheel in (own, *wheels.values())}
        found = needs(wanted, requires, environment)
        missing = found.unknown
    return tuple(wheels[name] for name in sorted(found.known - {own.name}))


def _download(requirements: list[str], target: Target, python: str, folder: Path) -> None:
    """Have pip put the wheels of exactly these requirements into a folder.

    Raises:
        Unmade: where it can't.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation=cp", f"--python-version={python}"]
    command += [f"--platform={tag}" for tag in target.tags]
    command += [f"--dest={folder}", *requirements]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.returncode:
        return
    named = re.search(r"No matching distribution found for (\S+)", done.stderr)
    what = named[1] if named else "、".join(requirements)
    said = "\n".join(line for line in done.stderr.splitlines() if line.startswith("ERROR:"))
    raise Unmade(
        f"没有得到“{what}”的安装包（wheel）：{target.name}，Python {python}\n{said}\n"
        "  怎么办：看 pip 能否连上它的软件源；能连上的，就是这个版本没有这种机器用的安装包，"
        "请在 constraints.txt 中换一个有的版本",
        f"no wheel of “{what}” could be had for {target.name}, Python {python}\n"
        "  to do: see whether pip reaches its index; if so, this version has no wheel for that machine: "
        "pin one in constraints.txt that has",
    )
