from __future__ import annotations

import numpy as np
import pytest

from fallline_app.components.colour_scale import ColourScale, even_scale
from fallline_app.components.field import PIXELS, FieldMap, cell_edges, pixels
from fallline_app.components.models import ColourBar

UNEVEN = np.array([0.0, 1.0, 3.0, 4.0])


def image(shown: FieldMap) -> np.ndarray:
    (ranks,) = shown.plot.renderers[0].data_source.data["image"]
    return np.asarray(ranks)


def test_cell_reaches_midway_to_its_neighbours() -> None:
    assert cell_edges(UNEVEN).tolist() == [-0.5, 0.5, 2.0, 3.5, 4.5]


def test_even_cells_have_a_pixel_each() -> None:
    assert pixels(cell_edges(np.linspace(-2.0, 2.0, 9))).tolist() == list(range(9))


def test_uneven_cell_is_as_wide_as_its_share() -> None:
    shown = pixels(cell_edges(UNEVEN))

    assert shown.size == PIXELS
    shares = np.bincount(shown) / PIXELS
    np.testing.assert_allclose(shares, np.diff(cell_edges(UNEVEN)) / 5.0, atol=1.0 / PIXELS)


def test_cells_fill_the_frame_row_by_row_from_the_lowest_y() -> None:
    field = FieldMap("x", "y", "height (m)")
    values = np.arange(6.0).reshape(2, 3)

    field.show([0.0, 1.0, 2.0], [0.0, 2.0], values, even_scale(values))

    assert (field.plot.x_range.start, field.plot.x_range.end) == (-0.5, 2.5)
    assert (field.plot.y_range.start, field.plot.y_range.end) == (-1.0, 3.0)
    assert image(field).shape == (2, 3)
    assert np.argmin(image(field)) == 0
    assert np.argmax(image(field)) == 5


def test_bar_and_reading_follow_the_scale() -> None:
    field = FieldMap("x", "y", "error (1)", palette="balance")

    field.show([0.0, 1.0], [0.0, 1.0], np.eye(2), ColourScale(0.1, 10.0, by_ratio=True))

    (bar,) = (model for model in field.plot.center if isinstance(model, ColourBar))
    assert (bar.title, bar.palette) == ("error (1)", "balance")
    assert [text for _, text in bar.marks] == ["0.1", "1", "10"]
    reading = field.plot.toolbar.tools[0].formatters["@image"]
    assert (reading.low, reading.high, reading.by_ratio) == (0.1, 10.0, True)


@pytest.mark.parametrize("palette", ["field", "balance"])
def test_colours_are_the_pages_own(palette: str) -> None:
    mapper = FieldMap("x", "y", "", palette).plot.renderers[0].glyph.color_mapper

    assert mapper.tags == [f"palette={palette}", "high_color=no-number"]
