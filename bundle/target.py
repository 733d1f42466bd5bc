"""The machines that bundles are made for: what pip, a requirement's marker and Python itself call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PYTHONS: Final = ("3.13", "3.12", "3.11")
"""The releases of CPython that a bundle serves, the one to be preferred first: those of constraints.txt."""

GLIBC: Final = (2, 28)
"""The oldest C library that the Linux folders serve: that of RHEL 8, Debian 10, Kylin V10 and UOS 20."""


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of machine.

    Attributes:
        name: what it is called in the folder's name and on the command line.
        system: ``Windows`` or ``Linux``, as ``platform.system()`` says it.
        machine: its processor, as ``platform.machine()`` says it.
        platform: what ``sysconfig.get_platform()`` says there.
        tags: the platforms of wheels that it runs, in pip's words, the newest first.
        pythons: the releases of CPython that the folder serves.
    """

    name: str
    system: str
    machine: str
    platform: str
    tags: tuple[str, ...]
    pythons: tuple[str, ...] = PYTHONS

    @property
    def is_windows(self) -> bool:
        """Whether it runs Windows."""
        return self.system == "Windows"

    def environment(self, python: str) -> dict[str, str]:
        """What the markers of requirements are judged by there.

        The patch release is the lowest: what is needed only by some patch releases, the first ones need.

        Args:
            python: a release such as ``3.12``.
        """
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": "nt" if self.is_windows else "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": self.system,
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": "win32" if self.is_windows else "linux",
        }


def _linux(name: str, machine: str) -> Target:
    """A Linux with the C library of `GLIBC` or a later one."""
    major, newest = GLIBC
    numbered = [f"manylinux_{major}_{minor}_{machine}" for minor in range(newest, 16, -1)]
    tags = (*numbered, f"manylinux2014_{machine}")
    return Target(name, "Linux", machine, f"linux-{machine}", tags)


TARGETS: Final = (
    Target("windows-x64", "Windows", "AMD64", "win-amd64", ("win_amd64",)),
    _linux("linux-x64", "x86_64"),
    _linux("linux-arm64", "aarch64"),
)
