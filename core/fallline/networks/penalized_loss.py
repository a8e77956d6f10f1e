"""What a descent of a network goes down: the mean loss of samples, and penalties. Whatever comes here has been checked."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fallline.networks.activations import Activation
from fallline.networks.at_points import mean_losses, sample_gradients
from fallline.networks.forward import Model
from fallline.networks.gradients import of_passes, of_runs
from fallline.networks.layout import Layout
from fallline.networks.losses import Loss
from fallline.networks.penalties import Penalty
from fallline.networks.products import Array
from fallline.networks.steps import PLAIN

Vector: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class PenalizedLoss:
    """A function of parameters θ, for samples x, (n, m), and their targets, (..., m).

    f(θ) = mean over samples of L(z, y) + l1·Σ|W| + ½·l2·ΣW²

    Parameters
    ----------
    layout
        Where weights and biases lie in θ.
    activation
        What hidden units make of their sums.
    criterion
        L, the loss of each sample.
    penalty
        What large weights cost.

    Examples
    --------
    >>> from fallline.networks.activations import as_activation
    >>> from fallline.networks.losses import as_loss
    >>> f = PenalizedLoss(Layout((1, 1)), as_activation("tanh"), as_loss("mean_squared", 1), Penalty(l1=0.5, l2=0.0))
    >>> f.value(np.array([2.0, 0.0]), np.array([[1.0, 3.0]]), np.array([[0.0, 6.0]]))
    3.0
    """

    layout: Layout
    activation: Activation
    criterion: Loss
    penalty: Penalty

    def model(self, theta: Vector) -> Model:
        """Return the network with these parameters, (size,) or (size, p) for several points at once."""
        return Model(self.layout.split(theta), self.activation, self.criterion)

    def value(self, theta: Vector, x: Array, y: Array) -> Any:
        """Return f, a number; or of each of p points, (size, p), an array (p,)."""
        model = self.model(theta)
        if theta.ndim == 2:
            return mean_losses(model, x, y) + self.penalty.value(model.layers)
        values = model.values(x, y)
        # As `mean` does it, without what that costs when samples are few.
        return float(values.sum() / values.size + self.penalty.value(model.layers))

    def gradient(
        self,
        theta: Vector,
        x: Array,
        y: Array,
        method: str,
        step: float | None,
        rng: np.random.Generator | None,
    ) -> Vector:
        """Return ∂f/∂θ, (size,), by a method of `Network.gradient`."""
        if method in ("naive", "spsa"):
            # They move the parameters about, and these are the caller's.
            theta = theta.copy()
            gradient = of_runs(self.model(theta), theta, x, y, method, step, rng)
        else:
            gradient = np.empty(self.layout.size)
            of_passes(self.model(theta), self.layout.split(gradient), x, y, method, step)
        if self.penalty.is_given:
            h = None if method == "backprop" else step or PLAIN
            self.penalty.add_slope(self.layout.split(theta), self.layout.split(gradient), h)
        return gradient

    def sample_gradients(self, theta: Vector, x: Array, y: Array) -> NDArray[np.float64]:
        """Return the slope of each sample's own loss and the penalties, (m, size); of p points, (p, m, size)."""
        points = theta.reshape(self.layout.size, -1)
        gradients = np.empty((*points.shape, x.shape[1]))
        sample_gradients(self.model(points), x, y, self.layout.split(gradients))
        if self.penalty.is_given:
            slope = np.zeros(points.shape)
            self.penalty.add_slope(self.layout.split(points), self.layout.split(slope), None)
            gradients += slope[:, :, None]
        return np.ascontiguousarray(gradients.transpose(1, 2, 0)).reshape(
            *theta.shape[1:], -1, self.layout.size
        )
