"""A client of the application in this process: httpx, with the loop on which the application works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import httpx
from anyio import to_process
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.types import ASGIApp

HERE = "127.0.0.1:8765"


class Client:
    """Sends requests as a browser or a program on this computer would."""

    def __init__(self, portal: BlockingPortal, inner: httpx.AsyncClient) -> None:
        self._portal, self._inner = portal, inner

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._portal.call(partial(self._inner.get, path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        if hasattr(content := more.get("content"), "__next__"):
            more["content"] = _in_parts(content)
        return self._portal.call(partial(self._inner.post, path, **more))


@contextmanager
def client_of(app: ASGIApp) -> Iterator[Client]:
    """A client while it is needed; the processes that worked for it end with it."""
    with start_blocking_portal() as portal:
        inner = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"http://{HERE}", timeout=60)
        yield Client(portal, inner)
        portal.call(inner.aclose)
        portal.call(ended)


async def ended() -> None:
    """End the processes that worked on this loop, and wait for them; at its end the loop only kills them."""
    for process in list(to_process._process_pool_workers.get(set())):
        with suppress(ProcessLookupError):
            process.kill()
        await process.aclose()


async def _in_parts(parts: Iterator[bytes]) -> Any:
    for part in parts:
        yield part
