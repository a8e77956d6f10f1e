"""Memory that is freed and soon wanted again."""

import sys

import numpy as np

# Freed memory is kept up to twice the largest block that was ever freed.
_LARGEST = 2**23


def keep_freed_memory() -> None:
    """Have the C library keep the memory that arrays free, rather than fetch fresh pages for the next ones.

    By default glibc hands every block above 128 KB back to the system as soon as it is freed, and each of its pages costs a
    fault when the next array touches it: half the time of a gradient here. It learns from a larger block that came and
    went (mallopt(3), M_MMAP_THRESHOLD), so one is shown to it; none of its pages is ever touched. Other C libraries keep
    freed memory anyway.

    Examples
    --------
    >>> keep_freed_memory()
    """
    if sys.platform == "linux":
        np.empty(_LARGEST, np.uint8)
