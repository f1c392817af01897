"""Read the parts of a file in two threads, and yield the results in the order of the file."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")

_AT_ONCE = 2
"""The parts in memory at once, with their results; polars and lxml use a core for each."""


def in_turn(read: Callable[[_Part], _Result], file_parts: Iterable[_Part]) -> Iterator[_Result]:
    """Map read over the parts; an error of reading or getting a part is raised in its turn."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="parts") as pool:
        waiting: deque[Future[_Result]] = deque()
        try:
            for future in _futures(pool, read, file_parts):
                waiting.append(future)
                if len(waiting) == _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _futures(
    pool: ThreadPoolExecutor, read: Callable[[_Part], _Result], file_parts: Iterable[_Part]
) -> Iterator[Future[_Result]]:
    try:
        for file_part in file_parts:
            yield pool.submit(read, file_part)
    except Exception as error:  # noqa: BLE001 - raised again, after those of the parts before
        failed: Future[_Result] = Future()
        failed.set_exception(error)
        yield failed
