"""Slots in words: what an upper text leaves to industries, and within what."""

from __future__ import annotations

from dataclasses import dataclass

from policyhours.desk.wording import number_text
from policyhours.language.number import Range
from policyhours.language.policy import Policy
from policyhours.language.rules import Origin
from policyhours.language.slots import bounds_of, slots_of


@dataclass(frozen=True, slots=True)
class Leeway:
    """What an industry may set at an address.

    Attributes:
        within: the bounds in words, such as 不低于0.
        origin: where the upper text says so.
        open: nobody has set it, and nothing stands there until somebody does.
    """

    within: str
    origin: Origin
    open: bool

    @property
    def said(self) -> str:
        """That an industry may set it, in a sentence."""
        return f"行业实施细则可以另定，{self.within}。"


def leeways(policy: Policy, upper: Policy | None = None) -> dict[str, Leeway]:
    """What industries may set, by address.

    Args:
        policy: the policy that is shown.
        upper: for a filing, the text that it implements.
    """
    text = upper or policy
    unset = slots_of(policy.tree)
    found = {}
    for address, slot in slots_of(text.tree).items():
        still = unset.get(address)
        free = still is not None and "open_to" in still.node
        found[address] = Leeway(bounds_text(bounds_of(slot, text)), text.origin_of(slot.node), free)
    return found


def bounds_text(span: Range) -> str:
    """Bounds in words."""
    low = "" if span.low is None else f"不低于{number_text(span.low)}"
    high = "" if span.high is None else f"不高于{number_text(span.high)}"
    return "、".join(end for end in (low, high) if end) or "不限"
