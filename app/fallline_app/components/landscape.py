"""A surface as a topographic map: tint by height, contour lines, every fifth heavier and labelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from bokeh.core.properties import field
from bokeh.models import Image, LinearColorMapper, MultiLine, Text
from contourpy import contour_generator

from fallline_app.components.plots import draw, empty_source, new_plot
from fallline_app.components.theme import themed
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Surface = Callable[[NDArray[np.float64]], NDArray[np.float64]]
    Domain = tuple[tuple[float, float], ...]
    Name = tuple[float, float, str]

SAMPLES = 241
LINES = 28
TINTS = 255
# The colours that regions of a map can have: the tokens basin-0 and on.
AREAS = 8
EVERY_INDEX = 5
# Samples: a closed line around less is a bead, what a valley narrower than the samples is broken into.
BEAD = 4.0
# Shares of a small map's side: the extent of a line worth a label, the room that a label needs, and half a letter of it.
SHORT, NARROW, HALF_LETTER = 0.18, 0.05, 0.018


@dataclass(frozen=True)
class Contour:
    """A line of one height: its points have shape (m, 2)."""

    level: float
    points: NDArray[np.float64]


@dataclass(frozen=True)
class Landscape:
    """What is drawn of a surface: heights as ranks among the levels, from 0 to `TINTS`, and its lines."""

    domain: Domain
    tint: NDArray[np.uint8]
    levels: NDArray[np.float64]
    lines: tuple[Contour, ...]


def survey(surface: Surface, domain: Domain, samples: int = SAMPLES) -> Landscape:
    """Sample `surface`, which takes points of shape (2, m), and trace its contour lines."""
    x, y = (np.linspace(low, high, samples) for low, high in domain)
    points = np.stack(np.meshgrid(x, y)).reshape(2, -1)
    heights = np.asarray(surface(points), dtype=float).reshape(samples, samples)
    levels = contour_levels(heights)
    ranks = np.interp(heights, levels, np.linspace(0.0, TINTS, levels.size))
    # What is no number is as good as infinitely high.
    tint = np.nan_to_num(ranks, nan=TINTS).round().astype(np.uint8)
    tracer = contour_generator(x, y, np.ma.masked_invalid(heights))
    lines = tuple(
        Contour(float(level), line)
        for level in levels
        for line in map(np.asarray, tracer.lines(level))
        if enclosed(line) > BEAD * (x[1] - x[0]) * (y[1] - y[0])
    )
    return Landscape(domain, tint, levels, lines)


def enclosed(line: NDArray[np.float64]) -> float:
    """Return the area inside a closed line, shape (m, 2), or infinity for one that is open."""
    if (line[0] != line[-1]).any():
        return float("inf")
    # From a corner of its own, so that a small area far from the origin keeps its digits.
    x, y = (line - line[0]).T
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2.0)


def contour_levels(heights: NDArray[np.float64], count: int = LINES) -> NDArray[np.float64]:
    """Return round levels: evenly spaced, or spaced by ratio where the surface is steep beyond that."""
    finite = heights[np.isfinite(heights)]
    low, middle, high = float(finite.min()), float(np.median(finite)), float(finite.max())
    if high - low <= 8.0 * (middle - low):
        step = _round_step((high - low) / count)
        return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    decades = np.log10(high - low) - np.log10(
        max(float(np.quantile(finite, 0.002)) - low, (high - low) * 1e-7)
    )
    levels = _round_ratios(high - low, 10.0 ** (decades / count), count)
    # Counted from a round height too, where the lowest is next to one.
    lowest = float(levels[0])
    levels += lowest * np.floor(low / lowest)
    return levels


def _round_step(step: float) -> float:
    """Return the nearest of 1, 2 or 5 times a power of ten that is not below `step`."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(power * min(m for m in (1.0, 2.0, 5.0, 10.0) if m * power >= step * 0.999))


def _round_ratios(top: float, ratio: float, count: int) -> NDArray[np.float64]:
    """Return up to `count` ascending levels below `top`, each `ratio` times the one before, on two digits."""
    raw = top * ratio ** -np.arange(count - 1, -1, -1.0)
    power = 10.0 ** (np.floor(np.log10(raw)) - 1.0)
    return np.unique(np.round(raw / power) * power)


class LandscapeMap:
    """The plot that shows a landscape, and changes to another."""

    def __init__(self) -> None:
        self.plot = new_plot("x", "y")
        self._tint = empty_source("image", "x", "y", "dw", "dh")
        self._regions = empty_source("image", "x", "y", "dw", "dh")
        self._names = empty_source("x", "y", "text")
        self._lines = empty_source("xs", "ys")
        self._index_lines = empty_source("xs", "ys")
        self._labels = empty_source("x", "y", "text")
        self._draw()

    def show(self, landscape: Landscape) -> None:
        """Change the plot to `landscape`."""
        (left, right), (bottom, top) = landscape.domain
        self.plot.x_range.update(start=left, end=right, reset_start=left, reset_end=right)
        self.plot.y_range.update(start=bottom, end=top, reset_start=bottom, reset_end=top)
        self._tint.data = {
            "image": [landscape.tint],
            "x": [left],
            "y": [bottom],
            "dw": [right - left],
            "dh": [top - bottom],
        }
        index_levels = set(landscape.levels[::EVERY_INDEX].tolist())
        self._lines.data = _columns([line for line in landscape.lines if line.level not in index_levels])
        index = [line for line in landscape.lines if line.level in index_levels]
        self._index_lines.data = _columns(index)
        self._labels.data = _label_columns(index, landscape.domain)

    def clear(self) -> None:
        """Show no landscape."""
        for source in (self._tint, self._lines, self._index_lines, self._labels):
            source.data = {name: [] for name in source.data}

    def color(self, regions: NDArray[np.uint8] | None, domain: Domain, names: Sequence[Name] = ()) -> None:
        """Lay colours over the heights, row by row from the lower left, and name places; None takes them away."""
        (left, right), (bottom, top) = domain
        self._tinted.visible = regions is None
        self._colored.visible = regions is not None
        self._names.data = {name: [label[i] for label in names] for i, name in enumerate(("x", "y", "text"))}
        if regions is not None:
            self._regions.data = {
                "image": [regions],
                "x": [left],
                "y": [bottom],
                "dw": [right - left],
                "dh": [top - bottom],
            }

    def name_places(self) -> None:
        """Draw the names of places over all that is drawn so far."""
        names = Text(x="x", y="y", text=field("text"), anchor="center", text_font_size="12px", padding=3)
        draw(self.plot, self._names, names, text_color="ink", background_fill_color="label-halo")

    def _draw(self) -> None:
        mapper = themed(LinearColorMapper(palette=[], low=0, high=TINTS), palette="height")
        tint = Image(image="image", x="x", y="y", dw="dw", dh="dh", color_mapper=mapper)
        self._tinted = draw(self.plot, self._tint, tint)
        areas = themed(LinearColorMapper(palette=[], low=-0.5, high=AREAS - 0.5), palette="each:basin")
        regions = Image(image="image", x="x", y="y", dw="dw", dh="dh", color_mapper=areas)
        self._colored = draw(self.plot, self._regions, regions)
        self._colored.visible = False
        lines = MultiLine(xs="xs", ys="ys", line_width=1, line_alpha=0.5)
        draw(self.plot, self._lines, lines, line_color="contour")
        index_lines = MultiLine(xs="xs", ys="ys", line_width=1.4)
        draw(self.plot, self._index_lines, index_lines, line_color="contour")
        labels = Text(x="x", y="y", text=field("text"), anchor="center", text_font_size="11px", padding=2)
        halo = {"text_color": "contour-label", "background_fill_color": "contour-halo"}
        draw(self.plot, self._labels, labels, **halo)


def _columns(lines: list[Contour]) -> dict[str, list[NDArray[np.float32]]]:
    x, y = ([line.points[:, axis].astype(np.float32) for line in lines] for axis in (0, 1))
    return {"xs": x, "ys": y}


def _label_columns(index_lines: list[Contour], domain: Domain) -> dict[str, list[Any]]:
    """Label each index line that is long enough, where it is farthest from the edges and the other labels."""
    low, high = np.array(domain).T
    labels: list[tuple[float, float, str]] = []
    placed: list[NDArray[np.float64]] = []
    for line in index_lines:
        unit = (line.points - low) / (high - low)
        text = _height(line.level)
        beside, above = np.minimum(unit, 1.0 - unit).T
        room = np.minimum(beside + NARROW - HALF_LETTER * len(text), above)
        for other in placed:
            room = np.minimum(room, np.hypot(*(unit - other).T))
        best = int(room.argmax())
        if np.ptp(unit, axis=0).sum() > SHORT and room[best] > NARROW:
            placed.append(unit[best])
            labels.append((*line.points[best], text))
    return {name: [label[i] for label in labels] for i, name in enumerate(("x", "y", "text"))}


def _height(level: float) -> str:
    return printed(level) if abs(level) < 1000.0 else f"{level:.0f}".replace("-", "−")
