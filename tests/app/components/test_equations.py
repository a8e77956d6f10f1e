from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from fallline_app.components.equations import fraction, row


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("x ← x − 0.01 · {slope:17}", ["mi", "mo", "mi", "mo", "mn", "mo", "mn"]),
        ("f′(x + 2h)", ["mi", "mo", "mi", "mo", "mn", "mi", "mo"]),
        ("2.5e−16", ["mn"]),
    ],
)
def test_row_tells_numbers_and_names_from_everything_else(text: str, tokens: list[str]) -> None:
    read = ET.fromstring(f"<math>{row(text)}</math>")

    assert [token.tag for token in read] == tokens
    assert "".join(token.text or "" for token in read) == text.replace(" ", "")


def test_what_would_be_markup_stays_text() -> None:
    read = ET.fromstring(f"<math>{row('a < <b>')}</math>")

    assert {token.tag for token in read} == {"mi", "mo"}


def test_fraction_has_a_row_above_and_a_row_below() -> None:
    above, below = ET.fromstring(fraction("{y_after} − {y_before}", "2 · {h}"))

    assert ("".join(above.itertext()), "".join(below.itertext())) == ("{y_after}−{y_before}", "2·{h}")
