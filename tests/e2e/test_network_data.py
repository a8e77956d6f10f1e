"""Points of one's own on the network's page: painted by mouse, finger and keys, or brought in a file that stays here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.app.demos.network.bad_files import BAD, GOOD
from tests.e2e import pages
from tests.e2e.hands import MOVES, draw_finger
from tests.e2e.visitor import PHONE

from fallline_app.painting import MOST, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator
    from tests.e2e.visitor import Visitor, Visits

PAGE = "network"
PAINTED = "[...fallline.document.all_models].find(({ key }) => key === 'painted').value"
# Of the bad files, those whose way through the browser differs: by size, by bytes, by what Python says of them.
SOME_BAD = [*list(BAD)[::6], "5 MB and a byte", "a workbook", "zeros", "a line of 4 MB"]


@pytest.fixture
def painter(at_first: Visitor) -> Visitor:
    """Someone whose points are painted."""
    at_first.reset()
    pages.pick(at_first, "data", "painted")
    at_first.finish()
    return at_first


def points(visitor: Visitor) -> list[tuple[int, int, int]]:
    """Return what is painted: places and classes."""
    grid, classes = decode(visitor.page.evaluate(PAINTED))
    return [(int(x), int(y), int(kind)) for (x, y), kind in zip(grid, classes, strict=True)]


def stroke(visitor: Visitor, *shares: tuple[float, float]) -> None:
    """Draw along places, given as shares of the map's frame."""
    box = visitor.map.locator("canvas").first.bounding_box()
    assert box is not None
    places = [
        (box["x"] + 72 + x * (box["width"] - 88), box["y"] + 16 + y * (box["height"] - 88)) for x, y in shares
    ]
    mouse = visitor.page.mouse
    mouse.move(*places[0])
    mouse.down()
    for place in places[1:]:
        mouse.move(*place, steps=12)
    mouse.up()
    visitor.finish()


def file_input(visitor: Visitor) -> Locator:
    return visitor.page.locator("input[type=file]")


PROGRESS = """bar => {
  globalThis.read = []
  new MutationObserver(() => read.push(bar.position)).observe(bar, { attributes: true, attributeFilter: ["value"] })
}"""


def choose(visitor: Visitor, content: bytes, name: str = "mine.csv") -> None:
    """Choose a file from the disk, and wait until Python has taken or refused it."""
    file_input(visitor).set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    visitor.page.wait_for_function(
        "[...fallline.document.all_models].every((model) => model.constructor.__name__ !== 'FileSetting' || model.error !== '' || model.taken > 0)"
    )
    expect(visitor.page.get_by_role("progressbar", name="Reading")).to_be_hidden()
    visitor.finish()


def test_mouse_paints_and_the_network_learns_it(painter: Visitor) -> None:
    before, frames = points(painter), painter.frames()

    painter.page.get_by_role("radio", name="class B").check()
    stroke(painter, (0.1, 0.1), (0.6, 0.1))

    new = set(points(painter)) - set(before)
    assert len(new) > 5
    assert {kind for _, _, kind in new} == {1}
    assert not np.array_equal(painter.frames(), frames, equal_nan=True)
    expect(
        painter.page.get_by_text(f"{sum(kind for *_, kind in points(painter))} of class B")
    ).to_be_visible()


def test_eraser_takes_away_and_undo_brings_back(painter: Visitor) -> None:
    before = points(painter)

    painter.page.get_by_role("radio", name="eraser").check()
    stroke(painter, (0.3, 0.55), (0.7, 0.55))
    after = points(painter)
    painter.page.get_by_role("button", name="Painting: undo").click()
    painter.finish()

    assert set(after) < set(before)
    assert points(painter) == before


def test_nothing_is_left_to_learn_after_clearing(painter: Visitor) -> None:
    painter.page.get_by_role("button", name="Painting: clear").click()
    painter.finish()

    expect(painter.page.locator("[data-part=summary]")).to_contain_text(
        "0 points of class A and 0 of class B: paint"
    )
    assert painter.last == 0
    painter.page.get_by_role("button", name="Painting: undo").click()
    painter.finish()
    assert painter.last == 60


def test_keys_paint(painter: Visitor) -> None:
    before = points(painter)
    surface = painter.map.get_by_label("Painting:")

    for key in ("2", "ArrowLeft", "ArrowUp", " ", "ArrowLeft", " "):
        surface.press(key)
    painter.finish()

    new = [point for point in points(painter) if point not in before]
    assert [kind for *_, kind in new] == [1, 1]
    assert new[0][0] != new[1][0]
    expect(painter.page.get_by_role("radio", name="class B")).to_be_checked()


def test_painting_comes_back_by_its_link(painter: Visitor, visits: Visits) -> None:
    stroke(painter, (0.2, 0.8), (0.8, 0.9))
    link, painted, frames = pages.address(painter), points(painter), painter.frames()

    with visits() as receiver:
        receiver.open("live", link, page=PAGE)
        receiver.finish()

        assert points(receiver) == painted
        np.testing.assert_array_equal(receiver.frames(), frames)
        receiver.page.reload()
        receiver.wait("live")
        receiver.finish()
        assert points(receiver) == painted


@pytest.mark.parametrize(
    "text", ["A.B", "AAA", "AAA.AAA.AAA", "AA!A.AAA", "." + "A" * 3 * (MOST + 1), "AAA.AA%3C"]
)
def test_painting_that_nobody_painted_is_refused(painter: Visitor, text: str) -> None:
    painter.page.evaluate("hash => (location.hash = hash)", f"#v=1&data=painted&painted={text}")
    painter.finish()

    said = painter.page.locator("[data-part=notice], [data-part=status]")
    expect(said.filter(has_text="painted").or_(said.filter(has_text="points")).first).to_be_visible()
    assert len(points(painter)) == 80
    painter.page.evaluate("location.hash = ''")
    painter.finish()


def test_finger_paints(visits: Visits) -> None:
    with visits(**PHONE) as visitor:
        visitor.open("live", "#v=1&data=painted", page=PAGE)
        visitor.finish()
        before = points(visitor)
        visitor.map.scroll_into_view_if_needed()
        box = visitor.map.bounding_box()
        assert box is not None

        place = box["x"] + 0.6 * box["width"], box["y"] + 0.2 * box["height"]
        visitor.answered(lambda: visitor.page.touchscreen.tap(*place))
        visitor.finish()

        assert len(points(visitor)) == len(before) + 1
        scrolled = visitor.page.evaluate("scrollY")
        draw_finger(
            visitor.page, [box[side] for side in ("x", "y", "width", "height")], (0.3, 0.2), (0.7, 0.3)
        )
        visitor.finish()
        assert len(points(visitor)) > len(before) + MOVES // 2
        assert visitor.page.evaluate("scrollY") == scrolled


@pytest.fixture
def bringer(visits: Visits) -> Iterator[Visitor]:
    """Someone who has chosen to learn from a file."""
    with visits() as visitor:
        visitor.open("live", page=PAGE)
        pages.pick(visitor, "data", "file")
        yield visitor


def test_file_is_learnt_from_and_survives_a_reload(bringer: Visitor) -> None:
    expect(bringer.page.locator("[data-part=summary]")).to_contain_text("There is no file yet")

    choose(bringer, GOOD.encode(), "good.csv")
    frames, link = bringer.frames(), pages.address(bringer)
    expect(bringer.page.get_by_text("good.csv: 40 rows, 2 columns, 2 classes")).to_be_visible()
    bringer.page.get_by_role("button", name="Copy link").click()
    expect(bringer.page.locator("[data-away=said]")).to_contain_text("but not your file good.csv")

    bringer.page.reload()
    bringer.wait("live")
    expect(bringer.page.get_by_text("good.csv: 40 rows, 2 columns, 2 classes")).to_be_visible()
    bringer.finish()
    np.testing.assert_array_equal(bringer.frames(), frames)
    assert "data=file" in link


def test_bad_files_are_refused_and_nothing_is_lost(bringer: Visitor) -> None:
    choose(bringer, GOOD.encode(), "good.csv")
    frames, kept = bringer.frames(), []

    for name in SOME_BAD:
        bringer.page.evaluate(
            "[...fallline.document.all_models].find(({ constructor }) => constructor.__name__ === 'FileSetting').refuse('')"
        )
        file_input(bringer).set_input_files(
            {"name": "bad.csv", "mimeType": "text/csv", "buffer": BAD[name][0]}
        )
        alert = bringer.page.get_by_role("alert").filter(has_text="bad.csv")
        expect(alert).to_be_visible()
        bringer.finish()
        if not np.array_equal(bringer.frames(), frames, equal_nan=True):
            kept.append(name)

    assert kept == []
    bringer.page.reload()
    bringer.wait("live")
    expect(bringer.page.get_by_text("good.csv: 40 rows")).to_be_visible()


def test_empty_file_is_refused(bringer: Visitor) -> None:
    file_input(bringer).set_input_files({"name": "none.csv", "mimeType": "text/csv", "buffer": b""})

    expect(bringer.page.get_by_role("alert").filter(has_text="none.csv is empty")).to_be_visible()


def test_disk_without_room_loses_nothing(visits: Visits) -> None:
    with visits() as visitor:
        full = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
        visitor.page.add_init_script(full)
        visitor.open("live", "#v=1&data=file", page=PAGE)

        choose(visitor, GOOD.encode(), "good.csv")

        expect(visitor.page.get_by_text("This browser keeps no copy of it")).to_be_visible()
        expect(visitor.page.get_by_text("good.csv: 40 rows")).to_be_visible()
        assert visitor.last == 60


def test_file_of_five_megabytes_is_read(bringer: Visitor) -> None:
    rows = "".join(f"{np.sin(i):.6f},{np.cos(i):.6f},{'ab'[i % 2]}\n" for i in range(240_000))
    text = f"x,y,kind\n{rows}"[:4_990_000]
    text = text[: text.rindex("\n")]
    bar = bringer.page.locator("progress[aria-label=Reading]")
    bar.evaluate(PROGRESS)

    choose(bringer, text.encode(), "large.csv")

    read = bringer.page.evaluate("read.filter((share) => share >= 0)")
    assert len(set(read)) > 2
    assert read == sorted(read)
    assert read[-1] == 1.0
    expect(bringer.page.get_by_text("of which 2000 are taken by chance")).to_be_visible()
    expect(bringer.status).to_have_attribute("data-state", "live")
