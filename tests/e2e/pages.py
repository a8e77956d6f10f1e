"""What every page has, whatever it shows: settings that can be set and asked for in bulk, as a visitor would one by one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor

SETTINGS = """() => [...fallline.document.all_models].flatMap((model) => {
  const { key, value, default: usual, start, end } = model
  // What no address holds.
  if (key === "") return []
  switch (model.constructor.__name__) {
    case "NumberSetting": return [{ kind: "number", key, value, default: usual, start, end, whole: model.whole }]
    case "ChoiceSetting": return [{ kind: "choice", key, value, options: model.options.map(([name]) => name) }]
    case "CodeSetting": return [{ kind: "text", key, value }]
    case "DrawingPad": return [{ kind: "drawing", key, value }]
    case "Painting": return [{ kind: "painting", key, value }]
    case "NetworkPicture": return [{ kind: "weights", key, value, sizes: model.sizes }]
    case "Group": return model.active === null ? [] : [{ kind: "switch", key, value: model.active }]
    default: return []
  }
})"""
# Each link is followed, and answered, before the next; an address that stays the same tells nobody.
FOLLOW = """async (links) => {
  const told = []
  const pause = () => new Promise((resolve) => setTimeout(resolve, 4))
  const notice = document.querySelector("[data-part=notice]")
  const settled = async () => { do await pause(); while (spy.sent.length !== spy.answers) }
  for (const link of links) {
    notice.textContent = ""
    const before = location.hash
    location.hash = link
    if (location.hash !== before) await settled()
    told.push({ link, notice: notice.textContent })
  }
  return told
}"""
USE = r"""async (texts) => {
  const told = []
  const model = [...fallline.document.all_models].find(({ constructor }) => constructor.__name__ === "CodeSetting")
  const tape = fallline.document.roots().find(({ name }) => name === "tape")
  const settled = async () => {
    const end = performance.now() + 8000
    do await new Promise((resolve) => setTimeout(resolve)); while (spy.sent.length !== spy.answers && performance.now() < end)
    if (spy.sent.length !== spy.answers) throw new Error(`no answer to ${model.value}`)
  }
  for (const text of texts) {
    model.value = text
    await settled()
    const status = document.querySelector("[data-part=status]")
    told.push({ text, error: model.error, used: tape.code.includes(`return ${text.trim()}\n`), state: status.dataset.state })
  }
  return told
}"""
# Longer than the page waits before it writes its address.
ADDRESS = """async () => {
  for (;;) {
    const before = location.hash
    await new Promise((resolve) => setTimeout(resolve, 900))
    if (location.hash !== "" && location.hash === before) return before
  }
}"""


def address(visitor: Visitor) -> str:
    """Return what the page's address holds once nothing is left to be written there."""
    hash: str = visitor.page.evaluate(ADDRESS)
    return hash


# Where a frame of the tape is in a plot, once that has been painted as it is now.
PLACE = """async ([place, [x, y], track, step]) => {
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame)
  const { canvas_view, frame } = fallline.document.views_manager.roots.find(({ model }) => model.name === place)
  const { left, top } = canvas_view.el.getBoundingClientRect()
  const numbers = fallline.document.roots().find(({ name }) => name === "tape").frame(track, step)
  return [left + frame.x_scale.compute(numbers[x]), top + frame.y_scale.compute(numbers[y])]
}"""


def hover(visitor: Visitor, place: str, columns: tuple[str, str], track: int, step: int) -> None:
    """Point at where a track is at a step, in the plot that shows these columns."""
    visitor.page.locator(f"[data-place={place}]").scroll_into_view_if_needed()
    x, y = visitor.page.evaluate(PLACE, [place, columns, track, step])
    visitor.page.mouse.move(x + 3, y)
    visitor.page.mouse.move(x, y)


def tap_half_way(finger: Visitor) -> None:
    """Tap the middle of the run."""
    box = finger.player("scrub").bounding_box()
    assert box is not None
    finger.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


SHIFTS = """
globalThis.shifts = []
new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value, sources }) =>
  `${value}: ${sources.map(({ node }) => node?.outerHTML ?? node?.data).join(", ")}`))).observe({ type: "layout-shift", buffered: true })
"""


@contextmanager
def with_one_face(visitor: Visitor) -> Iterator[None]:
    """Keep the page's own face away, and see that nothing shifts: a face that arrives late moves words, as it may."""
    visitor.watch.expect("net::ERR_FAILED", "A network error occurred")
    visitor.page.add_init_script(SHIFTS)
    visitor.page.route("**/*.woff2", lambda route: route.abort())
    yield
    assert visitor.page.evaluate("shifts") == []


def settings(visitor: Visitor) -> list[dict[str, Any]]:
    """Return what each setting of the page is called, what it takes and how it is set."""
    found: list[dict[str, Any]] = visitor.page.evaluate(SETTINGS)
    return found


def follow(visitor: Visitor, links: list[str]) -> list[dict[str, str]]:
    """Go to each address in turn; return what the page says of it."""
    told: list[dict[str, str]] = visitor.page.evaluate(FOLLOW, links)
    return told


def use_all(visitor: Visitor, texts: list[str]) -> list[dict[str, Any]]:
    """Use each piece of code in turn; return what the page says of it, and whether its run is of that code."""
    told: list[dict[str, Any]] = visitor.page.evaluate(USE, texts)
    return told


def field(visitor: Visitor) -> Locator:
    """Return the field in which code is typed."""
    return visitor.page.get_by_role("textbox", name="f(x)", exact=True)


def use(visitor: Visitor, text: str) -> None:
    """Type code and use it; whether it is answered is another matter."""
    field(visitor).fill(text)
    field(visitor).press("Enter")


def pick(visitor: Visitor, setting: str, option: str) -> None:
    """Choose an option and wait for Python's answer."""
    visitor.page.get_by_role("combobox", name=setting, exact=True).select_option(option)
    visitor.settle()


def tape(visitor: Visitor, attribute: str) -> Any:
    """Return an attribute of the recorded run."""
    return visitor.page.evaluate(
        "name => fallline.document.roots().find((root) => root.name === 'tape')[name]", attribute
    )
