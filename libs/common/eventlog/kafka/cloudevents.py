"""CloudEvents' binary mode for Kafka: an attribute is a header, the value is the event's data."""

from collections.abc import Mapping

from aiokafka import ConsumerRecord

from libs.common.eventlog import Received

_ATTRIBUTE = "ce_"
# Headers that the binding requires besides the attributes of the record.
_FIXED = {"ce_specversion": b"1.0", "content-type": b"application/json"}


def to_headers(attributes: Mapping[str, str]) -> list[tuple[str, bytes]]:
    attribute_headers = [(_ATTRIBUTE + name, value.encode()) for name, value in attributes.items()]
    return [*attribute_headers, *_FIXED.items()]


def to_received(message: "ConsumerRecord[bytes, bytes]") -> Received:
    """Convert without ever raising: a foreign record, without key, value or UTF-8, stops nobody."""
    return Received(
        topic=message.topic,
        key=_text(message.key),
        value=message.value or b"",
        headers={
            name.removeprefix(_ATTRIBUTE): _text(value)
            for name, value in message.headers
            if name.startswith(_ATTRIBUTE) and name not in _FIXED
        },
        partition=message.partition,
        offset=message.offset,
    )


def _text(value: bytes | None) -> str:
    return (value or b"").decode(errors="replace")
