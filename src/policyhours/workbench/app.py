"""The application: routes behind a guard, and what is said of a request that cannot be carried out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from policyhours.text.finding import Finding
from policyhours.workbench import asked
from policyhours.workbench.guard import Address, Guard, Limits
from policyhours.workbench.reply import refusal
from policyhours.workbench.routes import api_routes, page_routes, response
from policyhours.workbench.work import TooSlow, Work


def workbench(folders: Sequence[Path], address: Address, limits: Limits | None = None) -> ASGIApp:
    """The workbench as an ASGI application.

    Args:
        folders: where policies are; nothing else is ever opened.
        address: where it is opened.
        limits: how much a request may ask for.
    """
    limits = limits or Limits()

    def too_slow(request: Request, _: Exception) -> Response:
        return _refused(request.scope, Finding("DK407", None, {"limit": f"{limits.working:g}"}), 503)

    work = Work(limits)
    app = Starlette(
        routes=[*api_routes(folders, work), *page_routes(folders, work, limits)],
        exception_handlers={TooSlow: too_slow, HTTPException: _odd, Exception: _internal},
    )
    return Guard(app, address, limits, _refused)


def _internal(request: Request, _: Exception) -> Response:
    return _refused(request.scope, Finding("DK413", None), 500)


def _odd(request: Request, fault: Exception) -> Response:
    """A fault of the call: ours, or what Starlette says of routes."""
    assert isinstance(fault, HTTPException)
    if isinstance(fault, asked.Odd):
        return _refused(request.scope, fault.finding, fault.status_code)
    if fault.status_code == 405:
        allowed = (fault.headers or {}).get("Allow", "")
        words = {"found": request.method, "expected": allowed}
        told = _refused(request.scope, Finding("DK405", None, words), 405)
        told.headers["Allow"] = allowed
        return told
    return _refused(request.scope, Finding("DK404", None, {"found": request.url.path}), 404)


def _refused(scope: Scope, finding: Finding, status: int) -> Response:
    """Why a request was not carried out: as a page for people, as data for programs."""
    request = Request(scope)
    if scope["path"].startswith("/api/"):
        return response(refusal((finding,), status, asked.language(request)))
    return response(replace(asked.view(request), here="").refusal((finding,), status))
