"""What a page should not do, noted while a test looks elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.e2e.serving import SUBPATH

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage

MOST_COMPLAINTS = 20


class Watch:
    """Notes what a page should not do: ask elsewhere, throw, or write warnings and errors."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.complaints: list[str] = []
        self._home = home
        self._expected: list[str] = []
        context.on("request", lambda request: self._see("request to another place", request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._see("socket", socket.url)))
        context.on("console", self._read)
        context.on("weberror", lambda error: self._note(f"uncaught: {error.error}"))

    def expect(self, *patterns: str) -> None:
        """Let pass what matches one of these from now on: the browser's own words about a fault that a test makes."""
        self._expected.extend(patterns)

    def check(self) -> None:
        """Fail if anything was noted since the last time."""
        noted, self.complaints = self.complaints, []
        assert not noted, "\n".join(["the page did what it should not:", *noted[:MOST_COMPLAINTS]])

    def _see(self, what: str, url: str) -> None:
        if not url.startswith((self._home, f"blob:{self._home[: -len(SUBPATH) - 1]}", "data:")):
            self._note(f"{what}: {url}")

    def _read(self, message: ConsoleMessage) -> None:
        # `info` is what the page and BokehJS say of themselves; `log` is what Python prints.
        if message.type in ("error", "warning", "assert", "log"):
            self._note(f"console {message.type}: {message.text} ({message.location['url']})")

    def _note(self, complaint: str) -> None:
        if not any(re.search(pattern, complaint) for pattern in self._expected):
            self.complaints.append(complaint)
