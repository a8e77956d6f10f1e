"""The numbers at the end of a run, as the page's table has them before its JavaScript is there (`readout.js`)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fallline_app.components.still.equations import equation

if TYPE_CHECKING:
    from fallline_app.components.models import Tape


def readout(tape: Tape) -> dict[str, Any]:
    """Return the table's headings and rows: a cell is what stands before the decimal point, and the rest; and equations."""
    rows = []
    for track, frames in zip(tape.tracks, tape.frames, strict=True):
        if track.active:
            end = dict(zip(tape.columns, frames[:, track.last].tolist(), strict=True))
            cells = [[kind, *CELLS[kind](end[column])] for column, _, kind in tape.readout]
            rows.append(
                {
                    "label": track.label,
                    "series": track.series,
                    "dash": track.dash,
                    "note": track.note,
                    "cells": cells,
                    "equation": equation(track, end),
                }
            )
    last = max((track.last for track in tape.tracks if track.active), default=0)
    return {"last": last, "headings": [[kind, heading] for _, heading, kind in tape.readout], "rows": rows}


def whole(value: float) -> tuple[str, str]:
    """Write a whole number."""
    return f"{value:.0f}", ""


def fixed(value: float) -> tuple[str, str]:
    """Write four significant digits from 0.001 to 9999, else a power of ten with three, cut before the decimal point."""
    if not math.isfinite(value) or value == 0.0:
        return ("–" if math.isnan(value) else f"{value:g}".replace("inf", "∞").replace("-", "−")), ""
    text = f"{value:#.4g}".removesuffix(".")
    if not 1e-3 <= abs(float(text)) < 1e4:
        mantissa, exponent = f"{value:.2e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    before, point, after = text.replace("-", "−").partition(".")
    return before, point + after


CELLS = {"fixed": fixed, "whole": whole}
