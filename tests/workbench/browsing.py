"""The workbench in a real browser: a window that keeps what it asked for, and what people do in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import policyhours

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
]
SOURCES = Path(policyhours.__file__).resolve().parents[1]
POLICIES = Path(__file__).resolve().parents[2] / "policies"
REF = "examples/general@2023.1"
PAGES = ["/", "/check", f"/rules/{REF}", f"/case/{REF}"]
VERDICT = "#outcome .verdict strong:text-is('{}')"


class Desk:
    """A window of the browser, and every address that it asked for."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Any:
        self.page.goto(self.address.rstrip("/") + path)
        return self.page

    def close(self) -> None:
        self.context.close()
        assert [url for url in self.asked if not url.startswith(self.address)] == []
        told = [said for said in self.complaints if "status of 422" not in said]  # a form not yet complete
        assert told == []


def kept(page: Any, path: Path) -> None:
    page.screenshot(path=path, full_page=True)
    assert path.stat().st_size > 5000


def to(page: Any, selector: str) -> None:
    """Press the tabulator until the focus is there."""
    for _ in range(200):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(selector)


def filled(page: Any, hours: str = "60", other: str = "80") -> None:
    """A training and public courses; by the reading adopted they suffice, by the other they do not."""
    page.fill("#f-case", "W1")
    page.fill("#f-person-id", "p-001")
    page.select_option("#f-person-title_level", label="中级")
    for number, (kind, time) in enumerate((("继续教育培训活动", hours), ("公需科目学习", other))):
        page.select_option("#new-kind", label=kind)
        page.click('button[value="add:activities"]')
        page.wait_for_selector(f"#f-activities-{number}-hours")
        page.fill(f"#f-activities-{number}-date", "2025-03-10")
        page.fill(f"#f-activities-{number}-hours", time)
        page.select_option(f"#f-activities-{number}-assessment", label="考核合格")


CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.endsWith(', 0)')) return c; } return 'rgb(255, 255, 255)'; };
  const found = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || e.closest('.unseen, option')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) found.push(e.outerHTML.slice(0, 120));
  }
  return found;
}"""
