"""Pages, read back: whether they are well formed, what they say, where their links go; and printed."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

_VOID = {"meta", "link", "br", "wbr", "img", "hr", "input"}
_QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip


class Page(HTMLParser):
    """A page: its tags balanced, its text, its ids, its links and whatever it would load."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self._said: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
        self.loads += re.findall(r"@import|url\([^)]*\)", styles)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self._said))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in _VOID:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "id":
                self.ids.append(value)
            elif name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("src", "href", "srcset", "action", "data", "poster"):
                self.loads.append(f"{tag} {name}={value}")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if not self.open or self.open[-1] != "style":
            self._said.append(data)


def printed(html: str, folder: Path) -> int:
    """The pages of paper that a browser prints it on."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("没有 Chromium，不能数打印的页数 · no chromium to print with")
    page, paper = folder / "page.html", folder / "paper.pdf"
    page.write_text(html, encoding="utf-8")
    called = [chromium, "--headless", "--no-sandbox", *_QUIET, f"--user-data-dir={folder / 'profile'}"]
    called += ["--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(called, check=True, capture_output=True, timeout=180)
    return len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes()))
