"""The error of a slope against its step: where truncation ends, roundoff begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import param

import fallline as fl
from fallline.differences.evaluation import singly
from fallline_app.curve_point import CurvePoint
from fallline_app.demos.step_size.words import describe_curve, describe_errors, summarize
from fallline_app.words import said

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fallline_app.curves import Curve

PRECISIONS: dict[str, type[np.floating[Any]]] = {"float64": np.float64, "float32": np.float32}
COMPLEX = {"float64": np.complex128, "float32": np.complex64}
DECADES, PER_DECADE = 16, 8
STEPS = 10.0 ** -(np.arange(DECADES * PER_DECADE + 1) / PER_DECADE)
# Errors below this are drawn there: a log axis has no place for 0, and the true slope itself is rounded.
LEAST = 1e-18
# The third derivative, by values at these places, in wide steps.
THIRD, WIDE = ((-2, -0.5), (-1, 1.0), (1, -1.0), (2, 0.5)), 1e-2


@dataclass(frozen=True)
class Entry:
    """A scheme that takes part, the name of its line, and how Python writes it."""

    title: str
    series: str
    scheme: fl.Scheme | fl.ComplexStep
    code: str


ENTRIES = (
    Entry("forward", "forward", fl.forward, "fl.forward"),
    Entry("backward", "backward", fl.backward, "fl.backward"),
    Entry("central", "central", fl.central, "fl.central"),
    Entry("central, order 4", "central4", fl.central4, "fl.central4"),
    Entry("central, order 6", "central6", fl.central6, "fl.central6"),
    Entry("central, order 8", "central8", fl.central8, "fl.central8"),
    Entry("complex step", "complex", fl.ComplexStep(check=False), "fl.ComplexStep(check=False)"),
)


class Columns(NamedTuple):
    """The numbers of one scheme by name, shape (steps,) each; `drawn` is the error, or the least that is drawn."""

    step: NDArray[np.float64]
    h: NDArray[np.float64]
    slope: NDArray[np.float64]
    error: NDArray[np.float64]
    drawn: NDArray[np.float64]


COLUMNS = Columns._fields


@dataclass(frozen=True)
class Errors:
    """What one scheme makes of every step, the step that comes nearest, and why there is none, if there is none."""

    title: str
    columns: Columns
    note: str = ""

    @property
    def best(self) -> int | None:
        """The place of the step with the smallest error, None where there is no slope to be off by."""
        error = self.columns.error
        return int(np.nanargmin(error)) if np.isfinite(error).any() else None

    @property
    def last(self) -> int:
        """The place of the last step that gives a slope."""
        seen = np.flatnonzero(np.isfinite(self.columns.slope))
        return int(seen[-1]) if seen.size else 0


class Law(NamedTuple):
    """Truncation and roundoff of the central difference as they should be, shape (steps,) each."""

    truncation: NDArray[np.float64]
    roundoff: NDArray[np.float64]


@dataclass(frozen=True)
class Comparison:
    """All schemes that take part (None for the others), the law of the central one, and the automatic step."""

    curve: Curve
    x: float
    derivative: float
    errors: tuple[Errors | None, ...]
    law: Law
    automatic: fl.Estimate

    def frames(self) -> NDArray[np.float64]:
        """Return all numbers, shape (schemes, columns, steps)."""
        nothing = np.full((len(COLUMNS), STEPS.size), np.nan)
        return np.array([nothing if errors is None else errors.columns for errors in self.errors])

    @property
    def summary(self) -> str:
        """How near the best step comes, and the automatic one."""
        return summarize(self)

    @property
    def descriptions(self) -> tuple[str, str]:
        """A sentence for the errors, and one for the curve."""
        return describe_errors(self), describe_curve(self)


class Taker(param.Parameterized):
    """A scheme that takes part, or does not."""

    runs = param.Boolean(default=True, doc="Whether it takes part.")

    def __init__(self, entry: Entry) -> None:
        super().__init__(name=entry.title)
        self.entry = entry
        self.prefix = entry.series


class StepSize(CurvePoint):
    """The settings: a curve, a point, how exactly it is computed, and which schemes look."""

    curve = param.Selector(default="np.exp(x)")
    x = param.Number(default=1.0, bounds=(-2.0, 2.0))
    precision = param.Selector(
        default="float64", objects=list(PRECISIONS), doc="The numbers that the function computes with."
    )
    noisy = param.Boolean(
        default=False, doc="Whether each value of the function has an error, as a measurement has."
    )
    noise = param.Number(default=1e-8, bounds=(1e-15, 1e-1), doc="The standard deviation of that error.")
    seed = param.Integer(default=0, bounds=(0, 999), doc="Which errors they are.")

    def __init__(self) -> None:
        super().__init__()
        self.takers = tuple(Taker(entry) for entry in ENTRIES)

    def compare(self) -> Comparison:
        """Let each scheme that takes part look at the point with every step, and the automatic step with its own."""
        curve, x = self.chosen, float(self.x)
        derivative = curve.derivative(x)
        errors = tuple(self._errors(taker.entry, derivative) if taker.runs else None for taker in self.takers)
        return Comparison(curve, x, derivative, errors, self._law(), self._automatic(x))

    def _errors(self, entry: Entry, derivative: float) -> Errors:
        note = ""
        try:
            slope = self._slopes(entry.scheme)
        # The code may be the visitor's own.
        except Exception as refused:
            if not isinstance(entry.scheme, fl.ComplexStep):
                raise
            slope, note = np.full_like(STEPS, np.nan), f"f takes no complex numbers ({said(refused)})"
        with np.errstate(all="ignore"):
            off = np.abs(slope - derivative)
        columns = Columns(np.arange(STEPS.size, dtype=float), STEPS, slope, off, np.maximum(off, LEAST))
        return Errors(entry.title, columns, note)

    def _slopes(self, scheme: fl.Scheme | fl.ComplexStep) -> NDArray[np.float64]:
        measured, x = singly(self._measured()), np.array([float(self.x)])
        with np.errstate(all="ignore"):
            # A step that moves nothing gives NaN: 0/0.
            return np.array([scheme.differences(measured, x, h)[0] for h in STEPS])

    def _automatic(self, x: float) -> fl.Estimate:
        """Return what the automatic step claims; where the function is not finite, it has nothing to go by."""
        if not np.isfinite(self.chosen.values(np.array(x))):
            return fl.Estimate(np.array([np.nan]), np.array([np.inf]), np.array([np.nan]), 1)
        with np.errstate(all="ignore"):
            return fl.estimate_gradient(self._measured(), np.array([x]))

    def _measured(self) -> Callable[[NDArray[Any]], Any]:
        """Return the function as it is computed: in its precision, with its noise, the same noise each time."""
        function, rng = self.chosen.function, np.random.default_rng(self.seed)
        amplitude = self._amplitude

        def measured(x: NDArray[Any]) -> Any:
            kinds = COMPLEX if np.iscomplexobj(x) else PRECISIONS
            value = function(x[0].astype(kinds[self.precision]))
            return value + amplitude * rng.standard_normal() if amplitude else value

        return measured

    def _law(self) -> Law:
        """Return h²·|f‴|/6 with f‴ from a wide difference, and the roundoff of two values over 2h."""
        places, weights = np.transpose(THIRD)
        *values, middle = self.chosen.values(self.x + np.append(places, 0.0) * WIDE)
        rounding = float(np.finfo(PRECISIONS[self.precision]).eps) / 2.0
        with np.errstate(all="ignore"):
            third = float(np.sum(weights * values)) / WIDE**3
            # What the values' own rounding can make of a third derivative of 0 is no truncation.
            if abs(third) * WIDE**3 < np.finfo(float).eps * np.abs(weights * values).sum():
                third = 0.0
            wrong = rounding * abs(middle) + self._amplitude
            return Law(abs(third) / 6.0 * STEPS**2, wrong / STEPS)

    @property
    def _amplitude(self) -> float:
        return float(self.noise) if self.noisy else 0.0
