"""Memory while an import runs."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Look for no garbage meanwhile.

    An import makes a hundred thousand objects that all stay until its end, and Python would
    look through all of them again and again: a tenth of its time.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
