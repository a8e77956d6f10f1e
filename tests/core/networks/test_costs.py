"""What a gradient is said to cost, against what it is seen to do: its products, its evaluations and its memory."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from fallline.networks import METHODS, Activation, Network
from fallline.networks import chained as chained_module
from fallline.networks import forward as forward_module

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = [(20, 12, 5), (20, 12, 12, 5), (16, 10, 10, 10, 4)]
BATCH = 24


class Counter:
    """Counts the products that the library makes, and the numbers at which activation and loss are evaluated."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.operations = 0
        for module, name in (
            (forward_module, "forwards"),
            (chained_module, "backwards"),
            (chained_module, "outer"),
        ):
            monkeypatch.setattr(module, name, self._counting(getattr(module, name)))
        monkeypatch.setattr(
            forward_module.Pass, "difference", self._counting_shifts(forward_module.Pass.difference)
        )
        at = type(Network([1, 2])._loss.criterion(np.zeros((2, 1)), np.zeros(1, int)))
        for name in ("values", "slope", "difference"):
            monkeypatch.setattr(at, name, self._counting_losses(getattr(at, name)))

    def activation(self) -> Activation:
        return Activation("tanh", self._evaluated, slope=self._slope, kink="none")

    def _evaluated(self, z: Any) -> Any:
        self.operations += z.size
        return np.tanh(z)

    def _slope(self, z: Any, a: Any) -> Any:
        self.operations += z.size
        return 1.0 - a * a

    def _counting_shifts(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(seen: Any, layer: int, up: Any, down: Any) -> Any:
            # Shifts that differ between samples were multiplied by a weight for each.
            self.operations += 2 * up.size if up.shape[2] > 1 else 0
            return method(seen, layer, up, down)

        return counted

    def _counting_losses(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def counted(loss: Any, *shifts: Any) -> Any:
            # Of each shift, (outputs, shifts, 1 or samples), or of none; each sample has its own loss.
            self.operations += BATCH * sum(shift.shape[0] * shift.shape[1] for shift in shifts)
            self.operations += 0 if shifts else loss.z.size
            return method(loss, *shifts)

        return counted

    def _counting(self, product: Callable[..., Any]) -> Callable[..., Any]:
        def counted(left: Any, right: Any, **out: Any) -> Any:
            # Each number of one operand meets those of the other that share no axis with it.
            samples = right.size // len(right)
            self.operations += len(left) * len(right) * samples if out else left.size * samples
            return product(left, right, **out)

        return counted


def problem(network: Network, batch: int = BATCH) -> tuple[Any, Any, Any]:
    rng = np.random.default_rng(0)
    samples = rng.standard_normal((batch, network.sizes[0]))
    return network.initial(rng), samples, rng.integers(0, network.sizes[-1], batch)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("method", ["backprop", "layerwise", "node", "weight", "naive", "spsa"])
def test_operations_are_those_that_the_library_is_seen_to_do(
    sizes: tuple[int, ...], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter(monkeypatch)
    network = Network(sizes, activation=counter.activation())
    network.gradient(*problem(network), method)

    said = network.cost(BATCH, method).operations
    assert counter.operations == pytest.approx(said, rel=0.05)


@pytest.mark.parametrize("method", ["node", "weight", "naive", "spsa"])
def test_evaluations_are_twice_the_number_of_units_or_weights_or_two(method: str) -> None:
    network = Network([4, 3, 2])

    said = network.cost(8, method).evaluations

    assert said == {"node": 1 + 2 * 5, "weight": 1 + 2 * 23, "naive": 2 * 23, "spsa": 2}[method]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("sizes", "batch"),
    [
        ((64, 64, 10), 64),
        ((64, 256, 10), 16),
        ((64, 32, 32, 10), 64),
        ((64, 128, 128, 10), 64),
        ((32, 32, 32, 32, 4), 64),
    ],
)
def test_memory_is_within_a_factor_of_two_of_what_is_allocated(
    sizes: tuple[int, ...], batch: int, method: str
) -> None:
    network = Network(sizes)
    if method in ("weight", "naive") and network.size > 6000:
        network = Network([*sizes[:1], *(size // 4 for size in sizes[1:-1]), sizes[-1]])
    theta, samples, classes = problem(network, batch)
    network.gradient(theta, samples, classes, "backprop")

    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    network.gradient(theta, samples, classes, method)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert 0.5 < network.cost(batch, method).memory / (peak - before) < 2.0


# Exponents of the tutorial's claim, in the limit of wide layers: P² for differences of the whole, P for the others.
@pytest.mark.parametrize(
    ("method", "depth", "exponent"),
    [
        ("naive", 1, 2.0),
        ("naive", 2, 2.0),
        ("backprop", 2, 1.0),
        ("layerwise", 2, 1.0),
        ("node", 1, 1.0),
        ("node", 2, 1.0),
        ("node", 3, 1.5),
        ("weight", 2, 1.0),
        ("weight", 3, 1.5),
        ("weight", 4, 2.0),
    ],
)
def test_operations_grow_with_the_parameters_as_theory_has_it(
    method: str, depth: int, exponent: float
) -> None:
    narrow, wide = (Network([8, *[width] * depth, 4]) for width in (4096, 8192))

    growth = np.log(wide.cost(1, method).operations / narrow.cost(1, method).operations)

    assert growth / np.log(wide.size / narrow.size) == pytest.approx(exponent, abs=0.02)


def test_unknown_method_and_empty_batch_are_refused() -> None:
    with pytest.raises(ValueError, match="method must be one of"):
        Network([2, 1]).cost(4, "guess")
    with pytest.raises(ValueError, match="a batch has at least one sample, got 0"):
        Network([2, 1]).cost(0)
