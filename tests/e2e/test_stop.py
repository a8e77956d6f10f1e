"""Code of the visitor's that breaks Python: it begins anew, and nothing is lost (what does not end: `test_endless.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.e2e import hostile
from tests.e2e.own_code import ENDLESS

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor


@pytest.fixture
def slope(visitor: Visitor) -> Visitor:
    """The slope of a function of the visitor's, at a point of theirs."""
    visitor.open("live", page="slope")
    visitor.page.get_by_role("combobox", name="curve", exact=True).select_option("own")
    visitor.settle()
    use(visitor, "x * np.sin(x)")
    visitor.settle()
    visitor.type("x, typed", "2.5")
    return visitor


def use(visitor: Visitor, text: str) -> None:
    field = visitor.page.get_by_role("textbox", name="f(x)", exact=True)
    field.fill(text)
    field.press("Enter")


def frames(visitor: Visitor) -> bytes:
    return visitor.frames().tobytes()


def remark(visitor: Visitor, text: str) -> Locator:
    return visitor.page.get_by_role("alert").filter(has_text=text)


def assert_answers(visitor: Visitor) -> None:
    use(visitor, "np.cos(x)")
    visitor.page.wait_for_function(
        "fallline.document.roots().find(({ name }) => name === 'tape').code.includes('np.cos(x)')"
    )


def test_python_that_broke_down_begins_anew_with_nothing_lost(slope: Visitor) -> None:
    code = "__import__('json').__dict__.update(dumps=None) or x"
    before = frames(slope)
    use(slope, code)

    expect(slope.page.locator("[data-part=notice]")).to_contain_text("Python broke down, and has begun anew")
    expect(remark(slope, "This made Python break down.")).to_be_visible()
    expect(slope.page.get_by_role("textbox", name="f(x)", exact=True)).to_have_value(code)
    expect(slope.field("x, typed")).to_have_value("2.5")
    assert frames(slope) == before
    assert_answers(slope)


def test_code_that_breaks_every_new_python_ends_up_unused_in_its_field(slope: Visitor) -> None:
    """It is answered, and breaks the worker a moment later: with it, no new Python would last."""
    code = "__import__('pyodide').code.run_js('setTimeout(() => { throw new Error(\"late\") })') and x"
    slope.watch.expect("late")
    use(slope, code)

    expect(remark(slope, "This made Python break down.")).to_be_visible(timeout=30_000)
    expect(slope.page.get_by_role("textbox", name="f(x)", exact=True)).to_have_value(code)
    expect(slope.status).to_have_attribute("data-state", "live")
    assert_answers(slope)


def test_worker_that_was_closed_is_noticed_by_the_time_limit(slope: Visitor) -> None:
    use(slope, "__import__('js').close() or x")
    slope.settle()
    slope.field("x, typed").fill("2")
    slope.field("x, typed").press("Enter")

    expect(slope.page.locator("[data-part=notice]")).to_contain_text("Stopped after 10 s", timeout=20_000)
    expect(slope.field("x, typed")).to_have_value("1")
    expect(slope.status).to_have_attribute("data-state", "live")


@pytest.mark.parametrize(
    "code", [hostile.DEEP[0], *(pytest.param(code, marks=pytest.mark.slow) for code in hostile.DEEP[1:])]
)
def test_code_nested_too_deeply_does_not_end_the_page(slope: Visitor, code: str) -> None:
    slope.watch.expect("fatal error", "RangeError", "Stack", "File", "frame")
    use(slope, code)

    # Whether one of these can be compiled depends on the browser's stack: it runs, is refused, or Python begins anew.
    slope.page.wait_for_function(
        """text => {
          const shown = [...fallline.document.all_models].find(({ constructor }) => constructor.__name__ === "CodeSetting")
          const tape = fallline.document.roots().find(({ name }) => name === "tape")
          return shown.error !== "" || shown.draft === text || tape.code.includes(text)
        }""",
        arg=code,
    )
    expect(slope.status).to_have_attribute("data-state", "live")
    expect(slope.page.get_by_role("textbox", name="f(x)", exact=True)).to_have_value(code)
    assert_answers(slope)


def test_python_that_only_complains_from_then_on_can_be_begun_anew(slope: Visitor) -> None:
    use(slope, "__import__('sys').modules.clear() or x")
    expect(slope.page.get_by_role("button", name="Try again")).to_be_visible()

    slope.page.get_by_role("button", name="Try again").click()

    slope.wait("live")
    slope.type("x, typed", "1.5")
    expect(slope.status).to_have_attribute("data-state", "live")


def test_python_comes_back_the_way_it_came(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.route("**/heap.*", lambda route: route.fulfill(status=404))
    visitor.watch.expect("Failed to load resource")
    visitor.open("live", page="slope")
    visitor.page.get_by_role("combobox", name="curve", exact=True).select_option("own")
    visitor.settle()

    use(visitor, ENDLESS)
    visitor.page.get_by_role("button", name="Stop").click()
    expect(visitor.page.get_by_text("This did not end, and was stopped.")).to_be_visible(timeout=60_000)

    assert sum("/heap." in url for url in asked) == 1
