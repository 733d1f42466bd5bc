"""Which packages a folder needs, by what the wheels say and what the machine is."""

from __future__ import annotations

import pytest
from bundle.fault import Unmade
from bundle.needs import needs, pinned, pins
from bundle.target import PYTHONS, TARGETS
from bundle.wheel import UNSTATED, read_wheel
from packaging.requirements import Requirement

from helpers import ROOT

WINDOWS, LINUX, ARM = TARGETS


def known(**said: list[str]) -> dict[str, tuple[Requirement, ...]]:
    return {name: tuple(map(Requirement, lines)) for name, lines in said.items()}


def test_needs_are_followed_down_to_the_last():
    found = needs(Requirement("a"), known(a=["b"], b=["c>=1"], c=[]), LINUX.environment("3.12"))
    assert found.known == {"a", "b", "c"}
    assert not found.unknown


def test_what_is_needed_and_not_known_yet_is_named():
    assert needs(Requirement("a"), known(a=["B.b"]), LINUX.environment("3.12")).unknown == {"b-b"}


def test_what_only_windows_needs_is_needed_on_windows_only():
    requires = known(
        a=['w; sys_platform == "win32"', 'n; platform_system == "Windows"', 'p; os_name == "posix"']
    )
    assert needs(Requirement("a"), requires, WINDOWS.environment("3.12")).unknown == {"w", "n"}
    assert needs(Requirement("a"), requires, LINUX.environment("3.12")).unknown == {"p"}


def test_what_only_one_processor_needs_is_needed_there_only():
    requires = known(a=['m; platform_machine == "aarch64"'])
    assert needs(Requirement("a"), requires, ARM.environment("3.12")).unknown == {"m"}
    assert not needs(Requirement("a"), requires, LINUX.environment("3.12")).unknown


def test_what_only_some_pythons_need_is_needed_by_those_only():
    requires = known(a=['t; python_version < "3.13"', 'b; python_full_version < "3.11.3"'])
    found = [needs(Requirement("a"), requires, LINUX.environment(python)).unknown for python in PYTHONS]
    assert found == [set(), {"t"}, {"t", "b"}]


def test_an_extra_brings_what_it_asks_for_and_other_extras_of_the_same_package():
    requires = known(a=['x; extra == "one"', 'a[one]; extra == "two"', 'z; extra == "three"'])
    assert needs(Requirement("a"), requires, LINUX.environment("3.12")).unknown == set()
    assert needs(Requirement("a[two]"), requires, LINUX.environment("3.12")).unknown == {"x"}


def test_packages_that_need_each_other_come_to_an_end():
    assert needs(Requirement("a"), known(a=["b"], b=["a"]), LINUX.environment("3.12")).known == {"a", "b"}


def test_the_constraints_pin_what_the_project_installs():
    versions = pins(ROOT / "constraints.txt")
    assert pinned("pyyaml", versions).startswith("pyyaml==6")


def test_a_package_without_a_pin_is_refused_by_name():
    with pytest.raises(Unmade) as refused:
        pinned("nobody", {})
    assert "nobody" in refused.value.zh
    assert "nobody" in refused.value.en


def test_a_wheel_says_its_name_its_needs_and_its_licence(wheel):
    read = read_wheel(
        wheel("My_Name", "2.0", "Requires-Dist: other>1", "License-Expression: MIT OR Apache-2.0")
    )
    assert (read.name, read.version, read.licence) == ("my-name", "2.0", "MIT OR Apache-2.0")
    assert [str(requirement) for requirement in read.requires] == ["other>1"]


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        (["License: BSD", "Classifier: License :: OSI Approved :: MIT License"], "MIT License"),
        (["License: BSD"], "BSD"),
        (["License: Permission is granted", "        to any person"], UNSTATED),
        ([], UNSTATED),
    ],
)
def test_older_ways_of_stating_a_licence_are_read_and_a_missing_one_is_told(wheel, said, licence):
    assert read_wheel(wheel("old", "1.0", *said)).licence == licence
