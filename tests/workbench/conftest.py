"""The workbench in this process, for a client; and in one of its own, for a real browser."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from browsing import CHROMIUM, FLAGS, POLICIES, SOURCES, Desk
from calling import Client, client_of

from policyhours.workbench.app import workbench
from policyhours.workbench.guard import Address


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A browser, or a program, on this computer."""
    with client_of(workbench((POLICIES,), Address("127.0.0.1", 8765))) as client:
        yield client


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a workbench is open, as its command says; it ends cleanly."""
    command = [
        sys.executable,
        "-m",
        "policyhours",
        "serve",
        "--port",
        "0",
        "--no-browser",
        "--policies",
        str(POLICIES),
    ]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONUTF8": "1"}
    server = subprocess.Popen(
        [*command, "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
    )
    assert server.stdout is not None and server.stderr is not None
    yield server.stdout.readline().split()[1]
    server.send_signal(signal.SIGINT)
    said, complaints = server.communicate(timeout=30)
    assert (server.returncode, complaints) == (0, "")
    assert "closed" in said


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def desk(browser, address) -> Iterator[Desk]:
    desk = Desk(browser, address)
    yield desk
    desk.close()


@pytest.fixture
def plain_desk(browser, address) -> Iterator[Desk]:
    """A browser that runs no script."""
    desk = Desk(browser, address, java_script_enabled=False)
    yield desk
    desk.close()


@pytest.fixture
def narrow_desk(browser, address) -> Iterator[Desk]:
    """A window of 1280 pixels at 400 % zoom."""
    desk = Desk(browser, address)
    desk.page.set_viewport_size({"width": 320, "height": 800})
    yield desk
    desk.close()


@pytest.fixture
def dark_desk(browser, address) -> Iterator[Desk]:
    """A browser of somebody who prefers light letters on a dark ground."""
    desk = Desk(browser, address, color_scheme="dark")
    yield desk
    desk.close()
