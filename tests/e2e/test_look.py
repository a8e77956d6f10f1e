"""What can be seen and reached: at three widths, light and dark, by eye, by finger and by keyboard."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageStat

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from tests.e2e.serving import Site
    from tests.e2e.visitor import Visitor

TOOLS = Path(__file__).parents[2] / "site" / "node_modules"
HERE = Path(__file__).parent
SCREENS = {"phone": (390, 844), "laptop": (1024, 768), "projector": (1600, 900)}
SMALLEST_TARGET, PLAYER_TARGET = 24.0, 44.0
RING = 2.0


def options(screen: str, scheme: str) -> dict[str, Any]:
    width, height = SCREENS[screen]
    return {
        "viewport": {"width": width, "height": height},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }


@pytest.fixture(
    scope="module",
    params=[
        (demo.name, screen, scheme) for demo in DEMOS for screen in SCREENS for scheme in ("light", "dark")
    ],
    ids="-".join,
)
def visitor_with_screen(request: pytest.FixtureRequest, visits: Callable[..., Any]) -> Iterator[Visitor]:
    """Someone on one of the pages with one of the screens, while Python is on its way."""
    page, screen, scheme = request.param
    with visits(**options(screen, scheme)) as visitor, visitor.before_python():
        visitor.open("playable", page=page)
        yield visitor


def violations(page: Page) -> list[str]:
    """Return what axe-core finds: rule, and the elements that break it."""
    page.add_script_tag(path=TOOLS / "axe-core" / "axe.min.js")
    found: list[str] = page.evaluate(
        """async () => (await axe.run()).violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
          `${id}: ${target.flat().join(" ")}: ${[...any, ...all, ...none].map(({ message }) => message).join("; ")}`))"""
    )
    return found


def brightness(visitor: Visitor) -> float:
    """Return how bright the plots are, from 0 to 1."""
    picture = Image.open(io.BytesIO(visitor.map.screenshot()))
    return ImageStat.Stat(picture.convert("L")).mean[0] / 255.0


def test_page_is_no_wider_than_the_screen(visitor_with_screen: Visitor) -> None:
    wide, screen = visitor_with_screen.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

    assert wide <= screen


def test_map_is_on_the_first_screen(visitor_with_screen: Visitor) -> None:
    box = visitor_with_screen.map.bounding_box()

    assert box is not None
    size = visitor_with_screen.page.viewport_size
    assert size is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size["height"]
    assert box["width"] * box["height"] > 0.2 * size["width"] * size["height"]


def test_axe_finds_nothing_to_complain_of(visitor_with_screen: Visitor) -> None:
    assert violations(visitor_with_screen.page) == []


def test_axe_can_complain_of_what_stands_in_a_shadow_tree(visitor: Visitor) -> None:
    with visitor.before_python():
        visitor.open("playable")

        visitor.page.evaluate(
            "document.querySelector('main').appendChild(document.createElement('div'))"
            ".attachShadow({ mode: 'open' }).innerHTML = '<input>'"
        )

        assert [found.partition(":")[0] for found in violations(visitor.page)] == ["label"]


def test_controls_are_large_enough_to_hit(visitor_with_screen: Visitor) -> None:
    visitor_with_screen.page.add_script_tag(path=HERE / "controls.js")

    targets = visitor_with_screen.page.evaluate("controls.targets()")

    small = [
        target
        for target in targets
        if min(target["width"], target["height"]) < (PLAYER_TARGET if target["player"] else SMALLEST_TARGET)
    ]
    assert len(targets) > 12
    assert small == []


def test_keyboard_reaches_every_control_and_shows_where_it_is(visitor_with_screen: Visitor) -> None:
    page = visitor_with_screen.page
    page.add_script_tag(path=HERE / "controls.js")
    names = page.evaluate("controls.names()")

    reached = []
    for _ in range(len(names) + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate("controls.focus()")
        if focus is None:
            break
        reached.append(focus)

    # A browser may add what can be scrolled, which is no control.
    assert sorted(focus["index"] for focus in reached if focus["index"] >= 0) == list(range(len(names)))
    assert [focus["name"] for focus in reached if focus["ring"] < RING or not focus["onScreen"]] == []
    assert [name for name in names if " " not in name] == []


def test_plots_are_as_bright_as_the_reader_wants(visitor_with_screen: Visitor) -> None:
    dark = visitor_with_screen.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")

    bright = brightness(visitor_with_screen)

    assert bright < 0.4 if dark else bright > 0.6


def test_plots_change_with_the_scheme_while_one_looks(visits: Callable[..., Any]) -> None:
    with visits(**options("phone", "light")) as visitor, visitor.before_python():
        visitor.open("playable")
        before = brightness(visitor)

        visitor.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        visitor.page.evaluate("new Promise((resolve) => setTimeout(resolve, 200))")

        assert brightness(visitor) < before - 0.3


def test_reduced_motion_shows_the_end_and_stands_still(visits: Callable[..., Any]) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable")

        assert visitor.step == visitor.last
        assert visitor.player("play").get_attribute("data-playing") == "false"
        assert visitor.page.evaluate("document.getAnimations().length") == 0


def test_demonstration_plays_by_itself_where_motion_is_welcome(visitor: Visitor) -> None:
    with visitor.before_python():
        visitor.open("playable")

        visitor.page.wait_for_function("document.querySelector('[data-player=scrub]').valueAsNumber > 5")
        assert visitor.player("play").get_attribute("data-playing") == "true"


def test_names_left_of_their_heads_take_one_line(visits: Callable[..., Any]) -> None:
    with visits(**options("phone", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page="step-size")
        visitor.page.wait_for_function("globalThis.fallline?.document !== undefined")

        names = visitor.page.evaluate(
            """() => { const tape = fallline.document.roots().find(({ name }) => name === "tape")
              const { text, anchor } = tape.labels[0].source.data
              return text.map((name, index) => [name, anchor[index]]) }"""
        )
        assert ["central, order 6", "center_right"] in names


def test_paper_has_no_buttons_and_a_landscape_that_nobody_scrolled_to(visits: Callable[..., Any]) -> None:
    inside = """const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
      """
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page="race")
        visitor.page.wait_for_function("globalThis.fallline?.document !== undefined")
        drawn = visitor.page.evaluate(
            f"""() => {{ {inside}dispatchEvent(new Event("beforeprint"))
              const canvas = inside(document).find((node) => node.matches(".relief canvas"))
              const {{ data }} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
              return data.filter((byte, index) => index % 4 === 3 && byte > 0).length / (data.length / 4) }}"""
        )
        visitor.open("playable", page="slope")
        visitor.page.wait_for_function("globalThis.fallline?.document !== undefined")
        visitor.page.emulate_media(media="print")
        buttons = visitor.page.evaluate(
            f"""() => {{ {inside}return inside(document).filter((node) => node.matches("button") && node.checkVisibility())
              .map((node) => node.textContent) }}"""
        )

        assert drawn > 0.2
        assert buttons == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_python_is_live_and_a_rate_too_high(race: Visitor, scheme: str) -> None:
    race.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    race.choose("Bowl")
    race.type("Gradient descent: rate", "0.9")
    race.type("Adam: rate", "fast")
    race.stand(race.last)

    found = violations(race.page)

    race.page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_python_has_failed(visits: Callable[..., Any], scheme: str) -> None:
    with visits(**options("phone", scheme)) as visitor:
        visitor.page.add_init_script("delete globalThis.Worker")
        visitor.open("failed")

        assert violations(visitor.page) == []


def test_pages_are_valid_html(site: Site) -> None:
    pages = sorted(site.folder.glob("*.html"))
    validate = TOOLS / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(validate), "--stdin", "--config", str(HERE / "htmlvalidate.json")]

    said = {}
    for page in pages:
        with page.open() as text:
            ran = subprocess.run(command, stdin=text, capture_output=True, text=True, check=False)
        said[page.name] = (ran.returncode, ran.stdout + ran.stderr)

    assert pages
    assert said == dict.fromkeys(said, (0, ""))
