"""Which samples a step looks at: all of them, a few, or one.

Every epoch, a pass through the data, is cut anew from a fresh shuffle of all samples, so that nothing of one epoch is left
over for the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.hyperparameters import AT_LEAST_ONE, check_settings, choice, whole

Indices = NDArray[np.intp]


class Batch(NamedTuple):
    """Samples that a step looks at, by number, and how much a mean over them weighs beside those of other batches.

    `indices` is None for all samples, in their own order.
    """

    indices: Indices | None
    weight: float
    epoch: int


class Batches(Protocol):
    """What `DataLoss` asks of a way to cut data into batches."""

    def cut(self, samples: int, rng: "np.random.Generator | None") -> Iterator[Batch]:
        """Batches of so many samples, epoch after epoch, without end."""
        ...


@dataclass(frozen=True)
class FullBatch:
    """Look at all samples in every step: the slope is exact, and a step costs a whole epoch.

    Examples
    --------
    >>> next(FullBatch().cut(samples=3, rng=None))
    Batch(indices=None, weight=1.0, epoch=0)
    """

    def cut(self, samples: int, rng: "np.random.Generator | None" = None) -> Iterator[Batch]:
        """Give all samples, epoch after epoch; leaves `rng` alone."""
        epoch = 0
        while True:
            yield Batch(None, 1.0, epoch)
            epoch += 1


@dataclass(frozen=True)
class MiniBatch:
    """Look at a few samples in every step, a different few each time (Robbins and Monro, 1951; Bottou, 2010).

    An epoch of N samples has ⌈N/B⌉ batches of B samples; the last is short where B does not divide N. It is used or
    dropped. A loss is a mean over the samples of its batch, so a short one of b samples weighs b/B: that way every sample
    has the same say, and the slopes of an epoch add up to N/B times the slope of all the data.

    Examples
    --------
    >>> batches = MiniBatch(size=2).cut(samples=5, rng=np.random.default_rng(0))
    >>> [(batch.indices.tolist(), batch.weight, batch.epoch) for batch, _ in zip(batches, range(4))]
    [([2, 4], 1.0, 0), ([3, 0], 1.0, 0), ([1], 0.5, 0), ([4, 1], 1.0, 1)]
    """

    size: int = whole(
        32, low=1, high=1024, scale="log", valid=AT_LEAST_ONE, unit="samples", help="Samples in a batch."
    )
    last: str = choice(
        "use", ("use", "drop"), help="What becomes of the last batch of an epoch where it is short."
    )

    def __post_init__(self) -> None:
        check_settings(self)

    def cut(self, samples: int, rng: "np.random.Generator | None") -> Iterator[Batch]:
        """Give batches of a fresh shuffle, epoch after epoch.

        Raises
        ------
        ValueError
            If there is no `rng` to shuffle with.
        """
        return _shuffled(samples, min(self.size, samples), self.last == "drop", _given(rng))


@dataclass(frozen=True)
class Stochastic:
    """Look at one sample in every step: the cheapest step, and the noisiest (Robbins and Monro, 1951).

    Examples
    --------
    >>> batches = Stochastic().cut(samples=3, rng=np.random.default_rng(0))
    >>> [int(batch.indices[0]) for batch, _ in zip(batches, range(3))]
    [2, 0, 1]
    """

    def cut(self, samples: int, rng: "np.random.Generator | None") -> Iterator[Batch]:
        """Give single samples of a fresh shuffle, epoch after epoch.

        Raises
        ------
        ValueError
            If there is no `rng` to shuffle with.
        """
        return _shuffled(samples, 1, False, _given(rng))


def batch_covariance(slopes: ArrayLike, size: ArrayLike) -> NDArray[np.float64]:
    """Covariance of the mean slope of a batch: the price of not looking at all samples.

    Σ/b · (N − b)/(N − 1) for b of N samples drawn without one twice, Σ the covariance of the samples' own slopes. With
    b much smaller than N the standard deviation falls like 1/√b; with all samples it is 0.

    Parameters
    ----------
    slopes
        Each sample's own slope, shape (N, n), as from `Network.sample_gradients`; or such at several points, (p, N, n).
    size
        b, from 1 to N; at several points one for each will do, shape (p,).

    Returns
    -------
    NDArray[np.float64]
        Shape (n, n), or (p, n, n).

    Raises
    ------
    ValueError
        If `slopes` are no matrices, or there are no batches of this size.

    Notes
    -----
    Cochran, "Sampling Techniques", third edition, 1977, theorem 2.2, in vectors. That is how one batch scatters about
    the slope of all samples; the batches of one epoch also make up for each other.

    Examples
    --------
    >>> slopes = np.array([[0.0], [0.0], [3.0], [3.0]])
    >>> [batch_covariance(slopes, size).item() for size in (1, 2, 4)]
    [2.25, 0.75, 0.0]
    """
    rows = np.asarray(slopes, dtype=float)
    samples = rows.shape[-2] if rows.ndim in (2, 3) else 0
    if not samples or not 1 <= np.min(size) <= np.max(size) <= samples:
        raise ValueError(
            f"slopes must have a row for each sample, and size be at most so many and at least 1; "
            f"got shape {rows.shape} and {size!r}"
        )
    apart = rows - rows.mean(axis=-2, keepdims=True)
    b = np.asarray(size)[..., None, None]
    left = (samples - b) / max(samples - 1, 1)
    covariance: NDArray[np.float64] = np.einsum("...in,...im->...nm", apart, apart) / samples / b * left
    return covariance


def _given(rng: "np.random.Generator | None") -> "np.random.Generator":
    if rng is None:
        raise ValueError(
            "batches are shuffled and need a source of chance: give rng=np.random.default_rng(seed)"
        )
    return rng


def _shuffled(samples: int, size: int, drop: bool, rng: "np.random.Generator") -> Iterator[Batch]:
    epoch = 0
    while True:
        order = rng.permutation(samples)
        for begin in range(0, samples, size):
            indices = order[begin : begin + size]
            if len(indices) == size or not drop:
                yield Batch(indices, len(indices) / size, epoch)
        epoch += 1
