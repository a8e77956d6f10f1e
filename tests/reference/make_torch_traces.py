"""Write `torch_traces.npz`: PyTorch's optimizers, step by step, on random gradient sequences.

Run it with the version that the project's traces name, in an environment of its own:

    python -m pip install torch==2.13.0
    python tests/reference/make_torch_traces.py
"""

import json
import platform
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("torch_traces.npz")
SEED, STEPS, START = 20240607, 200, (0.5, -1.0, 2.0, 0.0, 1e3)

# Our optimizer and its settings; PyTorch's class and its settings.
CASES: list[tuple[str, dict[str, float], str, dict[str, Any]]] = [
    ("GradientDescent", {"rate": 0.01}, "SGD", {"lr": 0.01}),
    ("GradientDescent", {"rate": 1.7}, "SGD", {"lr": 1.7}),
    ("Momentum", {"rate": 0.01, "momentum": 0.9}, "SGD", {"lr": 0.01, "momentum": 0.9}),
    ("Momentum", {"rate": 0.3, "momentum": 0.5}, "SGD", {"lr": 0.3, "momentum": 0.5}),
    ("Momentum", {"rate": 1e-3, "momentum": 0.999}, "SGD", {"lr": 1e-3, "momentum": 0.999}),
    ("Nesterov", {"rate": 0.01, "momentum": 0.9}, "SGD", {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
    ("Nesterov", {"rate": 0.3, "momentum": 0.5}, "SGD", {"lr": 0.3, "momentum": 0.5, "nesterov": True}),
    ("Nesterov", {"rate": 1e-3, "momentum": 0.999}, "SGD", {"lr": 1e-3, "momentum": 0.999, "nesterov": True}),
    ("AdaGrad", {"rate": 0.01}, "Adagrad", {"lr": 0.01}),
    ("AdaGrad", {"rate": 1.0, "epsilon": 1e-10}, "Adagrad", {"lr": 1.0, "eps": 1e-10}),
    ("AdaGrad", {"rate": 0.5, "epsilon": 1e-3}, "Adagrad", {"lr": 0.5, "eps": 1e-3}),
    ("RMSProp", {"rate": 0.01}, "RMSprop", {"lr": 0.01}),
    ("RMSProp", {"rate": 0.1, "alpha": 0.9}, "RMSprop", {"lr": 0.1, "alpha": 0.9}),
    (
        "RMSProp",
        {"rate": 1.0, "alpha": 0.5, "epsilon": 1e-3},
        "RMSprop",
        {"lr": 1.0, "alpha": 0.5, "eps": 1e-3},
    ),
    ("Adam", {}, "Adam", {}),
    ("Adam", {"rate": 0.1}, "Adam", {"lr": 0.1}),
    ("Adam", {"rate": 0.05, "beta1": 0.5, "beta2": 0.9}, "Adam", {"lr": 0.05, "betas": (0.5, 0.9)}),
    (
        "Adam",
        {"rate": 1.0, "beta1": 0.0, "epsilon": 1e-3},
        "Adam",
        {"lr": 1.0, "betas": (0.0, 0.999), "eps": 1e-3},
    ),
]


def random_slopes() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Draw slopes of shape (STEPS, 5): plain, tiny, huge, mostly zero, and drifting."""
    rng = np.random.default_rng(SEED)
    slopes = rng.standard_normal((STEPS, 5)) * (1.0, 1e-6, 1e6, 1.0, 0.1)
    slopes[:, 3] *= rng.random(STEPS) < 0.2
    slopes[:, 4] += 1.0
    return slopes


def torch_trace(optimizer: str, settings: dict[str, Any], slopes: Any) -> Any:
    """Points that PyTorch's optimizer visits from START, shape (STEPS, 5)."""
    # Here, so that collecting this file's doctests needs no PyTorch.
    import torch  # type: ignore[import-not-found]

    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    stepper = getattr(torch.optim, optimizer)([x], **settings)
    points = []
    for slope in slopes:
        x.grad = torch.tensor(slope)
        stepper.step()
        points.append(x.detach().numpy().copy())
    return np.array(points)


def main() -> None:
    """Write the traces, with what is needed to read and to repeat them."""
    import torch

    slopes = random_slopes()
    versions = {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()}
    about = {"versions": versions, "seed": SEED, "start": START, "cases": CASES}
    points = np.stack([torch_trace(theirs, settings, slopes) for _, _, theirs, settings in CASES])
    np.savez_compressed(FILE, about=json.dumps(about), slopes=slopes, points=points)
    print(f"{FILE.name}: {len(CASES)} traces, {FILE.stat().st_size // 1024} KiB, {versions}")


if __name__ == "__main__":
    main()
