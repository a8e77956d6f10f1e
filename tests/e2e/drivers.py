"""Firefox and WebKit as their own drivers reach them: Marionette, and WebDriver over HTTP."""

from __future__ import annotations

import json
import socket
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ADDRESS = "127.0.0.1"
# Opening a page ends when all of it is read, which takes a busy machine its time.
PATIENCE = 120.0
# What a script returns for an element, by the WebDriver standard.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Engine(Protocol):
    """A browser with one page."""

    def goto(self, url: str) -> None:
        """Open a page."""

    def enter(self) -> None:
        """Go into the page's first frame."""

    def run(self, script: str) -> Any:
        """Run the body of a function in the page and return its value."""


class Hands(Engine, Protocol):
    """A browser whose keyboard and mouse can be used as a person uses them."""

    def type(self, script: str, text: str) -> None:
        """Type into the element that a script returns; into one that takes a file, the file's path."""

    def click(self, script: str) -> None:
        """Click on the middle of the element that a script returns."""

    def drag(self, places: Sequence[tuple[float, float]]) -> None:
        """Press the mouse at the first of these places of the window, move it along them, and let go at the last."""


class Firefox:
    """Firefox by Marionette: a JSON list after its length, over a socket."""

    def __init__(self, port: int) -> None:
        self._socket = retry(lambda: socket.create_connection((ADDRESS, port), timeout=PATIENCE))
        self._file = self._socket.makefile("rb")
        self._sent = 0
        self._read()
        self._send("WebDriver:NewSession", capabilities={"alwaysMatch": {}})

    def goto(self, url: str) -> None:
        self._send("WebDriver:Navigate", url=url)

    def enter(self) -> None:
        self._send("WebDriver:SwitchToFrame", id=0)

    def run(self, script: str) -> Any:
        return self._send("WebDriver:ExecuteScript", script=script, args=[], sandbox=None)["value"]

    def type(self, script: str, text: str) -> None:
        self._send("WebDriver:ElementSendKeys", id=self.run(script)[ELEMENT], text=text)

    def click(self, script: str) -> None:
        self._send("WebDriver:ElementClick", id=self.run(script)[ELEMENT])

    def drag(self, places: Sequence[tuple[float, float]]) -> None:
        self._send("WebDriver:PerformActions", actions=_strokes(places))

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()

    def _send(self, command: str, **parameters: Any) -> Any:
        self._sent += 1
        message = json.dumps([0, self._sent, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self._read()
        assert error is None, error
        return value

    def _read(self) -> Any:
        length = b""
        while (byte := self._file.read(1)) != b":":
            assert byte, "Firefox hung up"
            length += byte
        return json.loads(self._file.read(int(length)))


class WebKit:
    """WebKit by WebDriver: JSON over HTTP."""

    def __init__(self, port: int, browser: str) -> None:
        self._url = f"http://{ADDRESS}:{port}/session"
        wanted = {"webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}
        session = retry(lambda: self._send("", {"capabilities": {"alwaysMatch": wanted}}))
        self._url += f"/{session['sessionId']}"

    def goto(self, url: str) -> None:
        self._send("/url", {"url": url})

    def enter(self) -> None:
        self._send("/frame", {"id": 0})

    def run(self, script: str) -> Any:
        return self._send("/execute/sync", {"script": script, "args": []})

    def type(self, script: str, text: str) -> None:
        self._send(f"/element/{self.run(script)[ELEMENT]}/value", {"text": text})

    def click(self, script: str) -> None:
        self._send(f"/element/{self.run(script)[ELEMENT]}/click", {})

    def drag(self, places: Sequence[tuple[float, float]]) -> None:
        self._send("/actions", {"actions": _strokes(places)})

    def _send(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(self._url + path, json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)["value"]


def _strokes(places: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """Return the mouse's way as WebDriver's actions."""
    first, *others = (
        {"type": "pointerMove", "duration": 20, "origin": "viewport", "x": round(x), "y": round(y)}
        for x, y in places
    )
    button = {"button": 0}
    steps = [first, {"type": "pointerDown", **button}, *others, {"type": "pointerUp", **button}]
    return [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps}]


def retry(attempt: Callable[[], Any]) -> Any:
    """Connect to a program that takes a while until it listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except (ConnectionError, urllib.error.URLError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
