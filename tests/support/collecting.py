"""Reading all tests makes a million objects that stay: nothing to look for garbage among.

Each application that a test starts would look through them: a sixth of the run's processor.
"""

import gc
from collections.abc import Generator

import pytest

from libs.common.memory import lasting_objects


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    with lasting_objects():
        return (yield)
