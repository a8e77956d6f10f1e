from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np

from fallline_app.components.colour_scale import NO_NUMBER, even_scale
from fallline_app.components.field import FieldMap
from fallline_app.components.models import Tape
from fallline_app.components.still.cells import draw_cells
from fallline_app.components.still.outlines import UNITS
from fallline_app.components.still.picture import still


def rectangles(path: str) -> list[list[int]]:
    return [[int(n) for n in re.findall(r"-?\d+", part)][:4] for part in path.split("z")[:-1]]


def test_runs_of_one_colour_are_rectangles_with_the_first_row_below() -> None:
    ranks = np.array([[0, 0], [0, 65_534]], dtype=np.uint16)

    low, high = (rectangles(ET.fromstring(svg).get("d", "")) for svg in draw_cells(ranks, "field"))

    assert low == [[0, UNITS // 2, UNITS, UNITS // 2], [0, 0, UNITS // 2, UNITS // 2]]
    assert high == [[UNITS // 2, 0, UNITS // 2, UNITS // 2]]


def test_cells_cover_the_frame_once() -> None:
    ranks = np.random.default_rng(0).integers(0, NO_NUMBER, (13, 17), endpoint=True).astype(np.uint16)

    areas = [
        w * h
        for svg in draw_cells(ranks, "field")
        for _, _, w, h in rectangles(ET.fromstring(svg).get("d", ""))
    ]

    assert sum(areas) == UNITS * UNITS


def test_what_is_no_number_has_its_own_colour() -> None:
    (cell,) = draw_cells(np.array([[NO_NUMBER]], dtype=np.uint16), "field")

    assert ET.fromstring(cell).get("fill") == "var(--no-number)"


def test_still_of_a_field_has_its_cells_and_its_bar_with_numbers() -> None:
    field = FieldMap("x", "y", "height <m>", "balance")
    values = np.array([[0.0, 10.0], [20.0, 40.0]])
    field.show([0.0, 1.0], [0.0, 1.0], values, even_scale(values))
    tape = Tape()
    tape.frames = np.empty((0, 0, 0))

    picture = ET.fromstring(still(field.plot, tape))

    assert len([path for path in picture.iter("path") if path.get("class") == "cells"]) == 4
    assert "var(--balance-4)" in ET.tostring(picture, encoding="unicode")
    said = [text.text for text in picture.iter("text")]
    assert {"height <m>", "0", "10", "20", "30", "40"} <= set(said)


def test_fine_field_is_drawn_as_areas_with_fewer_letters() -> None:
    letters = []
    for cells in (80, 120):
        places = np.linspace(-1.0, 1.0, cells)
        field = FieldMap("x", "y", "height")
        values = np.hypot(*np.meshgrid(places, places))
        field.show(places, places, values, even_scale(values))
        letters.append(len(still(field.plot, Tape(frames=np.empty((0, 0, 1))))))

    assert letters[1] < letters[0] / 2
