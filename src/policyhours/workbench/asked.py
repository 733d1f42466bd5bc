"""Asked: what a request says, apart from its body, read strictly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from policyhours.lint.documents import STANDARD_INPUT
from policyhours.text.finding import Finding
from policyhours.workbench.speaking import lang_of

_LONGEST_NAME: Final = 80


class Odd(HTTPException):
    """A request that cannot be carried out as it is; `finding` says why."""

    def __init__(self, status: int, finding: Finding) -> None:
        super().__init__(status)
        self.finding = finding


def language(request: Request) -> str:
    """The language in which it is to be answered."""
    return lang_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def day(request: Request) -> date | None:
    """The day that ``?as_of=`` names.

    Raises:
        Odd: where it names none.
    """
    said = request.query_params.get("as_of")
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _parameter("as_of", said, "2025-06-30") from None


def readings(request: Request) -> dict[str, str]:
    """The readings that ``?reading=K=V`` switches, however often it stands there.

    Raises:
        Odd: where one is not written so.
    """
    found = {}
    for said in request.query_params.getlist("reading"):
        reading, equals, option = said.partition("=")
        if not (reading and equals and option):
            raise _parameter("reading", said, "share_base=earned")
        found[reading] = option
    return found


def media(request: Request, taken: Sequence[str]) -> str:
    """The media type of its body.

    Raises:
        Odd: where it is none of those that are taken.
    """
    said = request.headers.get("content-type", "")
    found = said.partition(";")[0].strip().lower()
    if found not in taken:
        raise Odd(415, Finding("DK408", None, {"found": said or "—", "expected": "、".join(taken)}))
    return found


def shown_name(name: str) -> str:
    """What a file is called in findings: the last part of the name that came with it, cut if it is long."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    kept = "".join(c for c in last if c.isprintable())[:_LONGEST_NAME]
    return kept or STANDARD_INPUT


def _parameter(name: str, found: str, expected: str) -> Odd:
    return Odd(400, Finding("DK412", None, {"name": name, "found": found, "expected": expected}))
