"""Evaluations spread over processes, threads or machines, by an int or a map-like callable as in SciPy."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeAlias

Map: TypeAlias = Callable[..., Iterable[Any]]
"""Called as `map(function, items)`; returns the results in order, or futures of them."""


class Workers(NamedTuple):
    """Those who evaluate: how to hand work out to them, and how many hands they have."""

    hand_out: Map
    hands: int

    def map(self, function: Callable[[Any], Any], items: list[Any]) -> Iterator[Any]:
        """Call a function for each item; wait for those results that come as futures."""
        for result in self.hand_out(function, items):
            # A Dask client's map gives futures.
            yield result.result() if callable(getattr(result, "result", None)) else result


@contextmanager
def employed(workers: int | Map | None, f: Callable[..., Any]) -> Iterator[Workers | None]:
    """Open a pool of processes for an int, and close it again; a map-like callable belongs to the caller.

    Parameters
    ----------
    workers
        None or 1: none. Another positive number: so many processes. -1: one for each core. Or any callable like the
        built-in `map`: that of a pool, of an executor, of a Dask client, of an MPI pool.
    f
        The function that will be sent to them.

    Raises
    ------
    TypeError
        If `workers` is neither, or `f` cannot be sent to another process.
    ValueError
        If the number is 0 or below -1.
    RuntimeError
        If a process ended or could not load `f`.
    """
    import os

    if workers is None or callable(workers):
        yield None if workers is None else Workers(workers, os.cpu_count() or 1)
        return
    count = _count(workers)
    if count == 1:
        yield None
        return
    _refuse_unsendable(f, count)
    with _processes(count) as pool:
        yield pool


def _count(workers: Any) -> int:
    import operator
    import os

    if isinstance(workers, bool) or not hasattr(workers, "__index__"):
        cure = "; pass its map" if hasattr(workers, "map") else ""
        raise TypeError(f"workers must be an int or a map-like callable, got {workers!r}{cure}")
    count = operator.index(workers)
    if count < -1 or count == 0:
        raise ValueError(f"workers must be positive, or -1 for one process on each core, got {count}")
    return (os.cpu_count() or 1) if count == -1 else count


def _refuse_unsendable(f: Callable[..., Any], count: int) -> None:
    import pickle

    try:
        pickle.dumps(f)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise TypeError(
            f"workers={count} sends f to other processes, but it cannot be pickled ({error}); define f with def at "
            "the top of a module, or pass the map of a concurrent.futures.ThreadPoolExecutor as workers"
        ) from error


@contextmanager
def _processes(count: int) -> Iterator[Workers]:
    import multiprocessing
    import sys
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # Forking a program that has threads can deadlock; as SciPy, and Python from 3.14.
    chosen = multiprocessing.get_start_method(allow_none=True)
    method = chosen or ("spawn" if sys.platform in ("win32", "darwin") else "forkserver")
    try:
        with ProcessPoolExecutor(count, multiprocessing.get_context(method)) as pool:

            def hand_out(function: Callable[[Any], Any], items: list[Any]) -> Iterable[Any]:
                return pool.map(function, items, chunksize=max(1, len(items) // (4 * count)))

            yield Workers(hand_out, count)
    except BrokenProcessPool as error:
        raise RuntimeError(
            "a worker process ended before its work: either f ended it, or f could not be loaded there; define f in "
            'a module (not in a notebook or at the prompt) and start the program under if __name__ == "__main__"'
        ) from error
