"""Contested: the provisions that hang on a contested reading, and what they would say under another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyhours.desk.sentences.provision import Provision
from policyhours.desk.sentences.provisions import provisions
from policyhours.language.policy import Policy
from policyhours.language.rules import Reading


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is said at one address under another reading.

    Attributes:
        reading: the contested reading.
        option: the one of its options that is not adopted.
        gone: what is said as adopted, and would not be.
        come: what would be said instead.
    """

    reading: Reading
    option: str
    gone: tuple[Provision, ...]
    come: tuple[Provision, ...]

    @property
    def reading_key(self) -> str:
        """The address of the provision that tells the reading."""
        return f"readings.{self.reading.id}"

    @property
    def said_as(self) -> str:
        """The option in words."""
        return self.reading.options[self.option]


def otherwise(policy: Policy, upper: Policy | None = None) -> list[Otherwise]:
    """What the provisions would say otherwise, each reading switched by itself.

    Args:
        policy: the policy.
        upper: for a filing, the text that it implements.
    """
    said = provisions(policy, upper)
    return [
        other
        for reading in policy.readings.values()
        for option in reading.options
        if option != reading.adopted
        for other in _others(reading, option, said, provisions(policy, upper, {reading.id: option}))
    ]


def _others(
    reading: Reading, option: str, said: Sequence[Provision], instead: Sequence[Provision]
) -> Iterator[Otherwise]:
    for key in dict.fromkeys(p.key for p in (*said, *instead)):
        mine, theirs = ([p for p in side if p.key == key] for side in (said, instead))
        gone = tuple(p for p in mine if p.text not in {other.text for other in theirs})
        come = tuple(p for p in theirs if p.text not in {other.text for other in mine})
        if gone or come:
            yield Otherwise(reading, option, gone, come)
