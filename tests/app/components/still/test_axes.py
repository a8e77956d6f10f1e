"""Ticks of a still stand where their numbers are, and what a plot calls its axes is text."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from fallline_app.components.plots import new_plot
from fallline_app.components.still.axes import draw_axes
from fallline_app.components.still.frame import frame_of


def drawn(x_ticks: tuple[float, ...] = (), **scales: str) -> ET.Element:
    """Draw the axes of a plot from 1 to 5, upwards from 1 to 100."""
    plot = new_plot("step <n>", "loss & more", x_ticks=x_ticks, **scales)  # type: ignore[arg-type]
    plot.x_range.update(start=1.0, end=5.0)
    plot.y_range.update(start=1.0, end=100.0)
    return ET.fromstring(f"<svg>{''.join(draw_axes(plot, frame_of(plot)))}</svg>")


def labels(axes: ET.Element, side: str, along: str) -> dict[str, str]:
    """Return where each label of a side stands."""
    found = {}
    for place in axes.findall("svg"):
        (text,) = place.findall("text")
        if text.get("class") == side:
            found[text.text or ""] = place.get(along, "")
    return found


def test_numbers_grow_to_the_right_and_upwards() -> None:
    axes = drawn()

    across = labels(axes, "below", "x")
    assert [across[name] for name in "12345"] == ["0%", "25%", "50%", "75%", "100%"]
    upwards = [float(place.rstrip("%")) for place in labels(axes, "before", "y").values()]
    assert upwards == sorted(upwards, reverse=True)


def test_decades_of_a_log_axis_are_as_far_from_each_other() -> None:
    assert labels(drawn(y_scale="log"), "before", "y") == {"1": "100%", "10": "50%", "100": "0%"}


def test_ticks_of_ones_own_are_those_within_the_frame() -> None:
    assert labels(drawn(x_ticks=(0.5, 1.0, 5.0, 6.0)), "below", "x") == {"1": "0%", "5": "100%"}


@pytest.mark.parametrize("name", ["step <n>", "loss & more"])
def test_name_of_an_axis_is_text_whatever_it_holds(name: str) -> None:
    assert name in [text.text for text in drawn().iter("text")]


def test_every_label_has_a_line_of_the_grid() -> None:
    axes = drawn()

    across = [line.get("y1") for line in axes.findall("line") if line.get("y1")]
    assert across == list(labels(axes, "before", "y").values())
