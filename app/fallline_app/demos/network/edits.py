"""Weights that the visitor set on the way, as a short text that fits into a link.

`2-6-4-1_120w5v0.8` sets parameter 5 of a network of these sizes to 0.8 when 120 steps have been taken. It says nothing to a
network of other sizes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MOST, LARGEST = 60, 1e6
# What a text of edits looks like, or of none.
PATTERN = (
    rf"^$|^\d+(?:-\d+)+(?:_\d{{1,5}}w\d{{1,4}}v-?\d{{1,7}}(?:\.\d{{1,9}})?(?:e-\d{{1,2}})?){{1,{MOST}}}$"
)
_EDIT = re.compile(r"(\d{1,5})w(\d{1,4})v(-?\d{1,7}(?:\.\d{1,9})?(?:e-\d{1,2})?)", re.ASCII)


class Edit(NamedTuple):
    """At a step, a parameter by its place in the flat vector, and its new value."""

    step: int
    place: int
    value: float


def read_edits(text: str, sizes: tuple[int, ...], steps: int) -> tuple[Edit, ...]:
    """Return the edits that a network of these sizes meets within so many steps, in their order.

    Raises
    ------
    ValueError
        If the text is none of edits.
    """
    if text == "":
        return ()
    meant, *parts = text.split("_")
    found = [_EDIT.fullmatch(part) for part in parts]
    if not found or len(found) > MOST or None in found:
        raise ValueError(f"{text[:40]!r} says no weights to be set")
    if meant != "-".join(map(str, sizes)):
        return ()
    size = sum((n + 1) * k for n, k in pairwise(sizes))
    edits = [Edit(int(one[1]), int(one[2]), float(one[3])) for one in found if one is not None]
    fit = [edit for edit in edits if edit.step < steps and edit.place < size and abs(edit.value) <= LARGEST]
    return tuple(sorted(fit, key=lambda edit: edit.step))


def legs(edits: tuple[Edit, ...], steps: int) -> list[tuple[int, dict[int, float]]]:
    """Part a run of so many steps where weights are set: until which step each leg goes, and what is set there."""
    at: dict[int, dict[int, float]] = {}
    for edit in edits:
        at.setdefault(edit.step, {})[edit.place] = edit.value
    return [*at.items(), (steps, {})]


def edited(theta: NDArray[np.float64], changes: dict[int, float]) -> NDArray[np.float64]:
    """Return parameters with some of them set."""
    theta = theta.copy()
    theta[list(changes)] = list(changes.values())
    return theta
