"""Speaking: in which language a request is answered."""

from __future__ import annotations

from typing import Final

from policyhours.text.messages import LANGUAGES

DEFAULT: Final = LANGUAGES[0]


def lang_of(asked: str | None, accepted: str) -> str:
    """The language: the one that the address asks for, else the first that the browser accepts, else Chinese.

    Args:
        asked: the value of ``?lang=``, if there is one.
        accepted: the header ``Accept-Language``, empty where there is none.
    """
    if asked in LANGUAGES:
        return str(asked)
    wanted = sorted(_weighted(accepted), key=lambda pair: -pair[1])
    return next((lang for lang, weight in wanted if lang in LANGUAGES and weight > 0), DEFAULT)


def _weighted(accepted: str) -> list[tuple[str, float]]:
    """The languages of the header, each with its weight; what cannot be read weighs nothing."""
    found = []
    for part in accepted.split(",")[:20]:
        tag, _, parameter = part.partition(";")
        weight = parameter.strip().removeprefix("q=") or "1"
        number = (
            float(weight)
            if weight.replace(".", "", 1).isascii() and weight.replace(".", "", 1).isdigit()
            else 0
        )
        found.append((tag.strip().lower().partition("-")[0], number))
    return found
