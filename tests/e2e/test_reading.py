"""How every page is read: projected, on the full screen, by keys, with help on each control, with its arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.e2e.pages import with_one_face
from tests.e2e.test_look import options, violations

from fallline_app.catalogue import DEMOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.visitor import Visitor

PAGES = ("index", *(demo.name for demo in DEMOS))
WIDTHS = (768, 1024, 1280, 1600)
FACE = "parseFloat(getComputedStyle(document.querySelector('[data-part=summary]')).fontSize)"


@pytest.fixture
def slope(visits: Callable[..., Any]) -> Iterator[Visitor]:
    """Someone on the page of the slope, standing still, while Python is on its way."""
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page="slope")
        yield visitor


def button(visitor: Visitor, name: str) -> Any:
    return visitor.page.locator(".reading").get_by_role("button", name=name)


@pytest.mark.parametrize("page", PAGES)
def test_projector_has_larger_type_and_no_settings_and_fits_every_width(
    page: str, visits: Callable[..., Any]
) -> None:
    with visits(**options("laptop", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page=page)
        before = visitor.page.evaluate(FACE)

        button(visitor, "Projector").click()

        assert visitor.page.evaluate(FACE) >= max(before + 4, 20)
        expect(button(visitor, "Projector")).to_have_attribute("aria-pressed", "true")
        expect(visitor.page.locator("[data-place=settings]:visible")).to_have_count(0)
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 768})
            assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
            for part in (".numbers", ".player"):
                wide, room = visitor.page.locator(part).evaluate(
                    "({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]"
                )
                assert wide <= room, (width, part)


# Of all that is written on the page, also in shadow trees, what is smaller than this; the stations and code may be.
SMALL = """least => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap((node) => [node, ...(node.shadowRoot ? inside(node.shadowRoot) : [])])
  const written = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "")
  return inside(document.querySelector("main"))
    .filter((node) => written(node) && node.checkVisibility({ visibilityProperty: true }) && !node.closest("pre, output, .spoken, select"))
    .filter((node) => parseFloat(getComputedStyle(node).fontSize) < least)
    .map((node) => `${node.localName}.${node.className}: ${node.textContent.slice(0, 40)}`)
}"""
AXES = """[...fallline.document.all_models].filter(({ type }) => /Axis$/.test(type))
  .flatMap(({ major_label_text_font_size, axis_label_text_font_size }) => [major_label_text_font_size, axis_label_text_font_size])"""


@pytest.mark.parametrize("page", PAGES)
def test_everything_projected_can_be_read_from_afar(page: str, visits: Callable[..., Any]) -> None:
    with visits(**options("projector", "light")) as visitor, visitor.before_python():
        visitor.open("playable", page=page)

        visitor.page.keyboard.press("p")

        assert visitor.page.evaluate(SMALL, 16) == []
        assert set(visitor.page.evaluate(AXES)) == {"20px"}


def test_plots_have_larger_type_too_and_get_it_back(slope: Visitor) -> None:
    size = """[...fallline.document.all_models].find(({ type }) => type === "LinearAxis").major_label_text_font_size"""
    sizes = [slope.page.evaluate(size)]
    for _ in range(2):
        slope.page.keyboard.press("p")
        sizes.append(slope.page.evaluate(size))

    assert sizes == ["13px", "20px", "13px"]


def test_projector_stays_on_from_page_to_page_and_nothing_jumps(visits: Callable[..., Any]) -> None:
    with visits(**options("laptop", "light")) as visitor, with_one_face(visitor):
        visitor.open("playable", page="slope")
        visitor.page.keyboard.press("p")

        visitor.open("playable", page="step-size")

        expect(button(visitor, "Projector")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_projected_or_in_the_list_of_keys(scheme: str, visits: Callable[..., Any]) -> None:
    with visits(**options("projector", scheme)) as visitor, visitor.before_python():
        visitor.open("playable", page="slope")
        visitor.page.keyboard.press("p")
        projected = violations(visitor.page)
        visitor.page.keyboard.press("?")

        assert projected == []
        assert violations(visitor.page) == []


@pytest.mark.parametrize("by", ["key", "button"])
def test_full_screen_holds_the_instrument_and_is_left_again(by: str, slope: Visitor) -> None:
    turn = (lambda: slope.page.keyboard.press("f")) if by == "key" else button(slope, "Full screen").click
    filled = "document.fullscreenElement?.contains(document.querySelector('.instrument')) ?? false"

    turn()
    slope.page.wait_for_function(filled)
    expect(button(slope, "Full screen")).to_have_attribute("aria-pressed", "true")
    turn()

    slope.page.wait_for_function("document.fullscreenElement === null")
    expect(button(slope, "Full screen")).to_have_attribute("aria-pressed", "false")


def test_list_of_keys_opens_and_closes_by_key_and_by_button_and_gives_the_focus_back(slope: Visitor) -> None:
    dialog = slope.page.get_by_role("dialog", name="Keys")
    slope.player("scrub").focus()
    slope.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    slope.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(slope.player("scrub")).to_be_focused()

    button(slope, "Keys").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()

    expect(dialog).to_be_hidden()


def test_letters_typed_in_a_field_are_the_fields_and_can_be_switched_off(slope: Visitor) -> None:
    slope.field("x, typed").press("p")
    in_field = slope.page.locator("html").get_attribute("data-projector")
    button(slope, "Keys").click()
    slope.page.get_by_role("checkbox", name="are keys of this page").uncheck()
    slope.page.keyboard.press("Escape")
    slope.page.locator("#instrument").focus()
    slope.page.keyboard.press("p")

    assert in_field is None
    assert slope.page.locator("html").get_attribute("data-projector") is None


def test_help_of_a_control_opens_and_closes_by_keyboard(slope: Visitor) -> None:
    ask = slope.page.get_by_role("button", name="x: what it does")
    expect(ask).to_have_attribute("aria-expanded", "false")

    ask.press("Enter")
    expect(slope.page.get_by_text("Where; or drag the point.")).to_be_visible()
    expect(ask).to_have_attribute("aria-expanded", "true")
    ask.press("Space")

    expect(slope.page.get_by_text("Where; or drag the point.")).to_be_hidden()
    assert slope.player("play").get_attribute("data-playing") == "false"


@pytest.mark.parametrize("page", PAGES[1:])
def test_every_control_has_help_that_a_finger_opens(page: str, visits: Callable[..., Any]) -> None:
    with visits(**options("phone", "dark"), has_touch=True) as visitor, visitor.before_python():
        visitor.open("playable", page=page)
        for summary in visitor.page.locator("summary").all():
            summary.tap() if summary.is_visible() and "Python" not in summary.inner_text() else None
        asks = visitor.page.get_by_role("button", name=": what it does")
        controls = visitor.page.locator(".settings").locator(
            "select, input[type=range], input[type=checkbox], canvas[role=application]"
        )
        expect(asks).to_have_count(controls.locator("visible=true").count())
        for ask in asks.all():
            ask.tap()
            expect(ask).to_have_attribute("aria-expanded", "true")

        sentences = visitor.page.locator(".help:visible").all_inner_texts()
        assert len(sentences) == asks.count()
        assert all(sentence.endswith(".") for sentence in sentences)
        assert violations(visitor.page) == []


def test_arithmetic_of_a_step_is_that_of_its_numbers(slope: Visitor) -> None:
    for step in (0, 10, 26, 40):
        slope.stand(step)
        for line in slope.page.locator("[data-part=equations] li").all():
            symbols, numbers, result = line.locator("math").all_text_contents()
            above, below = line.locator("math").nth(1).locator("mfrac > mrow").all_text_contents()
            minuend, subtrahend = (float(number) for number in ascii_of(above).split(" - "))
            width = 1.0
            for factor in ascii_of(below).split("*"):
                width *= float(factor)

            assert "f" in symbols
            assert numbers.strip().startswith("=")
            # h is written with four digits.
            assert float(ascii_of(result).strip("= ")) == pytest.approx(
                (minuend - subtrahend) / width, rel=6e-3
            )


def ascii_of(text: str) -> str:
    """Return numbers as Python reads them."""
    spaced = re.sub(r"\s+", "", text).replace("−", "-").replace("·", "*")
    return re.sub(r"(?<=\d)-(?=\d)", " - ", spaced.replace("e-", "e_")).replace("e_", "e-")


def test_arithmetic_changes_with_each_step_without_moving_anything_and_without_a_word(slope: Visitor) -> None:
    numbers = slope.page.locator("[data-part=equations] math:nth-child(2)").first
    seen, boxes = set(), set()
    for step in range(0, 55, 6):
        slope.stand(step)
        seen.add(numbers.text_content())
        boxes.add(str(slope.page.locator(".numbers").bounding_box()))

    assert len(seen) > 5
    assert len(boxes) == 1
    assert (
        slope.page.evaluate("document.querySelector('[data-part=equations]').closest('[aria-live]')") is None
    )


def test_equation_from_python_stays_text(slope: Visitor) -> None:
    slope.page.evaluate(
        """() => { fallline.document.roots().find(({ name }) => name === "tape").tracks[0].equation =
             ["<mi>x</mi><img src='x' onerror='globalThis.ran = true'/><script>globalThis.ran = true</script>", "<mn"] }"""
    )

    first = slope.page.locator("[data-part=equations] li").first
    assert first.locator("img, script").count() == 0
    assert first.locator("mi").first.text_content() == "x"
    assert slope.page.evaluate("globalThis.ran") is None
