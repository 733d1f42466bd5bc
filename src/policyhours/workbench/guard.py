"""The guard: what comes in is for us, from us, small and quick; what goes out is marked as ours.

A page elsewhere can make a browser send requests to this computer, by a name that leads here (DNS rebinding)
or by a form (CSRF). The first shows in ``Host``, the second in ``Origin``. A body is read to its end before
anything looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policyhours.text.finding import Finding
from policyhours.text.source import shown_size

HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # not no-referrer: with that, browsers send “Origin: null” with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""What every reply carries."""

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS: Final = frozenset({"same-origin", "none"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a request may ask for.

    Attributes:
        body: bytes of a body.
        fields: fields of a form.
        arriving: seconds in which a body has to arrive.
        working: seconds in which an answer has to be there, the waiting for a worker included.
        workers: how many answers are worked out at once.
    """

    body: int = 2 * 1024 * 1024
    fields: int = 5000
    arriving: float = 20
    working: float = 10
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Address:
    """Where the workbench is.

    Attributes:
        host: the name or address at which it was opened.
        port: its port.
        others: it may be reached by other computers, whatever address of this one they use.
    """

    host: str
    port: int
    others: bool = False

    @property
    def url(self) -> str:
        """What to open in a browser on this computer."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    def is_meant(self, host: str) -> bool:
        """Whether the header ``Host`` names this workbench; a name of which nobody told us does not."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return False
        if port != self.port or parts.path or parts.query or parts.fragment or parts.username is not None:
            return False
        if name in ("localhost", self.host.lower()):
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or self.others


class Guard:
    """Stands before the application; see the module.

    Args:
        refuse: makes the reply that says why a request is not carried out.
    """

    def __init__(
        self,
        app: ASGIApp,
        address: Address,
        limits: Limits,
        refuse: Callable[[Scope, Finding, int], Response],
    ) -> None:
        self._app, self._address, self._limits, self._refuse = app, address, limits, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        marked = _marking(send)
        refused = self._wrong(scope)
        body = b""
        if refused is None:
            try:
                with anyio.fail_after(self._limits.arriving):
                    read = await self._body(scope, receive)
            except TimeoutError:
                refused = Finding("DK406", None, {"limit": f"{self._limits.arriving:g}"}), 408
            else:
                if read is None:
                    return  # nobody waits for a reply any more
                refused, body = (read, body) if isinstance(read, tuple) else (None, read)
        if refused is not None:
            await self._refuse(scope, *refused)(scope, receive, marked)
            return
        await self._passed(scope, _replaying(body, receive), marked)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer; whatever goes wrong in it, no traceback leaves the house."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception:  # not handed on: the server would print it, and it could quote a case
            if not begun:
                await self._refuse(scope, Finding("DK413", None), 500)(scope, receive, send)

    def _wrong(self, scope: Scope) -> tuple[Finding, int] | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._address.is_meant(hosts[0]):
            words = {"found": "、".join(hosts) or "—", "expected": self._address.url}
            return Finding("DK401", None, words), 403
        if scope["method"] not in _SAFE and (found := _foreign(headers, hosts[0])) is not None:
            return Finding("DK402", None, {"found": found or "—"}), 403
        return None

    async def _body(self, scope: Scope, receive: Receive) -> bytes | tuple[Finding, int] | None:
        """The whole body; too much of it is refused, ``None`` where the browser has gone."""
        limit = self._limits.body
        too_large = Finding("DK403", None, {"limit": shown_size(limit)}), 413
        said = Headers(scope=scope).get("content-length", "")
        if said.isascii() and said.isdigit() and (len(said) > 18 or int(said) > limit):
            return too_large
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            parts.append(part)
            size += len(part)
            if size > limit:
                return too_large
            more = message.get("more_body", False)
        return b"".join(parts)


def _foreign(headers: Headers, host: str) -> str | None:
    """From which other page a request comes, as far as the browser says; programs say nothing."""
    origin = headers.get("origin")
    if origin is not None:
        return None if origin.lower() == f"http://{host}".lower() else origin
    site = headers.get("sec-fetch-site")
    return None if site is None or site in _OURS else site


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Hands out the body that has been read; then whatever else comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _marking(send: Send) -> Send:
    async def marked(message: Any) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return marked
