"""The picture of the network: its weights are set on the way, by keyboard, mouse and link, and its units shown large."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.e2e.network_run import column, native, trained
from tests.running import printed_by

if TYPE_CHECKING:
    from tests.e2e.visitor import Visitor, Visits

PAGE = "network"


@pytest.fixture
def network(at_first: Visitor) -> Visitor:
    return at_first


def edit(visitor: Visitor, step: int, source: str, target: str, number: str) -> None:
    """Set a weight at a step, by the fields under the picture."""
    visitor.stand(step)
    visitor.page.get_by_role("combobox", name="weight to", exact=True).select_option(label=target)
    visitor.page.get_by_role("combobox", name="weight from", exact=True).select_option(label=source)
    visitor.page.get_by_role("textbox", name="weight", exact=True).fill(number)
    visitor.page.get_by_role("textbox", name="weight", exact=True).press("Enter")
    visitor.finish()


def test_weight_is_set_by_keyboard_and_the_network_goes_on_from_there(network: Visitor) -> None:
    before = network.frames()

    edit(network, 20, "y", "layer 1, unit 3", "-2.5")

    after = trained(network)
    np.testing.assert_array_equal(column(after, "loss")[:, :20], column(before, "loss")[:, :20])
    assert (column(after, "loss")[:, 20:] != column(before, "loss")[:, 20:]).all()
    # Of 2 inputs, y is the second: its row begins after the six weights of x.
    np.testing.assert_allclose(
        column(after, "loss"), column(native(edits="2-6-4-1_100w8v-2.5"), "loss"), rtol=1e-5
    )
    said = printed_by(pages.tape(network, "code"))
    assert f"loss {column(after, 'loss')[0, -1]:.4f}"[:9] in said
    network.page.get_by_role("button", name="Take back: step 100").click()
    network.finish()
    np.testing.assert_array_equal(network.frames(), before)


def test_weight_is_chosen_by_mouse(network: Visitor) -> None:
    canvas = network.page.get_by_role("img", name="The network at step")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    network.page.get_by_role("combobox", name="weight to", exact=True).select_option(label="output says B")

    # The first unit of the first hidden layer: its bias.
    places = network.page.evaluate(
        "[...fallline.document.all_models].find(({ key }) => key === 'edits').sizes.length"
    )
    canvas.click(position={"x": 58 + 17 + (box["width"] - 2 * 58 - 34) / (places - 1), "y": 24 + 0.5 * 41})

    expect(network.page.get_by_role("combobox", name="weight to", exact=True)).to_have_value("0.0")
    expect(
        network.page.get_by_role("combobox", name="weight from", exact=True).locator("option:checked")
    ).to_have_text("bias")


def test_weight_that_was_set_comes_back_by_its_link(network: Visitor, visits: Visits) -> None:
    edit(network, 30, "bias", "output says B", "1.25")
    link, frames = pages.address(network), network.frames()

    with visits() as receiver:
        receiver.open("live", link, page=PAGE)
        receiver.finish()

        np.testing.assert_array_equal(receiver.frames(), frames)
        expect(
            receiver.page.get_by_text("At step 150, bias to output says B was set to 1.25")
        ).to_be_visible()


@pytest.mark.parametrize("text", ["x", "2-6-4-1", "2-6-4-1_1w1", "2-6-4-1_1w1v1e999", "2-6-4-1_1w1vNaN"])
def test_weights_that_nobody_set_are_refused(network: Visitor, text: str) -> None:
    before = network.frames()

    network.page.evaluate("hash => (location.hash = hash)", f"#v=1&edits={text}")
    expect(network.page.locator("[data-part=notice]")).to_contain_text("edits takes no")

    network.finish()
    np.testing.assert_array_equal(network.frames(), before)
    network.page.evaluate("location.hash = ''")


def test_unit_that_is_pointed_at_is_shown_large(network: Visitor) -> None:
    network.stand(30)
    canvas = network.page.get_by_role("img", name="The network at step")
    canvas.scroll_into_view_if_needed()
    large = network.page.get_by_role("img", name=re.compile("^What .* makes of the map at step 150$"))
    expect(large).to_be_visible()
    chosen = large.screenshot()

    # The upper of the two inputs: x, which rises to the right alone.
    canvas.hover(position={"x": 58 + 17, "y": 24 + 2.5 * 41})
    expect(network.page.get_by_role("img", name="What input x makes of the map at step 150")).to_be_visible()
    assert large.screenshot() != chosen
    network.player("position").hover()
    expect(network.page.get_by_role("img", name="What input x makes")).to_have_count(0)
    assert large.screenshot() == chosen
