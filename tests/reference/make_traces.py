"""Write `traces.npz`: other libraries' optimizers, step by step, on random gradient sequences.

Run it with the versions that the file names, in an environment of its own:

    python -m pip install torch==2.13.0 optax==0.2.8 jax==0.10.2
    python tests/reference/make_traces.py
"""

import json
import platform
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("traces.npz")
SEED, STEPS, START = 20240607, 200, (0.5, -1.0, 2.0, 0.0, 1e3)
# Points that are kept: an error at any step is still there at the next of these.
KEPT = (*range(20), *range(29, STEPS, 10))

Trace = Callable[[Any, Any], Iterator[Any]]


def random_slopes() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Draw slopes of shape (STEPS, 5): plain, tiny, huge, mostly zero, and drifting."""
    rng = np.random.default_rng(SEED)
    slopes = rng.standard_normal((STEPS, 5)) * (1.0, 1e-6, 1e6, 1.0, 0.1)
    slopes[:, 3] *= rng.random(STEPS) < 0.2
    slopes[:, 4] += 1.0
    return slopes


def random_values() -> np.ndarray[Any, np.dtype[np.float64]]:
    """Draw values of shape (STEPS,) for a rule that looks at them."""
    return np.random.default_rng(SEED + 1).uniform(0.0, 1e10, STEPS)


def torch_(kind: str, schedule: Any = None, clip: float | None = None, **settings: Any) -> Trace:
    """Points that an optimizer of PyTorch visits, with one of its schedules, each as (name, settings)."""

    def trace(slopes: Any, values: Any) -> Iterator[Any]:
        # Here, so that collecting this file's doctests needs no PyTorch.
        import torch  # type: ignore[import-not-found]

        # Or NAdam keeps its product of momenta in float32.
        torch.set_default_dtype(torch.float64)
        x = torch.tensor(START, requires_grad=True)
        optimizer = getattr(torch.optim, kind)([x], **settings)
        scheduler = schedule and schedule(torch.optim.lr_scheduler, optimizer)
        for slope in slopes:
            x.grad = torch.tensor(slope)
            if clip is not None:
                torch.nn.utils.clip_grad_value_([x], clip)
            optimizer.step()
            if scheduler:
                scheduler.step()
            yield x.detach().numpy().copy()

    return trace


def optax_(make: Callable[[Any], Any]) -> Trace:
    """Points that an optimizer of optax visits, made from the package."""

    def trace(slopes: Any, values: Any) -> Iterator[Any]:
        import jax  # type: ignore[import-not-found]
        import optax  # type: ignore[import-not-found]

        jax.config.update("jax_enable_x64", True)
        optimizer = optax.with_extra_args_support(make(optax))
        x = jax.numpy.array(START)
        state = optimizer.init(x)
        for slope, value in zip(slopes, values, strict=True):
            moves, state = optimizer.update(jax.numpy.array(slope), state, x, value=value)
            x = optax.apply_updates(x, moves)
            yield np.array(x)

    return trace


def step_lr(schedulers: Any, optimizer: Any) -> Any:
    return schedulers.StepLR(optimizer, 30, 0.5)


def exponential(schedulers: Any, optimizer: Any) -> Any:
    return schedulers.ExponentialLR(optimizer, 0.97)


def cosine(schedulers: Any, optimizer: Any) -> Any:
    return schedulers.CosineAnnealingLR(optimizer, STEPS, eta_min=0.02)


def warm_up_and_cosine(schedulers: Any, optimizer: Any) -> Any:
    warm_up = schedulers.LinearLR(optimizer, 0.25, total_iters=20)
    return schedulers.SequentialLR(
        optimizer, [warm_up, schedulers.CosineAnnealingLR(optimizer, 180)], milestones=[20]
    )


def one_cycle(schedulers: Any, optimizer: Any) -> Any:
    return schedulers.OneCycleLR(optimizer, 0.2, total_steps=STEPS + 1, cycle_momentum=False)


def steep_one_cycle(schedulers: Any, optimizer: Any) -> Any:
    settings = {"pct_start": 0.1, "div_factor": 10.0, "final_div_factor": 100.0}
    return schedulers.OneCycleLR(optimizer, 0.2, total_steps=STEPS + 1, cycle_momentum=False, **settings)


def cyclic(schedulers: Any, optimizer: Any) -> Any:
    return schedulers.CyclicLR(optimizer, 0.05, 0.2, 20, 30, cycle_momentum=False)


# Our optimizer, as it is written with `fl` for `fallline`, and theirs.
CASES: list[tuple[str, Trace]] = [
    ("fl.GradientDescent()", torch_("SGD", lr=0.01)),
    ("fl.GradientDescent(rate=1.7)", torch_("SGD", lr=1.7)),
    ("fl.Momentum()", torch_("SGD", lr=0.01, momentum=0.9)),
    ("fl.Momentum(rate=0.3, momentum=0.5)", torch_("SGD", lr=0.3, momentum=0.5)),
    ("fl.Momentum(rate=1e-3, momentum=0.999)", torch_("SGD", lr=1e-3, momentum=0.999)),
    ("fl.Nesterov()", torch_("SGD", lr=0.01, momentum=0.9, nesterov=True)),
    ("fl.Nesterov(rate=0.3, momentum=0.5)", torch_("SGD", lr=0.3, momentum=0.5, nesterov=True)),
    ("fl.Nesterov(rate=1e-3, momentum=0.999)", torch_("SGD", lr=1e-3, momentum=0.999, nesterov=True)),
    ("fl.AdaGrad()", torch_("Adagrad")),
    ("fl.AdaGrad(rate=1.0)", torch_("Adagrad", lr=1.0)),
    ("fl.AdaGrad(rate=0.5, epsilon=1e-3)", torch_("Adagrad", lr=0.5, eps=1e-3)),
    ("fl.AdaDelta()", torch_("Adadelta")),
    ("fl.AdaDelta(rate=3.0, rho=0.5)", torch_("Adadelta", lr=3.0, rho=0.5)),
    ("fl.AdaDelta(rate=0.1, rho=0.99, epsilon=1e-3)", torch_("Adadelta", lr=0.1, rho=0.99, eps=1e-3)),
    ("fl.RMSProp()", torch_("RMSprop")),
    ("fl.RMSProp(rate=0.1, alpha=0.9)", torch_("RMSprop", lr=0.1, alpha=0.9)),
    ("fl.RMSProp(rate=1.0, alpha=0.5, epsilon=1e-3)", torch_("RMSprop", lr=1.0, alpha=0.5, eps=1e-3)),
    ("fl.RMSProp(centered=True)", torch_("RMSprop", centered=True)),
    ("fl.RMSProp(rate=0.1, alpha=0.9, centered=True)", torch_("RMSprop", lr=0.1, alpha=0.9, centered=True)),
    ("fl.Adam()", torch_("Adam")),
    ("fl.Adam(rate=0.1)", torch_("Adam", lr=0.1)),
    ("fl.Adam(rate=0.05, beta1=0.5, beta2=0.9)", torch_("Adam", lr=0.05, betas=(0.5, 0.9))),
    (
        "fl.Adam(rate=1.0, beta1=0.0, epsilon=1e-3)",
        torch_("Adam", lr=1.0, betas=(0.0, 0.999), eps=1e-3),
    ),
    ("fl.AMSGrad()", torch_("Adam", amsgrad=True)),
    (
        "fl.AMSGrad(rate=0.1, beta1=0.5, beta2=0.9)",
        torch_("Adam", lr=0.1, betas=(0.5, 0.9), amsgrad=True),
    ),
    ("fl.AdamW()", torch_("AdamW")),
    (
        "fl.AdamW(rate=0.1, beta1=0.5, beta2=0.9, weight_decay=0.5)",
        torch_("AdamW", lr=0.1, betas=(0.5, 0.9), weight_decay=0.5),
    ),
    ("fl.NAdam()", torch_("NAdam")),
    (
        "fl.NAdam(rate=0.1, beta1=0.5, beta2=0.9, momentum_decay=0.05)",
        torch_("NAdam", lr=0.1, betas=(0.5, 0.9), momentum_decay=0.05),
    ),
    ("fl.RAdam()", torch_("RAdam")),
    ("fl.RAdam(rate=0.1, beta1=0.5, beta2=0.9)", torch_("RAdam", lr=0.1, betas=(0.5, 0.9))),
    ("fl.RAdam(rate=0.1, beta2=0.6)", torch_("RAdam", lr=0.1, betas=(0.9, 0.6))),
    ("fl.Adamax()", torch_("Adamax")),
    ("fl.Adamax(rate=0.1, beta1=0.5, beta2=0.9)", torch_("Adamax", lr=0.1, betas=(0.5, 0.9))),
    ("fl.Lion()", optax_(lambda optax: optax.lion(1e-4, weight_decay=0.0))),
    (
        "fl.Lion(rate=0.1, beta1=0.5, beta2=0.9, weight_decay=0.3)",
        optax_(lambda optax: optax.lion(0.1, b1=0.5, b2=0.9, weight_decay=0.3)),
    ),
    ("fl.Rprop()", torch_("Rprop")),
    (
        "fl.Rprop(rate=0.5, eta_minus=0.3, eta_plus=1.5, step_min=0.01, step_max=2.0)",
        torch_("Rprop", lr=0.5, etas=(0.3, 1.5), step_sizes=(0.01, 2.0)),
    ),
    ("fl.PolyakStep()", optax_(lambda optax: optax.polyak_sgd(max_learning_rate=1e300))),
    (
        # Not by its own `scaling`, which optax 0.2.8 divides by, against its documentation.
        "fl.PolyakStep(rate=0.3, f_min=-50.0)",
        optax_(
            lambda optax: optax.chain(
                optax.polyak_sgd(max_learning_rate=1e300, f_min=-50.0), optax.scale(0.3)
            )
        ),
    ),
    (
        "fl.WeightDecay(fl.Momentum(rate=0.1), weight_decay=0.2, decoupled=False)",
        torch_("SGD", lr=0.1, momentum=0.9, weight_decay=0.2),
    ),
    (
        "fl.WeightDecay(fl.Adam(rate=0.1), weight_decay=0.2, decoupled=False)",
        torch_("Adam", lr=0.1, weight_decay=0.2),
    ),
    ("fl.WeightDecay(fl.Adam(rate=0.1), weight_decay=0.2)", torch_("AdamW", lr=0.1, weight_decay=0.2)),
    ("fl.ClipValue(fl.Momentum(rate=0.1), max_value=0.5)", torch_("SGD", lr=0.1, momentum=0.9, clip=0.5)),
    (
        "fl.ClipNorm(fl.GradientDescent(rate=0.1), max_norm=5e5)",
        optax_(lambda optax: optax.chain(optax.clip_by_global_norm(5e5), optax.sgd(0.1))),
    ),
    (
        "fl.Scheduled(fl.Adam(rate=0.2), fl.schedules.StepDecay(every=30, gamma=0.5))",
        torch_("Adam", step_lr, lr=0.2),
    ),
    (
        "fl.Scheduled(fl.Momentum(rate=0.2), fl.schedules.Exponential(gamma=0.97))",
        torch_("SGD", exponential, lr=0.2, momentum=0.9),
    ),
    (
        "fl.Scheduled(fl.Adam(rate=0.2), fl.schedules.Cosine(steps=200, floor=0.1))",
        torch_("Adam", cosine, lr=0.2),
    ),
    (
        "fl.Scheduled(fl.Adam(rate=0.2), fl.schedules.WarmUp(20, 0.25, fl.schedules.Cosine(180)))",
        torch_("Adam", warm_up_and_cosine, lr=0.2),
    ),
    (
        "fl.Scheduled(fl.GradientDescent(rate=0.2), fl.schedules.OneCycle(steps=201))",
        torch_("SGD", one_cycle, lr=0.2),
    ),
    (
        "fl.Scheduled(fl.AdamW(rate=0.2), fl.schedules.OneCycle(201, 0.1, 10.0, 100.0))",
        torch_("AdamW", steep_one_cycle, lr=0.2),
    ),
    (
        "fl.Scheduled(fl.GradientDescent(rate=0.2), fl.schedules.Cyclic(up=20, down=30, floor=0.25))",
        torch_("SGD", cyclic, lr=0.2),
    ),
    ("fl.Scheduled(fl.Adam(rate=0.2), fl.schedules.Constant())", torch_("Adam", lr=0.2)),
]


def main() -> None:
    """Write the traces, with what is needed to read and to repeat them."""
    import jax
    import optax
    import torch

    slopes, values = random_slopes(), random_values()
    versions = {module.__name__: module.__version__ for module in (torch, optax, jax, np)}
    versions["python"] = platform.python_version()
    about = {"versions": versions, "seed": SEED, "start": START, "cases": [ours for ours, _ in CASES]}
    points = np.stack([np.array(list(theirs(slopes, values)))[list(KEPT)] for _, theirs in CASES])
    np.savez_compressed(FILE, about=json.dumps(about), slopes=slopes, values=values, kept=KEPT, points=points)
    print(f"{FILE.name}: {len(CASES)} traces, {FILE.stat().st_size // 1024} KiB, {versions}")


if __name__ == "__main__":
    main()
