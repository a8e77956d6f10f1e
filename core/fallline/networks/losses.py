"""Losses: how far a network's outputs are from what they should be.

Each is a value: the loss *at* given outputs z, shape (k, m) for k outputs and m samples, for given targets. It knows its
value and slope for each sample, and its *difference* between two shifts of the outputs, which finite differences of
networks are made of: by identities that lose no digits where there are any, never by a derivative.

Shifts have shape (k, j, m) for j shifts that differ from sample to sample, or (k, j, 1) for j that do not.
"""

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

import numpy as np

from fallline.networks.cross_entropy import BinaryCrossEntropy, CrossEntropy
from fallline.networks.hinges import BinaryHinge, Hinge
from fallline.networks.products import Array
from fallline.networks.residuals import Huber, MeanAbsolute, MeanSquared


class LossAt(Protocol):
    """A loss at outputs z, shape (k, m), for targets y, (m,) or (k, m)."""

    def values(self) -> Array:
        """Loss of each sample, (m,)."""

    def slope(self) -> Array:
        """∂loss/∂z of each sample, (k, m)."""

    def difference(self, up: Array, down: Array) -> Array:
        """Loss at z + up less loss at z + down, of each shift and sample, (j, m)."""

    def room(self) -> Array | None:
        """How far all outputs of a sample can be shifted before a kink, (m,); None where there are no kinks."""


class Loss(Protocol):
    """A kind of loss: makes the loss at given outputs for given targets."""

    @property
    def targets(self) -> str:
        """What it takes for targets: "classes", "reals" or, where the user's own function knows, "own"."""

    @property
    def exact(self) -> bool:
        """Whether its differences lose no digits."""

    def __call__(self, z: Array, y: Array) -> LossAt:
        """Loss at outputs z, (k, m), for targets y."""


class OwnLoss:
    """A loss given as a function of outputs, shape (m, k), and targets as they are given, which returns (m,).

    Finite differences and SPSA work with it. A function that mixes the samples, or returns one number for all of them,
    can be differenced as a whole only: by "naive" and "spsa".
    """

    targets: ClassVar[str] = "own"
    exact: ClassVar[bool] = False

    def __init__(self, function: Callable[[Array, Array], Any]) -> None:
        self.function = function

    def __call__(self, z: Array, y: Array) -> "OwnLossAt":
        """Loss at outputs z, (k, m)."""
        return OwnLossAt(self.function, z, y)


class OwnLossAt:
    """The user's loss at outputs z."""

    def __init__(self, function: Callable[[Array, Array], Any], z: Array, y: Array) -> None:
        self.function, self.z, self.y = function, z, y

    def values(self) -> Array:
        """Call the function: (m,), or one number where it mixes the samples."""
        return np.asarray(self.function(self.z.T, self.y.T))

    def slope(self) -> Array:
        """Refuse: nobody said what it is."""
        name = getattr(self.function, "__name__", "the loss")
        raise TypeError(f'backprop needs the slope of {name}, which is not given; use method="layerwise"')

    def difference(self, up: Array, down: Array) -> Array:
        """Subtract, which cancels digits: take steps that are not too small."""
        return self._shifted(up) - self._shifted(down)

    def room(self) -> None:
        """Not known."""

    def _shifted(self, shifts: Array) -> Array:
        moved = self.z[:, None, :] + shifts
        outputs = moved.reshape(len(moved), -1).T
        targets = np.concatenate([self.y.T] * moved.shape[1])
        return np.asarray(self.function(outputs, targets)).reshape(moved.shape[1:])


# For one output, and for several.
LOSSES: dict[str, tuple[Loss, Loss]] = {
    "cross_entropy": (BinaryCrossEntropy, CrossEntropy),
    "hinge": (BinaryHinge, Hinge),
    "mean_squared": (MeanSquared, MeanSquared),
    "mean_absolute": (MeanAbsolute, MeanAbsolute),
    "huber": (Huber, Huber),
}


def as_loss(loss: str | Callable[[Array, Array], Any], outputs: int) -> Loss:
    """Take the name of a loss, or a function of outputs and targets.

    Parameters
    ----------
    loss
        The name, or the function.
    outputs
        How many outputs the network has; one output means two classes where there are classes.

    Raises
    ------
    ValueError
        If the name is unknown.
    TypeError
        If it is neither a name nor callable.

    Examples
    --------
    >>> as_loss("cross_entropy", 1).__name__
    'BinaryCrossEntropy'
    """
    if isinstance(loss, str):
        if loss not in LOSSES:
            raise ValueError(f"loss must be one of {', '.join(LOSSES)}, or a function; got {loss!r}")
        return LOSSES[loss][outputs > 1]
    if not callable(loss):
        raise TypeError(f"loss must be a name or a function, got {loss!r}")
    return OwnLoss(loss)
