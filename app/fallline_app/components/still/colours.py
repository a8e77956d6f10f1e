"""Colours of a still by their tokens, and the bar of them that stands above a field, as `colour_bar.js` paints it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fallline_app.components.still.frame import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fallline_app.components.models import ColourBar

# How many tokens `name-0` and on a palette has, where it is not four.
STOPS = {"balance": 5}
STEPS = 32
# A number nearer than this to an end of the colours does not reach beyond it.
END = 0.06


def colour(token: str) -> str:
    """Return the colour of a token, as CSS has it; of what has none, none."""
    return "none" if token == "none" else f"var(--{token})"


def ramp(name: str, share: float) -> str:
    """Return the colour at a share of the way along the tokens `name-0`, `name-1` and on."""
    last = STOPS.get(name, 4) - 1
    start = min(int(last * share), last - 1)
    return (
        f"color-mix(in srgb,var(--{name}-{start + 1}) {percent(last * share - start)},var(--{name}-{start}))"
    )


def draw_bar(bar: ColourBar) -> Iterator[str]:
    """Draw the colours of a field with their numbers; the style sheet moves them above the frame."""
    yield f'<g class="bar-name"><text class="start">{escape(bar.title)}</text></g><g class="bar">'
    for step in range(STEPS):
        place, wide = percent(step / STEPS), percent(1.0 / STEPS)
        yield f'<rect x="{place}" width="{wide}" height="8" fill="{ramp(bar.palette, (step + 0.5) / STEPS)}"/>'
    for share, _ in bar.marks:
        yield f'<rect x="{percent(share)}" y="8" width="1" height="3"/>'
    yield '</g><g class="bar-numbers">'
    for share, text in bar.marks:
        side = "start" if share < END else "end" if share > 1.0 - END else "middle"
        yield f'<text class="{side}" x="{percent(share)}">{escape(text)}</text>'
    yield "</g>"
