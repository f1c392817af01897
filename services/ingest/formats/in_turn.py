"""Parts of a file read by two threads, and given away in the order of the file."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_Result = TypeVar("_Result")

_AT_ONCE = 2
"""So many parts are in memory with what is made of them; polars and lxml use a core for each."""


def in_turn(read: Callable[[_Part], _Result], parts: Iterable[_Part]) -> Iterator[_Result]:
    """As ``map``: raises what reading a part raises in its turn, or getting the next part."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="parts") as pool:
        waiting: deque[Future[_Result]] = deque()
        try:
            for future in _futures(pool, read, parts):
                waiting.append(future)
                if len(waiting) == _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _futures(
    pool: ThreadPoolExecutor, read: Callable[[_Part], _Result], parts: Iterable[_Part]
) -> Iterator[Future[_Result]]:
    try:
        for part in parts:
            yield pool.submit(read, part)
    except Exception as error:  # noqa: BLE001 - raised again, after what the parts before it raise
        failed: Future[_Result] = Future()
        failed.set_exception(error)
        yield failed
