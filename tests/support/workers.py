"""How files are spread over processes: one more than there are cores, the longest files first."""

import os

import pytest

_LONGEST = ("tests/access", "tests/common/test_strangers.py", "tests/openapi", "tests/system")
"""Few tests that take long: begun last, one process would end minutes after the others."""


def pytest_xdist_auto_num_workers() -> int:
    """One process more, for what each waits for the database and for other processes."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)  # after they were put into random order
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))
