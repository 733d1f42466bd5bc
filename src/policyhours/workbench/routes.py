"""The routes: which address is answered by which job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from policyhours.text.source import shown_size
from policyhours.workbench import api, asked, casepages, downloads, openapi, pages
from policyhours.workbench.guard import Limits
from policyhours.workbench.reply import YAML, Reply, as_json
from policyhours.workbench.work import Work

_MEDIA: Final = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def api_routes(folders: Sequence[Path], work: Work) -> list[Route]:
    """The routes for programs.

    Args:
        folders: where policies are.
        work: gets jobs done.
    """
    where = tuple(folders)

    async def policies(request: Request) -> Response:
        day = asked.day(request) or date.today()
        return response(await work.done(api.listed, where, day, asked.language(request)))

    async def evaluate(request: Request) -> Response:
        media = asked.media(request, api.BODIES)
        wanted = api.Wanted(request.query_params.get("policy"), asked.day(request), asked.readings(request))
        body = await request.body()
        return response(await work.done(api.evaluated, where, body, media, wanted, asked.language(request)))

    async def lint(request: Request) -> Response:
        asked.media(request, (YAML,))
        name = asked.shown_name(request.query_params.get("name", ""))
        body = await request.body()
        return response(await work.done(api.checked, where, body, name, asked.language(request)))

    async def described(request: Request) -> Response:
        return response(as_json(openapi.document()))

    return [
        Route("/api/policies", policies, methods=["GET"]),
        Route("/api/evaluate", evaluate, methods=["POST"]),
        Route("/api/lint", lint, methods=["POST"]),
        Route("/api/openapi.json", described, methods=["GET"]),
    ]


def page_routes(folders: Sequence[Path], work: Work, limits: Limits) -> list[Route]:
    """The routes for people.

    Args:
        folders: where policies are.
        work: gets jobs done.
        limits: how much a request may ask for.
    """
    where = tuple(folders)
    static_files = _static()

    async def home(request: Request) -> Response:
        return response(await work.done(pages.home, where, asked.view(request), date.today()))

    async def rules(request: Request) -> Response:
        ref = request.path_params["ref"]
        return response(await work.done(pages.rules, where, asked.view(request), ref, date.today()))

    async def page(request: Request) -> Response:
        ref = request.path_params["ref"]
        return response(await work.done(downloads.page, where, asked.view(request), ref, date.today()))

    async def form(request: Request) -> Response:
        ref = request.path_params["ref"]
        return response(await work.done(downloads.form, where, asked.view(request), ref, date.today()))

    async def case(request: Request) -> Response:
        view, ref = asked.view(request), request.path_params["ref"]
        if request.method != "POST":
            return response(await work.done(casepages.filling, where, view, ref, {}, ""))
        if request.headers.get("content-type", "").startswith(asked.UPLOAD):
            name, body = await asked.uploaded(request, limits.body)
            return response(await work.done(casepages.opened, where, view, ref, name, body))
        said = await asked.filled(request, limits.fields)
        return response(await work.done(casepages.filling, where, view, ref, said, said.get("do", "")))

    async def check(request: Request) -> Response:
        view = asked.view(request)
        name, body = ("", None) if request.method != "POST" else await asked.uploaded(request, limits.body)
        limit = shown_size(limits.body)
        return response(await work.done(pages.checked, where, view, limit, name, body))

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in static_files:
            raise HTTPException(404)
        return Response(static_files[name], media_type=_MEDIA[name.rpartition(".")[2]])

    return [
        Route("/", home, methods=["GET"]),
        Route("/rules/{ref:path}", rules, methods=["GET"]),
        Route("/page/{ref:path}", page, methods=["GET"]),
        Route("/form/{ref:path}", form, methods=["GET"]),
        Route("/case/{ref:path}", case, methods=["GET", "POST"]),
        Route("/check", check, methods=["GET", "POST"]),
        Route("/static/{name}", static, methods=["GET"]),
    ]


def _static() -> dict[str, bytes]:
    """The style sheets, the desk's as well, the script and the icon, by name; read once, at the start."""
    folders = (files("policyhours.desk.html") / "styles", files("policyhours.workbench") / "static")
    found = (file for folder in folders for file in folder.iterdir())
    return {file.name: file.read_bytes() for file in found if file.name.rpartition(".")[2] in _MEDIA}


def response(reply: Reply) -> Response:
    """A reply as Starlette sends it."""
    headers = (
        {}
        if reply.name is None
        else {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(reply.name)}"}
    )
    return Response(reply.body, reply.status, headers, reply.media)
