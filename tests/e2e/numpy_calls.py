"""Thousands of calls of NumPy, and what each gives, as hashes: two interpreters that agree on all of them are one.

Runs inside the page's Python, from the image of its memory and from its archives: `test_numpy_in_image.py` compares them.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from tests.e2e import numpy_draws

Call = tuple[str, Callable[[], Any]]

INTEGERS = ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
FLOATS = ("f2", "f4", "f8", "g")
COMPLEX = ("c8", "c16", "G")
NUMBERS = ("?", *INTEGERS, *FLOATS, *COMPLEX)
TIMES = ("m8[s]", "M8[s]")
SPECIAL = (
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    np.pi,
    1e-30,
    -1e30,
    np.inf,
    -np.inf,
    np.nan,
    7.0,
    -2.5,
    100.0,
    3.0,
    1e-3,
)


def answers() -> dict[str, str]:
    """Make every call; return a hash of each result by the name of the call, or the error that it raised."""
    warnings.simplefilter("ignore")
    with np.errstate(all="ignore"):
        return {name: _answer(call) for name, call in all_calls()}


def all_calls() -> Iterator[Call]:
    """Yield every call under a name of its own."""
    for calls in (ufuncs, methods, sorts, algebra, transforms, sums, statistics, shapes, texts):
        yield from calls()
    yield from numpy_draws.all_draws()


def _answer(call: Callable[[], Any]) -> str:
    try:
        result = call()
    except Exception as error:  # noqa: BLE001 (whatever it raises, both must raise it)
        return f"{type(error).__name__}: {error}"
    digest = hashlib.sha256()
    for part in _parts(result):
        digest.update(part)
    return digest.hexdigest()[:16]


def _parts(result: Any) -> Iterator[bytes]:
    """Every bit of a result, with its type and shape."""
    if isinstance(result, (tuple, list)):
        yield f"{len(result)}(".encode()
        for each in result:
            yield from _parts(each)
    elif isinstance(result, (np.ndarray, np.generic)):
        yield f"{result.dtype}{result.shape}".encode()
        yield (
            repr(result.tolist()).encode()
            if result.dtype.hasobject
            else np.ascontiguousarray(result).tobytes()
        )
    else:
        yield repr(result).encode()


def numbers(kind: str, size: int = 16, turn: int = 0) -> Any:
    """Return an array with this kind's ends and oddities in it, no two turns alike."""
    dtype = np.dtype(kind)
    if dtype.kind in "fc":
        reals = np.resize(np.roll(SPECIAL, turn), size)
        return reals.astype(dtype) if dtype.kind == "f" else (reals + 1j * np.roll(reals, 3)).astype(dtype)
    if dtype.kind in "mM":
        return np.roll(np.resize([0, 1, 86400, 10**9, -5, 12345], size), turn).astype(dtype)
    if dtype.kind == "b":
        return np.resize([True, False, False, True, True], size + turn)[turn:]
    ends = np.iinfo(dtype)
    return np.resize(np.roll(np.array([ends.min, ends.max, 0, 1, 2, 3, 7, 100], dtype), turn), size)


def smooth(kind: str, *shape: int, turn: int = 0) -> Any:
    """Return an array of numbers of everyday size without any pattern that a computation could use."""
    count = int(np.prod(shape))
    reals = np.sin(np.arange(1, count + 1) ** 1.5 + turn).reshape(shape)
    if np.dtype(kind).kind == "c":
        return (reals + 1j * np.cos(3 * reals)).astype(kind)
    return (reals if np.dtype(kind).kind == "f" else 10 * reals + 10).astype(kind)


def all_ufuncs() -> dict[str, np.ufunc]:
    """Return NumPy's universal functions by each of their names."""
    return {name: value for name, value in sorted(vars(np).items()) if isinstance(value, np.ufunc)}


def ufuncs() -> Iterator[Call]:
    """Elementwise, on every kind of number: whole arrays, strided ones, and scalars."""
    for (name, ufunc), kind in product(all_ufuncs().items(), (*NUMBERS, *TIMES)):
        if ufunc.signature is None:
            whole = [numbers(kind, 19, turn) for turn in range(ufunc.nin)]
            yield f"{name} {kind}", partial(ufunc, *whole)
            yield f"{name} {kind} strided", partial(ufunc, *(each[::-2] for each in whole))
            yield (
                f"{name} {kind} scalar",
                partial(ufunc, *(smooth(kind, 5, turn=t)[3] for t in range(ufunc.nin))),
            )


def methods() -> Iterator[Call]:
    """What a function of two arguments can do along an axis."""
    binary = {name: ufunc for name, ufunc in all_ufuncs().items() if (ufunc.nin, ufunc.nout) == (2, 1)}
    for (name, ufunc), kind in product(binary.items(), NUMBERS):
        if ufunc.signature is None:
            line, table = numbers(kind), numbers(kind, 24).reshape(4, 6)
            yield f"{name}.reduce {kind}", partial(ufunc.reduce, table, axis=0)
            yield f"{name}.accumulate {kind}", partial(ufunc.accumulate, line)
            yield f"{name}.reduceat {kind}", partial(ufunc.reduceat, line, [0, 5, 3, 9])
            yield f"{name}.outer {kind}", partial(ufunc.outer, line[:5], line[5:9])


def sorts() -> Iterator[Call]:
    """Every way to sort, on every kind of number, below and above the sizes at which the algorithms change."""
    kinds: tuple[Any, ...] = ("quicksort", "heapsort", "stable")
    for kind, size, way in product((*NUMBERS, *TIMES), (5, 17, 300), kinds):
        line = np.concatenate(
            [numbers(kind, size), smooth(kind if kind[0] not in "mM" else "i8", size).astype(kind)]
        )
        yield f"sort {kind} {size} {way}", partial(np.sort, line, kind=way)
        yield f"argsort {kind} {size} {way}", partial(line.argsort, kind=way)
    for kind, size in product(NUMBERS, (17, 300)):
        line, other = smooth(kind, size), smooth(kind, size, turn=1)
        yield f"partition {kind} {size}", partial(np.partition, line, size // 3)
        yield f"lexsort {kind} {size}", partial(np.lexsort, (line, other))
        yield f"searchsorted {kind} {size}", partial(np.searchsorted, np.sort(line), other)
        yield f"unique {kind} {size}", partial(np.unique, line, return_index=True, return_counts=True)


def algebra() -> Iterator[Call]:
    """LAPACK and BLAS, or what NumPy has instead of them."""
    square = ("inv", "det", "slogdet", "eig", "eigvals", "qr", "svd", "cond", "pinv", "matrix_rank", "norm")
    symmetric = ("eigh", "eigvalsh", "cholesky")
    for kind, size in product(("f4", "f8", "c8", "c16"), (1, 2, 3, 5, 8, 13, 40)):
        a, b = smooth(kind, size, size), smooth(kind, size, 3, turn=1)
        definite = a @ a.conj().T + size * np.eye(size, dtype=kind)
        what = f"{kind} {size}"
        yield from ((f"linalg.{name} {what}", partial(getattr(np.linalg, name), a)) for name in square)
        yield from (
            (f"linalg.{name} {what}", partial(getattr(np.linalg, name), definite)) for name in symmetric
        )
        yield f"linalg.solve {what}", partial(np.linalg.solve, a, b)
        yield f"linalg.lstsq {what}", partial(np.linalg.lstsq, a[:, : (size + 1) // 2], b)
        yield f"linalg.matrix_power {what}", partial(np.linalg.matrix_power, a, 5)
        yield f"linalg.multi_dot {what}", partial(np.linalg.multi_dot, [a, a, b])
        yield f"matmul {what}", partial(np.matmul, a, b)
        yield f"dot {what}", partial(np.dot, a.T, b)
        yield f"kron {what}", partial(np.kron, a[:4, :4], b[:4])
        yield from (
            (f"linalg.norm {what} {way}", partial(np.linalg.norm, a, way))
            for way in ("nuc", 1, 2, -2, np.inf)
        )


def transforms() -> Iterator[Call]:
    """Fourier transforms of lengths with small factors, large ones and none."""
    lines = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")
    tables = ("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn")
    for kind, norm in product(("f4", "f8", "g", "c8", "c16"), ("backward", "ortho", "forward")):
        for name, size in product(lines, (1, 2, 7, 16, 60, 97, 251)):
            yield (
                f"fft.{name} {kind} {size} {norm}",
                partial(getattr(np.fft, name), smooth(kind, size), norm=norm),
            )
        for name in tables:
            yield f"fft.{name} {kind} {norm}", partial(getattr(np.fft, name), smooth(kind, 6, 11), norm=norm)


def sums() -> Iterator[Call]:
    """Sums of products over shared indices, the paths that find their order, and other products."""
    one = ("ii", "ii->i", "ij->ji", "ij->j", "ij->")
    two = ("ij,jk", "ij,jk->ki", "ij,ij", "ij,ij->i", "ij,kj->ik", "ij,kl->ijkl", "ij,j", "...j,jk->...k")
    three = ("ij,jk,kl->il", "ij,ij,jk->k", "ij,jk,ki")
    for kind, optimize in product(NUMBERS, (False, "greedy", "optimal")):
        tables = [smooth(kind, 6, 6, turn=turn) for turn in range(3)]
        for subscripts in (*one, *two, *three):
            operands = tables[: subscripts.count(",") + 1]
            operands = [tables[0], tables[1][0]] if subscripts == "ij,j" else operands
            call = partial(np.einsum, subscripts, *operands, optimize=optimize)
            yield f"einsum {subscripts} {kind} {optimize}", call
    for name, kind in product(("inner", "outer", "vdot", "tensordot", "convolve", "correlate"), NUMBERS):
        a, b = smooth(kind, 9), smooth(kind, 9, turn=1)
        options = {"axes": 1} if name == "tensordot" else {}
        yield f"{name} {kind}", partial(getattr(np, name), a, b, **options)


def statistics() -> Iterator[Call]:
    """Reductions of everyday numbers and of odd ones, quantiles by each of their definitions, histograms."""
    names = (
        *("sum", "prod", "mean", "var", "std", "median", "ptp"),
        *("cumsum", "cumprod", "diff", "argmax", "average"),
    )
    ignoring = ("nansum", "nanmean", "nanstd", "nanmedian", "nanmax", "nanargmin", "nancumsum", "nanprod")
    for name, kind in product((*names, *ignoring, "any", "all", "count_nonzero"), NUMBERS):
        yield f"{name} {kind}", partial(getattr(np, name), smooth(kind, 200))
        yield f"{name} {kind} odd", partial(getattr(np, name), numbers(kind, 21))
        yield f"{name} {kind} axis", partial(getattr(np, name), smooth(kind, 7, 30), axis=1)
    ways = (
        *("linear", "lower", "higher", "midpoint", "nearest"),
        *("hazen", "weibull", "median_unbiased", "inverted_cdf"),
    )
    for way, kind in product(ways, (*INTEGERS, "f4", "f8")):
        yield (
            f"quantile {way} {kind}",
            partial(np.quantile, smooth(kind, 50), [0, 0.1, 0.5, 0.97], method=way),
        )
    rules: tuple[Any, ...] = (5, "auto", "fd", "scott", "sturges", "doane", "sqrt")
    for bins, kind in product(rules, ("i4", "f4", "f8")):
        yield f"histogram {bins} {kind}", partial(np.histogram, smooth(kind, 80), bins)
    others = (
        *("corrcoef", "cov", "gradient", "trapezoid", "i0"),
        *("sinc", "unwrap", "nan_to_num", "round", "angle"),
    )
    for name in others:
        yield f"{name} f8", partial(getattr(np, name), smooth("f8", 60))


def shapes() -> Iterator[Call]:
    """Conversions between all kinds, and what moves numbers about."""
    for before, after in product((*NUMBERS, *TIMES), (*NUMBERS, *TIMES, "S8", "O")):
        yield (
            f"astype {before} {after}",
            partial(smooth(before if before[0] not in "mM" else "i8", 12).astype, after),
        )
    padding = ("constant", "edge", "reflect", "symmetric", "wrap", "linear_ramp", "maximum", "mean")
    for kind, way in product(("i4", "f8", "c16"), padding):
        yield f"pad {way} {kind}", partial(np.pad, smooth(kind, 4, 5), 2, mode=way)
    for name in ("linspace", "logspace", "geomspace"):
        yield from (
            (f"{name} {count}", partial(getattr(np, name), 0.3, 77.7, count)) for count in (1, 2, 10, 101)
        )
    for name in ("bartlett", "blackman", "hamming", "hanning"):
        yield from ((f"{name} {count}", partial(getattr(np, name), count)) for count in (1, 8, 51))


def texts() -> Iterator[Call]:
    """Numbers written as text and read back."""
    for kind in NUMBERS:
        yield f"repr {kind}", partial(repr, numbers(kind))
        yield f"str {kind}", partial(str, smooth(kind, 40, 40))
        yield f"text and back {kind}", partial(_there_and_back, kind)
    for kind, digits in product(FLOATS, (3, 17, 40)):
        every = [np.format_float_scientific(each, precision=digits) for each in numbers(kind)]
        yield f"scientific {kind} {digits}", partial(list, every)


def _there_and_back(kind: str) -> Any:
    return numbers(kind).astype("U40").astype(kind)
