"""Dense networks as pure functions of one flat vector of parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.networks.activations import Activation, as_activation
from fallline.networks.checks import as_parameters, as_samples, as_sizes, as_targets
from fallline.networks.costs import Cost, Counts
from fallline.networks.forward import Layers, Model
from fallline.networks.gradients import check_method
from fallline.networks.initialization import check_initialization, draw_weights
from fallline.networks.layout import Layout
from fallline.networks.losses import as_loss
from fallline.networks.memory import keep_freed_memory
from fallline.networks.penalized_loss import PenalizedLoss
from fallline.networks.penalties import Penalty
from fallline.networks.products import Array, as_columns

Vector: TypeAlias = NDArray[np.float64]
# Parameters, and samples with targets as columns.
Taken: TypeAlias = tuple[Vector, Array, Array]


@dataclass(frozen=True, init=False)
class Network:
    """A dense network: weighted sums, an activation after each layer but the last, a loss of what comes out.

    a₀ = X, zₗ = aₗ₋₁Wₗ + bₗ, aₗ = φ(zₗ), f(θ) = mean over samples of L(z, y) + l1·Σ|W| + ½·l2·ΣW²

    It holds no parameters. They are one flat vector θ: for each layer its weights W, (n_in, n_out) row by row, then its
    biases b, (n_out,). Penalties are on weights, not on biases.

    Parameters
    ----------
    sizes
        Units of each layer, from features to outputs.
    activation
        "tanh", "relu", "leaky_relu", "sigmoid", "gelu" (the exact one), "sine" or "linear"; an `Activation`; or any
        NumPy function that works number by number, whose slope need not be known.
    loss
        "cross_entropy" or "hinge" for classes 0, 1, …, with one output for two classes or one output for each;
        "mean_squared", "mean_absolute" or "huber" for numbers; or a function of outputs, (m, k), and targets that
        returns a loss for each sample, (m,).
    l1, l2
        Weights of the penalties.
    initialization
        What `initial` draws weights from: "glorot" for tanh and its like, "he" for ReLU and its like, or "zeros".

    Raises
    ------
    TypeError
        If sizes, activation or loss are of the wrong kind.
    ValueError
        If a name is unknown, a size below 1, or a penalty negative or not finite.

    Examples
    --------
    >>> network = Network([2, 8, 1])
    >>> theta = network.initial(np.random.default_rng(1))
    >>> X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    >>> for _ in range(500):
    ...     theta -= 0.5 * network.gradient(theta, X, y, method="node")
    >>> network.predict(theta, X)
    array([0, 1, 1, 0])
    """

    sizes: tuple[int, ...]
    activation: str | Activation | Callable[[NDArray[Any]], Any]
    criterion: str | Callable[[NDArray[Any], NDArray[Any]], Any]
    l1: float
    l2: float
    initialization: str

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str | Activation | Callable[[NDArray[Any]], Any] = "tanh",
        loss: str | Callable[[NDArray[Any], NDArray[Any]], Any] = "cross_entropy",
        l1: float = 0.0,
        l2: float = 0.0,
        initialization: str = "glorot",
    ) -> None:
        check_initialization(initialization)
        given = {"activation": activation, "criterion": loss, "l1": l1, "l2": l2}
        known = {"sizes": as_sizes(sizes), **given, "initialization": initialization}
        for name, value in known.items():
            object.__setattr__(self, name, value)
        # What is wrong is to be said now.
        _ = self._loss
        keep_freed_memory()

    def to_python(self, write: Callable[[Any], str]) -> str:
        """Write the call that makes this network, with `write` for its parts (`Descent.to_python`)."""
        plain, parts = Network(self.sizes), [write(list(self.sizes))]
        for field in fields(self)[1:]:
            given = getattr(self, field.name)
            if given != getattr(plain, field.name):
                parts.append(f"{'loss' if field.name == 'criterion' else field.name}={write(given)}")
        return f"fl.Network({', '.join(parts)})"

    @property
    def size(self) -> int:
        """How many parameters there are."""
        return self._layout.size

    def layers(self, theta: ArrayLike) -> Layers:
        """View a flat vector as matrices: (weights, biases) of each layer, (n_in, n_out) and (n_out,).

        Raises
        ------
        ValueError
            If `theta` does not hold `size` numbers.

        Examples
        --------
        >>> Network([1, 2]).layers(np.arange(4.0))
        [(array([[0., 1.]]), array([2., 3.]))]
        """
        return self._layout.split(as_parameters(theta, self.size))

    def flatten(self, layers: Layers) -> Vector:
        """Put given weights and biases of each layer into one flat vector.

        Raises
        ------
        ValueError
            If their shapes are not those of this network.

        Examples
        --------
        >>> Network([1, 2]).flatten([(np.array([[1.0, 2.0]]), np.zeros(2))])
        array([1., 2., 0., 0.])
        """
        return self._layout.join(layers)

    def initial(self, rng: np.random.Generator) -> Vector:
        """Draw parameters to begin with; biases are 0.

        Parameters
        ----------
        rng
            The source of chance.

        Examples
        --------
        >>> Network([1, 1], initialization="zeros").initial(np.random.default_rng(0))
        array([0., 0.])
        """
        theta = np.zeros(self.size)
        draw_weights(self._layout.split(theta), self.initialization, rng)
        return theta

    def loss(self, theta: ArrayLike, X: ArrayLike, y: ArrayLike) -> Any:  # noqa: N803 (as the field calls it)
        """Mean loss of samples with targets, and penalties.

        Parameters
        ----------
        theta
            Parameters, (size,); or those of several points as columns, (size, p), for a loss of each, (p,), which is much
            quicker than one after the other where samples are few.
        X
            Samples, (m, features).
        y
            Targets: classes, (m,), or numbers, (m, outputs), or (m,) for one output.

        Raises
        ------
        TypeError
            If they are not real numbers, or classes not whole ones.
        ValueError
            If a shape does not fit, X or y is not finite, or a class has no output.

        Examples
        --------
        >>> network = Network([2, 1], loss="mean_squared")
        >>> network.loss([1.0, 1.0, 0.0], [[1.0, 2.0]], [1.0])
        4.0
        """
        return self._loss.value(*self._take(theta, X, y, columns=True))

    def gradient(
        self,
        theta: ArrayLike,
        X: ArrayLike,  # noqa: N803
        y: ArrayLike,
        method: str = "backprop",
        step: float | None = None,
        rng: np.random.Generator | None = None,
    ) -> Vector:
        """Slope of `loss` in each parameter.

        Parameters
        ----------
        theta, X, y
            As for `loss`.
        method
            "backprop": exact, by the slopes of activation and loss.
            "layerwise": the same with those slopes differenced, for black boxes; about the cost of backprop.
            "node": central differences, two evaluations of what follows for each unit; a small multiple of backprop.
            "weight": central differences, two evaluations of what follows for each weight.
            "naive": central differences, two runs of the whole network for each weight; assumes nothing.
            "complex": complex step for each unit; for analytic activations and losses.
            "spsa": two runs of the network in all, along one random direction; right on average only.
            All but "naive" and "spsa" need a loss that is a mean over samples; `fallline.networks` says more of each.
        step
            h, instead of the one that suits the method.
        rng
            The source of chance of "spsa". Without one its direction follows from `theta`, so that it can be repeated.

        Returns
        -------
        Vector
            ∂f/∂θ, (size,).

        Raises
        ------
        TypeError
            As `loss`; or if "backprop" lacks the slope of the activation or loss.
        ValueError
            As `loss`; or if the method is unknown, the step not positive, or the activation or loss mixes samples where
            the method looks at each by itself.

        Examples
        --------
        >>> network = Network([2, 1], loss="mean_squared")
        >>> network.gradient([1.0, 1.0, 0.0], [[1.0, 2.0]], [1.0], method="node").round(9)
        array([4., 8., 4.])
        """
        check_method(method, step)
        return self._loss.gradient(*self._take(theta, X, y), method, step, rng)

    def sample_gradients(self, theta: ArrayLike, X: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Slope of each sample's own loss by backpropagation, (m, size): what `gradient` is the mean of.

        How they scatter is what makes small batches noisy: see `fallline.batch_covariance`. At several points, the columns
        of `theta`, (size, p), they are (p, m, size).

        Examples
        --------
        >>> Network([1, 1], loss="mean_squared").sample_gradients([1.0, 0.0], [[1.0], [2.0]], [0.0, 4.0])
        array([[ 2.,  2.],
               [-8., -4.]])
        """
        return self._loss.sample_gradients(*self._take(theta, X, y, columns=True))

    def cost(self, batch: int, method: str = "backprop") -> Cost:
        """Count what one `gradient` takes, without computing it.

        Parameters
        ----------
        batch
            How many samples.
        method
            As for `gradient`.

        Raises
        ------
        ValueError
            If the method is unknown, or the batch below 1.

        Examples
        --------
        With twice the parameters, differences of the whole network take four times as much, backpropagation twice:

        >>> small, large = Network([64, 100, 10]), Network([64, 200, 10])
        >>> [round(large.cost(32, method).operations / small.cost(32, method).operations) for method in ("naive", "backprop")]
        [4, 2]
        """
        check_method(method, None)
        if batch < 1:
            raise ValueError(f"a batch has at least one sample, got {batch!r}")
        return Counts(self.sizes, int(batch)).cost(method)

    def outputs(self, theta: ArrayLike, X: ArrayLike) -> NDArray[np.float64]:  # noqa: N803
        """Compute the sums of the last layer, (m, outputs): for classes, the logarithms of odds.

        Examples
        --------
        >>> Network([2, 1]).outputs([1.0, 1.0, 0.5], [[1.0, 2.0]])
        array([[3.5]])
        """
        outputs: NDArray[np.float64] = self._model(theta).outputs(self._columns(X)).T
        return outputs

    def responses(self, theta: ArrayLike, X: ArrayLike) -> list[NDArray[np.float64]]:  # noqa: N803
        """Compute what comes out of every unit, layer after layer, (m, units) each: of the last layer, its sums.

        Examples
        --------
        >>> hidden, outputs = Network([1, 1, 1], activation="relu").responses([2.0, 0.0, 3.0, 1.0], [[-1.0], [1.0]])
        >>> hidden[:, 0], outputs[:, 0]
        (array([0., 2.]), array([1., 7.]))
        """
        return [response.T for response in self._model(theta).responses(self._columns(X))]

    def predict(self, theta: ArrayLike, X: ArrayLike) -> NDArray[Any]:  # noqa: N803
        """Say the class of each sample, (m,); or where there are no classes, the outputs, (m, outputs).

        Examples
        --------
        >>> Network([2, 1]).predict([1.0, 1.0, 0.0], [[1.0, 2.0], [-1.0, -2.0]])
        array([1, 0])
        """
        outputs = self.outputs(theta, X)
        if self._loss.criterion.targets != "classes":
            return outputs
        if self.sizes[-1] == 1:
            return (outputs[:, 0] > 0.0).astype(np.intp)
        classes: NDArray[np.intp] = outputs.argmax(axis=1)
        return classes

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.sizes)

    @cached_property
    def _loss(self) -> PenalizedLoss:
        criterion = as_loss(self.criterion, self.sizes[-1])
        return PenalizedLoss(
            self._layout, as_activation(self.activation), criterion, Penalty(self.l1, self.l2)
        )

    def _model(self, theta: ArrayLike) -> Model:
        return self._loss.model(as_parameters(theta, self.size))

    def _columns(self, samples: ArrayLike) -> Array:
        return as_columns(as_samples(samples, self.sizes[0]))

    def _take(self, theta: ArrayLike, samples: ArrayLike, y: ArrayLike, columns: bool = False) -> Taken:
        x = self._columns(samples)
        targets = as_targets(y, self._loss.criterion.targets, self.sizes[-1], x.shape[1])
        return as_parameters(theta, self.size, columns), x, targets
