"""np.gradient differentiates samples, not functions: the grid's page by its numbers, its controls and its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.components.colour_scale import HIGHEST
from fallline_app.demos.grid.descents import COLUMNS
from fallline_app.demos.grid.memory import measure_memory
from fallline_app.demos.grid.model import Sampling

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor

PAGE = "grid"
# The columns of a source that is drawn in a plot, as numbers: the first whose glyph is of a kind.
DRAWN = """([place, kind, column]) => {
  const plot = fallline.document.roots().find(({ name }) => name === place)
  const shown = plot.renderers.filter(({ glyph }) => glyph.type === kind)
  return shown.map(({ data_source }) => [...data_source.data[column]].flatMap((value) => (typeof value === "number" ? [value] : [...value])))
}"""


@pytest.fixture
def grid(at_first: Visitor) -> Visitor:
    return at_first


def summary(visitor: Visitor) -> Locator:
    return visitor.page.locator("[data-part=summary]")


def native(**settings: Any) -> NDArray[np.float64]:
    model = Sampling()
    for name, value in settings.items():
        model.param.update(**{name: value})
    return model.run(model.look()).frames


def column(frames: NDArray[np.float64], *names: str) -> NDArray[np.float64]:
    return frames[:, [COLUMNS.index(name) for name in names]]


def drawn(visitor: Visitor, place: str, kind: str, name: str) -> list[NDArray[np.float64]]:
    return [np.array(values) for values in visitor.page.evaluate(DRAWN, [place, kind, name])]


def test_run_is_native_numpys_to_the_last_bit(grid: Visitor) -> None:
    np.testing.assert_array_equal(grid.frames(), native())


def test_two_functions_with_the_same_samples_have_the_same_npgradient(grid: Visitor) -> None:
    before, arrows = grid.frames(), drawn(grid, "map", "Segment", "x1")
    grid.type("ripple, typed", "0.2")

    after, arrows_after = grid.frames(), drawn(grid, "map", "Segment", "x1")

    where = ("x", "y", "slope_x", "slope_y")
    np.testing.assert_array_equal(column(after, *where)[0], column(before, *where)[0])
    # The arrows of the samples, which are drawn over those of the function.
    np.testing.assert_array_equal(arrows_after[1], arrows[1])
    # One of those is more: on the hill there was no direction.
    assert [len(arrows[0]), len(arrows_after[0])] == [168, 169]
    assert np.abs(column(after, "x", "y")[1] - column(before, "x", "y")[1]).max() > 0.1
    expect(summary(grid)).to_contain_text("leaves np.gradient the same to the last bit")


@pytest.mark.parametrize(("edge_order", "power"), [("1", 1.0), ("2", 2.0)])
def test_error_falls_as_the_square_inside_and_as_the_edge_order_at_the_edges(
    grid: Visitor, edge_order: str, power: float
) -> None:
    if edge_order != "1":
        pages.pick(grid, "edge_order", edge_order)

    said = summary(grid).inner_text()

    found = re.search(
        r"inside falls as h to the ([\d.]+), at the edges it falls as h to the (\d+\.\d+)", said
    )
    assert found is not None
    assert float(found[1]) == pytest.approx(2.0, abs=0.05)
    assert float(found[2]) == pytest.approx(power, abs=0.05)


def test_edges_stand_out_in_the_heat_map_where_their_order_is_one(grid: Visitor) -> None:
    (ranks,) = drawn(grid, "error", "Image", "image")
    image = ranks.reshape(13, 13) / HIGHEST
    inside = image[1:-1, 1:-1]
    edges = np.concatenate([image[0], image[-1], image[1:-1, 0], image[1:-1, -1]])

    pages.pick(grid, "edge_order", "2")
    (ranks,) = drawn(grid, "error", "Image", "image")

    assert edges.min() > inside.max()
    # Of second order at the edges too, these are but a little worse.
    again = ranks.reshape(13, 13) / HIGHEST
    assert again[0].min() - again[1:-1, 1:-1].max() < 0.5 * (edges.min() - inside.max())


def test_heat_map_reads_out_the_error_under_the_pointer(grid: Visitor) -> None:
    figure = grid.page.locator("[data-place=error]")
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box is not None
    grid.page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.45)
    grid.page.mouse.move(box["x"] + box["width"] * 0.81, box["y"] + box["height"] * 0.45)

    said = grid.page.locator(".bk-tooltip-row-value").last
    expect(said).to_be_visible()
    assert 0.0 < float(said.inner_text()) < 1e3


def test_memory_is_measured_to_be_what_is_predicted(grid: Visitor) -> None:
    lines = drawn(grid, "memory", "Line", "y")
    points = drawn(grid, "memory", "Scatter", "y")

    memory = measure_memory(13, even=True)
    np.testing.assert_allclose(lines[3], memory.numpy)
    measured = points[1]
    assert len(measured) == memory.measured == 4
    # Less by what has no edges; Python's own objects count in few bytes alone.
    assert 0.9 < measured[3] / memory.numpy[3] < 1.05
    assert 0.9 < measured[2] / memory.numpy[2] < 1.3
    grid.slider("samples").press("ArrowRight")
    grid.settle()
    assert drawn(grid, "memory", "Line", "y")[3][0] > lines[3][0]


def test_uneven_grid_is_the_same_for_a_seed_and_another_for_another(grid: Visitor) -> None:
    pages.pick(grid, "spacing", "uneven")
    first = grid.frames()
    grid.type("seed, typed", "7")
    other = grid.frames()
    grid.type("seed, typed", "0")

    np.testing.assert_array_equal(grid.frames(), first)
    np.testing.assert_array_equal(first, native(spacing="uneven"))
    np.testing.assert_array_equal(other, native(spacing="uneven", seed=7))
    assert np.abs(other[0] - first[0])[np.isfinite(first[0])].max() > 1e-3


def test_keys_mouse_and_typing_set_the_grid_and_the_start(grid: Visitor) -> None:
    grid.slider("samples").press("ArrowRight")
    grid.settle()
    assert grid.sent("value") == 14
    np.testing.assert_array_equal(grid.frames(), native(samples=14))

    grid.map.get_by_label("Start").press("ArrowRight")
    grid.settle()
    by_key = grid.sent("point")
    assert by_key[0] == pytest.approx(-5.0 + 12.0 / 40.0, abs=0.02)

    box = grid.map.bounding_box()
    assert box is not None
    grid.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.3 * box["height"])
    grid.settle()
    x, y = grid.sent("point")
    assert x > 0.0 < y
    np.testing.assert_array_equal(grid.frames(), native(samples=14, start_x=x, start_y=y))


@pytest.mark.parametrize(
    "settings",
    [{}, {"spacing": "uneven", "edge_order": "2"}, {"ripple": 0.1}],
    ids=["as at first", "uneven", "with a ripple"],
)
def test_script_ends_where_the_page_does(grid: Visitor, settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        if isinstance(value, str):
            pages.pick(grid, name, value)
        else:
            grid.type(f"{name}, typed", str(value))

    said = printed_by(pages.tape(grid, "code"))

    frames = grid.frames()
    ends = [[float(number) for number in found.split()] for found in re.findall(r"x = \[(.*?)\]", said)]
    np.testing.assert_allclose(ends, column(frames, "x", "y")[:, :, -1], rtol=1e-7)
    losses = [float(found) for found in re.findall(r"f\(x\) = (\S+)", said)]
    np.testing.assert_allclose(losses, column(frames, "loss")[:, 0, -1], rtol=1e-9, atol=1e-12)


def test_who_leaves_the_grid_is_told_so(grid: Visitor) -> None:
    grid.choose("Booth")
    grid.stand(grid.last)

    notes = grid.page.locator("[data-part=notes]")
    expect(notes).to_contain_text("it left the grid at step 1: where there are no samples, there is no slope")
    expect(grid.status).to_have_attribute("data-state", "live")


def test_own_function_that_is_nowhere_a_number_is_refused_and_one_with_holes_is_not(grid: Visitor) -> None:
    grid.choose("own")
    before = grid.frames()

    grid.type("f(x, y)", "np.log(x - 1000) + y")
    expect(grid.page.get_by_text("it is nowhere finite")).to_be_visible()
    np.testing.assert_array_equal(grid.frames(), before)
    grid.type("f(x, y)", "np.where(x > 2, np.nan, x * x + y * y)")

    assert grid.frames().shape == before.shape
    expect(summary(grid)).to_contain_text("np.gradient")


def test_listings_return_what_they_say(grid: Visitor) -> None:
    below = grid.page.locator("[data-place=below]")
    run = below.get_by_role("button", name="Run: Two axes: a tuple of two arrays")
    run.click()
    grid.settle()

    outputs = below.locator("output").all_inner_texts()
    assert outputs[0].startswith("ndarray (5,)")
    assert outputs[1].startswith("tuple of 2")
    assert "z: (4, 5, 6) 3.0" in outputs[2]
    below.get_by_text("Pitfalls").click()
    told = below.locator("output").all_inner_texts()
    assert told[3] == "()"
    assert "ValueError: Shape of array too small" in told[4]
    assert told[6] == "[ 1. nan nan  3.]"
    assert told[7] == "[ 1. nan  4. nan  7.]"
    below.get_by_text("Pitfalls").click()


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_each_further_plot_is_taken_away_by_itself(grid: Visitor, ending: str, tmp_path: Path) -> None:
    for place, title in (("error", "Error at each sample"), ("memory", "Memory, predicted and measured")):
        name = f"{ending.upper()} of {title}"
        with grid.page.expect_download() as coming:
            grid.page.get_by_role("button", name=name).click()
        assert coming.value.suggested_filename == f"fallline-grid-{place}.{ending}"
        coming.value.save_as(tmp_path / f"{place}.{ending}")

    if ending == "png":
        picture = np.asarray(Image.open(tmp_path / "error.png").convert("RGB"), dtype=float)
        assert picture.std() > 20.0
    else:
        assert "error of np.gradient" in (tmp_path / "error.svg").read_text(encoding="utf-8")


def test_finger_sets_the_grid(finger: Visitor) -> None:
    finger.page.get_by_text("Grid", exact=True).last.tap()
    slider = finger.slider("samples")
    box = slider.bounding_box()
    assert box is not None
    place = box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2
    finger.answered(lambda: finger.page.touchscreen.tap(*place))

    assert 35 < finger.sent("value") < 60
    finger.player("forward").tap()
    assert finger.step >= 1
