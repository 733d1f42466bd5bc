"""Asked: what a request says, apart from its body, read strictly."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from policyhours.lint.documents import STANDARD_INPUT
from policyhours.text.finding import Finding
from policyhours.text.messages import LANGUAGES
from policyhours.workbench.speaking import lang_of
from policyhours.workbench.view import View

FORM: Final = "application/x-www-form-urlencoded"
UPLOAD: Final = "multipart/form-data"
_LONGEST_NAME: Final = 80


class Odd(HTTPException):
    """A request that cannot be carried out as it is; `finding` says why."""

    def __init__(self, status: int, finding: Finding) -> None:
        super().__init__(status)
        self.finding = finding


def language(request: Request) -> str:
    """The language in which it is to be answered."""
    return lang_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def view(request: Request) -> View:
    """Who looks at a page, and at what."""
    asked = request.query_params.get("lang") in LANGUAGES
    here = request.url.path if request.method in ("GET", "HEAD") else ""
    return View(language(request), asked, here)


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


async def filled(request: Request, limit: int) -> dict[str, str]:
    """What has been filled in in a form without files.

    Args:
        request: the request.
        limit: the most fields.

    Raises:
        Odd: where it is no form, or holds too many fields.
    """
    media(request, (FORM,))
    text = (await request.body()).decode("ascii", "replace")
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=limit))
    except ValueError:
        raise Odd(413, Finding("DK423", None, {"limit": str(limit)})) from None


async def uploaded(request: Request, limit: int) -> tuple[str, bytes]:
    """The name and the content of the file that was uploaded; no name where none was chosen.

    Args:
        request: the request.
        limit: the bytes that stay in memory, so that nothing goes to a temporary file.

    Raises:
        Odd: where it is no form with a file.
    """
    media(request, (UPLOAD,))
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=1, max_fields=9, max_part_size=limit
    )
    parser.spool_max_size = limit
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError):
        raise Odd(400, Finding("DK424", None)) from None
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return "", b""
        return shown_name(file.filename), await file.read()
    finally:
        await form.close()


def shown_name(name: str) -> str:
    """What a file is called in findings: the last part of the name that came with it, cut if it is long."""
    last = name.replace("\\", "/").rpartition("/")[2].strip()
    kept = "".join(c for c in last if c.isprintable())[:_LONGEST_NAME]
    return kept or STANDARD_INPUT


def _parameter(name: str, found: str, expected: str) -> Odd:
    return Odd(400, Finding("DK412", None, {"name": name, "found": found, "expected": expected}))
