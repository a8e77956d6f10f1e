"""A page that cannot start says why, and what to do about it; what it has still plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route
    from tests.e2e.visitor import Visitor

# So long, and a little more, the page waits in milliseconds.
MINUTE = 60_500


def forbid_webassembly(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(
        response=answer, headers={**answer.headers, "content-security-policy": "script-src 'self' blob:"}
    )


def lose(route: Route) -> None:
    route.fulfill(status=404)


def forbid_workers(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": "worker-src 'none'"})


def call_it_text(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-type": "text/plain"})


def leave_no_memory(route: Route) -> None:
    """Let the worker's memory be made, and never grow."""
    answer = route.fetch()
    stays = "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('unable to grow') }"
    route.fulfill(response=answer, body=f"{stays};{answer.text()}")


def ask_to_log_in(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>Log in</title>")


FAULTS = [
    pytest.param("**/worker.*.js", forbid_webassembly, "security policy", id="policy without WebAssembly"),
    pytest.param("**/race.html", forbid_workers, "allow it in worker-src", id="policy without workers"),
    pytest.param("**/worker.*.js", lose, "did not arrive whole", id="worker missing"),
    pytest.param("**/worker.*.js", call_it_text, "js files as text/javascript", id="worker that is text"),
    pytest.param("**/worker.*.js", leave_no_memory, "not enough memory", id="no memory"),
    pytest.param("**/*.gz", ask_to_log_in, "did not arrive whole", id="another page in place of files"),
]


@pytest.mark.parametrize(("file", "fault", "said"), FAULTS)
def test_failure_is_explained_and_the_recorded_run_still_plays(
    visitor: Visitor, file: str, fault: Any, said: str
) -> None:
    visitor.watch.expect(
        "Failed to load resource",
        "Creating a worker",
        "^console warning: .*(wasm|WebAssembly|could not be fetched)",
    )
    visitor.page.route(file, fault)

    visitor.open("failed")

    explained_and_playing(visitor, said)


@pytest.mark.parametrize("missing", ["page.*.js", "*"], ids=["page", "all"])
def test_page_whose_own_code_is_missing_says_so(missing: str, visitor: Visitor) -> None:
    visitor.watch.expect("Failed to load resource", "uncaught")
    visitor.page.route(f"**/assets/{missing}", lose)

    visitor.page.goto(f"{visitor.site.url}race.html")

    expect(visitor.status).to_contain_text("could not be loaded whole")
    assert visitor.state == "failed"


def test_scripts_that_are_sent_as_text_are_said_to_be(visitor: Visitor) -> None:
    visitor.watch.expect("Failed to load module script")
    visitor.page.route("**/page.*.js", call_it_text)

    visitor.page.goto(f"{visitor.site.url}race.html")

    expect(visitor.status).to_contain_text("send .js files as text/javascript")
    assert visitor.state == "failed"


def test_policy_that_leaves_the_page_no_styles_is_named(visitor: Visitor) -> None:
    visitor.watch.expect("Content Security Policy", "invalid value")
    visitor.page.route("**/race.html", forbid_all_but_files)

    visitor.page.goto(f"{visitor.site.url}race.html")

    expect(visitor.status).to_contain_text("The security policy of this site forbids what this page needs")
    assert visitor.state == "failed"


def forbid_all_but_files(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(
        response=answer, headers={**answer.headers, "content-security-policy": "default-src 'self'"}
    )


@pytest.mark.parametrize("file", ["guard.*.js", "first.*.js", "page.*.js"])
def test_page_that_does_not_come_whole_says_so_after_a_minute(visitor: Visitor, file: str) -> None:
    hold(visitor, file)

    let_a_minute_pass(visitor)

    expect(visitor.status).to_contain_text("has not come whole within a minute")


@pytest.mark.parametrize("file", ["worker.*.js", "heap.*"])
def test_python_that_never_comes_is_noticed_after_a_minute(visitor: Visitor, file: str) -> None:
    hold(visitor, file)
    expect(visitor.page.locator("html")).to_have_attribute("data-fallline", "playable")

    let_a_minute_pass(visitor)

    expect(visitor.status).to_contain_text("has been silent for a minute")


def hold(visitor: Visitor, file: str) -> None:
    visitor.page.clock.install()
    with visitor.page.expect_request(f"**/{file}"):
        visitor.page.route(f"**/{file}", lambda _: None)
        visitor.page.goto(f"{visitor.site.url}race.html", wait_until="commit")
    visitor.status.wait_for(state="attached")


def let_a_minute_pass(visitor: Visitor) -> None:
    visitor.page.clock.fast_forward(MINUTE)
    visitor.page.clock.run_for(MINUTE)


def test_page_begins_python_itself_where_the_script_for_it_does_not_arrive(visitor: Visitor) -> None:
    visitor.watch.expect("Failed to load resource")
    visitor.page.route("**/first.*.js", lose)

    visitor.open("live")

    assert visitor.state == "live"


def test_browser_without_workers_is_told_that_it_is_too_old(visitor: Visitor) -> None:
    visitor.page.add_init_script("delete globalThis.Worker")

    visitor.open("failed")

    explained_and_playing(visitor, "too old")


def test_browser_without_webassembly_is_told_that_it_is_too_old(visitor: Visitor) -> None:
    visitor.page.route("**/worker.*.js", without_webassembly)
    visitor.watch.expect("uncaught: WebAssembly is not defined")

    visitor.open("failed")

    explained_and_playing(visitor, "too old")


def without_webassembly(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=f"delete globalThis.WebAssembly;{answer.text()}")


def explained_and_playing(visitor: Visitor, said: str) -> None:
    expect(visitor.status).to_contain_text(said)
    expect(visitor.status).to_contain_text("The recorded run still plays.")
    expect(visitor.status.get_by_role("button", name="Try again")).to_be_visible()
    expect(visitor.status.get_by_role("progressbar")).to_be_hidden()
    visitor.stand(3)
    visitor.player("forward").click()
    assert visitor.step == 4
    visitor.player("play").click()
    visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 8")
    assert visitor.state == "failed"
