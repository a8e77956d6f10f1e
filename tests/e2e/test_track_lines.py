"""The lines of tracks, to which a step on adds what is new: on the screen, under the pointer, in a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from tests.e2e.visitor import Visitor

MAP = 'const map = fallline.document.views_manager.roots.find(({ model }) => model.name === "map")\n'
LINES = MAP + "const canvas = map.canvas_view.overlays.el.previousElementSibling\n"
# What is on the canvas of the lines, as RGBA bytes.
BYTES = f"""async () => {{
  await new Promise(requestAnimationFrame)
  {LINES}
  const {{ width, height }} = canvas
  const copy = new OffscreenCanvas(width, height).getContext("2d", {{ willReadFrequently: true }})
  copy.drawImage(canvas, 0, 0)
  return [height, width, [...copy.getImageData(0, 0, width, height).data]]
}}"""
# How many segments are drawn of them when a button is pressed.
SEGMENTS = f"""async (button) => {{
  {LINES}
  const pen = canvas.getContext("2d")
  let count = 0
  pen.lineTo = (...to) => {{ count += 1; CanvasRenderingContext2D.prototype.lineTo.apply(pen, to) }}
  document.querySelector(`[data-player=${{button}}]`).click()
  await new Promise((resolve) => setTimeout(resolve, 100))
  delete pen.lineTo
  return count
}}"""
# Whether the first racer's line is found where it is at a step.
FOUND = f"""(step) => {{
  {MAP}
  const [tape] = fallline.document.roots().filter(({{ name }}) => name === "tape")
  const line = map.computed_renderer_views.find(({{ model }}) => model.name === tape.tracks[0].label)
  const {{ x, y }} = tape.frame(0, step)
  const [sx, sy] = [map.frame.x_scale.compute(x), map.frame.y_scale.compute(y)]
  return line.glyph.hit_test({{ type: "point", sx, sy }}).line_indices.length > 0
}}"""
# Whether there is ink where the first racer is at each of these steps.
INK = f"""async (steps) => {{
  await new Promise(requestAnimationFrame)
  {LINES}
  const [tape] = fallline.document.roots().filter(({{ name }}) => name === "tape")
  const scale = canvas.width / canvas.clientWidth
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", {{ willReadFrequently: true }})
  copy.drawImage(canvas, 0, 0)
  return steps.map((step) => {{
    const {{ x, y }} = tape.frame(0, step)
    const [left, top] = [map.frame.x_scale.compute(x), map.frame.y_scale.compute(y)].map((at) => Math.round(scale * at))
    return copy.getImageData(left, top, 1, 1).data[3] > 0
  }})
}}"""
DRAWING = f"() => {{ {MAP} return map.export('svg').ctx.get_serialized_svg(true) }}"


def painted(race: Visitor) -> NDArray[np.float64]:
    """Return what is on the canvas of the map's lines, shape (height, width, 4), from 0 to 1."""
    height, width, data = race.page.evaluate(BYTES)
    return np.array(data, dtype=float).reshape(height, width, 4) / 255.0


def test_lines_that_grew_look_as_those_drawn_at_once(race: Visitor) -> None:
    race.stand(30)
    more = painted(race)
    race.stand(20)
    at_once = painted(race)
    race.stand(0)
    for _ in range(20):
        race.player("forward").click()
    grown = painted(race)

    # Where lines cross, and where one touches its own casing, a few pixels differ.
    assert abs(grown - at_once).mean() < 0.1 * abs(more - at_once).mean()
    assert at_once[..., 3].mean() > 0.001


def test_line_ends_where_its_racer_is(race: Visitor) -> None:
    # The first steps are long enough to be told apart.
    for step in (1, 2, 3):
        race.stand(step)
        assert race.page.evaluate(INK, [step - 1, step, step + 1]) == [True, True, False]


def test_a_step_on_draws_what_is_new_alone(race: Visitor) -> None:
    race.stand(60)
    on, back = (race.page.evaluate(SEGMENTS, button) for button in ("forward", "back"))

    running = race.page.evaluate(
        "fallline.document.roots().find(({ name }) => name === 'tape').tracks.length"
    )
    assert 0 < on <= 2 * running
    assert back >= 2 * 59


def test_pointer_finds_what_is_seen_of_a_line_and_nothing_else(race: Visitor) -> None:
    race.stand(race.last)
    late, early = race.page.evaluate(FOUND, race.last), race.page.evaluate(FOUND, 1)
    race.stand(2)

    assert (late, early) == (True, True)
    assert race.page.evaluate(FOUND, 1)
    assert not race.page.evaluate(FOUND, race.last)


def test_drawing_has_the_lines_as_far_as_they_are(race: Visitor) -> None:
    lengths = []
    for step in (0, race.last // 2, race.last):
        race.stand(step)
        lengths.append(len(race.page.evaluate(DRAWING)))

    assert lengths[1] - lengths[0] > 10 * race.last
    assert lengths[2] - lengths[1] > 10 * race.last


@pytest.fixture
def restored(race: Visitor) -> Iterator[Visitor]:
    """The race on a screen that is put back as it was."""
    size = race.page.viewport_size
    assert size is not None
    yield race
    race.page.set_viewport_size(size)
    race.page.emulate_media(color_scheme="light")


def test_lines_follow_the_screen_and_its_scheme(restored: Visitor) -> None:
    restored.stand(restored.last)
    first = painted(restored)
    restored.page.emulate_media(color_scheme="dark")
    dark = painted(restored)
    restored.page.set_viewport_size({"width": 700, "height": 900})
    restored.page.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")
    small = painted(restored)

    ink = first[..., 3] > 0
    assert abs(dark - first)[ink].mean() > 0.1
    assert small.shape != first.shape
    assert (small[..., 3] > 0).mean() > 0.3 * ink.mean()
