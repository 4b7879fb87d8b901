"""Work on batches shared by several processes, each with a database connection of its own."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db import connections


class ForkedError(RuntimeError):
    """One of the processes failed; the sentence is its own."""


Batch = TypeVar("Batch")
Answer = TypeVar("Answer")
_work: Callable[[Any], Any]


def forked(work: Callable[[Batch], Answer], batches: Iterable[Batch], *, jobs: int) -> Iterator[Answer]:
    """The answer of each batch, in whatever order they come. With one job everything stays in this process.

    The processes are copies of this one: `work` may be any function, a batch and an answer must be able to be pickled.
    """
    if jobs <= 1:
        yield from map(work, batches)
        return
    global _work
    _work = work
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        for answer, failure in pool.imap_unordered(_do, batches):
            if failure:
                raise ForkedError(failure)
            yield answer
        pool.close()
        pool.join()


def _do(batch: Any) -> tuple[Any, str]:
    """The answer, or the failure in words: not every exception can be handed over to another process."""
    try:
        return _work(batch), ""
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
