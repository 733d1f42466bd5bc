"""Bits: the causes of a person's year as the bits of one number, so that a query can gather them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from policyhours.roster import causes
from policyhours.roster.plan.term import Beyond

LOOK: Final = "look"
"""The flag of a person of whom only the evaluator can tell."""

_BITS: Final = 62
_FLAG: Final = "#"


@dataclass(slots=True)
class Bits:
    """Causes as the bits of one number, in the order in which they are met.

    Where none is left, a further cause is told by the flag `LOOK`: whom it concerns is for the evaluator.

    Attributes:
        refusals: the bits of causes for which an activity surely counts nothing.
        doubts: those of causes for which it may count nothing.
    """

    of: dict[str, int] = field(default_factory=dict)
    refusals: int = 0
    doubts: int = 0

    def refusal(self, cause: str) -> int:
        """The bit of a cause that refuses."""
        bit = self.other(cause)
        self.refusals |= bit & ~self.flag(LOOK)
        return bit

    def doubt(self, cause: str) -> int:
        """The bit of a cause that leaves something open."""
        bit = self.other(cause)
        self.doubts |= bit & ~self.flag(LOOK)
        return bit

    def other(self, cause: str) -> int:
        """The bit of a cause that decides nothing by itself."""
        look = self.flag(LOOK)
        return self._bit(cause) if cause in self.of or len(self.of) < _BITS else look

    def flag(self, name: str) -> int:
        """The bit of something that is no cause, and that only the plan itself speaks of.

        Raises:
            Beyond: where no bit is left.
        """
        return self._bit(_FLAG + name)

    def named(self, mask: int) -> tuple[str, ...]:
        """The causes of a mask, in the one order in which they are written."""
        return causes.in_order(cause for cause, bit in self.causes.items() if mask & bit)

    @property
    def full(self) -> bool:
        """Whether no bit is left, so that some cause may have none of its own."""
        return len(self.of) >= _BITS

    @property
    def causes(self) -> dict[str, int]:
        """The bits that stand for causes, and not for something that only the plan itself speaks of."""
        return {cause: bit for cause, bit in self.of.items() if cause[0] != _FLAG}

    def _bit(self, cause: str) -> int:
        if cause not in self.of:
            if len(self.of) >= _BITS:
                raise Beyond("causes")
            self.of[cause] = 1 << len(self.of)
        return self.of[cause]


def done(subject: str) -> str:
    """The flag of a subject that surely counts as completed."""
    return f"done {subject}"


def maybe(subject: str) -> str:
    """The flag of a subject that may count as completed."""
    return f"maybe {subject}"


def without_end(kind: str) -> str:
    """The flag of a kind whose hours have no upper end."""
    return f"endless {kind}"
