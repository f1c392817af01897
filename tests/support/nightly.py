"""What runs each night, a part of it each day, and the same examples all day long.

Seeds are of the day: what fails today fails again today, and tomorrow others are tried.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from hashlib import sha256

import hypothesis
import pytest


def parts(count: int) -> Sequence[object]:
    """For `parametrize("_part", parts(6))` of a property: six times as many examples at night.

    The first part is in each run. Each part draws by its own name.
    """
    return [0, *(pytest.param(number, marks=pytest.mark.nightly) for number in range(1, count))]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("nightly")
    group.addoption(
        "--nightly-sample",
        type=int,
        metavar="N",
        help="Run also one in N of the nightly tests: each on one day of N.",
    )
    group.addoption(
        "--nightly-day",
        type=date.fromisoformat,
        default=datetime.now(UTC).date(),
        metavar="YYYY-MM-DD",
        help="Choose and seed as on that day; by default today's, in UTC.",
    )


def pytest_report_header(config: pytest.Config) -> str:
    share = config.getoption("nightly_sample")
    sample = f", with one in {share} of the nightly tests" if share else ""
    return f"day: --nightly-day {config.getoption('nightly_day')}{sample}"


@pytest.hookimpl(tryfirst=True)  # before those that are not chosen are left out
def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Mark the sample: `-m 'not nightly or sampled'` is what runs by default."""
    share: int | None = config.getoption("nightly_sample")
    if share is None:
        return
    day: date = config.getoption("nightly_day")
    for item in items:
        if item.get_closest_marker("nightly") and is_of_day(item.nodeid, day, share=share):
            item.add_marker("sampled")


def is_of_day(nodeid: str, day: date, *, share: int) -> bool:
    """Whether it is of this day's sample: of one day in every `share` that follow one another."""
    return (_digest(nodeid) + day.toordinal()) % share == 0


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Properties draw by the day and by their name, unless `--hypothesis-seed` says by what."""
    if not isinstance(item, pytest.Function) or not hasattr(item.obj, "hypothesis"):
        return
    if item.config.getoption("hypothesis_seed") is None:
        hypothesis.seed(seed_of(item))(item.obj)


def seed_of(item: pytest.Item) -> int:
    """Of this test on this day, in 32 bits."""
    return _digest(f"{item.nodeid} {item.config.getoption('nightly_day')}")


def _digest(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4])


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """For what draws by itself."""
    return seed_of(request.node)
