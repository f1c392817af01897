"""Who is let in to Kafka, and what each service may do there, on a real broker (H6)."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from confluent_kafka import Consumer
from confluent_kafka import KafkaError as ConsumerError

from libs.common.eventlog import EventLog, Received
from libs.common.eventlog.kafka import KafkaEventLog, bootstrap_servers
from libs.common.eventlog.kafka.access import client_options
from libs.common.eventlog.kafka.subscription import KafkaSubscription, open_consumer
from libs.common.eventlog.prefixed import PrefixedEventLog
from libs.common.events.topics import ALL_TOPICS
from services.cli.processes import NAMES
from services.main import SERVICES
from tests.support.certificates import new_authority
from tests.support.eventlog import records
from tests.support.kafka import Broker
from tests.support.places import new_place
from tests.support.waiting import patience

_RIGHTS = {service.name: service.rights for service in SERVICES}


@dataclass(frozen=True)
class Platform:
    """Its part of a Kafka: topics, groups and rights, as ``elocoop migrate`` makes them."""

    broker: Broker
    prefix: str

    def name(self, topic: str) -> str:
        return f"{self.prefix}.{topic}"

    def options(self, user: str) -> dict[str, object]:
        return client_options(bootstrap_servers(self.broker.url), self.broker.access(user))

    @asynccontextmanager
    async def log(self, user: str) -> AsyncIterator[EventLog]:
        servers = bootstrap_servers(self.broker.url)
        async with KafkaEventLog(servers, self.broker.access(user), partitions=1) as log:
            yield PrefixedEventLog(log, self.prefix)


@pytest.fixture(scope="module")
async def platform(kafka: Broker) -> Platform:
    """With a record on each topic."""
    if not kafka.passwords:
        pytest.skip("needs a Kafka where one logs in")
    platform = Platform(kafka, f"access-{uuid4().hex}")
    async with platform.log("admin") as log:
        await log.create_topics(ALL_TOPICS)
        # As if a version before had let billing do more.
        before = replace(_RIGHTS["billing"], reads=["ingest.readings"], appends=ALL_TOPICS)
        await log.grant([*_RIGHTS.values(), before])
        await log.grant(list(_RIGHTS.values()))
        for topic in ALL_TOPICS:
            await log.append(records(topic, count=1))
    return platform


def test_only_its_owner_appends_to_a_topic_and_billing_does_not_read_readings() -> None:
    appended = [topic for rights in _RIGHTS.values() for topic in rights.appends]
    assert sorted(appended) == sorted(ALL_TOPICS)
    assert "ingest.readings" not in _RIGHTS["billing"].reads
    assert "community.perimeter" not in _RIGHTS["billing"].appends


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_does_all_that_it_must(platform: Platform, service: str) -> None:
    rights, seen = _RIGHTS[service], set[str]()
    async with platform.log(service) as log, patience("all is appended and read"):
        for topic in rights.appends:
            await log.append(records(topic, count=1, first=1))
        async with log.subscribe(group=rights.group, topics=rights.reads) as subscription:
            while await log.lag(group=rights.group, topics=rights.reads):
                received = await subscription.poll(max_records=100, timeout_s=1)
                await subscription.commit(received)
                seen |= {record.topic for record in received}
    assert seen == set(rights.reads)


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_appends_to_no_topic_of_others(platform: Platform, service: str) -> None:
    async with AIOKafkaProducer(**platform.options(service)) as producer:
        for topic in sorted({*ALL_TOPICS} - {*_RIGHTS[service].appends}):
            with pytest.raises(TopicAuthorizationFailedError):
                await producer.send_and_wait(platform.name(topic), b"forged")


@pytest.mark.parametrize("service", NAMES)
async def test_a_service_reads_no_topic_that_it_has_no_handler_for(
    platform: Platform, service: str
) -> None:
    unread = {platform.name(topic) for topic in {*ALL_TOPICS} - {*_RIGHTS[service].reads}}

    assert await asyncio.to_thread(_refused, platform, service, unread) == unread


def _refused(platform: Platform, service: str, topics: Collection[str]) -> set[str]:
    """Which of these topics are not read, by a client that is not ours; a record fails."""
    access = platform.broker.access(service)
    assert access is not None
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers(platform.broker.url),
            "security.protocol": "SASL_SSL",
            "ssl.ca.location": access.ca_file,
            "sasl.mechanism": access.mechanism,
            "sasl.username": access.user,
            "sasl.password": access.password.get_secret_value(),
            "group.id": platform.name(_RIGHTS[service].group),
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe(sorted(topics))
    refused: set[str] = set()
    while refused != topics:  # for ever ends the run (`faulthandler_timeout`)
        message = consumer.poll(1)
        if message is not None:
            error = message.error()
            assert error is not None, f"{service} read {message.topic()}"
            assert error.code() == ConsumerError.TOPIC_AUTHORIZATION_FAILED, error
            refused.add(str(message.topic()))
    consumer.close()
    return refused


async def test_a_service_joins_no_group_of_others(platform: Platform) -> None:
    options = platform.options("billing")
    group = platform.name("allocation")
    topics = [platform.name(topic) for topic in _RIGHTS["billing"].reads]
    async with open_consumer(options, group=group, session_timeout_s=10) as consumer:
        subscription = KafkaSubscription(consumer, group=group, topics=topics)
        with pytest.raises(GroupAuthorizationFailedError):
            await _first(subscription)


async def _first(subscription: KafkaSubscription) -> Received:
    async with patience("a record"):
        while True:
            for received in await subscription.poll(max_records=1, timeout_s=1):
                return received


async def test_a_service_makes_and_removes_no_topics_and_gives_itself_no_rights(
    platform: Platform,
) -> None:
    async with _admin(platform.options("billing")) as admin:
        made = await admin.create_topics([NewTopic(platform.name("mine"), 1, 1)])
        removed = await admin.delete_topics([platform.name("billing.invoices")])
    assert made.topic_errors[0][1] == TopicAuthorizationFailedError.errno
    assert removed.topic_error_codes[0][1] == TopicAuthorizationFailedError.errno
    async with platform.log("billing") as log:
        with pytest.raises(ClusterAuthorizationFailedError):
            await log.grant([replace(_RIGHTS["billing"], reads=["ingest.readings"])])


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"sasl_plain_password": "guessed"}, id="wrong password"),
        pytest.param({"sasl_plain_username": "intruder"}, id="unknown user"),
        pytest.param({"security_protocol": "PLAINTEXT"}, id="no log-in"),
        pytest.param({"security_protocol": "SSL"}, id="no log-in, over TLS"),
        pytest.param({"security_protocol": "SASL_PLAINTEXT"}, id="in the clear"),
        pytest.param({"sasl_mechanism": "PLAIN"}, id="password told to who asks"),
    ],
)
async def test_nobody_comes_in_otherwise(platform: Platform, changed: dict[str, object]) -> None:
    options = platform.options("billing")
    with pytest.raises(KafkaConnectionError):
        async with _admin(options | changed):
            pass


async def test_a_broker_with_a_certificate_of_another_authority_is_not_talked_to(
    platform: Platform,
) -> None:
    access = platform.broker.access("billing")
    assert access is not None
    with new_place() as folder:
        other = replace(access, ca_file=str(new_authority(folder).certificate))
        async with KafkaEventLog(
            bootstrap_servers(platform.broker.url), other, partitions=1, delivery_timeout_s=5
        ) as log:
            with pytest.raises(KafkaError):
                await log.append(records(platform.name("billing.invoices"), count=1))


@asynccontextmanager
async def _admin(options: Mapping[str, object]) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**options)
    try:
        await admin.start()
        yield admin
    finally:
        await admin.close()
