"""What the deployed run is for: a PostgreSQL and a Kafka of its own, four processes a platform."""

from collections.abc import Generator, Sequence

import pytest

from tests.support.platform import is_on_kafka

_BROKERS = {"kafka", "open_kafka"}
_SERVERS = {"server_url", "open_postgres", *_BROKERS}


@pytest.hookimpl(wrapper=True)  # before any are chosen
def pytest_collection_modifyitems(
    items: Sequence[pytest.Item],
) -> Generator[None, None, None]:
    """Mark what uses servers; and leave to the night what the deployed run shows in each gate."""
    for item in items:
        fixtures = _fixtures_of(item)
        if fixtures & _SERVERS:
            item.add_marker("deployed")
        if not is_on_kafka() and (fixtures & _BROKERS or item.get_closest_marker("gate")):
            item.add_marker("nightly")
    return (yield)


def _fixtures_of(item: pytest.Item) -> set[str]:
    """What it asks for, as an argument or by a parameter that is the name of a fixture."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    names = {parameter for parameter in parameters if isinstance(parameter, str)}
    return names.union(getattr(item, "fixturenames", ()))
