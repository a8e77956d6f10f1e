"""Every draw of chance that NumPy has, each from a seed of its own: the part of `numpy_calls` that is random."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

import numpy as np

Call = tuple[str, Callable[[], Any]]

# Every distribution of NumPy, with parameters on either side of where its algorithm changes.
DISTRIBUTIONS: dict[str, tuple[tuple[Any, ...], ...]] = {
    "beta": ((0.5, 0.7), (2, 3)),
    "binomial": ((10, 0.3), (1000, 0.4)),
    "chisquare": ((1,), (7.5,)),
    "choice": ((50,), (np.arange(30.0),)),
    "dirichlet": (([0.05, 0.02],), ([2.0, 3.0, 4.0],)),
    "exponential": ((1.7,),),
    "f": ((3, 8),),
    "gamma": ((0.4, 2), (5.0, 1)),
    "geometric": ((0.1,), (0.7,)),
    "gumbel": ((1, 2),),
    "hypergeometric": ((15, 15, 5), (1000, 2000, 300)),
    "laplace": ((0, 3),),
    "logistic": ((0, 3),),
    "lognormal": ((0, 1),),
    "logseries": ((0.6,),),
    "multinomial": ((20, [0.2, 0.3, 0.5]),),
    "multivariate_normal": (([0, 1], [[2, 0.3], [0.3, 1]]),),
    "negative_binomial": ((5, 0.3),),
    "noncentral_chisquare": ((3, 2), (0.5, 1)),
    "noncentral_f": ((3, 8, 1),),
    "normal": ((1, 2),),
    "pareto": ((3,),),
    "poisson": ((0.9,), (200,)),
    "power": ((2.5,),),
    "rayleigh": ((2,),),
    "standard_cauchy": ((),),
    "standard_exponential": ((),),
    "standard_gamma": ((0.3,), (4,)),
    "standard_normal": ((),),
    "standard_t": ((4,),),
    "triangular": ((0, 1, 4),),
    "uniform": ((-1, 5),),
    "vonmises": ((0, 4), (1, 1e-7)),
    "wald": ((3, 2),),
    "weibull": ((1.5,),),
    "zipf": ((2.2,),),
}
BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")
SIZES = ((), (3, 5), (400,))
INTEGERS = ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
SEEDS = (0, 2026)


def all_draws() -> Iterator[Call]:
    """Yield every distribution from every source of bits, and from the generator that NumPy keeps as it was."""
    sources = {name: partial(_generator, name) for name in BIT_GENERATORS} | {
        "RandomState": np.random.RandomState
    }
    for (source, new), seed in product(sources.items(), SEEDS):
        for name, every in DISTRIBUTIONS.items():
            for parameters, size in product(every, SIZES):
                call = partial(_drawn, new, seed, name, *parameters, size=size or None)
                yield f"{source}({seed}).{name}{parameters} {size}", call
        for name in ("shuffle", "permutation", "bytes"):
            yield f"{source}({seed}).{name}", partial(_mixed, new, seed, name)
    yield from _new_ways()
    yield from _old_ways()


def _new_ways() -> Iterator[Call]:
    """What only a Generator has."""
    for bits, seed in product(BIT_GENERATORS, SEEDS):
        new, what = partial(_generator, bits), f"{bits}({seed})"
        for kind, name in product(("f4", "f8"), ("random", "standard_normal", "standard_exponential")):
            yield f"{what}.{name} {kind}", partial(_drawn, new, seed, name, 99, dtype=kind)
        for kind in INTEGERS:
            yield f"{what}.integers {kind}", partial(_drawn, new, seed, "integers", 0, 101, 99, dtype=kind)
        yield f"{what}.permuted", partial(_mixed, new, seed, "permuted")
        yield f"{what}.spawn", partial(_children, new, seed)


def _old_ways() -> Iterator[Call]:
    """What only RandomState has."""
    new = np.random.RandomState
    for seed, name in product(SEEDS, ("rand", "randn", "random_sample", "tomaxint")):
        yield f"RandomState({seed}).{name}", partial(_drawn, new, seed, name, 9)
    for seed, kind in product(SEEDS, INTEGERS):
        yield (
            f"RandomState({seed}).randint {kind}",
            partial(_drawn, new, seed, "randint", 0, 101, 99, dtype=kind),
        )


def _generator(bits: str, seed: int) -> np.random.Generator:
    return np.random.Generator(getattr(np.random, bits)(seed))


def _drawn(new: Callable[[int], Any], seed: int, name: str, *parameters: Any, **options: Any) -> Any:
    return getattr(new(seed), name)(*parameters, **options)


def _mixed(new: Callable[[int], Any], seed: int, name: str) -> Any:
    line = np.arange(60.0)
    mixed = getattr(new(seed), name)(60 if name == "bytes" else line)
    return line if name == "shuffle" else mixed


def _children(new: Callable[[int], Any], seed: int) -> Any:
    return [child.random(5) for child in new(seed).spawn(3)]
