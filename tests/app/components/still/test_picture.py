from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from bokeh.models import Range1d

from fallline_app import catalogue
from fallline_app.components.landscape import LandscapeMap, survey
from fallline_app.components.models import Tape
from fallline_app.components.plots import new_plot
from fallline_app.components.still.colours import ramp
from fallline_app.components.still.picture import still
from fallline_app.components.tracks import Tooltip, draw_labels, draw_tracks, new_track
from fallline_app.live import LiveDocument

MOST = 40 * 1024


def race(y_scale: str = "linear") -> tuple[ET.Element, list[ET.Element]]:
    """Draw two tracks of which the second is switched off; return the picture and its lines."""
    plot = new_plot("x", "<y>", y_scale=y_scale)  # type: ignore[arg-type]
    plot.update(x_range=Range1d(0.0, 4.0), y_range=Range1d(1.0, 100.0))
    tracks = [
        new_track(label, series, ["x", "y"]) for label, series in (("A & B", "adam"), ("M", "momentum"))
    ]
    tracks[0].update(last=2)
    tracks[1].update(last=2, active=False)
    draw_tracks(plot, tracks, "x", "y", [Tooltip("x", ("x",), "%d")])
    tape = Tape(tracks=tracks, columns=["x", "y"], labels=[draw_labels(plot, "x", "y")])
    tape.frames = np.array([[[0.0, 2.0, 2.0, np.nan], [1.0, 1.0, 10.0, np.nan]]] * 2)
    picture = ET.fromstring(still(plot, tape))
    return picture, [path for path in picture.iter("path") if path.get("class") == "line"]


def points(path: ET.Element) -> np.ndarray:
    numbers = [int(number) for number in re.findall(r"-?\d+", path.get("d", ""))]
    return np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)


def test_track_is_drawn_to_its_end_over_its_casing_in_its_own_colour() -> None:
    _, (casing, line) = race("log")

    assert casing.get("stroke") == "var(--casing)"
    assert line.get("stroke") == "var(--adam)"
    # Half of the range along x, and one decade of two up.
    np.testing.assert_array_equal(points(line), [[0, 700], [350, 700], [350, 350]])


def test_names_and_axes_are_written_as_text() -> None:
    picture, _ = race()

    said = ["".join(text.itertext()) for text in picture.iter("text")]

    assert "A & B" in said
    assert "M" not in said
    assert {"x", "<y>"} < set(said)


def test_head_stands_where_its_track_ends() -> None:
    picture, _ = race("log")

    (head,) = (svg for svg in picture.iter("svg") if svg.find("path[@fill='var(--adam)']") is not None)

    assert (head.get("x"), head.get("y")) == ("50%", "50%")


def test_landscape_is_drawn_in_bands_from_low_to_high() -> None:
    landscape = LandscapeMap()
    domain = ((-1.0, 1.0), (-1.0, 1.0))
    landscape.show(survey(lambda p: p[0] ** 2 + p[1] ** 2, domain, samples=41))
    tape = Tape()
    tape.frames = np.empty((0, 0, 0))

    picture = ET.fromstring(still(landscape.plot, tape))

    bands = [path for path in picture.iter("path") if path.get("fill-rule")]
    assert len(bands) == 20
    assert [band.get("fill") for band in bands] == [ramp("height", (i + 0.5) / 20) for i in range(20)]


@pytest.mark.parametrize(
    ("share", "at"), [(0.0, ("1", "0%", "0")), (0.5, ("2", "50%", "1")), (1.0, ("3", "100%", "2"))]
)
def test_ramp_goes_along_its_four_tokens(share: float, at: tuple[str, str, str]) -> None:
    upper, percent, lower = at

    assert (
        ramp("height", share) == f"color-mix(in srgb,var(--height-{upper}) {percent},var(--height-{lower}))"
    )


@pytest.mark.parametrize("demo", [demo.name for demo in catalogue.DEMOS])
def test_stills_of_a_page_are_small(demo: str) -> None:
    made = LiveDocument(demo).to_still()

    drawn = "".join(made["plots"].values())
    assert made["plots"].keys() == made["descriptions"].keys()
    assert len(gzip.compress(drawn.encode())) < MOST
