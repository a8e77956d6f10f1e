"""The colours of the site: what is drawn can be told from what lies under it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fallline_app.components.tracks import CUES

TOKENS = Path(__file__).parents[2] / "site" / "static" / "tokens.css"


def colours(scheme: str) -> dict[str, str]:
    """Return the colours of a scheme by the names of their tokens."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    said = {"light": light, "dark": light + dark}[scheme]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|var\(--[\w-]+\));", said))
    return {name: found[value[6:-1]] if value.startswith("var") else value for name, value in found.items()}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        channels = [int(colour[start : start + 2], 16) / 255.0 for start in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted(luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["casing", "sheet"])
@pytest.mark.parametrize("series", CUES)
def test_line_has_three_to_one_on_what_lies_under_it(series: str, ground: str, scheme: str) -> None:
    known = colours(scheme)

    assert contrast(known[series], known[ground]) >= 3.0
