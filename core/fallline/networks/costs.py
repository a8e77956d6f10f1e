"""What a gradient of a network costs by each method, counted from the sizes of its layers alone."""

from dataclasses import dataclass
from itertools import pairwise

from fallline.networks.forward import CACHE
from fallline.networks.gradients import BUDGET

_NUMBER = 8
# How many arrays of a kind are alive at once where a method needs most; found by looking, and held to tracemalloc by tests.
_BESIDE, _SHIFTED, _FOLLOWED, _LOST = 3, 3, 1, 7


@dataclass(frozen=True)
class Cost:
    """What one gradient takes.

    Parameters
    ----------
    evaluations
        Values of the loss of the whole batch, each from a part of the network at least.
    operations
        Multiply-adds of the products, and one for each number at which activation or loss is evaluated.
    memory
        Bytes of the arrays that it holds at its peak, beside samples and parameters; right within a factor of two.
    """

    evaluations: int
    operations: int
    memory: int


@dataclass(frozen=True)
class Counts:
    """Counts what a gradient of dense layers of these sizes does for a batch.

    Examples
    --------
    A run of a network of 5 parameters takes 2·1 + 1·1 products, an activation and a loss:

    >>> Counts((2, 1, 1), batch=1).run
    5
    >>> Counts((2, 1, 1), batch=1).cost("naive").operations == 2 * 5 * 5
    True
    """

    sizes: tuple[int, ...]
    batch: int

    def cost(self, method: str) -> Cost:
        """Count for a method of `Network.gradient`."""
        operations = {
            "backprop": self.run + self._back(slopes=1),
            "layerwise": self.run + self._back(slopes=2) + self.batch * self.outputs * (2 * self.outputs - 1),
            "node": self.run + self._of_units(2),
            "complex": self.run + self._of_units(1),
            "weight": self.run + self._of_weights(),
            "naive": 2 * self.parameters * self.run,
            "spsa": 2 * self.run,
        }
        return Cost(self._evaluations(method), operations[method], self._memory(method))

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return sum((n + 1) * k for n, k in pairwise(self.sizes))

    @property
    def outputs(self) -> int:
        """Units of the last layer."""
        return self.sizes[-1]

    @property
    def run(self) -> int:
        """Operations of one value of the loss."""
        return self.batch * (self._products() + sum(self.sizes[1:]))

    def _products(self) -> int:
        return sum(n * k for n, k in pairwise(self.sizes))

    def _evaluations(self, method: str) -> int:
        units = sum(self.sizes[1:])
        more = {"backprop": 0, "layerwise": 2 * self.outputs, "node": 2 * units, "complex": units}
        alone = {"naive": 2 * self.parameters, "spsa": 2}
        return alone[method] if method in alone else 1 + more.get(method, 2 * self.parameters)

    def _back(self, slopes: int) -> int:
        """Outer products for the weights, products back to the second layer, slopes of activation and loss."""
        hidden, first = sum(self.sizes[1:-1]), self.sizes[0] * self.sizes[1]
        return self.batch * (2 * self._products() - first + slopes * hidden + self.outputs)

    def _of_units(self, sides: int) -> int:
        shifts = sum(sides * n * self._following(layer) for layer, n in enumerate(self.sizes[1:]))
        return self.batch * (shifts + self._products() + sides * sum(self.sizes[1:-1]))

    def _of_weights(self) -> int:
        total = 0
        for layer, (n, k) in enumerate(pairwise(self.sizes)):
            onward = 1 + self.sizes[layer + 2] if layer + 2 < len(self.sizes) else self.outputs
            total += 2 * (n + 1) * k * (onward + self._following(layer))
        return self.batch * total

    def _following(self, layer: int) -> int:
        """Operations that carry a shift of what leaves a layer's unit to a new loss, for a sample."""
        after = self.sizes[layer + 2 :]
        return sum(n + n * k for n, k in pairwise(after)) + self.outputs

    def _memory(self, method: str) -> int:
        hidden, m = self.sizes[1:-1], self.batch
        widest = max(hidden, default=0)
        samples = self.sizes[0] * m
        if method in ("naive", "spsa"):
            two = sorted([*hidden, self.outputs])[-2:] if len(hidden) < 2 else [*hidden, max(hidden)]
            return _NUMBER * (2 * self.parameters + samples + m * sum(two))
        kept = self.parameters + samples + m * (2 * sum(hidden) + self.outputs + _BESIDE * widest)
        width = 2 if method == "complex" else 1
        return _NUMBER * (kept + width * self._shifted(method))

    def _shifted(self, method: str) -> int:
        """Numbers in the arrays of shifts that are followed at once."""
        if method not in ("node", "weight", "complex"):
            return 0
        most = 0
        for layer, (n, k) in enumerate(pairwise(self.sizes)):
            following = self.sizes[layer + 2 :] or (k,)
            rows = max(1, BUDGET // (2 * _NUMBER * max(self.sizes[layer + 1 :]) * self.batch))
            at_once = self.batch * min(rows, k if method != "weight" else n + 1)
            carried = max(following[:-1], default=0)
            if method == "weight":
                most = max(most, _LOST * at_once * max(following[0], self.outputs))
            else:
                # Without a layer between, shifts are the same for all samples and meet them in a product.
                sides = 1 if method == "complex" else 2
                part = min(sides * at_once * carried, CACHE // _NUMBER)
                followed = _FOLLOWED * self.outputs if carried else _SHIFTED
                most = max(most, _SHIFTED * part + followed * at_once)
        return most
