"""What can be taken away: each file is what it says it is, and holds what the page shows."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.e2e.visitor import Visitor

    Take = Callable[[str], Path]


@pytest.fixture
def take(race: Visitor, tmp_path: Path) -> Take:
    """Press a button and return what is saved then."""
    race.page.locator(".away details").evaluate("details => { details.open = true }")

    def taken(button: str) -> Path:
        with race.page.expect_download(timeout=60_000) as download:
            race.page.get_by_role("button", name=button).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path

    return taken


def test_picture_shows_both_plots(take: Take) -> None:
    path = take("Picture (PNG)")

    with Image.open(path) as picture:
        colours = picture.convert("RGB").getcolors(1 << 24)
        assert path.name == "fallline-race.png"
        assert picture.format == "PNG"
        assert picture.width > 600
        assert colours is not None
        assert len(colours) > 200


def test_drawing_is_well_formed_and_holds_the_names_of_the_tracks(take: Take) -> None:
    root = ElementTree.parse(take("Drawing (SVG)")).getroot()

    text = " ".join(filter(None, (node.text for node in root.iter())))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall("{http://www.w3.org/2000/svg}svg")) == 2
    assert "Adam" in text


def test_numbers_are_the_run_to_the_last_digit(race: Visitor, take: Take) -> None:
    with take("Numbers (CSV)").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    frames = race.running()
    names = list(dict.fromkeys(row["track"] for row in rows))
    assert len(names) == len(frames)
    for name, columns in zip(names, frames, strict=True):
        own = [row for row in rows if row["track"] == name]
        np.testing.assert_array_equal([float(row["x"]) for row in own], columns[1, : len(own)])


def test_film_moves(race: Visitor, take: Take) -> None:
    race.stand(7)
    path = take("Film (GIF)")

    with Image.open(path) as film:
        assert film.format == "GIF"
        last = getattr(film, "n_frames", 1) - 1
        assert last > 20
        first = np.asarray(film.convert("RGB")).copy()
        film.seek(last)
        assert (np.asarray(film.convert("RGB")) != first).any()
    assert race.step == 7


def test_script_ends_where_the_page_ends(race: Visitor, take: Take) -> None:
    race.assert_ends_as(take("Script (.py)").read_text(encoding="utf-8"))


def test_notebook_holds_the_script(take: Take) -> None:
    script = take("Script (.py)").read_text(encoding="utf-8")
    book = json.loads(take("Notebook (.ipynb)").read_text(encoding="utf-8"))

    (cell,) = book["cells"]
    assert book["nbformat"] == 4
    assert "".join(cell["source"]) == script


def test_code_follows_the_settings(race: Visitor) -> None:
    race.type("Adam: rate, typed", "0.25")

    expect(race.page.locator("[data-away=listing]")).to_contain_text("fl.Adam(rate=0.25")
