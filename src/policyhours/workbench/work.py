"""Work: an answer is worked out in a process of its own, which is stopped when its time is up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVarTuple

import anyio
import anyio.to_process

from policyhours.workbench.guard import Limits
from policyhours.workbench.reply import Reply

Arguments = TypeVarTuple("Arguments")


class TooSlow(Exception):
    """The time was up before the answer was there."""


class Work:
    """A few processes that work out answers; they start when they are first needed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._room: anyio.CapacityLimiter | None = None

    async def done(self, job: Callable[[*Arguments], Reply], *given: *Arguments) -> Reply:
        """What a job gives.

        Args:
            job: a function of a module; it and what it is given are handed to the other process.
            given: its arguments.

        Raises:
            TooSlow: where it takes too long; its process is gone then.
        """
        if self._room is None:
            self._room = anyio.CapacityLimiter(self._limits.workers)  # it belongs to the loop that runs
        try:
            with anyio.fail_after(self._limits.working):
                return await anyio.to_process.run_sync(job, *given, cancellable=True, limiter=self._room)
        except TimeoutError:
            raise TooSlow from None
