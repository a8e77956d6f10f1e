"""The bar of a field's colours, as a still draws it: its numbers stay within it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from fallline_app.components.models import ColourBar
from fallline_app.components.still.colours import STEPS, colour, draw_bar, ramp


def drawn(**settings: object) -> ET.Element:
    return ET.fromstring(f"<svg>{''.join(draw_bar(ColourBar(title='error <e>', **settings)))}</svg>")


def test_numbers_near_the_ends_do_not_reach_beyond_the_bar() -> None:
    bar = drawn(marks=[(0.0, "1"), (0.5, "10"), (1.0, "100")])

    numbers = [text for text in bar.iter("text") if text.get("x")]
    assert [(text.text, text.get("class"), text.get("x")) for text in numbers] == [
        ("1", "start", "0%"),
        ("10", "middle", "50%"),
        ("100", "end", "100%"),
    ]


def test_bar_goes_from_the_first_colour_to_the_last_and_has_a_stroke_for_each_number() -> None:
    bar = drawn(palette="balance", marks=[(0.25, "a")])

    boxes = list(bar.iter("rect"))
    assert len(boxes) == STEPS + 1
    assert boxes[0].get("fill") == ramp("balance", 0.5 / STEPS)
    assert boxes[-2].get("fill") == ramp("balance", 1.0 - 0.5 / STEPS)
    assert boxes[-1].get("x") == "25%"


def test_ends_of_a_palette_are_its_first_and_last_token() -> None:
    assert ramp("field", 0.0) == "color-mix(in srgb,var(--field-1) 0%,var(--field-0))"
    assert ramp("field", 1.0) == "color-mix(in srgb,var(--field-3) 100%,var(--field-2))"
    assert ramp("balance", 1.0) == "color-mix(in srgb,var(--balance-4) 100%,var(--balance-3))"


def test_token_of_nothing_has_no_colour() -> None:
    assert (colour("none"), colour("sgd")) == ("none", "var(--sgd)")
