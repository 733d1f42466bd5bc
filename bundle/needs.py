"""What a package needs on a machine, down to the last.

pip judges the markers of requirements by the machine that it runs on, even where it is asked for another
platform: on Linux it would leave out what only Windows needs. So the needs are followed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bundle.fault import Unmade


@dataclass(frozen=True, slots=True)
class Needs:
    """What is needed, as far as it is known.

    Attributes:
        known: the names of packages whose own needs have been followed.
        unknown: the names of packages that are needed and not known yet.
    """

    known: frozenset[str]
    unknown: frozenset[str]


def needs(
    root: Requirement, requires: Mapping[str, tuple[Requirement, ...]], environment: Mapping[str, str]
) -> Needs:
    """What `root` needs, itself included.

    Args:
        root: the package to be installed, with its extras.
        requires: the requirements of every package that is known, by its name.
        environment: what markers are judged by.
    """
    seen: set[tuple[str, str]] = set()
    waiting = [root]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        for extra in ("", *wanted.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            waiting += [
                inner
                for inner in requires.get(name, ())
                if inner.marker is None or inner.marker.evaluate({**environment, "extra": extra})
            ]
    names = {name for name, _ in seen}
    return Needs(frozenset(names & requires.keys()), frozenset(names - requires.keys()))


def pins(constraints: Path) -> dict[str, str]:
    """The exact version of every package that a constraints file pins, by its name."""
    lines = (line.partition("#")[0].strip() for line in constraints.read_text(encoding="utf-8").splitlines())
    pinned = [Requirement(line) for line in lines if line]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in pinned}


def pinned(name: str, versions: Mapping[str, str]) -> str:
    """The requirement of exactly the version that is pinned.

    Raises:
        Unmade: where none is.
    """
    if name not in versions:
        raise Unmade(
            f"constraints.txt 没有写“{name}”的版本\n  怎么办：在其中写明版本",
            f"constraints.txt pins no version of “{name}”\n  to do: pin one there",
        )
    return f"{name}=={versions[name]}"
