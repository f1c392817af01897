"""What Kafka is told to forget, on a real broker (M5)."""

import asyncio

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from libs.common.eventlog import TopicRetention
from libs.common.eventlog.kafka import KafkaEventLog, bootstrap_servers
from libs.common.eventlog.kafka.access import client_options
from libs.common.eventlog.open import retentions
from libs.common.events.topics import ALL_TOPICS
from libs.common.settings import Settings
from tests.support.eventlog import read, records, values
from tests.support.kafka import Broker
from tests.support.waiting import until

_BEGINS_ANEW_AFTER_S = 1


async def test_of_a_key_the_last_records_stay_once_it_is_told_again(
    kafka: Broker, topic: str, group: str
) -> None:
    """A week is a second here."""
    async with KafkaEventLog(
        bootstrap_servers(kafka.url),
        kafka.access(),
        partitions=1,
        compacted_after_s=_BEGINS_ANEW_AFTER_S,
    ) as log:
        await log.create_topics([topic])
        await log.retain([TopicRetention(topic, months=None)])
        await log.append(records(topic, count=10, keys=1))
        await asyncio.sleep(2 * _BEGINS_ANEW_AFTER_S)  # by Kafka's clock, which is not ours to set
        await log.append(records(topic, count=1, first=10, keys=1))

        async def oldest() -> int:
            """The first record that who is new reads."""
            async with log.subscribe(group=group, topics=[topic]) as subscription:
                return values(await read(subscription, 1, max_records=1))[0]

        seen = await until("Kafka compacts", oldest, lambda value: value > 0)
    assert seen == 9


async def test_each_topic_keeps_its_records_as_long_as_the_settings_say_whatever_else_is_set(
    kafka: Broker, topic: str
) -> None:
    topics = {f"{topic}.{name}": name for name in ALL_TOPICS}
    by_name = {
        retention.topic: retention.months
        for retention in retentions(Settings(retention_curves_months=24))
    }
    async with KafkaEventLog(bootstrap_servers(kafka.url), kafka.access(), partitions=1) as log:
        await log.create_topics(list(topics))
        for _ in range(2):
            await log.retain(
                [TopicRetention(topic, by_name[name]) for topic, name in topics.items()]
            )

    async def kept() -> dict[str, tuple[str, ...]]:
        answer = await _settings(kafka, topics)
        return {topics[topic]: settings for topic, settings in answer.items()}

    day_ms = 86_400_000
    expected = {
        name: ("delete", str(months * 31 * day_ms), "16777216")
        if months is not None
        else ("compact", "-1", "16777216")
        for name, months in by_name.items()
    }
    assert (by_name["ingest.readings"], by_name["billing.messages"]) == (24, 1)
    assert {name for name, months in by_name.items() if months is None} == {
        "community.members",
        "community.perimeter",
        "community.consents",
    }
    # The controller has answered; the broker that is asked hears of it from the controller's log.
    await until("the broker knows the settings", kept, expected.__eq__)


async def _settings(kafka: Broker, topics: dict[str, str]) -> dict[str, tuple[str, ...]]:
    names = ("cleanup.policy", "retention.ms", "max.message.bytes")
    admin = AIOKafkaAdminClient(**client_options(bootstrap_servers(kafka.url), kafka.access()))
    await admin.start()
    try:
        asked = [
            ConfigResource(ConfigResourceType.TOPIC, topic, dict.fromkeys(names, ""))
            for topic in topics
        ]
        [answer] = await admin.describe_configs(asked)
    finally:
        await admin.close()
    return {
        topic: tuple({name: value for name, value, *_ in entries}[name] for name in names)
        for _code, _words, _kind, topic, entries in answer.resources
    }
