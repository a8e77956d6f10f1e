"""Noise is the price of a cheap gradient: the page of the batches by its numbers, its controls and its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.e2e import pages
from tests.running import printed_by

from fallline_app.components.followers import scattered
from fallline_app.demos.batches.film import COLUMNS
from fallline_app.demos.batches.model import Batches, Run

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor, Visits

PAGE = "batches"
TITLES = ["Full batch", "Mini-batch 8", "Stochastic"]
FULL, MINI, OTHER, STOCHASTIC = range(4)
WORK = "[data-work={}]"
END = re.compile(r"(.+): (\d+) updates, slope (\S+), intercept (\S+), loss (\S+), noise (\S+)")
FOLLOWERS = """() => {
  const { followers } = fallline.document.roots().find(({ name }) => name === "tape")
  const plain = (data) => Object.fromEntries(Object.entries(data).map(([name, column]) => [name, [...column].map((value) => value.length ? [...value] : value)]))
  const lines = (pairs) => Object.fromEntries(pairs.map(([series, { data }]) => [series, plain(data)]))
  const [spreads, fits, marks] = followers
  return { spreads: lines(spreads.lines), fits: lines(fits.lines), marked: lines(marks.marked), now: lines(marks.now), others: lines(marks.others) }
}"""


@pytest.fixture(scope="module")
def live(live: Visitor) -> Visitor:
    live.page.get_by_text("Descent", exact=True).first.click()
    # On a slow machine a run is more than an answer.
    live.settle = live.finish  # type: ignore[method-assign]
    return live


@pytest.fixture
def batches(at_first: Visitor) -> Visitor:
    return at_first


def native(**settings: Any) -> tuple[Batches, Run]:
    model = Batches()
    for name, value in settings.items():
        setattr(model, name, value)
    return model, model.run()


def column(frames: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return frames[:, COLUMNS.index(name)]


def assert_same(page: NDArray[np.float64], ours: NDArray[np.float64]) -> None:
    """Without a BLAS the browser adds in another order; what a difference makes of that stays below a millionth."""
    np.testing.assert_allclose(page, ours, rtol=1e-6, atol=1e-6)


def outcome(visitor: Visitor) -> dict[str, dict[str, str]]:
    """Return what the table of the outcome says, by racer and heading."""
    head, *rows = visitor.page.locator("[data-place=below] tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()))"
    )
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def test_recorded_numbers_are_native_numpys_and_followed_without_python(visits: Visits) -> None:
    model, run = native()
    with visits() as visitor, visitor.before_python():
        visitor.open("playable", page=PAGE)
        assert_same(visitor.frames(), run.frames)

        for step in (0, 45, 60, 500):
            visitor.stand(step)
            assert_follows(visitor, model, run, step)


def assert_follows(visitor: Visitor, model: Batches, run: Run, step: int) -> None:
    """Compare the ellipses, the lines and the marks on the page with those of the run."""
    shown = visitor.page.evaluate(FOLLOWERS)
    for index, racer in enumerate(model.racers):
        if not racer.runs:
            assert shown["spreads"][racer.series]["xs"] == []
            continue
        frame = dict(zip(COLUMNS, run.frames[index, :, step].tolist(), strict=True))
        lines = scattered(frame, "slope", "intercept")
        spread, fit = shown["spreads"][racer.series], shown["fits"][racer.series]
        assert len(spread["xs"]) == len(lines) == (1 if index == FULL else 3)
        for x, y, line in zip(spread["xs"], spread["ys"], lines, strict=True):
            np.testing.assert_allclose([x, y], line, rtol=1e-6, atol=1e-6)
        drawn = frame["slope"] * np.array(fit["x"]) + frame["intercept"]
        np.testing.assert_allclose(fit["y"], drawn, rtol=1e-6, atol=1e-6)
    lap = run.laps[MINI]
    assert lap is not None
    epoch, begin, size = (
        int(run.frames[MINI, COLUMNS.index(name), step]) for name in ("epoch", "begin", "size")
    )
    now = lap.orders[epoch, begin : begin + size]
    assert shown["now"]["mini-batch"]["y"] == (now + 1).tolist()
    np.testing.assert_array_equal(shown["marked"]["mini-batch"]["x"], model.problem.X[now, 0])
    assert shown["others"]["before"]["y"] == (lap.orders[epoch, :begin] + 1).tolist()
    assert shown["others"]["never"]["y"] == []


@pytest.mark.parametrize(
    "settings",
    [{"data": "sine"}, {"data": "clouds"}, {"gradient": "backprop"}, {"optimizer": "momentum"}],
    ids=str,
)
def test_choice_runs_as_native_numpys(batches: Visitor, settings: dict[str, str]) -> None:
    for setting, option in settings.items():
        pages.pick(batches, setting, option)

    assert_same(batches.frames(), native(**settings)[1].frames)


def test_noise_on_screen_falls_like_one_over_the_root_of_the_size(batches: Visitor) -> None:
    noise = {1: float(outcome(batches)["Stochastic"]["noise at the start"])}

    for size in (2, 4, 8, 16):
        batches.type("size, typed", str(size))
        row = outcome(batches)[f"Mini-batch {size}"]
        assert row["samples an update"] == str(size)
        noise[size] = float(row["noise at the start"])

    # Without one sample twice, of 50.
    expected = [noise[1] / np.sqrt(size) * np.sqrt((50 - size) / 49) for size in noise]
    np.testing.assert_allclose(list(noise.values()), expected, rtol=5e-3)
    assert outcome(batches)["Full batch"]["noise at the start"] == "0"


def test_count_decides_who_wins(batches: Visitor) -> None:
    table = outcome(batches)
    samples = [int(table[title]["samples"]) for title in TITLES]
    updates = [int(table[title]["updates"]) for title in TITLES]
    assert samples[2] < samples[1] < samples[0]
    assert updates[0] < updates[1] < updates[2]
    stays = [float(table[title]["stays above"]) for title in TITLES]
    assert stays[1] < stays[2] / 5.0

    by_samples = column(batches.frames(), "height")
    pages.pick(batches, "play by", "updates")
    by_updates = column(batches.frames(), "height")

    # After 50 samples everyone else is lower than the full batch, which has made its first update; after 7 updates nobody is.
    assert by_samples[STOCHASTIC, 50] < by_samples[MINI, 50] < by_samples[FULL, 50]
    assert by_updates[FULL, 7] < by_updates[MINI, 7]
    assert by_updates[FULL, 7] < by_updates[STOCHASTIC, 7]
    expect(batches.page.locator("[data-part=summary]")).to_contain_text("Stochastic needs 10 samples")


def test_watched_batch_is_marked_and_left_over_samples_show(batches: Visitor) -> None:
    pages.pick(batches, "watched", "stochastic")
    batches.stand(7)
    marks = batches.page.evaluate(FOLLOWERS)
    assert len(marks["now"]["stochastic"]["x"]) == 1
    assert marks["now"]["mini-batch"]["x"] == []

    pages.pick(batches, "watched", "mini-batch")
    pages.pick(batches, "left-over samples", "drop")
    batches.stand(47)
    marks = batches.page.evaluate(FOLLOWERS)
    assert marks["others"]["never"]["x"] == [49, 50]
    assert len(marks["now"]["mini-batch"]["x"]) == 8


def test_script_prints_the_ends_of_the_page(batches: Visitor) -> None:
    pages.pick(batches, "left-over samples", "drop")
    batches.switch("Another mini-batch").check()
    batches.settle()

    ends = map(END.fullmatch, printed_by(pages.tape(batches, "code")).splitlines())

    numbers = [[float(number) for number in match.groups()[1:5]] for match in ends if match]
    names = [COLUMNS.index(name) for name in ("update", "slope", "intercept", "loss")]
    # Who drops samples ends with the last batch that is paid for.
    lasts = [int(np.flatnonzero(np.isfinite(frames[0]))[-1]) for frames in batches.frames()]
    shown = [frames[names, last] for frames, last in zip(batches.frames(), lasts, strict=True)]
    assert lasts == [500, 496, 500, 500]
    assert_same(np.array(numbers), np.array(shown))


def test_rate_that_is_too_high_is_explained(batches: Visitor) -> None:
    batches.type("rate, typed", "5")

    notes = batches.page.locator("[data-part=notes]")
    expect(notes).to_contain_text("the rate 5 is above 0.996, what the curvature of all samples bears")
    expect(batches.page.locator("[data-part=summary]")).to_contain_text("lower the rate")


def test_keys_move_start_and_slider_and_play(batches: Visitor) -> None:
    batches.slider("rate").press("ArrowRight")
    batches.settle()
    assert batches.sent("value") > 0.3

    batches.map.get_by_label("Start").press("ArrowRight")
    batches.settle()
    assert batches.sent("point")[0] > -0.6
    batches.page.locator("#instrument").press("ArrowRight")
    assert batches.step == 1


def test_press_on_the_map_starts_everyone_there(batches: Visitor) -> None:
    box = batches.map.bounding_box()
    assert box is not None

    batches.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.3 * box["height"])
    batches.settle()

    slope, intercept = batches.sent("point")
    assert_same(batches.frames(), native(start_slope=slope, start_intercept=intercept)[1].frames)


def test_racer_that_is_switched_off_leaves_and_comes_back(batches: Visitor) -> None:
    before = batches.numbers()
    batches.switch("Stochastic").uncheck()
    batches.settle()
    without = batches.numbers()
    batches.switch("Stochastic").check()
    batches.settle()

    assert list(without) == TITLES[:2]
    assert batches.numbers() == before


def test_run_that_takes_long_shows_how_far_it_is_and_is_paused_stopped_and_gone_on_with(
    batches: Visitor,
) -> None:
    batches.page.get_by_role("combobox", name="samples", exact=True).select_option("200")
    batches.field("epochs, typed").fill("20")
    batches.field("epochs, typed").press("Enter")
    bar, (pause, stop) = (
        batches.page.locator("[data-part=work]"),
        (WORK.format(one) for one in ("go", "stop")),
    )
    expect(bar).to_have_attribute("data-state", "running")
    batches.page.locator(pause).click()
    expect(bar).to_have_attribute("data-state", "paused")
    expect(bar).to_contain_text("of 4000 samples each")
    batches.page.locator(stop).click()
    expect(bar).to_have_attribute("data-state", "stopped")
    # A page whose work rests is answered at once, by what there is.
    on_the_way = column(batches.frames(), "seen")[STOCHASTIC]
    assert 0.0 < np.nanmax(on_the_way) < 4000.0

    batches.page.locator(pause).click()
    expect(bar).to_have_attribute("data-state", "done", timeout=60_000)
    batches.finish()

    assert_same(batches.frames(), native(n="200", epochs=20)[1].frames)


def test_finger_switches_and_plays(finger: Visitor) -> None:
    finger.page.get_by_text("Racers", exact=True).tap()
    finger.answered(
        finger.page.locator("[data-place=settings]").get_by_text("Stochastic", exact=True).first.tap
    )
    expect(finger.row("Stochastic")).to_have_attribute("hidden", "")

    finger.player("forward").tap()
    pages.tap_half_way(finger)
    assert finger.step == pytest.approx(finger.last / 2, abs=finger.last / 20)
