"""Bokeh's markers as outlines, each around (0, 0)."""

from __future__ import annotations


def marker_path(marker: str, radius: float) -> str:
    """Return the `d` of an SVG path for the marker that Bokeh draws with this radius."""
    r, third, high = radius, radius / 1.5, radius * 3.0**0.5
    circle = f"M{-r:g} 0a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1{-2 * r:g} 0z"
    shapes = {
        "circle": circle,
        "circle_cross": f"{circle}M0{-r:g}v{2 * r:g}M{-r:g} 0h{2 * r:g}",
        "circle_dot": f"{circle}M-.5 0h1",
        "square": f"M{-r:g} {-r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z",
        "diamond": f"M0 {-r:g}L{third:g} 0L0 {r:g}L{-third:g} 0z",
        "triangle": f"M{-r:g} {high / 3:g}h{2 * r:g}L0 {-2 * high / 3:g}z",
        "inverted_triangle": f"M{-r:g} {-high / 3:g}h{2 * r:g}L0 {2 * high / 3:g}z",
        "hex": f"M{r:g} 0L{r / 2:g} {-high / 2:g}H{-r / 2:g}L{-r:g} 0L{-r / 2:g} {high / 2:g}H{r / 2:g}z",
    }
    return shapes[marker]
