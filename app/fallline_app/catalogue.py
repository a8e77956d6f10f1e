"""The one list of demos, in the order of the chain; the site and the tests read it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from bokeh.model import Model


class View(Protocol):
    """What a demo shows: Bokeh models by the name of the place in the page that holds each."""

    roots: dict[str, Model]


@dataclass(frozen=True)
class Figure:
    """A further plot of a page: the name of its place, its title, and the place below it, if anything stands there."""

    name: str
    title: str
    under: str = ""


@dataclass(frozen=True)
class Demo:
    """A page of the site; the module `fallline_app.demos.<name>.view` has a function `view() -> View`."""

    name: str
    title: str
    sentence: str
    lead: str
    # What the places of the page show: the large plot, the plot beside it, and what stands below, if anything.
    hero: str
    beside: str
    below: str = ""
    # Further plots, beside each other above what stands below.
    figures: tuple[Figure, ...] = ()
    # The title of what stands beside them and is none, if anything.
    aside: str = ""
    # Whether the home page plays it, and the single file begins with it: one demo alone.
    home: bool = False

    def load(self) -> Callable[[], View]:
        """Import the demo; return the function that builds its view in Bokeh's current document."""
        view: Callable[[], View] = import_module(
            f"fallline_app.demos.{self.name.replace('-', '_')}.view"
        ).view
        return view


DEMOS = (
    Demo(
        name="slope",
        title="Slope",
        sentence="A gradient is a limit that a computer cannot reach.",
        lead="Let the step h shrink: the lines turn into the tangent, and then the digits run out. Drag the point, or take another curve.",
        hero="Curve",
        beside="Slopes",
        below="The tutorial's walk: from 2.0 to 1.6 and on",
    ),
    Demo(
        name="grid",
        title="Grid",
        sentence="np.gradient differentiates samples, not functions.",
        lead="Arrows are np.gradient of the samples, the pale strokes under them the function's own slope. Take fewer samples, or add a ripple that none of them sees.",
        hero="Map",
        beside="Loss curve",
        below="Errors, memory, and what np.gradient returns",
        figures=(
            Figure("error", "Error at each sample"),
            Figure("orders", "Error against the spacing"),
            Figure("memory", "Memory, predicted and measured"),
        ),
    ),
    Demo(
        name="step-size",
        title="Step size",
        sentence="Smaller is not always better.",
        lead="Each line is the error of one difference while its step shrinks: first truncation falls, then roundoff rises.",
        hero="Errors",
        beside="Curve",
    ),
    Demo(
        name="race",
        title="Race",
        sentence="The optimizer decides the path.",
        lead="All start at the same point and see the same slopes. Drag the start, or change a rate, and watch.",
        hero="Map",
        beside="Loss curve",
        home=True,
        below="What it took to come near, and the landscape from aside",
    ),
    Demo(
        name="batches",
        title="Batches",
        sentence="Noise is the price of a cheap gradient.",
        lead="Each looks at all samples, at a few or at one before it moves; ellipses show where noise may take the next move. Play by samples or by updates: the count decides who wins.",
        hero="Map",
        beside="Loss",
        below="Which samples, how noisy, and at what price",
        figures=(
            Figure("data", "Data, with the current batch"),
            Figure("order", "Order of the epoch"),
            Figure("noise", "Noise by the size of a batch"),
        ),
    ),
    Demo(
        name="network",
        title="Network",
        sentence="A network learns by many small slopes.",
        lead="Each step asks how the loss changes with each weight, and moves all of them a little. Watch the tint find the points.",
        hero="Points",
        beside="Loss",
        below="The network inside, and what it answers",
        figures=(Figure("landscape", "The loss around a step, and the path", under="asked"),),
        aside="The network at this step",
    ),
    Demo(
        name="cost",
        title="Cost",
        sentence="Why backprop exists.",
        lead="Each line is what one gradient costs while the network grows. Counted at first; press Measure here to time it on your machine.",
        hero="Costs",
        beside="Memory",
        below="How each method grows",
    ),
    Demo(
        name="digits",
        title="Digits",
        sentence="No backprop anywhere.",
        lead="A network learns to read from finite differences alone. Draw a digit, and see what it is taken for.",
        hero="Digits read right",
        beside="Loss curve",
        below="What it looks for, where it errs, and what backprop would say",
    ),
    Demo(
        name="black-box",
        title="Black box",
        sentence="No formula needed.",
        lead="A simulation answers with a number and with nothing else, and not even exactly. Watch who finds the throw that lands in the bucket, and drag the start over the kink or to the cliff.",
        hero="Loss",
        beside="The simulation at this step",
        below="Who survives the noise, and why",
        figures=(
            Figure("losses", "Loss at equal evaluations"),
            Figure("steps", "What the step h does; the bar is the one in use"),
        ),
    ),
)


def find(name: str) -> Demo:
    """Return the demo called `name`."""
    return DEMOS[position(name)]


def position(name: str) -> int:
    """Return the place of the demo called `name` in the list."""
    names = [demo.name for demo in DEMOS]
    if name not in names:
        raise ValueError(f"there is no demo called {name!r}; the demos are {', '.join(names)}")
    return names.index(name)


def describe() -> str:
    """Return the list as JSON, for the build of the site."""
    return json.dumps([asdict(demo) for demo in DEMOS])
