"""Every page in Firefox and WebKit, from a host, a folder and the single file: live, and answering to keys and mouse."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from tests.app.demos.digits.handwriting import STROKES
from tests.app.demos.network.bad_files import GOOD
from tests.e2e.engines import DOWNLOADS, STATE, TAPE, firefox, saved, state, wait, webkit
from tests.e2e.serving import ROOT

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.e2e.drivers import Hands
    from tests.e2e.serving import Site

pytestmark = pytest.mark.slow

USB = ROOT / "site" / "dist" / "usb"
DEMO_NAMES = [demo.name for demo in DEMOS]
WAYS = ("host", "folder", "single file")
# The single file has no home.
PLACES = [(way, page) for way in WAYS for page in ["index", *DEMO_NAMES] if (way, page) != (WAYS[2], "index")]
TRAINED_WITHIN = 90.0
END, ARROW_RIGHT = "\ue010", "\ue014"
FILES = {"Picture (PNG)": "png", "Drawing (SVG)": "svg", "Numbers (CSV)": "csv", "Film (GIF)": "gif"}
# Bokeh's models stand in shadows, into which no selector looks.
SEEN = """
const within = (root) => [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? within(each.shadowRoot) : [])])
const seen = within(document).filter((each) => each.getClientRects().length > 0)
const first = (name, read) => seen.find((each) => read(each).trim().startsWith(name))
const named = (name) => first(name, ({ ariaLabel }) => ariaLabel ?? "") ?? first(name, ({ textContent }) => textContent)
"""
# Of a page without settings, the point that can be moved.
SETTING = f"{SEEN} return seen.find((each) => each.type === 'range' && !each.matches('[data-player]')) ?? named('Start')"
RUN = f"JSON.stringify([{TAPE}.frames.shape, ...{TAPE}.frames])"
REST = "fallline.document.roots().find(({ name }) => name === 'work')?.state !== 'running'"


class Opened(NamedTuple):
    """A browser, where it finds the pages, and the folder into which it saves."""

    hands: Hands
    addresses: dict[str, Callable[[str], str]]
    downloads: Path

    def open(self, way: str, page: str, hash: str = "") -> None:
        """Open a page and wait until Python is live."""
        # An address that differs in its hash alone would load nothing.
        self.hands.goto("about:blank")
        self.hands.goto(self.addresses[way](page) + hash)
        assert state(self.hands) == "live"
        wait(self.hands, f"return {REST}", TRAINED_WITHIN)

    @contextmanager
    def answered(self) -> Iterator[None]:
        """Wait at the end until Python's answer has changed the run, and nothing is being worked on."""
        self.hands.run(f"window.before = {RUN}")
        yield
        wait(self.hands, f"return {REST} && {RUN} !== before", TRAINED_WITHIN)
        assert self.hands.run(f"return {STATE}") == "live"

    def box(self, script: str) -> tuple[float, float, float, float]:
        """Bring an element into the window and return its left, top, width and height there."""
        found = f"const found = (() => {{ {script} }})(); found.scrollIntoView({{ block: 'center', behavior: 'instant' }})"
        self.hands.run(found)
        box = self.hands.run(
            f"{found}; const box = found.getBoundingClientRect(); return JSON.stringify(box)"
        )
        left, top, width, height = (json.loads(box)[side] for side in ("left", "top", "width", "height"))
        return left, top, width, height


@pytest.fixture(scope="module", params=[firefox, webkit])
def opened(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    addresses = {
        "host": lambda page: f"{site.url}{page}.html",
        "folder": lambda page: (USB / f"{page}.html").as_uri(),
        "single file": lambda page: f"{(USB / 'fallline.html').as_uri()}?page={page}",
    }
    profile = tmp_path_factory.mktemp("profile")
    browse: Callable[[Path], AbstractContextManager[Hands]] = request.param
    with browse(profile) as hands:
        yield Opened(hands, addresses, profile / DOWNLOADS)


@pytest.mark.parametrize(("way", "page"), PLACES)
def test_page_goes_live_and_answers_to_a_key(way: str, page: str, opened: Opened) -> None:
    opened.open(way, page)

    with opened.answered():
        opened.hands.type(SETTING, ARROW_RIGHT)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("digit", [2, 7])
def test_digit_drawn_by_mouse_is_read(digit: int, way: str, opened: Opened) -> None:
    opened.open(way, "digits")
    opened.hands.type("return document.querySelector('[data-player=scrub]')", END)
    opened.hands.click(f"{SEEN} return named('Clear')")
    left, top, width, height = opened.box(f"{SEEN} return named('Draw a digit: arrow keys')")

    for points in STROKES[digit]:
        places = (points * (0.5, 0.7) + (0.25, 0.15)) * (width, height) + (left, top)
        opened.hands.drag([(x, y) for x, y in places])

    wait(
        opened.hands,
        f"{SEEN} return seen.find(({{ className }}) => className === 'answer').textContent.includes('Read as {digit}')",
    )


@pytest.mark.parametrize("way", WAYS)
def test_painted_points_are_learnt(way: str, opened: Opened) -> None:
    opened.open(way, "network", "#v=1&data=painted")
    left, top, width, height = opened.box("return document.querySelector('[data-place=map]')")
    points = "[...fallline.document.all_models].find(({ key }) => key === 'painted').value.length"
    before = opened.hands.run(f"return {points}")

    with opened.answered():
        opened.hands.drag([(left + share * width, top + 0.2 * height) for share in np.linspace(0.3, 0.7, 12)])

    assert opened.hands.run(f"return {points}") > before


@pytest.mark.parametrize("way", WAYS)
def test_file_from_the_disk_is_learnt(way: str, opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    opened.open(way, "network", "#v=1&data=file")

    with opened.answered():
        opened.hands.type(
            f"{SEEN} return seen.find(({{ type }}) => type === 'file')", str(tmp_path / "good.csv")
        )

    wait(opened.hands, f"{SEEN} return named('good.csv: 40 rows, 2 columns, 2 classes') !== undefined")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_taken_away_is_saved_whole(way: str, opened: Opened) -> None:
    opened.open(way, "race")
    opened.hands.run("document.querySelector('.away details').open = true")
    frames = json.loads(opened.hands.run(f"return {RUN}"))[1:]

    files = {}
    for button, ending in FILES.items():
        opened.hands.click(f"{SEEN} return named({button!r})")
        files[ending] = io.BytesIO(saved(opened.downloads / f"fallline-race.{ending}"))

    with Image.open(files["png"]) as picture, Image.open(files["gif"]) as film:
        assert picture.format == "PNG"
        assert picture.width > 600
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 200
        assert getattr(film, "n_frames", 1) > 20
    assert len(ElementTree.parse(files["svg"]).getroot().findall("{http://www.w3.org/2000/svg}svg")) == 2
    rows = list(csv.DictReader(io.TextIOWrapper(files["csv"], encoding="utf-8", newline="")))
    assert {float(row["x"]) for row in rows} <= set(frames)
    assert len({row["track"] for row in rows}) > 1
