"""The routes: which address is answered by which job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from policyhours.workbench import api, asked, openapi
from policyhours.workbench.reply import YAML, Reply, as_json
from policyhours.workbench.work import Work


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


def response(reply: Reply) -> Response:
    """A reply as Starlette sends it."""
    headers = {} if reply.name is None else {"Content-Disposition": f'attachment; filename="{reply.name}"'}
    return Response(reply.body, reply.status, headers, reply.media)
