"""Answers are worked out in processes that can be stopped."""

from __future__ import annotations

import os
import time

import anyio
import pytest
from calling import ended

from policyhours.workbench.guard import Limits
from policyhours.workbench.work import TooSlow, Work


def test_what_takes_too_long_is_stopped_with_its_process_and_the_next_gets_a_new_one():
    async def asked() -> tuple[int, int]:
        patient, impatient = Work(Limits(working=60)), Work(Limits(working=0.05))
        first = await patient.done(os.getpid)
        with pytest.raises(TooSlow):
            await impatient.done(time.sleep, 3600)
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        second = await patient.done(os.getpid)
        await ended()
        return first, second

    first, second = anyio.run(asked)
    assert os.getpid() not in (first, second)
    assert first != second


def test_waiting_for_a_free_process_is_part_of_the_time():
    async def asked() -> None:
        await Work(Limits(working=60)).done(os.getpid)  # one process is there
        work = Work(Limits(working=0.1, workers=1))
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(too_slow, work)
        await ended()

    async def too_slow(work: Work) -> None:
        with pytest.raises(TooSlow):
            await work.done(time.sleep, 3600)

    anyio.run(asked)
