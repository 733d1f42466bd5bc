"""Switching readings: whether the readings and options that a run asks for are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from policyhours.language.policy import Policy
from policyhours.text.finding import Finding, Refused
from policyhours.text.nearest import hint
from policyhours.text.place import Place

Places = tuple[Place | None, Place | None]
"""Where a reading is named, and where its option is."""


def _nowhere(name: str, option: str) -> Places:
    return None, None


def check_switched(
    switched: Mapping[str, str],
    policies: Iterable[Policy],
    places: Callable[[str, str], Places] = _nowhere,
) -> None:
    """Make sure that every reading to be switched is one that some policy has, and so is its option.

    Args:
        switched: reading → option.
        policies: those that take part.
        places: where a reading and its option are asked for.

    Raises:
        Refused: where one is unknown.
    """
    readings = {name: reading for policy in policies for name, reading in policy.readings.items()}
    faults = []
    for name, option in switched.items():
        named, chosen = places(name, option)
        if name not in readings:
            faults.append(Finding("PH818", named, {"found": name, **hint(name, readings)}))
        elif option not in (options := readings[name].options):
            words = {"found": option, "reading": name}
            words["expected"] = "、".join(f"{o}（{text}）" for o, text in options.items())
            words["expected_en"] = ", ".join(f"{o} ({text})" for o, text in options.items())
            faults.append(Finding("PH819", chosen, words))
    if faults:
        raise Refused(tuple(faults))
