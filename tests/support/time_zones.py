"""The time zone of the process, which nothing that is read may depend on."""

import time
from collections.abc import Iterator

import pytest


@pytest.fixture(params=["UTC", "Europe/Paris", "Asia/Tokyo"])
def process_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each of them in turn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()
