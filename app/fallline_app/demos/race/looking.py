"""The ways to find a slope that a race offers, and the Python that writes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import fallline as fl

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Method(NamedTuple):
    """A gradient method: its name in a list and in a sentence, itself, and how Python writes it.

    `usual` is the one that nobody needs to be told of, a `formula` evaluates nothing, and `chance` needs a seed.
    """

    label: str
    said: str
    find: Callable[..., Any]
    code: str
    usual: bool = False
    formula: bool = False
    chance: bool = False


def automatic(f: Any, x: Any) -> Any:
    """Return the slope with the step that `estimate_gradient` chooses for each coordinate."""
    return fl.estimate_gradient(f, x).value


METHODS = {
    "central": Method("central", "central differences", fl.central, "fl.central", usual=True),
    "forward": Method("forward", "forward differences", fl.forward, "fl.forward"),
    "backward": Method("backward", "backward differences", fl.backward, "fl.backward"),
    "central4": Method("central, order 4", "central differences of order 4", fl.central4, "fl.central4"),
    "central6": Method("central, order 6", "central differences of order 6", fl.central6, "fl.central6"),
    "central8": Method("central, order 8", "central differences of order 8", fl.central8, "fl.central8"),
    "complex": Method("complex step", "the complex step", fl.complex_step, "fl.complex_step"),
    "automatic": Method(
        "automatic step (slow)",
        "the automatic step",
        automatic,
        "lambda f, x: fl.estimate_gradient(f, x).value",
    ),
    "exact": Method("exact formula", "the exact formula", fl.exact, "fl.exact", formula=True),
    "spsa": Method("random directions (SPSA)", "random directions", fl.spsa, "fl.spsa", chance=True),
}
