"""A run as arrays: what a plot, a file or another program wants of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.descent.frames import Frame
from fallline.descent.until import Stopped


@dataclass(frozen=True)
class Run:
    """All frames of a descent, column by column: m frames of n coordinates.

    Parameters
    ----------
    x, slope
        Points and slopes, shape (m, n) each.
    value, rate, seconds
        Numbers of shape (m,), as in `Frame`.
    evaluations, gradients, samples, epoch
        Counts of shape (m,), as in `Frame`.
    stopped
        Which rule ended it, and why; None where nobody asked for more frames.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent, descend
    >>> run = record(islice(descend(lambda x: x @ x, [2.0, 1.0], GradientDescent(rate=0.1)), 51))
    >>> len(run), run.x.shape, run.value.shape
    (51, (51, 2), (51,))
    """

    x: NDArray[np.float64]
    value: Vector
    slope: NDArray[np.float64]
    evaluations: NDArray[np.int64]
    rate: Vector
    gradients: NDArray[np.int64]
    samples: NDArray[np.int64]
    epoch: NDArray[np.int64]
    seconds: Vector
    stopped: Stopped | None = None

    def __len__(self) -> int:
        """Count the frames."""
        return len(self.value)


def record(frames: Iterable[Frame]) -> Run:
    """Take all frames of a descent, which must end, into arrays.

    Parameters
    ----------
    frames
        What `descend` or `train` yields, as far as it is wanted: `islice(..., 201)` for 200 steps.

    Returns
    -------
    Run
        The frames, column by column.

    Raises
    ------
    ValueError
        If there are no frames.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent, descend
    >>> run = record(islice(descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=0.1)), 3))
    >>> run.x[:, 0], run.evaluations
    (array([2.  , 1.6 , 1.28]), array([2, 4, 6]))
    """
    taken = list(frames)
    if not taken:
        raise ValueError("a run has at least one frame, its start; got none")
    return Run(
        x=np.stack([frame.x for frame in taken]),
        value=np.array([frame.value for frame in taken]),
        slope=np.stack([frame.slope for frame in taken]),
        evaluations=np.array([frame.evaluations for frame in taken], dtype=np.int64),
        rate=np.array([frame.rate for frame in taken]),
        gradients=np.array([frame.gradients for frame in taken], dtype=np.int64),
        samples=np.array([frame.samples for frame in taken], dtype=np.int64),
        epoch=np.array([frame.epoch for frame in taken], dtype=np.int64),
        seconds=np.array([frame.seconds for frame in taken]),
        stopped=taken[-1].stopped,
    )
