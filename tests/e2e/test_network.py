"""A network learns by many small slopes: the network's page by its numbers, its controls and its code."""

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
    from tests.e2e.visitor import Visitor

PAGE = "network"


@pytest.fixture
def network(at_first: Visitor) -> Visitor:
    return at_first


@pytest.mark.parametrize(
    "settings",
    [{}, {"data": "moons"}, {"optimizer": "Momentum"}, {"gradient": "backprop"}, {"activation": "relu"}],
    ids=str,
)
def test_training_is_native_numpys(network: Visitor, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        pages.pick(network, name, value)

    page, ours = trained(network), native(**settings)

    # Without BLAS the last digits differ, and every step grows what differs a little.
    np.testing.assert_allclose(column(page, "loss"), column(ours, "loss"), rtol=1e-6)
    np.testing.assert_allclose(column(page, "right"), column(ours, "right"), atol=1.0)


def test_many_small_slopes_teach_it(network: Visitor) -> None:
    losses, right = (column(trained(network), name) for name in ("loss", "right"))

    # What it never saw too: from a guess to nearly all.
    assert losses[:, 0] == pytest.approx(np.log(2.0), abs=0.1)
    assert (losses[:, -1] < 0.25 * losses[:, 0]).all()
    assert (right[:, 0] < 70.0).all()
    assert (right[:, -1] > 95.0).all()
    said = network.page.locator("[data-part=summary]")
    expect(said).to_contain_text(f"{right[1, -1]:.3g} % of the points that it never saw are right")
    network.stand(network.last)
    assert float(network.numbers()["tested on"]["% right"]) == pytest.approx(right[1, -1], abs=0.01)


def test_tint_follows_the_player(network: Visitor) -> None:
    shown = """() => {
      const film = [...fallline.document.all_models].find(({ constructor }) => constructor.__name__ === "Film")
      return Array.from(film.data.image[0])
    }"""
    network.stand(0)
    first = network.page.evaluate(shown)
    network.stand(network.last)
    last = network.page.evaluate(shown)

    assert first != last
    # At the end the middle belongs to the inner circle, and the corner to the outer.
    side = int(len(last) ** 0.5)
    assert (last[side * (side // 2) + side // 2] // 32, last[0] // 32) == (1, 0)


def test_script_prints_the_numbers_of_the_page(network: Visitor) -> None:
    pages.pick(network, "data", "xor")
    frames = trained(network)

    found = re.search(r"loss (\S+) on what it learnt from, (\S+) on", printed_by(pages.tape(network, "code")))

    assert found is not None
    np.testing.assert_allclose([*map(float, found.groups())], column(frames, "loss")[:, -1], rtol=1e-5)


def test_rate_that_is_too_high_is_named(network: Visitor) -> None:
    pages.pick(network, "activation", "linear")
    pages.pick(network, "optimizer", "Gradient descent")
    network.type("rate, typed", "9")
    trained(network)

    said = network.page.locator("[data-part=summary]")
    expect(said).to_contain_text(
        re.compile(r"The rate 9 is above [\d.]+, the most that gradient descent stands")
    )


def test_own_activation_learns(network: Visitor) -> None:
    pages.pick(network, "activation", "own")
    pages.use(network, "np.arctan(3 * x)")

    frames = trained(network)
    ours = native(activation="own", own="np.arctan(3 * x)")

    np.testing.assert_allclose(column(frames, "loss"), column(ours, "loss"), rtol=1e-4)


def test_keys_move_a_slider(network: Visitor) -> None:
    network.slider("layers").press("ArrowRight")
    trained(network)

    assert network.sent("value") == 3
    expect(network.slider("layer 3")).to_be_visible()


def test_long_training_is_paused_and_stopped(network: Visitor) -> None:
    pages.pick(network, "gradient", "naive")
    network.page.locator("[data-part=work]").get_by_role("button", name="Stop").click()
    trained(network)

    frames = network.frames()
    last = int(np.isfinite(column(frames, "loss")[0]).sum()) - 1
    assert 0 <= last < 60
    assert printed_by(pages.tape(network, "code")).startswith(f"step {5 * last}:")


def test_finger_chooses_and_scrubs(finger: Visitor) -> None:
    finger.page.get_by_text("Learning", exact=True).tap()
    finger.page.get_by_role("combobox", name="optimizer", exact=True).select_option("Momentum")
    frames = trained(finger)
    np.testing.assert_allclose(
        column(frames, "loss"), column(native(optimizer="Momentum"), "loss"), rtol=1e-6
    )

    finger.player("forward").tap()
    pages.tap_half_way(finger)
    assert finger.step == pytest.approx(finger.last / 2, abs=finger.last / 20)


def rows(visitor: Visitor, heading: str) -> list[list[str]]:
    """Return the cells of the table whose first heading is this."""
    table = visitor.page.locator("table").filter(
        has=visitor.page.get_by_role("columnheader", name=heading, exact=True)
    )
    found: list[list[str]] = table.locator("tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return found


def test_differences_agree_with_backprop_and_are_timed(network: Visitor) -> None:
    network.slider("seed").press("ArrowRight")
    trained(network)

    slopes = {name: (digits, cost, took) for name, digits, cost, took in rows(network, "slope by")}

    assert float(slopes["differences by unit"][0]) > 9.0
    assert float(slopes["naive differences"][0]) > 7.0
    # Two runs for each of the 2·6 + 6 + 6·4 + 4 + 4 + 1 parameters.
    assert slopes["naive differences"][1] == "102 runs"
    assert float(slopes["naive differences"][2]) > float(slopes["backpropagation"][2]) > 0.0


def test_wrong_answers_are_those_that_the_share_says(network: Visitor) -> None:
    right = column(trained(network), "right")[1]

    for moment in (0, 7, network.last):
        network.stand(moment)
        counts = np.array([[int(cell) for cell in row[1:3]] for row in rows(network, "held back")])
        assert counts.sum() == 60
        assert 100.0 * np.trace(counts) / counts.sum() == pytest.approx(right[moment])
        expect(
            network.page.get_by_text(f"At step {5 * moment} wrong: {60 - np.trace(counts)} of the 60")
        ).to_be_visible()


def test_path_ends_in_the_middle_of_the_landscape(network: Visitor) -> None:
    frames = trained(network)

    across, up = column(frames, "across")[0], column(frames, "up")[0]

    assert (across[-1], up[-1]) == pytest.approx((0.0, 0.0))
    assert np.hypot(across[0], up[0]) > 1.0
    sentence = network.page.locator("[data-place=landscape]").get_attribute("aria-label") or ""
    assert re.search(r"in which \d\d % of the path's variance lies", sentence)


def test_landscape_is_asked_for_around_another_step(network: Visitor) -> None:
    button = network.page.get_by_role("button", name="Look around step")
    network.stand(network.last)
    expect(button).to_be_disabled()
    network.stand(20)
    expect(button).to_have_text("Look around step 100")
    sent = network.page.evaluate("spy.sent.length")
    button.focus()
    network.page.keyboard.press("Enter")
    network.settle()

    frames = network.frames()
    assert network.page.evaluate("spy.sent.length") == sent + 1
    assert (column(frames, "across")[0, 20], column(frames, "up")[0, 20]) == (0.0, 0.0)
    assert np.hypot(column(frames, "across")[0, -1], column(frames, "up")[0, -1]) > 0.5
    expect(network.page.get_by_text("The loss above is that around step 100.")).to_be_visible()
    assert "through step 100" in (
        network.page.locator("[data-place=landscape]").get_attribute("aria-label") or ""
    )
    assert network.step == 20
    # Whoever looks around the end again finds it as it was.
    network.stand(network.last)
    button.click()
    network.settle()
    assert column(network.frames(), "across")[0, -1] == 0.0


def test_numbers_are_learnt_and_told_in_their_unit(network: Visitor) -> None:
    pages.pick(network, "data", "bumps")

    frames, ours = trained(network), native(data="bumps")

    np.testing.assert_allclose(column(frames, "off"), column(ours, "off"), rtol=1e-5)
    assert np.isnan(column(frames, "right")).all()
    assert (column(frames, "off")[:, -1] < column(frames, "off")[:, 0]).all()
    network.stand(network.last)
    shown = network.numbers()["tested on"]
    assert float(shown["off by"]) == pytest.approx(column(frames, "off")[1, -1], abs=0.001)
    name, root, *_ = rows(network, "numbers")[1]
    assert name == "held back"
    assert float(root) == pytest.approx(column(frames, "off")[1, -1], rel=6e-3)
    expect(network.page.locator("[data-part=summary]")).to_contain_text(
        "On the points that it never saw z is off by"
    )
    found = re.findall(r"off by (\S+) on", printed_by(pages.tape(network, "code")))
    np.testing.assert_allclose([*map(float, found)], column(frames, "off")[:, -1], rtol=1e-5)
    network.stand(0)
    assert rows(network, "numbers")[1][1] != root


def test_losses_are_those_of_what_is_learnt(network: Visitor) -> None:
    network.page.get_by_text("More", exact=True).last.click()
    losses = network.page.get_by_role("combobox", name="loss", exact=True)
    expect(losses.locator("option").first).to_have_text("cross-entropy")
    pages.pick(network, "data", "tilted_plane")
    trained(network)

    expect(losses.locator("option").first).to_have_text("mean square")
    losses.select_option("huber")
    frames = trained(network)
    np.testing.assert_allclose(
        column(frames, "loss"), column(native(data="tilted_plane", number_loss="huber"), "loss"), rtol=1e-5
    )
    network.page.get_by_text("More", exact=True).last.click()
