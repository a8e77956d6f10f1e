"""What is said of a grid: how far its slopes are off, where the descents part, and what it costs."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from fallline_app.words import printed

if TYPE_CHECKING:
    from fallline_app.demos.grid.descents import Path, Run
    from fallline_app.demos.grid.looking import Look
    from fallline_app.demos.grid.memory import Memory
    from fallline_app.demos.grid.orders import Fall, Orders


def summarize(seen: Look, orders: Orders, run: Run) -> str:
    """Say how the samples' slopes are off the function's, how that falls, and where the descents part."""
    return f"{_seen(seen)}; {_fallen(orders, seen)}. {_parted(run)}"


def _seen(seen: Look) -> str:
    n = seen.spacing.samples
    off = f"off by {printed(seen.inside)} inside and {printed(seen.edges)} at the edges (medians)"
    if seen.ripple is None:
        return f"np.gradient of {n} × {n} samples is {off}"
    height = printed(seen.ripple.height)
    return f"A ripple of height {height} that is 0 at every sample leaves np.gradient the same to the last bit, and {off}"


def _fallen(orders: Orders, seen: Look) -> str:
    without = "without the ripple " if seen.ripple else ""
    return f"{without}the error inside {told(orders.inside)}, at the edges it {told(orders.edges)}"


def told(fall: Fall) -> str:
    """Say how an error falls with the spacing h."""
    if fall.exact:
        return "is but rounding"
    if fall.power is None:
        return "follows no single power of the spacing h"
    return f"falls as h to the {fall.power:.2f}"


def _parted(run: Run) -> str:
    by_samples, by_function = run.paths
    last = min(by_samples.last, by_function.last)
    apart = float(by_samples.columns.apart[last])
    ended = [path for path in run.paths if path.note]
    if ended:
        title = ended[0].title
        where = f", {printed(apart)} from the other" if isfinite(apart) else ""
        return f"The descent by the slope of the {title} ended at step {ended[0].last}{where}."
    by_one, by_other = (printed(path.columns.loss[last]) for path in run.paths)
    return f"After {last} steps the descents are {printed(apart)} apart, at {by_one} by the samples and {by_other} by the function."


def describe_map(seen: Look, run: Run) -> str:
    """Say in one sentence what the map shows."""
    n, ends = seen.spacing.samples, " and ".join(_ended(path) for path in run.paths)
    spaced = "unevenly" if seen.spacing.seed is not None else "evenly"
    return f"Contour map of {seen.function.name} with arrows downhill at {n} × {n} {spaced} spaced samples, and the tracks {ends}."


def _ended(path: Path) -> str:
    x, y = path.end
    return f"by the slope of the {path.title} to ({printed(x)}, {printed(y)})"


def describe_curve(run: Run) -> str:
    """Say in one sentence what the curve shows."""
    ends = ", ".join(
        f"by the slope of the {path.title} {printed(path.columns.height[-1])} after {path.last} steps"
        for path in run.paths
    )
    return f"Heights against the step on a logarithmic axis: {ends}."


def describe_error(seen: Look) -> str:
    """Say in one sentence what the heat map shows."""
    return (
        f"Heat map of the error of np.gradient at each sample: {printed(seen.inside)} inside and {printed(seen.edges)} at the "
        "edges, in the median."
    )


def describe_orders(orders: Orders) -> str:
    """Say in one sentence how the errors fall."""
    return f"Median error against the samples each way, both logarithmic: inside it {told(orders.inside)}, at the edges it {told(orders.edges)}."


def describe_memory(memory: Memory, samples: int) -> str:
    """Say in one sentence what the gradient takes, and from where on there is no room."""
    count = memory.measured
    told = f"Bytes at the peak for {samples} samples along each axis, against the number of dimensions, on a logarithmic axis"
    ratio = memory.measured_numpy[count - 1] / memory.numpy[count - 1]
    measured = f"with {count} dimensions np.gradient was measured to take {size(memory.measured_numpy[count - 1])}, {ratio:.2f} of what is predicted"
    first = memory.first_too_large
    end = f"; from {first} on it has no room in the 4 GiB of a page's Python" if first else ""
    return f"{told}: {measured}{end}."


def size(count: float) -> str:
    """Write bytes with three digits, in kB, MB and on."""
    for unit in ("bytes", "kB", "MB", "GB", "TB", "PB"):
        if count < 1000.0 or unit == "PB":
            break
        count /= 1000.0
    return f"{printed(count)} {unit}"
