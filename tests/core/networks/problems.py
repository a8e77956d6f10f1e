"""Parameters, samples and targets for the tests of gradients, and how far two gradients are apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from fallline.networks import Network

STRUCTURED = ("layerwise", "node", "weight", "complex")


def problem(
    sizes: Any, loss: str = "cross_entropy", samples: int = 20, seed: int = 0
) -> tuple[Any, Any, Any]:
    rng = np.random.default_rng(seed)
    size = Network(sizes).size
    x = rng.standard_normal((samples, sizes[0]))
    classes = loss in ("cross_entropy", "hinge")
    y = rng.integers(0, max(2, sizes[-1]), samples) if classes else rng.standard_normal((samples, sizes[-1]))
    return rng.standard_normal(size) / np.sqrt(max(sizes)), x, y


def distance(ours: Any, reference: Any) -> float:
    return float(np.abs(ours - reference).max() / np.abs(reference).max())


def own_relu(z: Any) -> Any:
    return np.maximum(z, 0.0)
