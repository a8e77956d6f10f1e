"""WebKitGTK's remote inspector, by HTTP and WebSocket: the way into a browser that keeps what it has seen.

What WebKitWebDriver starts forgets everything at its end, by design.
"""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import struct
import time
import urllib.request
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import BinaryIO

TARGET = re.compile(r"/socket/\d+/\d+/WebPage")
PATIENCE = 120.0


class Inspector:
    """The page of a browser that was started with WEBKIT_INSPECTOR_HTTP_SERVER."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._find()

    def goto(self, url: str) -> None:
        """Leave for another page; it may run in another process, which is why nothing of a connection is kept."""
        self.run(f"location.assign({json.dumps(url)})")

    def enter(self) -> None:
        """Refuse: an inspector has no frames of that kind."""
        raise NotImplementedError("the inspector is not used for frames: use webkit")

    def run(self, script: str) -> Any:
        """Run the body of a function in the page and return its value."""
        inspector, target = self._attach()
        with closing(inspector):
            evaluate = {"expression": f"(() => {{ {script} }})()", "returnByValue": True}
            inner = {"id": 1, "method": "Runtime.evaluate", "params": evaluate}
            message = {"targetId": target, "message": json.dumps(inner)}
            inspector.send({"id": 1, "method": "Target.sendMessageToTarget", "params": message})
            answer = json.loads(inspector.until("Target.dispatchMessageFromTarget")["message"])["result"]
        assert not answer["wasThrown"], answer
        return answer["result"].get("value")

    def _attach(self) -> tuple[_WebSocket, str]:
        """Return a connection and what it calls the page; one that comes too soon after another is cut."""
        end = time.monotonic() + PATIENCE
        while True:
            inspector = _WebSocket(self._address, self._find())
            try:
                return inspector, inspector.until("Target.targetCreated")["targetInfo"]["targetId"]
            except ConnectionError:
                inspector.close()
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _find(self) -> str:
        """Return where the page is inspected."""
        host, port = self._address
        with urllib.request.urlopen(f"http://{host}:{port}/", timeout=PATIENCE) as answer:
            found = TARGET.search(answer.read().decode())
        if found is None:
            raise ConnectionError("the browser has no page yet")
        return found[0]


class _WebSocket:
    """As much of RFC 6455 as it takes: texts, masked by zeros on the way there, in one piece on the way back."""

    def __init__(self, address: tuple[str, int], path: str) -> None:
        self._socket = socket.create_connection(address, timeout=PATIENCE)
        self._file: BinaryIO = self._socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        while self._file.readline().strip():
            pass

    def send(self, message: dict[str, Any]) -> None:
        content = json.dumps(message).encode()
        size = bytes([0x80 | len(content)]) if len(content) < 126 else struct.pack(">BH", 0xFE, len(content))
        self._socket.sendall(b"\x81" + size + bytes(4) + content)

    def until(self, method: str) -> dict[str, Any]:
        """Read until a message of this kind comes; return what it says."""
        while (message := json.loads(self._read())).get("method") != method:
            pass
        said: dict[str, Any] = message["params"]
        return said

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _read(self) -> bytes:
        head = self._file.read(2)
        if len(head) < 2:
            raise ConnectionError("the browser hung up")
        size = head[1]
        if size >= 126:
            size = int.from_bytes(self._file.read(2 if size == 126 else 8), "big")
        return self._file.read(size)
