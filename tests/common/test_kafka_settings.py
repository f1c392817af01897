"""How Kafka is reached is said in settings, and what is left open stops the start (H6)."""

import pytest
from pydantic import SecretStr, ValidationError

from libs.common.settings import Settings
from libs.common.settings.kafka import KafkaAccess

_LOG_IN = {"kafka_user": "billing", "kafka_password": "a password"}
_ELSEWHERE = "kafka://kafka.example.org:9092"


def _read(**settings: str) -> Settings:
    empty = {"kafka_user": "", "kafka_password": "", "kafka_ca_file": ""}
    return Settings.model_validate(
        {"event_log_url": "database:", "kafka_security_protocol": "SASL_SSL", **empty, **settings}
    )


def test_who_logs_in_does_so_over_tls_unless_told_otherwise() -> None:
    access = KafkaAccess("billing", SecretStr("a password"), "SCRAM-SHA-512", True, "")

    assert _read(event_log_url=_ELSEWHERE, **_LOG_IN).kafka_access == access


def test_a_network_of_ones_own_is_said_to_be_one() -> None:
    log_in = _read(event_log_url=_ELSEWHERE, kafka_security_protocol="SASL_PLAINTEXT", **_LOG_IN)
    nobody = _read(event_log_url=_ELSEWHERE, kafka_security_protocol="PLAINTEXT")

    assert log_in.kafka_access is not None
    assert not log_in.kafka_access.is_tls
    assert nobody.kafka_access is None


@pytest.mark.parametrize(
    "url",
    ["database:", "kafka://127.0.0.1:9092", "kafka://localhost:9092,[::1]:9093/prefix"],
)
def test_on_this_machine_nobody_needs_to_log_in(url: str) -> None:
    assert _read(event_log_url=url).kafka_access is None


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"event_log_url": _ELSEWHERE}, "set KAFKA_USER and KAFKA_PASSWORD"),
        ({"event_log_url": "kafka://127.0.0.1:9092,10.0.0.7:9092/a"}, "set KAFKA_USER"),
        ({"kafka_user": "billing"}, "both KAFKA_USER and KAFKA_PASSWORD"),
        ({"kafka_password": "a password"}, "both KAFKA_USER and KAFKA_PASSWORD"),
        ({**_LOG_IN, "kafka_security_protocol": "PLAINTEXT"}, "SASL_SSL"),
        ({**_LOG_IN, "kafka_security_protocol": "SSL"}, "SASL_SSL"),
    ],
)
def test_what_lets_anybody_in_stops_the_start(settings: dict[str, str], words: str) -> None:
    with pytest.raises(ValidationError, match=words) as refused:
        _read(**settings)

    assert "a password" not in str(refused.value)
