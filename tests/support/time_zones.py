"""The time zone of the process, which nothing that is read may depend on."""

import time
from collections.abc import Iterator

import pytest

_AT_NIGHT = [pytest.param(name, marks=pytest.mark.nightly) for name in ("UTC", "Europe/Paris")]


@pytest.fixture(params=["Asia/Tokyo", *_AT_NIGHT])
def process_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each of them in turn: the first is neither what files are written in nor what is stored."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()
