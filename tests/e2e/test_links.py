"""A link brings a page back as it was: every setting of every page of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e import pages

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from tests.e2e.visitor import Visits

SET = """async (values) => {
  const models = [...fallline.document.all_models]
  const settled = async () => { do await new Promise((resolve) => setTimeout(resolve)); while (spy.sent.length !== spy.answers) }
  for (const { key, kind, to } of values) {
    const model = models.find((model) => model.key === key && ("value" in model) === (kind !== "switch"))
    if (kind === "number") model.value = Number((model.start + (model.end - model.start) * to).toPrecision(4))
    else if (kind === "switch") model.active = to
    else model.value = to
    if (kind === "number" && model.whole) model.value = Math.round(model.value)
    await settled()
  }
}"""


def other(setting: dict[str, Any]) -> dict[str, Any]:
    """Return what to set it to, other than it is: of numbers, where between the ends."""
    if setting["kind"] == "drawing":
        return {**setting, "to": setting["value"][:-1] + "_"}
    if setting["kind"] == "painting":
        return {**setting, "to": "AAAzzz.___"}
    if setting["kind"] == "weights":
        return {**setting, "to": f"{'-'.join(map(str, setting['sizes']))}_5w3v0.5"}
    if setting["kind"] == "number":
        share, reach = 0.37, setting["end"] - setting["start"]
        if setting["whole"] and round(setting["start"] + reach * share) == setting["value"]:
            share = 0.73
        return {**setting, "to": share}
    if setting["kind"] == "switch":
        return {**setting, "to": not setting["value"]}
    return {**setting, "to": next(option for option in setting["options"] if option != setting["value"])}


@pytest.mark.parametrize("demo", [demo.name for demo in DEMOS])
def test_every_setting_comes_back_by_a_link(demo: str, visits: Visits) -> None:
    with visits() as sender:
        sender.open("live", page=demo)
        known = [each for each in pages.settings(sender) if each["kind"] != "text"]
        # Choices bring ranges and defaults, so that they go first.
        known.sort(key=lambda each: each["kind"] != "choice")
        sender.page.evaluate(SET, [other(each) for each in known])
        sender.finish()
        link = pages.address(sender)
        frames, state = sender.frames(), pages.settings(sender)
    with visits() as receiver:
        receiver.open("live", link, page=demo)
        receiver.finish()

        expect(receiver.page.locator("[data-part=notice]")).to_be_empty()
        assert pages.settings(receiver) == state
        assert receiver.frames().tobytes() == frames.tobytes()
        assert all(each["key"] in link for each in known)
