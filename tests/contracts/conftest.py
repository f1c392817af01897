"""The adapters of the event log that the contract suite runs on."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeAlias
from uuid import uuid4

import pytest

from libs.common.eventlog import EventLog
from libs.common.eventlog.kafka import KafkaEventLog, bootstrap_servers
from libs.common.eventlog.postgres import open_postgres_event_log
from tests.support.kafka import Broker, KafkaMock

OpenLog: TypeAlias = Callable[[], AbstractAsyncContextManager[EventLog]]
"""Opens the log as one more process would."""

# An adapter is a fixture that returns an OpenLog; its name is added here.
_ADAPTERS = ["open_kafka", "open_kafka_mock", "open_postgres"]
# The mock knows one member per group, and forgets the oldest records of a partition above 5 MB.
_MOCKED = {"open_kafka_mock"}

_PARTITIONS = 4


@pytest.fixture(params=_ADAPTERS)
def open_log(request: pytest.FixtureRequest) -> OpenLog:
    adapter: OpenLog = request.getfixturevalue(request.param)
    return adapter


@pytest.fixture(params=[name for name in _ADAPTERS if name not in _MOCKED])
def open_real_log(request: pytest.FixtureRequest) -> OpenLog:
    adapter: OpenLog = request.getfixturevalue(request.param)
    return adapter


@pytest.fixture
def topic() -> str:
    return f"contracts.{uuid4().hex}"


@pytest.fixture
def group() -> str:
    return f"group-{uuid4().hex}"


@pytest.fixture(scope="session")
def open_kafka(kafka: Broker) -> OpenLog:
    return lambda: KafkaEventLog(
        bootstrap_servers(kafka.url), kafka.access(), partitions=_PARTITIONS
    )


@pytest.fixture(scope="session")
def open_kafka_mock(kafka_mock: KafkaMock) -> OpenLog:
    return lambda: MockedKafkaEventLog(kafka_mock)


@pytest.fixture(scope="session")
def open_postgres(database_url: str) -> OpenLog:
    @asynccontextmanager
    async def open_event_log() -> AsyncIterator[EventLog]:
        async with open_postgres_event_log(database_url, partitions=_PARTITIONS) as event_log:
            yield event_log

    return open_event_log


class MockedKafkaEventLog(KafkaEventLog):
    """The mock cluster knows no request to create topics, and has a group that a member left
    wait for a session's length before the next one may join.
    """

    def __init__(self, mock: KafkaMock) -> None:
        super().__init__(bootstrap_servers(mock.url), session_timeout_s=3)
        self._mock = mock

    async def create_topics(self, topics: Sequence[str]) -> None:
        for topic in topics:
            self._mock.create_topic(topic, partitions=_PARTITIONS)
