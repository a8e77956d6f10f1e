"""Losses over data, so that a descent can train: each step sees a batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector, check_generator
from fallline.batches import Batch, Batches, FullBatch
from fallline.descent.frames import Frame
from fallline.descent.loop import descend
from fallline.descent.problem import Draw, exact
from fallline.optimizers.protocol import Optimizer, Searcher

Data = tuple[NDArray[Any], ...]


@dataclass(frozen=True)
class BatchLoss:
    """The loss on some of the samples, as a function of the parameters alone; weighed, so that batches add up."""

    loss: Callable[..., Any]
    slope: Callable[..., Vector] | None
    data: Data
    weight: float
    vectorized: bool = False

    def __call__(self, theta: Vector) -> Any:
        """Weighed loss at parameters of shape (n,), or of each column of (n, m) where it is vectorized."""
        loss = self.plain(theta)
        return loss if self.weight == 1.0 else self.weight * loss

    def plain(self, theta: Vector) -> Any:
        """Mean loss of the samples."""
        return self.loss(theta, *self.data)

    def gradient(self, theta: Vector) -> Vector:
        """Weighed slope at parameters of shape (n,), by the formula for it.

        Raises
        ------
        TypeError
            If there is no formula.
        """
        if self.slope is None:
            raise TypeError(
                "exact needs the loss's own slope: give DataLoss(..., slope=...), or use central instead"
            )
        slope = self.slope(theta, *self.data)
        return slope if self.weight == 1.0 else self.weight * slope


@dataclass(frozen=True, eq=False)
class DataLoss:
    """A loss over data as an objective, of which `descend` sees one batch in each step.

    Parameters
    ----------
    loss
        The mean loss over samples: (theta, X, y) -> number, theta of shape (n,).
    data
        X and y, with as many samples each along their first axis.
    batches
        How they are cut: `FullBatch()`, `MiniBatch(32)`, `Stochastic()`.
    slope
        The loss's own slope, (theta, X, y) -> shape (n,), for `gradient=fl.exact`. Without it use a scheme.
    shown
        What a frame's value is: "batch", the loss on the batch of the step, which costs little and is noisy; or "data",
        the loss on all the data.
    vectorized
        Whether `loss` also takes theta of shape (n, m) and gives (m,), as `Network.loss` does: then a finite difference
        looks at all its points at once.

    Raises
    ------
    TypeError
        If `data` is no tuple.
    ValueError
        If it is not X and y with as many samples, or has none.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import GradientDescent, MiniBatch
    >>> X, y = np.array([0.0, 1.0, 2.0, 3.0]), np.array([1.0, 3.0, 5.0, 7.0])
    >>> loss = DataLoss(lambda theta, X, y: ((theta[0] + theta[1] * X - y) ** 2).mean(), (X, y), MiniBatch(2))
    >>> descent = descend(loss, [0.0, 0.0], GradientDescent(rate=0.1), rng=np.random.default_rng(1))
    >>> *_, last = islice(descent, 401)
    >>> last.x.round(6), last.samples, last.epoch
    (array([1., 2.]), 802, 200)
    """

    loss: Callable[..., Any]
    data: Any
    batches: Batches = FullBatch()  # noqa: RUF009
    slope: Callable[..., Vector] | None = None
    shown: Literal["batch", "data"] = "batch"
    vectorized: bool = False

    def __post_init__(self) -> None:
        """Refuse data that do not fit together."""
        if not isinstance(self.data, tuple):
            if hasattr(self.data, "to_python"):
                # A call that is still to be made; what it makes is checked when it has been.
                return
            raise TypeError(f"data must be a tuple of X and y, got {type(self.data).__name__}")
        if len(self.data) != 2:
            raise ValueError(f"data must be X and y, got {len(self.data)} of them")
        samples, answers = map(len, self.data)
        if samples != answers or not samples:
            raise ValueError(f"data must be X and y with as many samples, got {samples} and {answers}")

    def __call__(self, theta: Vector) -> Any:
        """Mean loss over all the data at parameters of shape (n,)."""
        return self._whole(theta)

    def gradient(self, theta: Vector) -> Vector:
        """Slope over all the data at parameters of shape (n,), by the formula for it."""
        return self._whole.gradient(theta)

    def draws(self, rng: "np.random.Generator | None") -> Iterator[Draw]:
        """Draw what each step of a descent sees, batch after batch.

        Raises
        ------
        ValueError
            If the batches are shuffled and `rng` is None.
        """
        return self._draws(self.batches.cut(len(self.data[0]), rng))

    def _draws(self, batches: Iterator[Batch]) -> Iterator[Draw]:
        whole = self._whole
        for batch in batches:
            seen = whole if batch.indices is None else self._batch_loss(batch)
            shown = whole.plain if self.shown == "data" else seen.plain
            yield Draw(seen, shown, len(seen.data[0]), batch.epoch)

    def _batch_loss(self, batch: Batch) -> BatchLoss:
        chosen = tuple(array[batch.indices] for array in self.data)
        return BatchLoss(self.loss, self.slope, chosen, batch.weight, self.vectorized)

    @property
    def _whole(self) -> BatchLoss:
        return BatchLoss(self.loss, self.slope, self.data, 1.0, self.vectorized)


class Trainable(Protocol):
    """What `train` asks of a network."""

    def initial(self, rng: "np.random.Generator") -> Vector:
        """Parameters to begin with, shape (n,)."""
        ...

    def loss(self, theta: Vector, X: NDArray[Any], y: NDArray[Any], /) -> Any:  # noqa: N803
        """Mean loss over the samples."""
        ...

    def gradient(self, theta: Vector, X: NDArray[Any], y: NDArray[Any], /, *, method: Any) -> Vector:  # noqa: N803
        """Slope of the loss by a method that the network knows."""
        ...


def train(
    network: Trainable,
    X: NDArray[Any],  # noqa: N803
    y: NDArray[Any],
    optimizer: Optimizer[Any] | Searcher[Any],
    batches: Batches = FullBatch(),  # noqa: B008
    *,
    method: str = "node",
    step: float | None = None,
    rng: "np.random.Generator",
    **settings: Any,
) -> Iterator[Frame]:
    """Train a network: `descend` over its loss on data, from its own beginning.

    Parameters
    ----------
    network
        The network, with `initial`, `loss` and `gradient`.
    X, y
        The data, as many samples each along their first axis.
    optimizer
        The rule that turns slopes into steps.
    batches
        How the data are cut.
    method
        How the network finds its slope: "node" for finite differences in node space, "backprop", and so on.
    step
        h of those differences, instead of the one that suits the method.
    rng
        The source of chance: for the beginning, and then for the batches.
    settings
        Further settings of `descend`.

    Yields
    ------
    Frame
        As `descend` does; `x` holds the parameters, shape (n,).

    Raises
    ------
    TypeError
        If `rng` is no generator.
    ValueError
        If X and y have not as many samples, or none.

    Examples
    --------
    >>> from itertools import islice
    >>> from fallline import Adam, Network
    >>> X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    >>> network = Network([2, 8, 1])
    >>> *_, last = islice(train(network, X, y, Adam(rate=0.1), rng=np.random.default_rng(1)), 101)
    >>> network.predict(last.x, X)
    array([0, 1, 1, 0])
    """
    check_generator(rng)
    how: dict[str, Any] = {"method": method} if step is None else {"method": method, "step": step}
    slope = partial(network.gradient, **how)
    objective = DataLoss(network.loss, (X, y), batches, slope)
    return descend(objective, network.initial(rng), optimizer, exact, rng, **settings)
