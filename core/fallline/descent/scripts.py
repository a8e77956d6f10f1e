"""The settings of a run as one value, and as the script that repeats it."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from fallline.descent.expressions import Writer
from fallline.descent.loop import descend
from fallline.descent.problem import GradientMethod
from fallline.descent.recording import Run, record
from fallline.descent.until import Rule
from fallline.differences import central


@dataclass(frozen=True, eq=False)
class Call:
    """A call that is still to be made, so that it can be written down: see `call`."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    settings: dict[str, Any]

    def to_python(self, write: Callable[[Any], str]) -> str:
        """Write the call, with `write` for its parts."""
        args = [write(arg) for arg in self.args]
        args += [f"{name}={write(value)}" for name, value in self.settings.items()]
        return f"{write(self.function)}({', '.join(args)})"


def call(function: Callable[..., Any], *args: Any, **settings: Any) -> Any:
    """Put off a call until a `Descent` runs, so that its script can make the same call.

    Parameters
    ----------
    function
        What is to be called: a public function or class, which the script names.
    args, settings
        What it is to be called with; other calls may be among them.

    Examples
    --------
    >>> from fallline import bowl
    >>> print(Descent(call(bowl, 25.0), start=(1.0, 1.0), optimizer=None).made().objective([1.0, 1.0]))
    13.0
    """
    return Call(function, args, settings)


@dataclass(frozen=True, eq=False)
class Descent:
    """Everything that a run follows from.

    Parameters
    ----------
    objective, start, optimizer, gradient, stop
        As `descend` takes them. What is made by a function, such as `fl.bowl(25.0)` or data drawn at random, is given
        as `call(fl.bowl, 25.0)`, so that the script can make it again.
    steps
        How many steps to take at most.
    seed
        Of the source of chance; None where nothing is left to chance.

    Examples
    --------
    >>> import fallline as fl
    >>> descent = Descent(fl.himmelblau, (1.0, 1.0), fl.Adam(rate=0.1), steps=3)
    >>> descent.run().value.round(3)
    array([106.   ,  97.512,  88.895,  80.229])
    >>> print(descent.to_python())
    from itertools import islice
    <BLANKLINE>
    import fallline as fl
    <BLANKLINE>
    frames = fl.descend(
        fl.himmelblau,
        start=(1.0, 1.0),
        optimizer=fl.Adam(rate=0.1),
    )
    run = fl.record(islice(frames, 4))
    print(run.value[-1])
    <BLANKLINE>
    """

    objective: Any
    start: Any
    optimizer: Any
    gradient: GradientMethod = central
    steps: int = 200
    seed: int | None = None
    stop: tuple[Rule, ...] = ()

    def made(self) -> "Descent":
        """Return the same settings with every call made."""
        made: Descent = _make(self)
        return made

    def run(self) -> Run:
        """Descend, and record every frame."""
        made = self.made()
        rng = None if self.seed is None else np.random.default_rng(self.seed)
        frames = descend(made.objective, made.start, made.optimizer, made.gradient, rng, stop=made.stop)
        return record(islice(frames, self.steps + 1))

    def to_python(self) -> str:
        """Write the script that repeats the run, to the last digit on the same machine.

        Raises
        ------
        TypeError
            If something among the settings cannot be written; give it as `call(function, ...)`.
        """
        writer = Writer()
        lines = [writer.write(self.objective, 1)]
        lines += [f"{name}={writer.write(value, 1)}" for name, value in self._given()]
        if self.seed is not None:
            lines.append(f"rng=np.random.default_rng({self.seed})")
        body = "".join(f"    {line},\n" for line in lines)
        ending = f"run = fl.record(islice(frames, {self.steps + 1}))\nprint(run.value[-1])\n"
        return writer.head(body) + f"frames = fl.descend(\n{body})\n" + ending

    def _given(self) -> list[tuple[str, Any]]:
        given = [("start", self.start), ("optimizer", self.optimizer)]
        if self.gradient is not central:
            given.append(("gradient", self.gradient))
        if self.stop:
            given.append(("stop", self.stop))
        return given


def _make(value: Any) -> Any:
    """Make every call inside a value; one without calls is returned as it is."""
    if isinstance(value, Call):
        settings = {name: _make(one) for name, one in value.settings.items()}
        return value.function(*map(_make, value.args), **settings)
    if isinstance(value, (tuple, list)) and not hasattr(value, "_fields"):
        parts = [_make(one) for one in value]
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else type(value)(parts)
    if is_dataclass(value) and not isinstance(value, type):
        made = {one.name: _make(getattr(value, one.name)) for one in fields(value) if one.init}
        changed = {name: one for name, one in made.items() if one is not getattr(value, name)}
        return replace(value, **changed) if changed else value
    return value
