"""The time for which Kafka keeps the records of a topic."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import for_code
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int8, Int16, Int32, Schema, String

from libs.common.eventlog import TopicRetention

_DAY_MS = 86_400_000
_LONGEST_MONTH_DAYS = 31

# https://kafka.apache.org/protocol.html: codes of ConfigResource and AlterConfigOp.
_TOPIC = 2
_SET = 0


async def retain(
    admin: AIOKafkaAdminClient, retentions: Sequence[TopicRetention], *, compacted_after_s: float
) -> None:
    """Have Kafka delete older or superseded records; other settings stay.

    Raises KafkaError when we are no administrator.
    """
    settings = {
        retention.topic: _settings(retention, compacted_after_s) for retention in retentions
    }
    response = await admin._send_to_controller(_AlterConfigs(settings))  # noqa: SLF001
    for code, words, *_ in response.resources:
        if code:
            raise for_code(code)(words or "")


def _settings(retention: TopicRetention, compacted_after_s: float) -> Mapping[str, str]:
    if retention.months is not None:
        period_ms = retention.months * _LONGEST_MONTH_DAYS * _DAY_MS
        return {"cleanup.policy": "delete", "retention.ms": str(period_ms)}
    # Kafka compacts only segments no longer written to. This starts a new segment that often, if
    # something is appended; otherwise a quiet partition would never be compacted.
    compacted_after_ms = str(int(compacted_after_s * 1000))
    return {
        "cleanup.policy": "compact",
        "retention.ms": "-1",
        "max.compaction.lag.ms": compacted_after_ms,
    }


class _AlterConfigsResponse(Response):  # type: ignore[misc] # aiokafka has no types
    API_KEY = 44
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "resources",
            Array(
                ("error_code", Int16),
                ("error_message", String("utf-8")),
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
            ),
        ),
    )


class _AlterConfigsStruct(RequestStruct):  # type: ignore[misc] # aiokafka has no types
    API_KEY = 44
    API_VERSION = 0
    RESPONSE_TYPE = _AlterConfigsResponse
    SCHEMA = Schema(
        (
            "resources",
            Array(
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
                (
                    "configs",
                    Array(
                        ("name", String("utf-8")),
                        ("config_operation", Int8),
                        ("value", String("utf-8")),
                    ),
                ),
            ),
        ),
        ("validate_only", Boolean),
    )


class _AlterConfigs(Request[_AlterConfigsStruct]):  # type: ignore[misc] # aiokafka has no types
    """IncrementalAlterConfigs; aiokafka has only its predecessor, which resets other settings."""

    API_KEY = 44

    def __init__(self, settings: Mapping[str, Mapping[str, str]]) -> None:
        self._settings = settings

    def build(self, request_struct_class: type[_AlterConfigsStruct]) -> Any:  # noqa: ANN401
        resources = [
            (_TOPIC, topic, [(name, _SET, value) for name, value in settings.items()])
            for topic, settings in self._settings.items()
        ]
        return request_struct_class(resources, False)
