from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallline_site.image import Kept
from fallline_site.page_reader import read_page
from fallline_site.pages import Shell, json_in_html, write_pages

SITE = Path(__file__).parents[2] / "site"
EXAMPLE = SITE / "pages" / "parts" / "example.txt"
ASSETS = {
    "icon.svg": "icon.svg",
    "page.js": "page.js",
    "guard.js": "guard.js",
    "first.js": "first.js",
    "inter-latin-wght-normal.woff2": "inter.woff2",
}
SHELL = Shell("web", {}, {"assets": ASSETS, "style": "", "single": "take/fallline.html"})

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["</script>", "<!--<script>", "]]>", "&lt;"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def still(name: str) -> dict[str, Any]:
    described = {"map": f"{name} map", "curve": f"{name} curve"}
    plots = {place: f"<svg>{text}</svg>" for place, text in described.items()}
    said = {"descriptions": described, "summary": "", "work": {}}
    return {"plots": plots, "barred": [], "folded": 2, **said, "last": 1, "headings": [], "rows": []}


def made() -> Kept:
    """A site of two demos, the second played at home."""
    said = ("title", "sentence", "lead", "hero", "beside")
    demos: list[dict[str, Any]] = [
        {
            "name": name,
            **{key: f"{key} of {name}" for key in said},
            "below": "",
            "figures": [],
            "home": name == "race",
        }
        for name in ("slope", "race")
    ]
    names = [demo["name"] for demo in demos]
    return Kept(demos, {name: {"of": name} for name in names}, {name: still(name) for name in names}, 300, {})


class Texts(HTMLParser):
    """The standard library's idea of where a script ends."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(VALUES)
def test_json_cannot_end_the_script_that_it_stands_in(value: object) -> None:
    reader = Texts()
    reader.feed(f'<script type="application/json">{json_in_html(value)}</script><p>')
    reader.close()

    assert reader.tags == ["script", "p"]
    assert json.loads(reader.text) == value


def test_example_on_the_home_page_runs_and_descends() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", EXAMPLE.read_text(encoding="utf-8")],
        capture_output=True,
        text=True,
        check=True,
    )

    first, *_, last = ran.stdout.splitlines()
    assert last.startswith("199 ")
    assert float(last.split()[-1]) < 1e-3 < float(first.split()[-1])


@pytest.mark.parametrize("here", ["index", "slope", "race"])
def test_page_says_where_in_the_chain_it_is_and_leads_to_every_station(here: str, tmp_path: Path) -> None:
    write_pages(SITE, made(), SHELL, tmp_path)

    page = (tmp_path / f"{here}.html").read_text(encoding="utf-8")
    current = re.findall(r'href="([^"]*)" aria-current="page"', page)
    assert current == [f"{here}.html"]
    assert {f"{demo['name']}.html" for demo in made().demos} <= read_page(page).links
    assert read_page(page).faults == ()


def test_narrow_page_says_which_station_it_is_and_leads_to_those_beside_it(tmp_path: Path) -> None:
    write_pages(SITE, made(), SHELL, tmp_path)

    said = {}
    for here in ("index", "slope", "race"):
        page = (tmp_path / f"{here}.html").read_text(encoding="utf-8")
        said[here] = (
            re.findall(r'href="([^"]*)" rel="(prev|next)"', page),
            re.findall(r"<span>([^<]*stations?[^<]*)</span>", page),
        )
    assert said == {
        "index": ([("slope.html", "next")], ["2 stations"]),
        "slope": ([("race.html", "next")], ["station 1 of 2"]),
        "race": ([("slope.html", "prev")], ["station 2 of 2"]),
    }


def test_home_page_plays_its_demo_without_settings_and_shows_a_still_of_each(tmp_path: Path) -> None:
    write_pages(SITE, made(), SHELL, tmp_path)

    home = read_page((tmp_path / "index.html").read_text(encoding="utf-8"))
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert json.loads(home.data["manifest"])["demo"] == "race"
    assert json.loads(home.data["document"]) == {"of": "race"}
    assert 'data-place="settings"' not in text
    assert [text.count(f"<svg>{name} map</svg>") for name in ("slope", "race")] == [1, 2]


def test_page_with_work_has_a_bar_for_it_before_any_script_has_run(tmp_path: Path) -> None:
    kept = made()
    kept.stills["slope"]["work"] = {"title": "Walking", "action": "Walk on"}
    write_pages(SITE, kept, SHELL, tmp_path)
    slope, race = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("slope", "race"))

    assert 'data-part="work" data-state="idle" role="group" aria-label="Walking"' in slope
    assert "Walk on</span>" in slope
    assert 'data-part="work"' not in race


def test_equations_of_a_still_stand_open_unless_there_are_many(tmp_path: Path) -> None:
    kept = made()
    row = {
        "label": "forward",
        "series": "adam",
        "dash": "solid",
        "note": "",
        "cells": [],
        "equation": ["<mi>x</mi>"],
    }
    opened = []
    for count in (0, 3, 4):
        kept.stills["slope"]["rows"] = [row] * count
        write_pages(SITE, kept, SHELL, tmp_path)
        text = (tmp_path / "slope.html").read_text(encoding="utf-8")
        opened.append(re.findall(r'<details class="equations"( open)?>', text))
        assert text.count("<math><mi>x</mi></math>") == count

    assert opened == [[], [" open"], [""]]


def test_further_plots_have_a_title_a_place_a_still_and_buttons_of_their_own(tmp_path: Path) -> None:
    kept = made()
    error = {"name": "error", "title": "Error map", "under": "asked"}
    kept.demos[0].update(below="More", figures=[error], aside="Network")
    kept.stills["slope"]["plots"]["error"] = "<svg>error</svg>"
    kept.stills["slope"]["descriptions"]["error"] = "Where it errs."
    kept.stills["slope"]["barred"] = ["error"]

    write_pages(SITE, kept, SHELL, tmp_path)

    text = (tmp_path / "slope.html").read_text(encoding="utf-8")
    assert "<h3>Error map</h3>" in text
    assert re.findall(r'data-place="error" aria-label="(.*?)"', text) == ["Where it errs."]
    assert re.findall(
        r'<div class="frame barred">\s*<figure.*?</figure>\s*<div class="still">(.*?)</div>', text
    ) == ["<svg>error</svg>"]
    assert re.findall(r'data-figure="error" data-ending="(\w+)"', text) == ["png", "svg"]
    assert re.findall(r'</div>\s*<div data-place="asked"></div>\s*</section>', text)
    assert re.findall(r'<h3>Network</h3>\s*<div data-place="aside"></div>\s*</section>\s*</div>', text)
    assert "data-figure" not in (tmp_path / "race.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("here", ["index", "slope"])
def test_what_a_run_shows_is_spoken_when_it_changes(here: str, tmp_path: Path) -> None:
    write_pages(SITE, made(), SHELL, tmp_path)

    (summary,) = re.findall(
        r'<p [^>]*data-part="summary"[^>]*>', (tmp_path / f"{here}.html").read_text(encoding="utf-8")
    )
    assert 'aria-live="polite"' in summary
