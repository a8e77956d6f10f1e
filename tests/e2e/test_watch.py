"""The watch over every page can fail: each thing that it looks for is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor

FOREIGN = "https://elsewhere.example"
MISDEEDS = {
    f"fetch('{FOREIGN}/font.css').catch(() => 0)": f"{FOREIGN}/font.css",
    f"new Worker(URL.createObjectURL(new Blob([`fetch('{FOREIGN}/data')`])))": f"{FOREIGN}/data",
    "new WebSocket('wss://elsewhere.example/ws').onerror = () => 0": "wss://elsewhere.example/ws",
    "fetch('/outside/the/folder')": "/outside/the/folder",
    "console.warn('odd')": "console warning: odd",
    "console.error('bad')": "console error: bad",
    "setTimeout(() => { throw new Error('lost') })": "uncaught: lost",
    "Promise.reject(new Error('refused')), 0": "uncaught: refused",
}


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_misdeed_of_a_page_is_noticed(visitor: Visitor, misdeed: str) -> None:
    visitor.page.context.route(
        lambda url: not url.startswith(visitor.site.url), lambda route: route.fulfill(body="")
    )
    visitor.page.route(
        "**/race.html", lambda route: route.fulfill(body="<title>blank</title>", content_type="text/html")
    )
    visitor.page.goto(f"{visitor.site.url}race.html")

    with visitor.page.expect_console_message(lambda message: message.text == "done"):
        visitor.page.evaluate(
            f"async () => {{ await ({misdeed}); setTimeout(() => console.log('done'), 300) }}"
        )

    with pytest.raises(AssertionError, match="did what it should not") as noticed:
        visitor.watch.check()
    assert MISDEEDS[misdeed] in str(noticed.value)


def test_page_that_behaves_is_let_pass(visitor: Visitor) -> None:
    visitor.open("playable")

    visitor.page.evaluate("fetch('race.html').then((answer) => answer.text())")

    visitor.watch.check()
