"""How tests are spread over processes: one more than there are cores, the longest files first."""

import os

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

_ONE_WORLD = ("tests/access", "tests/contracts")
"""Folders whose files share what takes long to make, a world or a broker: for one process."""
_LONGEST = (*_ONE_WORLD, "tests/common/test_strangers.py", "tests/openapi", "tests/system")
"""Few tests that take long: begun last, one process would end minutes after the others."""


class _ByWorld(LoadFileScheduling):  # type: ignore[misc] # it publishes no types
    """A process gets a file at a time, or a folder that shares a world."""

    def _split_scope(self, nodeid: str) -> str:
        folders = (folder for folder in _ONE_WORLD if nodeid.startswith(folder))
        return next(folders, super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByWorld:
    return _ByWorld(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """One process more, for what each waits for the database and for other processes."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)  # after they were put into random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))
