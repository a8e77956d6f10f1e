"""Wrong answers: which of the test's digits a network reads as others, at each moment of its training."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import fallline as fl
from fallline_app.demos.digits.training import INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fallline_app.demos.digits.training import Parts

# So many are shown, the surest first: as many as a trained network gets wrong, since their room is kept empty when there are fewer.
MOST = 10
SIDE = 8


class Wrong(NamedTuple):
    """Wrong answers at a step: pictures, shape (n, 8, 8), what they are in a few words and in a sentence; and how many there are."""

    step: int
    pictures: NDArray[np.uint8]
    captions: list[str]
    sentences: list[str]
    total: int


def wrong_answers(network: fl.Network, theta: NDArray[np.float64], parts: Parts, step: int) -> Wrong:
    """Return which of the test's digits the network reads wrong with these weights, the surest of its mistakes first."""
    chances = fl.networks.probabilities(network, theta, parts.X_test)
    read, y = chances.argmax(axis=1), parts.y_test
    places = np.flatnonzero(read != y)
    places = places[np.argsort(-chances[places, read[places]], kind="stable")]
    shown = places[:MOST]
    captions = [f"{y[at]} read as {read[at]}" for at in shown]
    sentences = [
        f"This is {_a(y[at])}, read as {_a(read[at])} with {_per_cent(chances[at, read[at]])};"
        f" {_a(y[at])} was given {_per_cent(chances[at, y[at]])}."
        for at in shown
    ]
    pictures = np.rint(INK * parts.X_test[shown]).astype(np.uint8).reshape(-1, SIDE, SIDE)
    return Wrong(step, pictures, captions, sentences, len(places))


def stacked(moments: Sequence[Wrong]) -> NDArray[np.uint8]:
    """Return the pictures of several moments, shape (moments, most pictures, 8, 8), white where one has fewer."""
    most = max(len(wrong.pictures) for wrong in moments)
    return np.stack(
        [np.pad(wrong.pictures, ((0, most - len(wrong.pictures)), (0, 0), (0, 0))) for wrong in moments]
    )


def describe_wrong(wrong: Wrong) -> str:
    """Say how many wrong answers there are, and at which step."""
    if not wrong.total:
        return f"At step {wrong.step} the network reads every digit of the test right."
    shown = f", the surest {len(wrong.captions)} are shown" if wrong.total > len(wrong.captions) else ""
    return f"At step {wrong.step}, {wrong.total} of the test’s digits {'is' if wrong.total == 1 else 'are'} read wrong{shown}."


def _a(digit: int) -> str:
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _per_cent(chance: float) -> str:
    return f"{100.0 * chance:.0f} %" if chance >= 0.01 else "less than 1 %"
