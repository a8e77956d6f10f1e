from __future__ import annotations

import re

import pytest

from fallline_app.components.level import Level
from fallline_app.components.models import Tape
from fallline_app.components.plots import new_plot
from fallline_app.components.still.picture import still


@pytest.mark.parametrize("above", [True, False])
def test_still_names_a_level_right_of_where_its_name_begins(above: bool) -> None:
    plot = new_plot("x", "y")
    plot.x_range.update(start=0.0, end=10.0)
    plot.y_range.update(start=0.0, end=4.0)

    Level(plot, "contour", "contour-label", above=above).show((0.0, 10.0), 1.0, "goal", at=5.0)

    (x, y, shift) = re.findall(
        r'<svg x="([\d.]+)%" y="([\d.]+)%"><text class="name right" y="(-?\d+)"[^>]*>goal</text>',
        still(plot, Tape(frames=[])),
    )[0]
    assert (float(x), float(y)) == (50.0, 75.0)
    assert (float(shift) < 0.0) == above
