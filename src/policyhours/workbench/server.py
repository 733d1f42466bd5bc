"""The server: a socket of its own, and the application behind it until it is interrupted."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import uvicorn

from policyhours.text.finding import Finding, Refused
from policyhours.workbench.app import workbench
from policyhours.workbench.guard import Address

_TAKEN: Final = frozenset({errno.EADDRINUSE, 10048, 10013})  # the latter two are what Windows says
_CONNECTIONS: Final = 64


def opened(host: str, port: int) -> tuple[socket.socket, Address]:
    """A socket that listens, and where it is.

    Args:
        host: a name or an address of this computer.
        port: 0 for any that is free.

    Raises:
        Refused: where another program has the port, or the address is none of this computer.
    """
    listening: socket.socket | None = None
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        # on Windows, SO_REUSEADDR would let a second server take the port of the first
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR if exclusive is None else exclusive, 1)
        listening.bind(where)
        listening.listen()
    except (OSError, UnicodeError) as fault:
        if listening is not None:
            listening.close()
        raise Refused((_why_not(fault, host, port),)) from None
    bound = listening.getsockname()
    return listening, Address(host, bound[1], others=not ip_address(bound[0].partition("%")[0]).is_loopback)


def run(listening: socket.socket, address: Address, folders: Sequence[Path]) -> None:
    """Serve until Ctrl-C; what is under way is finished first, for a moment.

    No request is logged, and no fault: both could quote what somebody submitted.
    """
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    logging.getLogger("uvicorn").propagate = False
    config = uvicorn.Config(
        workbench(folders, address),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=3,
    )
    with contextlib.suppress(KeyboardInterrupt), listening:
        uvicorn.Server(config).run(sockets=[listening])


def _why_not(fault: OSError | UnicodeError, host: str, port: int) -> Finding:
    number = getattr(fault, "errno", None)
    if number in _TAKEN:
        words = {
            "port": str(port),
            "address": Address(host, port).url,
            "other": str(port + 1 if port < 65535 else 8766),
        }
        return Finding("DK430", None, words)
    return Finding("DK431", None, {"host": host, "port": str(port)})
