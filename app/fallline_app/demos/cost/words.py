"""What is said of costs: how they grow, and what that comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.demos.cost.measuring import TOO_LONG
from fallline_app.demos.cost.model import MEGABYTE, METHODS
from fallline_app.words import power_of_ten, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fallline_app.demos.cost.fitting import Fit
    from fallline_app.demos.cost.model import Survey

COUNTED, MEASURED = "multiply-adds of one gradient", "seconds for one gradient"
MEMORY_COUNTED, MEMORY_MEASURED = "memory, bytes, predicted", "memory, bytes, measured"
HEADINGS = (
    "method",
    "grows like P to the",
    "at the largest",
    "times backprop",
    "memory there",
    "within the budget up to",
)
NOTHING = "–"
NAIVE, NODE, BACKPROP = (
    [method.name for method in METHODS].index(name) for name in ("naive", "node", "backprop")
)


def duration(seconds: float) -> str:
    """Print a time with the unit that suits it.

    >>> duration(0.00123), duration(90.0)
    ('1.2 ms', '1.5 min')
    """
    if not np.isfinite(seconds):
        return NOTHING
    units = [(86_400.0, "days"), (3600.0, "h"), (60.0, "min"), (1.0, "s"), (1e-3, "ms")]
    size, unit = next(((size, unit) for size, unit in units if seconds >= size), (1e-6, "µs"))
    return f"{printed(seconds / size, 2 if seconds / size < 100.0 else 3)} {unit}"


def amount(memory: float) -> str:
    """Print bytes with the unit that suits them.

    >>> amount(1_234_567.0)
    '1.2 MB'
    """
    if not np.isfinite(memory):
        return NOTHING
    size, unit = (MEGABYTE, "MB") if memory >= MEGABYTE else (1e3, "kB")
    return f"{printed(memory / size, 2 if memory / size < 100.0 else 3)} {unit}"


def count(number: float) -> str:
    r"""Print a whole number with its thousands apart, or as a power of ten where it is large.

    >>> count(38410.0), count(2.1e12)
    ('38\xa0410', '2·10¹²')
    """
    return f"{number:,.0f}".replace(",", "\N{NO-BREAK SPACE}") if number < 1e7 else power_of_ten(number)


def power(fit: Fit, is_measured: bool) -> str:
    """Say by which power something grows, with the standard error of the exponent where it was measured; or why nobody can tell.

    >>> from fallline_app.demos.cost.fitting import Fit
    >>> power(Fit(1.983, 0.021, 0.0, 1.0, 2.0), True)
    '1.98 ± 0.02'
    >>> power(Fit(*[np.nan] * 5, points=1), True)
    '1 size, too few to tell'
    """
    if not np.isfinite(fit.exponent):
        return f"{fit.points} size{'' if fit.points == 1 else 's'}, too few to tell"
    return f"{fit.exponent:.2f}" + (f" ± {fit.error:.2f}" if is_measured else "")


def summarize(survey: Survey, running: Sequence[int]) -> str:
    """Say in two sentences how the methods grow and what one gradient comes to at the largest size."""
    told = [index for index in (NAIVE, NODE, BACKPROP) if index in running] or list(running)
    grows = ", ".join(
        f"{power(survey.growth(index), survey.is_measured)} for {METHODS[index].name}"
        for index in told
        if np.isfinite(survey.growth(index).exponent)
    )
    begin = "Measured on this machine" if survey.is_measured else "Counted, not timed"
    if not running:
        return "No method takes part: switch one on."
    if not grows:
        return f"{begin}: too few sizes so far to tell how a gradient's cost grows with the number P of parameters."
    return (
        f"{begin}, one gradient of P parameters grows like P to the {grows}. {_at_largest(survey, running)}"
    )


def _at_largest(survey: Survey, running: Sequence[int]) -> str:
    if not {NAIVE, BACKPROP} <= set(running):
        return ""
    place = min(survey.last(NAIVE), survey.last(BACKPROP))
    naive, backprop = survey.drawn[NAIVE, place], survey.drawn[BACKPROP, place]
    say = duration if survey.is_measured else power_of_ten
    unit = "" if survey.is_measured else " multiply-adds"
    times = "" if not survey.is_measured else ", timed on some parameters and scaled"
    ratio = count(float(f"{naive / backprop:.2g}"))
    return f"At P = {count(survey.parameters[place])} naive takes {say(naive)}{unit}{times}, {ratio} times backprop's {say(backprop)}."


def describe_costs(survey: Survey, running: Sequence[int]) -> str:
    """Say in one sentence what the plot of the costs shows."""
    what = "Time" if survey.is_measured else "Number of multiply-adds"
    lines = [
        f"{METHODS[index].name} rising to {_value(survey, index, survey.last(index))}" for index in running
    ]
    return f"{what} of one gradient against the number of parameters, on logarithmic axes: {', '.join(lines) or 'none'}."


def describe_memory(survey: Survey, running: Sequence[int], budget: float) -> str:
    """Say in one sentence what the plot of the memory shows."""
    lines = [f"{METHODS[index].name} {amount(survey.memory[index, survey.last(index)])}" for index in running]
    return f"Memory of one gradient against the number of parameters, with the budget of {amount(budget)}: at the largest {', '.join(lines) or 'none'}."


def row(survey: Survey, index: int, budget: float) -> list[str]:
    """Return a method's row of the table: how it grows, what it takes at its largest size, what its memory allows."""
    place = survey.last(index)
    drawn, backprop = survey.drawn[index, place], survey.drawn[BACKPROP, place]
    ratio = (
        count(float(f"{drawn / backprop:.2g}")) if drawn >= 10 * backprop else printed(drawn / backprop, 2)
    )
    return [
        METHODS[index].name,
        power(survey.growth(index), survey.is_measured),
        f"{_value(survey, index, place)} at {count(survey.parameters[place])}",
        ratio if np.isfinite(drawn / backprop) else NOTHING,
        amount(survey.memory[index, place]),
        _within(survey, index, budget),
    ]


def _value(survey: Survey, index: int, place: int) -> str:
    drawn = survey.drawn[index, place]
    if survey.is_measured:
        return duration(drawn)
    return power_of_ten(drawn)


def _within(survey: Survey, index: int, budget: float) -> str:
    """Say up to how many parameters a method stays within the budget, by the line through its memory."""
    line = survey.memory_growth(index)
    if not np.isfinite(line.exponent):
        return power(line, survey.is_measured)
    parameters = line.parameters(budget)
    if not parameters < 1e12:
        return "any"
    return f"{count(float(f'{parameters:.2g}'))} parameters" if parameters >= 1.0 else "none"


def note(survey: Survey) -> str:
    """Say what the numbers of the table are, and how they came about."""
    if survey.is_measured:
        return (
            "Times are medians of interleaved rounds, on this machine, in this browser; naive differences are timed on some of the "
            "parameters and scaled to all, since each costs the same. Memory is the peak that Python's tracemalloc saw. Broad lines are the powers of P "
            "fitted to the upper sizes, up to 16 times smaller than the largest, and to no fewer than four; ± is the standard error of the "
            f"fit. A method is left out from the size on at which one gradient would take longer than {1e3 * TOO_LONG:.0f} ms."
        )
    return (
        "Recorded when this page was built, and the same on every machine: multiply-adds and memory as fl.Network.cost counts them "
        "from the sizes of the layers. Broad lines are the powers of P that fit. Times are your machine's own: the button under the plot measures them."
    )
