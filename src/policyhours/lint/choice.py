"""Choice: which findings are asked for, by code, name or prefix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyhours.text.finding import Finding
from policyhours.text.messages import Message, catalogue
from policyhours.text.nearest import nearest

_PREFIX = re.compile(r"[A-Z]{2}[0-9]{0,3}")


class UnknownCode(Exception):
    """There is no such code, name or prefix; `nearest` are those that may have been meant."""

    def __init__(self, said: str, near: list[str]) -> None:
        super().__init__(said)
        self.said = said
        self.nearest = near


class AlwaysTold(Exception):
    """These codes cannot be ignored."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told: the codes selected, without those ignored; what cannot be ignored is always told.

    Attributes:
        selected: the codes asked for; ``None`` for all.
        ignored: the codes left out.
    """

    selected: frozenset[str] | None = None
    ignored: frozenset[str] = frozenset()

    def tells(self, finding: Finding) -> bool:
        """Whether the finding is told."""
        code = finding.code
        if is_always_told(code):
            return True
        return code not in self.ignored and (self.selected is None or code in self.selected)


def is_always_told(code: str) -> bool:
    """Whether nothing can keep it back: what makes a file unreadable, and conflicts with the upper text."""
    return code.startswith("PH1") or (code.startswith("PH5") and catalogue()[code].severity == "error")


def choice_of(select: Iterable[str], ignore: Iterable[str]) -> Choice:
    """The choice that two lists of codes, names and prefixes make.

    Raises:
        UnknownCode: where one is none of these.
        AlwaysTold: where what is to be ignored cannot be.
    """
    selected = [code for said in select for code in codes_of(said)]
    ignored: list[str] = []
    for said in ignore:
        codes = codes_of(said)
        if all(is_always_told(code) for code in codes):
            raise AlwaysTold(said)
        ignored += codes
    return Choice(frozenset(selected) if selected else None, frozenset(ignored))


def codes_of(said: str, among: Mapping[str, Message] | None = None) -> list[str]:
    """The codes that a code, a name or a prefix such as ``PH5`` stands for.

    Args:
        said: the code, name or prefix.
        among: the messages that are looked through; by default the rules of lint.

    Raises:
        UnknownCode: where it is none of these.
    """
    known = catalogue() if among is None else among
    wanted = said.strip()
    if _PREFIX.fullmatch(wanted.upper()):
        found = [code for code in known if code.startswith(wanted.upper())]
    else:
        found = [code for code, message in known.items() if message.name == wanted.lower()]
    if not found:
        raise UnknownCode(said, nearest(wanted, [*known, *(message.name for message in known.values())]))
    return found
